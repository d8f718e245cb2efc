"""A seat together with a language: what a door holds.

A door asks its reader for the view and what tells it, submits actions, and waits for changes; and it says who of those
that share the seat has come, has gone, or holds the pen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.sight.views import View
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.places import AnyHostAct, HostAct, Occupant
from crisis_sim.session.seat import Company, Seat
from crisis_sim.wording import Say


class Reader(Protocol):
    """What a door holds of a seat."""

    @property
    def name(self) -> SeatName:
        """The seat's name."""

    @property
    def say(self) -> Teller:
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
        self._teller: Teller | None = None

    @property
    def say(self) -> Teller:
        """What tells it in its reader's language; another one where a host goes on to another session."""
        dossier = self.seat.dossier
        if self._teller is None or self._teller.dossier is not dossier:
            self._teller = Teller(dossier, self.language)
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


def told_of_company(before: Sequence[Occupant], now: Sequence[Occupant], you: str, say: Say) -> Iterator[str]:
    """A sentence to `you` for each that has changed since `before`; of people who were there from the start, none."""
    was = {of.label: of for of in before}
    for of in now:
        old = was.get(of.label)
        tried = 0 if old is None else old.tried
        if of.tried > tried:
            yield say(
                "The code of {who}, which had been used, was tried again; it lets nobody in. Who has read that card?",
                who=of.label,
            )
        if of.seat == "observer":  # any number of them
            continue
        if before and of.presence == "here" and (old is None or old.presence == "away"):
            yield say("{who} is here.", who=of.label)
        elif old is not None and old.presence == "here" and of.presence == "away":
            yield say("{who} has left, and can come back.", who=of.label)
        is_shared = of.seat in SIDES and sum(each.seat == of.seat for each in now) > 1
        if is_shared and old is not None and of.pen and not old.pen:
            holds = say("{who} holds the pen now: it commits and seals.", who=of.label)
            yield say("You hold the pen now: you commit and seal.") if of.label == you else holds


def label_at(seat: Reader) -> str:
    """What whoever sits there is called at the table; nothing where nobody shares it."""
    return "" if seat.company is None else seat.company.you


def people_at(seat: Reader) -> tuple[Occupant, ...]:
    """Who shares a seat, as far as it is told; nobody where none can."""
    return () if seat.company is None else seat.company.people
