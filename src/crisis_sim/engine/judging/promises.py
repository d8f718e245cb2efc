"""Promises that come to bind no longer, with nothing broken: their time has run, or the other side has made them void.

Both are looked at once a turn has been judged, so whoever breaks a promise in the turn in which it falls has broken it,
in whatever order acts are judged.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.moment_facts import MomentFacts, arrived_in, at_act
from crisis_sim.engine.state import State
from crisis_sim.rules.compile import Holds
from crisis_sim.rules.names import PromiseEnd, Side


def end_promises(recorder: EventRecorder, facts: MomentFacts, before: State) -> None:
    """Let go of promises whose time has run, or that an act of the turn makes void; one broken in it stays broken."""
    for kept in recorder.frame.promises:
        of, test = recorder.table.commitments[kept.commitment], recorder.table.void_tests.get(kept.commitment)
        if not kept.binds or kept.turn >= before.turn:
            continue
        void = UNSET if test is None else _making_void(facts, before, kept.side, test)
        if void is not UNSET or (of.turns is not None and kept.turn + of.turns <= before.turn):
            how: PromiseEnd = "kept" if void is UNSET else "void"
            recorder.tell(e.CommitmentEnded(kept.commitment, kept.side, how, void, visible="everyone"))


def _making_void(facts: MomentFacts, before: State, side: Side, test: Holds) -> e.ActKey | UnsetType:
    """The other side's act of the turn that makes a promise of `side` void."""
    for read in arrived_in(before, side):
        at_act(facts, before.acts[read.act].act, None)
        if test(facts):
            return read.act
    return UNSET
