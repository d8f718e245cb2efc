"""What a room is asked at each place of the hotwash: who speaks first, and about what."""

from __future__ import annotations

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.pages import opening as pages
from crisis_sim.pages.opening import Opening
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import other
from crisis_sim.wording.labels import SEATS


def prompt(view: HotwashFacts, opening: Opening, say: Teller) -> str:
    """What is asked where the room is; empty where nothing is."""
    match opening.page:
        case pages.PAIRS:
            return _pair(view, opening, say)
        case pages.ALL if opening.place == pages.HEARD:
            return say("Whom did you speak to, and who was listening?")
        case pages.LINES:
            return _lines(view, opening, say)
        case pages.FORECASTS:
            beyond = opening.place - 2 * len(pages.forecast_turns(view))
            if beyond > 0:
                return say("What made you believe it?") if beyond % 2 else say("Which act should have told you?")
            if not pages.forecast_turns(view):
                return say("What would you have forecast?")
            if opening.place == 2 * len(pages.forecast_turns(view)):
                return say("What had you been so sure of, and why?")
            return say("What happened is open.") if _is_told(opening) else say("Who would still say the same?")
        case pages.CHANNELS:
            return _dealt(pages.dealings(view)[opening.place], say)
        case pages.COST:
            return say("Both teams look at this screen. This is what became of them; let it stand for a moment.")
        case pages.CURVES:
            return say("Where do the curves part? What was said just then?")
        case pages.QUESTIONS:
            return say("Talk.")
        case pages.CHANGES:
            return say("Each of us names one thing to change.")
        case _:
            return ""


def _pair(view: HotwashFacts, opening: Opening, say: Teller) -> str:
    """At the cover, or an act as far as it is open: the one who is asked first had a reason."""
    if opening.pair < 0:
        return say("What each meant comes next, one act at a time.")
    if not view.pairs:
        return say("No act was made.")
    pair = view.pairs[min(opening.pair, len(view.pairs) - 1)]
    hearer = say(SEATS[other(pair.side)])
    match opening.how_far(pair):
        case pages.SAID:
            return say("{hearer}: how did you take this? Say it before it is opened.", hearer=hearer)
        case pages.MEANT:
            return say("{speaker}: what did you want with it?", speaker=say(SEATS[pair.side]))
        case _ if pair.gap or pair.unforeseen:
            return say("{hearer} first: what made that reading reasonable?", hearer=hearer)
        case _:
            return say("That was the last one.") if opening.pair + 1 == len(view.pairs) else ""


def _dealt(place: pages.Dealing, say: Teller) -> str:
    match place:
        case "contacts":
            return say("Who asked, and what came of it?")
        case "calls":
            return say("What did you want of the call? Whom was it for?")
        case "channels":
            return say("Which channel was not used, and why?")
        case "told":
            return say("What was the silent side doing?")


def _lines(view: HotwashFacts, opening: Opening, say: Teller) -> str:
    if opening.place == pages.CROSSED:
        return say("Which small things added up?")
    if opening.place >= pages.ORDERED:
        if pages.has_guessed_orders(view) and not opening.is_open(pages.TOLD):
            return say("What is worst to you? Say it before it is opened.")
        return say("What is worst to you? Did they know?")
    if _is_told(opening):
        return say("Which of these was not imagined?")
    return say("{team}: how near are they?", team=say(SEATS[view.lines[opening.place // 2].side]))


def _is_told(opening: Opening) -> bool:
    """Of a page on which guesses and what there was take turns: whether the second is open."""
    return opening.is_open(opening.place // 2 * 2 + 1)
