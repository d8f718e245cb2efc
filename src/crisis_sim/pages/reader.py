"""A seat together with a language: what a door holds.

A door asks its reader for the page, submits actions, and waits for changes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cached_property
from typing import Protocol

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.actions import Seat as SeatName
from crisis_sim.engine.sight.views import View
from crisis_sim.pages import Writer
from crisis_sim.pages.seat_pages import Page
from crisis_sim.rules.names import Language
from crisis_sim.session.seat import Seat


class Reader(Protocol):
    """What a door holds of a seat."""

    @property
    def name(self) -> SeatName:
        """The seat's name."""
        ...

    def view(self) -> Page:
        """What the seat is shown, in its reader's language."""
        ...

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on disk, and raises what the seat raises."""
        ...

    def changes(self) -> AsyncIterator[None]:
        """One item each time the page may have changed; several changes may come as one."""
        ...

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase; negative when over; None where nothing is timed."""
        ...


class SeatReader:
    """A seat whose view is read in a language."""

    def __init__(self, seat: Seat, language: Language) -> None:
        self.seat = seat
        self.language = language
        self._written: tuple[View, Page] | None = None

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.seat.dossier, self.language)

    @property
    def name(self) -> SeatName:
        """The seat's name."""
        return self.seat.name

    def view(self) -> Page:
        """What the seat is shown, in its reader's language; the same page while it sees the same."""
        view, written = self.seat.view(), self._written
        if written is None or (written[0] is not view and written[0] != view):
            written = view, self._writer.page(view)
        self._written = view, written[1]
        return written[1]

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on disk, and raises what the seat raises."""
        await self.seat.submit(action, ref)

    def changes(self) -> AsyncIterator[None]:
        """One item each time the page may have changed; several changes may come as one."""
        return self.seat.changes()

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase; negative when over; None where nothing is timed."""
        return self.seat.seconds_left()
