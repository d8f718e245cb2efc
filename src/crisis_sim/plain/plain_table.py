"""What the plain door plays: the seats, who sits at them here, and how the others come to act.

Plain data that the command line makes; it never names a session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.reader import Reader
from crisis_sim.session.half_written import HalfWritten

Others: TypeAlias = Callable[[], Awaitable[None]]
"""Lets everybody who does not sit here act, until they have nothing more to do."""


async def nobody() -> None:
    """Nobody else plays."""


@dataclass(frozen=True)
class PlainTable:
    """One session as it is played here."""

    seats: Mapping[SeatName, Reader]
    people: tuple[SeatName, ...]
    """Seats played by persons here."""
    others: Others = nobody
    log: str = ""
    """Where the log is, for when somebody leaves."""
    resume: str = ""
    """The command that goes on from there."""
    debrief: str = ""
    """The command that writes the debrief."""
    filling: Callable[[], int] = int
    """How full the log is, in percent, once the facilitator should be told; 0 until then."""
    last_hash: Callable[[], str] = str
    """The hash that answers for the log as it stands, short; empty where there is no log."""
    then: tuple[tuple[str, str], ...] = ()
    """What else can be done with a closed session: a sentence, and the command."""
    again: bool = False
    """The teams have changed chairs since the session that this one plays again."""
    half: HalfWritten | None = None
    """Where what is half written is kept when somebody leaves; None where it cannot be."""


PlainRollBack: TypeAlias = Callable[[int], Awaitable[PlainTable]]
"""Makes a branch that goes on from the start of a turn, and gives its table; raises ActionRefused or StorageFailed."""
