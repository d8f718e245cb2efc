"""A seat at a session in this process.

Holds a few functions and its own name, no session: whoever is given a seat, bots above all, has nothing to look behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import Sentence


class Changes(AsyncIterator[None]):
    """Comes round once each time the view may have changed; several changes may come as one."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._over = False

    def tell(self) -> None:
        """Report that something changed."""
        self._news.set()

    def end(self) -> None:
        """Nothing will change any more."""
        self._over = True
        self._news.set()

    def __aiter__(self) -> Changes:
        return self

    async def __anext__(self) -> None:
        await self._news.wait()
        if self._over:
            raise StopAsyncIteration
        self._news.clear()


class LocalSeat:
    """A place at the table, as `crisis_sim.session.seat.Seat` says."""

    __slots__ = ("_changes", "_cut_off", "_dossier", "_seconds_left", "_submit", "_view", "name")

    def __init__(
        self,
        name: SeatName,
        *,
        dossier: Callable[[], Dossier],
        view: Callable[[], View],
        submit: Callable[[AnyAction, str | None], object],
        changes: Callable[[], Changes],
        cut_off: Callable[[], Sentence | None],
        seconds_left: Callable[[], int | None],
    ) -> None:
        """What the session lends to this seat."""
        self.name: SeatName = name
        self._dossier = dossier
        self._view = view
        self._submit = submit
        self._changes = changes
        self._cut_off = cut_off
        self._seconds_left = seconds_left

    @property
    def dossier(self) -> Dossier:
        """What this seat may know from the start; made for whoever asks first."""
        return self._dossier()

    def view(self) -> View:
        """What this seat may see now."""
        return self._view()

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on disk, once for each `ref`. Raises ActionRefused or StorageFailed."""
        self._submit(action, ref)

    def changes(self) -> Changes:
        """One item each time this seat's view changes, from this call on."""
        return self._changes()

    @property
    def company(self) -> None:
        """Nobody shares a seat in this process."""

    def cut_off(self) -> Sentence | None:
        """Why acts cannot be kept at present, where this seat is told that; None while they can."""
        return self._cut_off()

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn, not counting pauses; negative when over; None where nothing is timed."""
        return self._seconds_left()
