"""A seat as doors and bots hold it.

A door never holds a session. It asks its seat for the view, submits actions, and waits for changes; it cannot tell
whether the session runs in this process.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import Sentence
from crisis_sim.session.places import AnyHostAct, Occupant, Places


class Company(Protocol):
    """Who shares a seat, where it can be shared."""

    @property
    def you(self) -> str:
        """The label of whoever sits here."""

    @property
    def people(self) -> tuple[Occupant, ...]:
        """Everybody of whom this seat is told."""

    @property
    def has_agreed(self) -> bool:
        """Whoever sits here has agreed to the card on what is recorded, or is not asked."""

    @property
    def places(self) -> Places | None:
        """Who may come, for whoever runs the exercise from here; None for everybody else."""

    def take_pen(self) -> None:
        """Hold what commits and seals for the team; what is asked for after this is done with it."""

    async def ask(self, act: AnyHostAct) -> None:
        """Ask the host for something that is no act of play; returns once it is done. Raises ActionRefused."""


class Seat(Protocol):
    """A place at the table."""

    @property
    def name(self) -> SeatName:
        """The seat's name."""

    @property
    def dossier(self) -> Dossier:
        """What this seat may know from the start."""

    def view(self) -> View:
        """What this seat may see now."""

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on disk. Raises ActionRefused, or StorageFailed when it was not kept.

        With a `ref` that names this submit and no other of this seat, it may be sent again: it is done once.
        """

    def changes(self) -> AsyncIterator[None]:
        """One item each time the view may have changed; several changes may come as one."""

    @property
    def company(self) -> Company | None:
        """Who shares this seat; None where nobody can."""

    def cut_off(self) -> Sentence | None:
        """Why nothing reaches the session at present, and what comes of it; None while all does."""

    def seconds_left(self) -> int | None:
        """Real seconds left for this phase, not counting pauses; negative when over; None where nothing is timed."""
