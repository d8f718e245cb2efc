"""What a host's hub asks of the exercise that it hosts, and of whoever keeps its places."""

from __future__ import annotations

from typing import Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import View
from crisis_sim.session.places import AnyHostAct, Places


class HostedExercise(Protocol):
    """What is hosted: a session."""

    def view(self, seat: SeatName) -> View:
        """What `seat` may see now."""
        ...

    def dossier(self, seat: SeatName) -> Dossier:
        """What `seat` may know from the start."""
        ...

    def submit(self, seat: SeatName, action: AnyAction, ref: str | None = None) -> object:
        """Do what `seat` asks for, once for each `ref`. Raises ActionRefused or StorageFailed."""
        ...

    def has_done(self, seat: SeatName, action: AnyAction, ref: str) -> bool:
        """Whether this submit has been done already. Raises ActionRefused."""
        ...

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn; None where nothing is timed."""
        ...


class PlacesAsked(Protocol):
    """Who may come, where somebody keeps it."""

    def places(self) -> Places:
        """As it is now."""
        ...

    def does(self, act: AnyHostAct) -> None:
        """Do what somebody who runs the exercise asks for. Raises ActionRefused or StorageFailed."""
        ...
