"""A seat together with a language: what a door holds.

A door asks its reader for the view and what tells it, submits actions, and waits for changes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Language
from crisis_sim.session.places import AnyHostAct, HostAct
from crisis_sim.session.seat import Company, Seat


class Reader(Protocol):
    """What a door holds of a seat."""

    @property
    def name(self) -> SeatName:
        """The seat's name."""

    @property
    def say(self) -> Translator:
        """What tells it in its reader's language."""

    def view(self) -> View:
        """What the seat sees."""

    async def submit(self, action: AnyAction | AnyHostAct, ref: str | None = None) -> None:
        """Ask for `action`, the host where it is no act of play; returns once it is done. Raises as the seat does."""

    def changes(self) -> AsyncIterator[None]:
        """One item each time the view may have changed; several changes may come as one."""

    @property
    def company(self) -> Company | None:
        """Who shares the seat; None where nobody can."""

    def cut_off(self) -> Sentence | None:
        """Why nothing reaches the session at present, and what comes of it; None while all does."""

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase; negative when over; None where nothing is timed."""


class SeatReader:
    """A seat whose view is read in a language."""

    def __init__(self, seat: Seat, language: Language) -> None:
        self.seat = seat
        self.language = language
        self._teller: Translator | None = None

    @property
    def say(self) -> Translator:
        """What tells it in its reader's language; another one where a host goes on to another session."""
        dossier = self.seat.dossier
        if self._teller is None or self._teller.dossier is not dossier:
            self._teller = Translator(dossier, self.language)
        return self._teller

    @property
    def name(self) -> SeatName:
        """The seat's name."""
        return self.seat.name

    def view(self) -> View:
        """What the seat sees."""
        return self.seat.view()

    async def submit(self, action: AnyAction | AnyHostAct, ref: str | None = None) -> None:
        """Ask for `action`, the host where it is no act of play; returns once it is done. Raises as the seat does."""
        if not isinstance(action, HostAct):
            await self.seat.submit(action, ref)
        elif (company := self.company) is not None:
            await company.ask(action)
        else:
            raise ActionRefused("room/own")

    def changes(self) -> AsyncIterator[None]:
        """One item each time the view may have changed; several changes may come as one."""
        return self.seat.changes()

    @property
    def company(self) -> Company | None:
        """Who shares the seat; None where nobody can."""
        return self.seat.company

    def cut_off(self) -> Sentence | None:
        """Why nothing reaches the session at present, and what comes of it; None while all does."""
        return self.seat.cut_off()

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase; negative when over; None where nothing is timed."""
        return self.seat.seconds_left()
