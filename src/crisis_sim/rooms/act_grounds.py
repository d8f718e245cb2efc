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
    a.SealLines: ("lines", "guesses", "expected", "order", "order_guess", "pre_authorised", "share"),
    a.DropGuess: ("guesses",),
    a.DropExpected: ("expected",),
    a.AcceptPrinciple: ("principles",),
    a.PutPrinciple: ("principles",),
    a.CommitReadings: ("to_read", "asked_now"),
    a.CommitForecasts: ("asked_now",),
    a.Advance: ("phase", "turn"),
}
"""Fields of a view that an action is about as a whole: what it does, or what its number names, depends on them."""


class ActGrounds(NamedTuple):
    """The parts of a view that an act is about."""

    fields: tuple[str, ...]
    draft: int | None
    """The number of the half-written move that it names."""


def grounds_of(action: AnyAction) -> ActGrounds:
    """What `action` is about."""
    if isinstance(action, a.PutPrinciple) and action.number is None:  # one more
        return ActGrounds((), None)
    number = action.number if isinstance(action, a.ReviseMove | a.WithdrawMove) else None
    return ActGrounds(_ABOUT.get(type(action), ()), number)
