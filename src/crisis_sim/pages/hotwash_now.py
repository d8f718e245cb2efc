"""What each key does at every place of the hotwash."""

from __future__ import annotations

from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.seat_views import View
from crisis_sim.pages import opening as pages
from crisis_sim.pages.hotwash_lead import GOES_ALONG, is_astray, where_led
from crisis_sim.pages.opening import Opening
from crisis_sim.pages.room_talk import prompt
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import Say


def hotwash_duty(view: View, opening: Opening, say: Translator, *, joined: bool, hosts: bool, leads: bool) -> str:
    """What to do at a place of the hotwash; whether this seat `joined` a host, `hosts` others or `leads` them."""
    if view.phase == "closed":
        if joined:  # the log and what comes of it lie elsewhere
            return say("The session is closed; notes can still be taken. Its host has the debrief; ctrl+q leaves.")
        if hosts:
            return say("The session is closed; notes can still be taken. ctrl+q ends it at every screen.")
        return say("The session is closed; notes can still be taken. ctrl+q goes on: debrief, replay, what if.")
    if view.hotwash is None:
        return ""
    if is_astray(view, opening):
        return where_led(view, say, key="f")
    key = say(GOES_ALONG)
    if view.lead is None or view.seat == "facilitator":
        key = next_key(view.hotwash, opening, say, closes=view.seat == "facilitator")
    if leads and opening.page == pages.COST:
        # Translators: two sentences, one behind the other
        key = say("{one} {two}", one=key, two=say("The other screens follow you; l stops that."))
    question = prompt(view.hotwash, opening, say)
    return say("{one} {two}", one=question, two=key) if question else key


def next_key(view: HotwashFacts, opening: Opening, say: Say, *, closes: bool = True) -> str:
    """What the keys do here; whether this seat closes the session."""
    match opening.page:
        case pages.PAIRS:
            return _pair(view, opening, say)
        case pages.LINES if opening.place < pages.CROSSED_PLACE and not opening.is_open(opening.place // 2 * 2 + 1):
            return say("→ opens what your lines were.")
        case pages.LINES if opening.place + 1 == pages.ORDERS_PLACE < pages.last_of(pages.LINES, view):
            is_told = opening.is_open(pages.ORDERS_PLACE)
            return say("→ goes on.") if is_told else say("→ opens what each takes gravely.")
        case pages.FORECASTS:
            is_told = opening.place == 2 * len(pages.forecast_turns(view)) or opening.is_open(
                opening.place // 2 * 2 + 1
            )
            return say("→ goes on.") if is_told else say("→ opens what happened.")
        case pages.ALL if opening.place != pages.AUDIENCES_PLACE:
            return say("Enter goes to the act under the cursor. o opens everything.")
        case pages.COST:
            return say("w notes what is said; → goes on.")
        case pages.CURVES:
            return say("w notes what is said.")
        case pages.QUESTIONS:
            return say("w notes what the room says; a opens what is on the record; → is the next question.")
        case pages.CHANGES if opening.alone:
            return say("w writes it down; → ends it: then debrief, replay, what if.")
        case pages.CHANGES if closes:
            return say("w writes it down; n closes the session at the end.")
        case pages.CHANGES:
            return say("w writes it down; ctrl+q leaves at the end.")
        case _:
            return say("w notes what is said; → goes on.")


def _pair(view: HotwashFacts, opening: Opening, say: Say) -> str:
    if opening.pair < 0:
        return say("→ opens the first act.")
    if not view.pairs:
        return say("tab goes to the next page.")
    pair = view.pairs[min(opening.pair, len(view.pairs) - 1)]
    match opening.disclosed_steps(pair):
        case pages.WORDS_OPEN if opening.alone:
            return say("→ opens what was meant, and how it was taken.")
        case pages.WORDS_OPEN:
            return say("→ opens what was meant.")
        case pages.INTENT_OPEN:
            return say("→ opens how it was taken.")
        case _ if not (pair.gap or pair.unforeseen) and opening.pair + 1 == len(view.pairs):
            return say("→ goes on.")
        case _:
            return say("w notes what is said; → goes on.")
