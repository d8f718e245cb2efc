"""Conclusions as a session's record holds them: each with its turn, and the one in which its team was drawn back."""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.events import ConclusionDrawn, FurtherFrom
from crisis_sim.engine.state import State


class DrawnConclusion(NamedTuple):
    """A conclusion that a team drew."""

    turn: int
    event: ConclusionDrawn
    drawn_back: int = 0
    """Turn in which the team was drawn back from it; 0 if it never was."""

    @property
    def name(self) -> str:
        """The pink line, as `side/line`."""
        return f"{self.event.side}/{self.event.line}"


def conclusions_drawn(state: State) -> tuple[DrawnConclusion, ...]:
    """All of them, in the order of play."""
    found: list[DrawnConclusion] = []
    for turn, events in enumerate(state.turn_events):
        for event in events:
            if isinstance(event, ConclusionDrawn):
                found.append(DrawnConclusion(turn, event))
            elif isinstance(event, FurtherFrom):
                name = f"{event.side}/{event.line}"
                found = [
                    kept._replace(drawn_back=turn) if kept.name == name and not kept.drawn_back else kept
                    for kept in found
                ]
    return tuple(found)
