"""What a state keeps of an act whose thing is more than it was seen as, until that comes out."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.engine.events import ActKey
from crisis_sim.rules.names import Side


class Concealed(Struct, frozen=True, gc=False):
    """An act made with a thing that is more than it was seen as; what that would have done is kept."""

    side: Side
    asset: str
    act: ActKey
    terms: tuple[str, ...]
    weight: int
    presses: tuple[tuple[str, int], ...]
    crosses: tuple[str, ...]
    due: int
    """The turn in which it comes out; 0 if it never does."""
    is_out: bool = False
