"""What teams have undertaken: promises and cited instruments; what a citation is worth, what breaks or ends either.

Acts are weighed by the citations that stood when judging began, and what a turn has kept or ended is settled at its
end, so the order in which acts are judged changes nothing. Whoever breaks a promise in the turn in which it falls has
broken it. An instrument counts once for each team; whoever has cited one counts as having accepted it from the next
turn on.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.pressing import press, pressed_lines, relieve
from crisis_sim.engine.moment_facts import MomentFacts, arrived_in, at_act
from crisis_sim.engine.state import Sent, State
from crisis_sim.rules.compile import Holds
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import PromiseEnd, Side, other

CITED: Final = "cited"
"""What a trace calls it that an instrument was cited."""
AGAINST_CITED: Final = "against what it cited"
"""What a trace calls it that a team acted against an instrument that it had cited itself."""


def end_promises(recorder: EventRecorder, facts: MomentFacts, previous_state: State) -> None:
    """Let go of promises whose time has run, or that an act of the turn makes void; one broken in it stays broken."""
    for promise in recorder.state.promises:
        commitment, test = (
            recorder.table.commitments[promise.commitment],
            recorder.table.void_tests.get(promise.commitment),
        )
        if not promise.binds or promise.turn >= previous_state.turn:
            continue
        void = UNSET if test is None else _making_void(facts, previous_state, promise.side, test)
        if void is not UNSET or (
            commitment.turns is not None and promise.turn + commitment.turns <= previous_state.turn
        ):
            end: PromiseEnd = "kept" if void is UNSET else "void"
            recorder.tell(e.CommitmentEnded(promise.commitment, promise.side, end, void, visible="everyone"))


def _making_void(facts: MomentFacts, previous_state: State, side: Side, test: Holds) -> e.ActKey | UnsetType:
    """The other side's act of the turn that makes a promise of `side` void."""
    for read in arrived_in(previous_state, side):
        at_act(facts, previous_state.acts[read.act].act, None)
        if test(facts):
            return read.act
    return UNSET


def _has_cited(state: State, side: Side, instrument: str) -> bool:
    return any((citation.side, citation.instrument) == (side, instrument) for citation in state.citations)


def weigh_citing(recorder: EventRecorder, facts: Facts, previous_state: State, sent: Sent, factor: int) -> None:
    """Let what an act cites relieve or press, and hold its team to what it had cited; `factor` is its reading's."""
    settings, act, plans = recorder.table.base.citing, sent.act, recorder.table.instruments
    if settings is None or not plans or sent.unclear is not None:
        return
    place, instrument = recorder.table.place("base/citing"), act.cites
    if not isinstance(instrument, UnsetType) and not _has_cited(recorder.state, act.side, instrument):
        theirs = next(
            (
                citation
                for citation in previous_state.citations
                if (citation.side, citation.instrument) == (other(act.side), instrument)
            ),
            None,
        )
        cause = Cause(CITED, place, act.side, act.key, press_factor=factor)
        if theirs is None and not plans[instrument].is_accepted(other(act.side)):
            for line in pressed_lines(recorder, other(act.side), settings.concern):
                press(recorder, other(act.side), line, settings.press, cause)
        elif plans[instrument].is_accepted(act.side) and not (theirs is not None and theirs.broken):
            for line in dict.fromkeys(
                line
                for concern in plans[instrument].concerns
                for line in pressed_lines(recorder, other(act.side), concern)
            ):
                relieve(recorder, other(act.side), line, settings.relieve, cause)
        recorder.tell(e.InstrumentCited(act.side, instrument, act.key, visible="everyone"))
    for citation in previous_state.citations:
        if citation.side == act.side and not citation.broken and plans[citation.instrument].is_broken(facts):
            if any(
                now.broken for now in recorder.state.citations if (now.side, now.act) == (citation.side, citation.act)
            ):
                continue
            recorder.shift("trust", other(act.side), settings.trust, Cause(AGAINST_CITED, place, act.side, act.key))
            recorder.tell(e.InstrumentBroken(act.side, citation.instrument, act.key, visible="everyone"))
