"""What an act was chosen from: the parts of a view that it is about, and that may have changed since.

The host asks this of each act that comes; a client asks it of what waits when the host has begun another life, in which
numbers of earlier views say nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import AnyAction

_ABOUT: Final[dict[type[AnyAction], tuple[str, ...]]] = {
    a.CommitMoves: ("drafts", "decisions", "closer", "asks_closer"),
    a.CommitReadings: ("to_read", "asked_now"),
    a.CommitForecasts: ("asked_now",),
    a.Advance: ("phase", "turn"),
}
"""Fields of a view that an action is about as a whole: what it does depends on all that stands there."""


class ActGrounds(NamedTuple):
    """The parts of a view that an act is about."""

    fields: tuple[str, ...]
    draft: int | None
    """The number of the half-written move that it names."""


def grounds_of(action: AnyAction) -> ActGrounds:
    """What `action` is about."""
    number = action.number if isinstance(action, a.ReviseMove | a.WithdrawMove) else None
    return ActGrounds(_ABOUT.get(type(action), ()), number)
