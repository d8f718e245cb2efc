"""What is played at a terminal: the seats, who sits at them here, and what goes on beside them.

Plain data between the command line, which makes it, and screens or lines, which play it. It never names a session.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import StorageFailed
from crisis_sim.pages.reader import Reader
from crisis_sim.session.draft_file import HalfWritten
from crisis_sim.session.places import AnyHostAct, Occupant, Places

Companion: TypeAlias = Callable[[], Awaitable[None]]
"""Something that runs while people play, such as a bot at another seat."""


class PlaceManager(Protocol):
    """Who comes to which seat."""

    def places(self) -> Places:
        """Who may come, and how one joins."""
        ...

    def does(self, act: AnyHostAct) -> None:
        """Do something about them; what is asked for twice is done once. Raises ActionRefused or StorageFailed."""
        ...

    @property
    def storage_failure(self) -> StorageFailed | None:
        """Why acts, or who has come, cannot be kept at present; None while they can."""
        ...

    @property
    def rehearsal(self) -> int | None:
        """Seconds left of a rehearsal that runs; None where none does."""
        ...

    def end_rehearsal(self) -> None:
        """Have done with it; the exercise begins."""
        ...

    @property
    def picture(self) -> list[str]:
        """The address for browsers as a telephone reads it, in rows of half blocks, dark on light."""
        ...

    def print_cards(self) -> str:
        """Write the sheet of cards; where it lies."""
        ...

    def people(self) -> tuple[Occupant, ...]:
        """Everybody who was invited, and how each is there."""
        ...

    def changes(self) -> AsyncIterator[None]:
        """One item each time somebody comes or goes, a code is tried again, or the disk fails or takes acts again."""
        ...

    @property
    def policies(self) -> tuple[tuple[str, str], ...]:
        """Bots that a team can be handed to: the id of each, and what it does."""
        ...

    @property
    def played(self) -> Mapping[SeatName, str]:
        """Teams that a bot plays, each with the bot's name."""
        ...

    def hand_to_bot(self, seat: SeatName, policy: str) -> None:
        """Let a bot play for a team. Raises ActionRefused or StorageFailed."""
        ...

    def hand_back(self, seat: SeatName) -> None:
        """Let its people play for a team again. Raises ActionRefused or StorageFailed."""
        ...


async def no_companion() -> None:
    """Nobody else plays."""


class SeatTable(Struct, frozen=True):
    """One session as this terminal plays it."""

    seats: Mapping[SeatName, Reader]
    people: tuple[SeatName, ...]
    """Seats played by persons here, in no order."""
    companions: Sequence[Companion] = ()
    """What runs beside screens."""
    play_others: Companion = no_companion
    """Beside lines: lets everybody who does not sit here act, until they have nothing more to do."""
    log: str = ""
    """Where the log is, to be told when somebody leaves."""
    resume: str = ""
    """The command that goes on from there."""
    debrief: str = ""
    """The command that writes the debrief."""
    record: str = ""
    """Where a host lays all that belongs together once the session is closed and left; empty where none does."""
    next_commands: tuple[tuple[str, str], ...] = ()
    """What else can be done with a closed session: a sentence, and the command."""
    filling: Callable[[], int] = int
    """How full the log is, in percent, once the facilitator should be told; 0 until then."""
    last_hash: Callable[[], str] = str
    """The hash that answers for the log as it stands, short; empty where there is no log."""
    rooms: PlaceManager | None = None
    """Who comes to which seat, where others join from elsewhere."""
    is_kept: bool = True
    """What is done here is kept; otherwise nobody is asked before leaving."""
    again: bool = False
    """The teams have changed chairs since the session that this one plays again."""
    half: HalfWritten | None = None
    """Where what is half written is kept when somebody leaves; None where it cannot be."""


RollBackTo: TypeAlias = Callable[[int], Awaitable[SeatTable]]
"""Makes a branch that goes on from the start of a turn, and gives its table; raises ActionRefused or StorageFailed."""
