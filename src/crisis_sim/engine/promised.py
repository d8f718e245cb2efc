"""What sides have bound themselves to: promises on the record, public words at home, principles that both accept."""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.engine.events import ActKey
from crisis_sim.rules.names import Pledged, PledgeEnd, PromiseEnd, Side


class Promise(Struct, frozen=True, gc=False):
    """A commitment that binds a side."""

    commitment: str
    side: Side
    act: ActKey
    turn: int
    broken: bool = False
    ended: PromiseEnd | None = None
    """How it came to bind no longer, with nothing broken."""

    @property
    def binds(self) -> bool:
        """It can still be kept or broken."""
        return not self.broken and self.ended is None


class Principle(Struct, frozen=True, gc=False):
    """A sentence on the principles of crisis management, as it was put last."""

    says: str
    put_by: Side
    """Who put the first words of it."""
    by: Side
    """Whose words these are."""
    stands: bool = False
    """The other side accepts them."""


class Pledge(Struct, frozen=True, gc=False):
    """A public word that binds a team at home."""

    side: Side
    pledge: Pledged
    act: ActKey
    """The act that last bound it."""
    stake: int
    due: int
    turn: int
    how: PledgeEnd | None = None
    """What became of it; None while it binds."""
    settled: int = 0
    """Turn in which that was."""

    def binds(self, side: Side, pledge: Pledged) -> bool:
        """It is of this side and kind, and still binds."""
        return self.how is None and self.side == side and self.pledge == pledge
