"""The question which acts of the other side moved a team closer, and to what, as a state keeps it."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.engine.events import ActKey
from crisis_sim.rules.names import Side


class CloserQuestion(Struct, frozen=True, gc=False):
    """A team was asked, and what it says."""

    side: Side
    turn: int
    by: Side | None
    """None for the facilitator."""
    acts: tuple[ActKey, ...] = ()
    """Empty where it declines."""
    concern: str = ""
    said: bool = False
    """It has said so, or that it declines."""
    answered: int = 0
    """The turn in which the other side was told; 0 while it has not been."""
