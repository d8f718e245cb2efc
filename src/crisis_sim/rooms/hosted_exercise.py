"""What a host's hub asks of the exercise that it hosts, and of whoever keeps its places; and when that is over."""

from __future__ import annotations

from typing import Final, Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import StorageFailed
from crisis_sim.session.places import AnyHostAct, Places
from crisis_sim.session.session import Session


class HostedExercise(Protocol):
    """What is hosted: a session."""

    def view(self, seat: SeatName) -> View:
        """What `seat` may see now."""

    def dossier(self, seat: SeatName) -> Dossier:
        """What `seat` may know from the start."""

    def submit(self, seat: SeatName, action: AnyAction, ref: str | None = None) -> object:
        """Do what `seat` asks for, once for each `ref`. Raises ActionRefused or StorageFailed."""

    def has_done(self, seat: SeatName, action: AnyAction, ref: str) -> bool:
        """Whether this submit has been done already. Raises ActionRefused."""

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn; None where nothing is timed."""

    @property
    def storage_failure(self) -> StorageFailed | None:
        """Why the last act could not be kept; None once an act has been kept since."""


class SessionHosted:
    """A session as it is hosted; what is done at it otherwise, a subclass says."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def view(self, seat: SeatName) -> View:
        """What `seat` may see now."""
        return self.session.view(seat)

    def dossier(self, seat: SeatName) -> Dossier:
        """What `seat` may know from the start."""
        return self.session.dossier(seat)

    def has_done(self, seat: SeatName, action: AnyAction, ref: str) -> bool:
        """Whether this submit has been done already. Raises ActionRefused."""
        return self.session.has_done(seat, action, ref)

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn; None where nothing is timed."""
        return self.session.seconds_left()

    @property
    def storage_failure(self) -> StorageFailed | None:
        """Why the last act could not be kept; None once an act has been kept since."""
        return self.session.storage_failure


class PlacesRequest(Protocol):
    """Who may come, where somebody keeps it."""

    def places(self) -> Places:
        """As it is now."""

    def does(self, act: AnyHostAct) -> None:
        """Do what somebody who runs the exercise asks for. Raises ActionRefused or StorageFailed."""


GRACE: Final = 120.0
"""Seconds in which a room that has lost its network, or is just coming back to a host, is waited for."""


class IdleWatch:
    """Whether anybody is left to look at what was opened."""

    def __init__(self) -> None:
        self._since: float | None = None

    def is_over(self, phase: Phase, *, anybody: bool, now: float) -> bool:
        """Whether nobody has been there during the hotwash for so long that nobody will be."""
        if phase != "hotwash" or anybody:
            self._since = None
            return False
        self._since = now if self._since is None else self._since
        return now - self._since >= GRACE
