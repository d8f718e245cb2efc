"""Lines that teams have told each other of, and whether they believed it when they did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import UNSET

from crisis_sim.engine.events import ActKey, ConclusionDrawn
from crisis_sim.engine.state import State
from crisis_sim.rules.names import Visibility


class ToldLine(NamedTuple):
    """An act by which a team told the other side of a line of its own."""

    act: ActKey
    line: str
    visibility: Visibility
    arrived: int
    """Turn in which it did; 0 if it never did."""
    is_bluff: bool
    """Until then its team had drawn no conclusion on that line, or about it, nor held it crossed."""


def lines_told(state: State) -> Iterator[ToldLine]:
    """All of them, in the order in which they were sent."""
    for key, sent in state.acts.items():
        line = sent.act.line
        if line is not UNSET:
            believed = _is_believed(state, key, line)
            yield ToldLine(key, line, sent.act.visibility, sent.arrived, not believed)


def _is_believed(state: State, key: ActKey, line: str) -> bool:
    """A team had reason of its own to say so of a line, before the turn of the act."""
    side, turn, _order = key
    crossings = (*state.crossings, *state.claims)
    if any(crossing.turn < turn and (crossing.side, crossing.line) == (side, line) for crossing in crossings):
        return True
    return any(
        isinstance(event, ConclusionDrawn) and event.side == side and line in (event.line, event.leads_to)
        for told in state.turn_events[:turn]
        for event in told
    )
