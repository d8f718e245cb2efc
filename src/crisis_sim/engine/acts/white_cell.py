"""The facilitator's hand: phases, injects, improvised words, overrides, notes, the clock, rolling back, revealing,
leading the hotwash, and translations.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.closer import put_to_both
from crisis_sim.engine.acts.options import LONGEST_NAME
from crisis_sim.engine.acts.phases import advance, deliver_inject
from crisis_sim.engine.judging.applied_effects import is_crossed
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.judging.limits import check_marks, scale_of, settle
from crisis_sim.engine.state import INJECT_HELD, Sent, State
from crisis_sim.errors import ActionRefused
from crisis_sim.problems import nearest
from crisis_sim.rules.names import other
from crisis_sim.text import clean

LONGEST_WORDS = 2_000
"""Characters in a label, a reason or an improvised text."""
LONGEST_ID = 60
"""Characters in the id of a session."""
MOST_MINUTES = 120
"""Minutes that one extension may give."""


def decide_facilitator(recorder: EventRecorder, action: a.AnyAction) -> None:
    """What the facilitator asks for. Raises ActionRefused."""
    if recorder.state.phase == "closed" and not isinstance(action, a.Bookmark | a.RollBack):
        raise ActionRefused("phase/closed")
    match action:
        case a.Advance():
            _advance(recorder)
        case a.ReleaseInject() | a.HoldInject() | a.SkipInject():
            _inject(recorder, action)
        case a.Improvise(to=to, text=text, text_china=text_china):
            _in_play(recorder)
            us = _words(text)
            china = us if text_china is None else _words(text_china)
            visible: e.Visible = "everyone" if to == "both" and us == china else "facilitator" if to == "both" else to
            recorder.tell(e.Improvised(to, us, china, visible=visible))
        case a.Override():
            _override(recorder, action)
        case a.Bookmark(label=label):
            recorder.tell(e.Bookmarked(_words(label), recorder.state.turn, visible="facilitator"))
        case a.Pause():
            if recorder.state.paused:
                raise ActionRefused("phase/paused-already")
            recorder.tell(e.Paused(visible="everyone"))
        case a.Unpause():
            if not recorder.state.paused:
                raise ActionRefused("phase/running")
            recorder.tell(e.Unpaused(visible="everyone"))
        case a.Extend(minutes=minutes):
            if not 1 <= minutes <= MOST_MINUTES:
                raise ActionRefused("clock/minutes", most=MOST_MINUTES)
            recorder.tell(e.Extended(minutes, visible="everyone"))
        case a.RollBack(turn=turn, child=child):
            if not 1 <= turn <= recorder.state.turn:
                raise ActionRefused("roll-back/turn")
            recorder.tell(e.RolledBack(turn, _words(child, LONGEST_ID), visible="facilitator"))
        case a.DeclareCrossing():
            _declare(recorder, action)
        case a.Reveal():
            _reveal(recorder, action)
        case a.HoldMirror():
            _hold_mirror(recorder)
        case a.TranslateAct() | a.TranslateLine():
            translate(recorder, action)
        case a.LeadHotwash():
            lead(recorder, action)
        case a.PutQuestion():
            _in_play(recorder)
            put_to_both(recorder)


def _advance(recorder: EventRecorder) -> None:
    """Go on, if play runs."""
    if recorder.state.paused:
        raise ActionRefused("phase/paused-advance")
    advance(recorder)


def _in_play(recorder: EventRecorder) -> None:
    """Injects and words reach the teams only between the briefing and the hotwash."""
    if recorder.state.turn == 0 or recorder.state.phase in {"closing", "hotwash", "closed"}:
        raise ActionRefused("phase/play")


def _inject(recorder: EventRecorder, action: a.ReleaseInject | a.HoldInject | a.SkipInject) -> None:
    """Release, hold or skip an inject that has not been delivered."""
    name = action.inject
    if name not in recorder.table.injects:
        near = nearest(name, recorder.table.injects) or ""
        raise ActionRefused("inject/unknown", inject=name[:LONGEST_NAME], near=near)
    status = recorder.state.injects.get(name)
    asks = any(voice.inject == name and voice.answer is None for voice in recorder.state.voices)
    if status is not None and status >= 0 and not (asks and isinstance(action, a.SkipInject)):
        raise ActionRefused("inject/delivered")
    match action:
        case a.ReleaseInject():
            _in_play(recorder)
            deliver_inject(recorder, name, by_hand=True)
            check_marks(recorder)
            settle(recorder)
        case a.HoldInject():
            if status == INJECT_HELD:
                raise ActionRefused("inject/held")
            recorder.tell(e.InjectHeld(name, visible="facilitator"))
        case a.SkipInject():
            recorder.tell(e.InjectSkipped(name, visible="facilitator"))


def _override(recorder: EventRecorder, action: a.Override) -> None:
    """Set a number by hand, within its scale, with a reason on the record."""
    reason = _words(action.reason)
    try:
        old_value = recorder.numbers(action.meter)[action.of]
        if action.meter == "tension" and action.of:
            raise KeyError(action.of)
    except KeyError:
        raise ActionRefused("override/unknown") from None
    low, high = scale_of(recorder.table, action.meter, action.of)
    if not low <= action.to <= high:
        raise ActionRefused("override/range")
    recorder.tell(e.Overridden(action.meter, action.of, old_value, action.to, reason, visible="facilitator"))
    if action.meter == "track":
        check_marks(recorder)
        settle(recorder)


def _declare(recorder: EventRecorder, action: a.DeclareCrossing) -> None:
    """Put a crossing on record that a team claims or a rule proposes; tension stays where it is."""
    state, side, line = recorder.state, action.side, action.line
    if is_crossed(state, side, line):
        raise ActionRefused("crossing/crossed")
    claims = [claim for claim in state.claims if (claim.side, claim.line) == (side, line)]
    act = claims[0].act if claims else None
    if not claims:
        proposals = (event for _, event in state.events_of(e.CrossingProposed))
        proposed = next((event for event in proposals if (event.side, event.line) == (side, line)), None)
        if proposed is None:
            raise ActionRefused("crossing/unknown")
        act = proposed.act
    reason = _words(action.reason)
    recorder.tell(e.CrossingDeclared(visible="everyone", side=side, line=line, by=other(side), act=act, reason=reason))


def _reveal(recorder: EventRecorder, action: a.Reveal) -> None:
    """Show both teams what an act meant and how it was read."""
    key = (action.side, action.turn, action.order)
    sent = recorder.state.acts.get(key)
    if sent is None:
        raise ActionRefused("reveal/unknown")
    if not sent.arrived:
        raise ActionRefused("reveal/under-way")
    if recorder.state.phase in {"moves", "readings"} and sent.arrived == recorder.state.turn:
        raise ActionRefused("reveal/early")
    if sent.revealed:
        raise ActionRefused("reveal/done")
    recorder.tell(e.Revealed(key, visible="everyone"))


def _hold_mirror(recorder: EventRecorder) -> None:
    """Say to both teams what each cannot see, where it is so in this turn, and once."""
    _in_play(recorder)
    state = recorder.state
    if (state.turn, "blind-dilemma") not in {(turn, flag) for turn, flag, _ in state.flags}:
        raise ActionRefused("mirror/untrue")
    if any(turn == state.turn for turn, _ in state.events_of(e.MirrorHeld)):
        raise ActionRefused("mirror/held")
    recorder.tell(e.MirrorHeld(visible="everyone"))


def _words(text: str, longest: int = LONGEST_WORDS) -> str:
    """Words of the facilitator, clean and not empty."""
    words = clean(text, lines=longest == LONGEST_WORDS).strip()
    if not words or len(words) > longest:
        raise ActionRefused("words/length", most=longest)
    return words


def translate(recorder: EventRecorder, action: a.TranslateAct | a.TranslateLine) -> None:
    """Attach a translation to an act's words or a line of a call, in the place of one that is there, or take it off.

    It stands beneath the words and never in their place: otherwise the gap that is measured would be the language's.
    """
    text = clean(action.text, lines=True).strip()
    if len(text) > a.LONGEST_TEXT:
        raise ActionRefused("translation/length", most=a.LONGEST_TEXT)
    if isinstance(action, a.TranslateAct):
        sent = recorder.state.acts.get((action.side, action.turn, action.order))
        if sent is None or not sent.text:
            raise ActionRefused("translation/unknown")
        _check(text, sent.translation)
        recorder.tell(e.ActTranslated(sent.act.key, text, visible=_who_may_see(sent)))
        return
    exchanges = recorder.state.exchanges
    lines = exchanges[action.exchange - 1].said if 0 < action.exchange <= len(exchanges) else ()
    if not 0 < action.line <= len(lines):
        raise ActionRefused("translation/unknown")
    _check(text, lines[action.line - 1].translation)
    recorder.tell(e.LineTranslated(action.exchange, action.line, text, visible="teams"))


def _check(text: str, old_text: str) -> None:
    """Refuse what changes nothing."""
    if text != old_text:
        return
    if text:
        raise ActionRefused("translation/same")
    raise ActionRefused("translation/none")


def _who_may_see(sent: Sent) -> e.Visible:
    """Who may see what an act says; where its receiver cannot make it out, its sender alone."""
    if sent.unclear is not None:
        return sent.act.side
    return "everyone" if sent.act.visibility == "public" else "teams"


MOST_PLACES: Final = 1_000
"""No page has as many places."""
MAX_OPENED: Final = 3
"""How far an act can be opened."""


def lead(recorder: EventRecorder, action: a.LeadHotwash) -> None:
    """Go to a page of the hotwash, once everything that was sealed has been opened."""
    if recorder.state.phase != "hotwash":
        raise ActionRefused("hotwash/closed")
    is_pair = action.page == "pairs" and action.act != ""
    fits = 1 <= action.opened <= MAX_OPENED if is_pair else not action.opened
    if not fits or not 0 <= action.place < MOST_PLACES or (action.act and not is_pair):
        raise ActionRefused("hotwash/place")
    if is_pair and not _is_there(recorder.state, action.act):
        raise ActionRefused("hotwash/place")
    recorder.tell(
        e.HotwashLed(action.page, action.act, action.opened, action.place, action.everything, visible="everyone")
    )


def _is_there(state: State, act: str) -> bool:
    """An act has that name."""
    return any(f"{side}/{turn}/{order}" == act for side, turn, order in state.acts)
