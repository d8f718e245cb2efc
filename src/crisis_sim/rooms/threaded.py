"""A remote seat for a door that waits for what is typed: its line is kept by another thread meanwhile.

A view is read as it stands; what is asked for is handed over, and waited for here.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import Sentence
from crisis_sim.rooms.remote import Remote
from crisis_sim.session.local import Changes
from crisis_sim.session.places import AnyHostAct, Occupant, Places
from crisis_sim.session.seat import Company


class ThreadedSeat:
    """A seat at a host, as `crisis_sim.session.seat.Seat` says."""

    def __init__(self, remote: Remote) -> None:
        """Use `kept_in_thread`."""
        self._remote = remote
        self._loop = asyncio.new_event_loop()
        self._stirred = Event()
        self.stirs, self._stirs = socket.socketpair()
        """Something can be read from here whenever something is another than it was."""
        self._stirs.setblocking(False)

    @property
    def name(self) -> SeatName:
        """The seat's name."""
        return self._remote.name

    @property
    def dossier(self) -> Dossier:
        """What this seat may know from the start."""
        return self._remote.dossier

    @property
    def company(self) -> Company:
        """Who shares this seat."""
        return self

    @property
    def you(self) -> str:
        """The label of whoever sits here."""
        return self._remote.you

    @property
    def people(self) -> tuple[Occupant, ...]:
        """Who is there, as far as this seat is told."""
        return self._remote.people

    @property
    def has_agreed(self) -> bool:
        """Whoever sits here has agreed to the card on what is recorded, or is not asked."""
        return self._remote.has_agreed

    @property
    def places(self) -> Places | None:
        """Who may come, where this is who runs the exercise."""
        return self._remote.places

    def take_pen(self) -> None:
        """Hold what commits and seals for the team."""
        self._loop.call_soon_threadsafe(self._remote.take_pen)

    def view(self) -> View:
        """What this seat may see, as far as the host has told."""
        return self._remote.view()

    def cut_off(self) -> Sentence | None:
        """Why nothing reaches the host at present, and what comes of it; None while all does."""
        return self._remote.cut_off()

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn."""
        return self._remote.seconds_left()

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on the host's disk. Raises ActionRefused."""
        await self._over_there(self._remote.submit(action, ref))

    async def ask(self, act: AnyHostAct) -> None:
        """Ask the host for something that is no act of play; returns once it is done. Raises ActionRefused."""
        await self._over_there(self._remote.ask(act))

    async def _over_there(self, asked: Coroutine[Any, Any, None]) -> None:
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asked, self._loop))

    def changes(self) -> Changes:
        """Nobody waits so at this door: `wait` does."""
        raise NotImplementedError

    def wait(self) -> None:
        """Until something is another than it was, for a second at most."""
        self._stirred.wait(1.0)
        self._stirred.clear()

    @property
    def is_over(self) -> bool:
        """The host has done with this client."""
        return self._remote.mirror.state == "over"

    async def _keep(self) -> None:
        """Also when the host has done with this client: what is asked then is refused here, and waits for nobody."""
        running = asyncio.ensure_future(self._remote.run())  # a task that nobody holds may be dropped
        async for _ in self._remote.changes():
            self._stirred.set()
            with suppress(BlockingIOError):  # nobody has read what was there already
                self._stirs.send(b".")
        await running

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._keep())


@contextmanager
def kept_in_thread(remote: Remote) -> Iterator[ThreadedSeat]:
    """The seat, while its line is kept."""
    seat = ThreadedSeat(remote)
    Thread(target=seat._run, name="line to the host", daemon=True).start()
    yield seat
