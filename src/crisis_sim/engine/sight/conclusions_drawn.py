"""Conclusions as a session's record holds them: when it was drawn, what its team did, when it was drawn back."""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.events import ConclusionAnswered, ConclusionDrawn, FurtherFrom
from crisis_sim.engine.state import State


class DrawnConclusion(NamedTuple):
    """A conclusion that a team drew."""

    turn: int
    event: ConclusionDrawn
    drawn_back: int = 0
    """Turn in which the team was drawn back from it; 0 if it never was."""
    answered: ConclusionAnswered | None = None
    """What the team did with it; None if nobody asked it."""

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
            elif isinstance(event, FurtherFrom | ConclusionAnswered):
                name = f"{event.side}/{event.line}"
                last = max(place for place, kept in enumerate(found) if kept.name == name)
                if isinstance(event, FurtherFrom):
                    found[last] = found[last]._replace(drawn_back=turn)
                else:
                    found[last] = found[last]._replace(answered=event)
    return tuple(found)
