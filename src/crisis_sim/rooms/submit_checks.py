"""What the host looks at before a submit comes to the session: whose label it bears, who holds the pen, what was seen.

It decides nothing of the game: whatever passes here is refused or done by the session.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.refusals import outdated
from crisis_sim.rooms.guests import Guest
from crisis_sim.rooms.seat_versions import SeatVersions
from crisis_sim.rooms.wire import Submission

HELD: Final = (a.CommitMoves, a.CommitReadings, a.CommitForecasts, a.SealLines)
"""What only who holds the team's pen may do."""
OWN: Final = (a.TakeSeat, a.RollBack, a.ShortenLog)
"""What the host itself puts on record, and nobody asks for who has joined."""


def signed(do: Submission, guest: Guest) -> Submission:
    """What a person says for itself is under its own label, whatever was sent."""
    if isinstance(do.action, a.PressReading | a.AgreeToCard):
        return replace(do, action=replace(do.action, by=guest.label))
    return do


def check_asker(do: Submission, *, holds_pen: bool, has_agreed: bool) -> None:
    """Refuse what the host alone does, what only the pen's holder may, and all of who has not agreed yet."""
    if isinstance(do.action, OWN):
        raise ActionRefused("room/own")
    if not has_agreed and not isinstance(do.action, a.AgreeToCard):
        raise ActionRefused("consent/first")
    if isinstance(do.action, HELD) and not holds_pen:
        raise ActionRefused("room/pen")


def check_seen(do: Submission, versions: SeatVersions) -> None:
    """Refuse what was chosen from something that is no longer there. Raises ActionRefused."""
    if versions.has_moved(do.action, do.seen):
        raise outdated(do.action)
