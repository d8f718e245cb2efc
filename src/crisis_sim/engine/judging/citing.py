"""Instruments that are cited: what that relieves or presses, and what an act against one's own citation costs.

Acts are weighed by the citations that stood when judging began, so the order in which they are judged changes nothing.
An instrument counts once for each team; whoever has cited one counts as having accepted it from the next turn on.
"""

from __future__ import annotations

from typing import Final

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.pressing import press, pressed_lines, relieve
from crisis_sim.engine.state import Sent, State
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import other

CITED: Final = "cited"
"""What a trace calls it that an instrument was cited."""
AGAINST_CITED: Final = "against what it cited"
"""What a trace calls it that a team acted against an instrument that it had cited itself."""


def weigh_citing(recorder: EventRecorder, facts: Facts, before: State, sent: Sent, factor: int) -> None:
    """Let what an act cites relieve or press, and hold its team to what it had cited; `factor` is its reading's."""
    settings, act, plans = recorder.table.base.citing, sent.act, recorder.table.instruments
    if settings is None or not plans or sent.unclear is not None:
        return
    at, named = recorder.table.place("base/citing"), act.cites
    known = {of.instrument for of in recorder.frame.citations if of.side == act.side}
    if not isinstance(named, UnsetType) and named not in known:
        theirs = next((of for of in before.citations if (of.side, of.instrument) == (other(act.side), named)), None)
        cause = Cause(CITED, at, act.side, act.key, press_factor=factor)
        if theirs is None and not plans[named].is_accepted(other(act.side)):
            for line in pressed_lines(recorder, other(act.side), settings.concern):
                press(recorder, other(act.side), line, settings.press, cause)
        elif plans[named].is_accepted(act.side) and not (theirs is not None and theirs.broken):
            for line in dict.fromkeys(
                line for concern in plans[named].concerns for line in pressed_lines(recorder, other(act.side), concern)
            ):
                relieve(recorder, other(act.side), line, settings.relieve, cause)
        recorder.tell(e.InstrumentCited(act.side, named, act.key, visible="everyone"))
    for of in before.citations:
        if of.side == act.side and not of.broken and plans[of.instrument].is_broken(facts):
            if any(now.broken for now in recorder.frame.citations if (now.side, now.act) == (of.side, of.act)):
                continue
            recorder.shift("trust", other(act.side), settings.trust, Cause(AGAINST_CITED, at, act.side, act.key))
            recorder.tell(e.InstrumentBroken(act.side, of.instrument, act.key, visible="everyone"))
