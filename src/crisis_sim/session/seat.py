"""A seat as doors and bots hold it.

A door never holds a session. It asks its seat for the view, submits actions, and waits for changes; it cannot tell
whether the session runs in this process.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import View


class Seat(Protocol):
    """A place at the table."""

    name: SeatName

    @property
    def dossier(self) -> Dossier:
        """What this seat may know from the start."""
        ...

    def view(self) -> View:
        """What this seat may see now."""
        ...

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on disk. Raises ActionRefused, or StorageFailed when it was not kept.

        With a `ref` that names this submit and no other of this seat, it may be sent again: it is done once.
        """
        ...

    def changes(self) -> AsyncIterator[None]:
        """One item each time the view may have changed; several changes may come as one."""
        ...

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase, not counting pauses; negative when over; None where nothing is timed."""
        ...
