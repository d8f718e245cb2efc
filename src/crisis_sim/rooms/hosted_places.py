"""The places of a hosted exercise and their codes, and what is done about them for whoever runs it, here or at a page.

The host knows a code while it lives and keeps its digest alone; what is asked for twice is done once.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from crisis_sim.engine.actions import SEATS, SeatName
from crisis_sim.errors import ActionRefused
from crisis_sim.rooms.hub import Hub
from crisis_sim.session import places as p
from crisis_sim.session.places import AnyHostAct, Invited, Places, Reach


class HostedPlaces(ABC):
    """Who may come to one exercise."""

    def __init__(self, hub: Hub, stir: Callable[[], None]) -> None:
        """`stir` lets what is due be written to lines."""
        self.hub = hub
        hub.desk = self
        self._stir = stir
        self._codes: dict[str, str] = {}

    @property
    @abstractmethod
    def join(self) -> str:
        """What is typed in another terminal."""

    @property
    @abstractmethod
    def page(self) -> str:
        """The address that is typed in a browser."""

    @property
    @abstractmethod
    def terminals(self) -> Reach:
        """From where terminals reach the host."""

    @property
    @abstractmethod
    def browsers(self) -> Reach:
        """From where browsers do."""

    @property
    @abstractmethod
    def goes_back(self) -> bool:
        """Whoever runs it has joined, and takes play back from there."""

    @abstractmethod
    def go_back(self, session: str, turn: int) -> None:
        """Go on from the start of `turn`, unless play has left that session. Raises ActionRefused or StorageFailed."""

    def invite(self, wanted: Mapping[SeatName, int]) -> None:
        """Have so many places at each seat, and a code for each that nobody has come to; printed ones hold as well."""
        for guest in self.hub.guests.all:
            if guest.code:
                self._codes[guest.label] = self.hub.guests.free_label(guest.label)
        for seat in SEATS:
            there = sum(guest.seat == seat for guest in self.hub.guests.all)
            for _ in range(wanted.get(seat, 0) - there):
                self.another(seat)

    def another(self, seat: SeatName) -> None:
        """A further place at `seat`."""
        guest, code = self.hub.guests.invite(seat)
        self._codes[guest.label] = code

    def again(self, label: str) -> None:
        """A new code for a place; whoever held it is sent away."""
        self._codes[label] = self.hub.again(label)
        self._stir()

    def remove(self, label: str) -> None:
        """Take a place back."""
        self.hub.remove(label)
        self._codes.pop(label, None)
        self._stir()

    def give_pen(self, label: str) -> None:
        """Let this one commit and seal for the team."""
        self.hub.give_pen(label)
        self._stir()

    @property
    def is_locked(self) -> bool:
        """Nobody new is let in."""
        return self.hub.guests.is_locked

    def invited(self) -> tuple[Invited, ...]:
        """Everybody who is expected or has come."""
        expected = {guest.label for guest in self.hub.guests.all if guest.code}
        return tuple(
            Invited(of, self._codes.get(of.label, "") if of.label in expected else "") for of in self.hub.people()
        )

    def places(self) -> Places:
        """All of it, as a page shows it."""
        return Places(
            self.invited(),
            self.is_locked,
            self.join,
            self.page,
            self.goes_back,
            terminals=self.terminals,
            browsers=self.browsers,
            waiting=self.hub.guests.waiting(time.monotonic()),
        )

    def does(self, act: AnyHostAct) -> None:
        """Do what somebody who runs it from a page asks for. Raises ActionRefused or StorageFailed."""
        known = {guest.label for guest in self.hub.guests.all}
        match act:
            case p.AddPlace(seat=seat, label=label):
                if label not in known:
                    self.another(seat)
            case p.LockDoor(locked=locked):
                self.hub.guests.lock(locked)
            case p.LetTryAgain():
                self.hub.guests.let_try_again()
            case p.GoBack(session=session, turn=turn):
                self.go_back(session, turn)
            case p.RemovePlace(label=label):
                if label in known:
                    self.remove(label)
            case p.RenewCode(label=label) | p.GivePen(label=label):
                if label not in known:
                    raise ActionRefused("room/place", place=label)
                (self.again if isinstance(act, p.RenewCode) else self.give_pen)(label)
