"""Claims: red lines that their teams wrote at the table and hold crossed.

No sentence of a file fits such a line, so its owner says at a reading that an act went over it. That is a reading: it
moves what the owner feels and its trust, and nobody is told. What others are to know of it, the owner says in an act,
or the facilitator declares it.
"""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import is_crossed
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.limits import moved_within
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import Side


def claimable(state: State, table: GameTable, side: Side, line: str) -> bool:
    """A red line that a team wrote at the table and that neither it nor anybody else holds crossed yet."""
    if table.base.lines.claim is None or not any(
        own.id == line and own.line == "red" for own in state.team(side).own_lines
    ):
        return False
    return not is_claimed(state, side, line) and not is_crossed(state, side, line)


def is_claimed(state: State, side: Side, line: str) -> bool:
    """Its team holds a red line crossed."""
    return any((claim.side, claim.line) == (side, line) for claim in state.claims)


def claim(recorder: EventRecorder, side: Side, line: str, act: e.ActKey) -> None:
    """A team holds one of its lines crossed by an act; once a line."""
    settings = recorder.table.base.lines.claim
    if settings is None or not claimable(recorder.frame, recorder.table, side, line):
        return
    cause = Cause("claim", recorder.table.place("base/lines"), act=act)
    felt = moved_within(recorder, "felt", side, settings.felt, cause)
    trust = -moved_within(recorder, "trust", side, settings.trust, cause)
    recorder.tell(e.CrossingClaimed(visible=side, side=side, line=line, act=act, felt=felt, trust=trust))
