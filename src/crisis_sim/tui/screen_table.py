"""What plays at a terminal: the seats, who sits at them here, and what runs beside them.

Plain data between the command line, which makes it, and the app, which plays it. It never names a session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import View
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.whose_chair import changed_chairs
from crisis_sim.session.half_written import HalfWritten
from crisis_sim.tui.room_desk import RoomDesk

Companion: TypeAlias = Callable[[], Awaitable[None]]
"""Something that runs while people play, such as a bot at another seat."""


class ScreenTable(Struct, frozen=True):
    """One session as this terminal plays it."""

    seats: Mapping[SeatName, Reader]
    people: tuple[SeatName, ...]
    """Seats played by persons here, in no order."""
    companions: Sequence[Companion] = ()
    log: str = ""
    """Where the log is, to be told when somebody quits."""
    resume: str = ""
    """The command that goes on from there."""
    debrief: str = ""
    """The command that writes the debrief."""
    record: str = ""
    """Where a host lays all that belongs together once the session is closed and left; empty where none does."""
    filling: Callable[[], int] = int
    """How full the log is, in percent, once the facilitator should be told; 0 until then."""
    last_hash: Callable[[], str] = str
    """The hash that answers for the log as it stands, short; empty where there is no log."""
    rooms: RoomDesk | None = None
    """Who comes to which seat, where others join from elsewhere."""
    is_kept: bool = True
    """What is done here is kept; otherwise nobody is asked before leaving."""
    again: bool = False
    """The teams have changed chairs since the session that this one plays again."""
    half: HalfWritten | None = None
    """Where what is half written is kept when somebody leaves; None where it cannot be."""

    def changed(self, seat: SeatName, view: View) -> str:
        """What whoever comes is told of chairs that have changed."""
        return changed_chairs(seat, view, again=self.again)


ScreenRollBack: TypeAlias = Callable[[int], Awaitable[ScreenTable]]
"""Makes a branch that goes on from the start of a turn, and gives its table; raises ActionRefused or StorageFailed."""
