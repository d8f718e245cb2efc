"""What a state keeps of a call or meeting that was held, and of each side's account of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from crisis_sim.engine.events import ActKey


class Readout(Struct, frozen=True, gc=False):
    """One side's account of an exchange."""

    outcome: Literal["agreed", "talked", "disagreed"]
    tone: int
    text: str


class Exchange(Struct, frozen=True, gc=False):
    """A private exchange that was held."""

    request: ActKey
    answer: ActKey
    turn: int
    us: Readout | None = None
    china: Readout | None = None
    result: Literal["match", "differ", "one-sided"] | None = None
    closed: bool = False

    @property
    def acts(self) -> tuple[ActKey, ActKey]:
        """What asked for it, and what agreed to it."""
        return self.request, self.answer
