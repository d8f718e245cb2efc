"""A seat at a host somewhere else, as `crisis_sim.session.seat.Seat` says: its view is here, its acts are sent.

    async with Remote("192.168.1.20:7410#…", "K7QF-M2XD") as seat:
        seat.view(); await seat.submit(CommitMoves())

The line is opened again by itself for as long as it takes; the view stays readable meanwhile, and what was asked for
is sent again under its name.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import ssl
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final
from weakref import WeakSet

from msgspec import UNSET, UnsetType
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidMessage, WebSocketException

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.certificate import fingerprint
from crisis_sim.rooms.mirror import Answered, OutOfStep, SeatMirror
from crisis_sim.rooms.not_admitted import REASONS, NotAdmitted, not_admitted, not_reached
from crisis_sim.rooms.storage_words import storage_notice
from crisis_sim.rooms.wire import RATE, SILENT, TICK, Malformed, Still, TakePen, Tick, Welcome, encoded, from_host
from crisis_sim.session.local import Changes
from crisis_sim.session.places import AnyHostAct, Occupant, Places

SOONEST, LATEST = 0.1, 1.0
"""Seconds before a lost line is opened again, at first and at most."""
PACE: Final = RATE - 4
"""Acts sent in a second at most."""
_TURNED_AWAY: Final = (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError, InvalidMessage)
"""What comes of a line that was closed before a word was said on it."""
_LARGEST: Final = 16 * 1024 * 1024
"""Bytes in one message of a host."""


class Remote:
    """A seat at another machine."""

    def __init__(
        self, address: RoomAddress | str, code: SeatMirror | str = "", *, token: str = "", admits_only: bool = False
    ) -> None:
        """At the host there, as its join line says it, with the code from a card, or the `token` of an earlier line.

        Who keeps a mirror hands that on instead: it has the credentials, and what is known of the seat. With
        `admits_only` we are let in here, and sit down by another. Raises UnreadableInput where that is no address.
        """
        self.address = room_address(address) if isinstance(address, str) else address
        self.mirror = code if isinstance(code, SeatMirror) else SeatMirror(code=code, token=token)
        self.fingerprint = self.address.fingerprint
        """Of the host's certificate, once it was seen."""
        self._answers: dict[str, asyncio.Future[None]] = {}
        self._watches: WeakSet[Changes] = WeakSet()
        self._wake = asyncio.Event()
        self._settled = asyncio.Event()
        self._admits_only = admits_only
        self._wants_pen = False
        self._has_new_token = False
        self._is_turned_away = False
        self._ticked = 0.0
        self._sent: deque[float] = deque(maxlen=PACE)
        self._running: asyncio.Task[None] | None = None

    # the seat

    @property
    def name(self) -> SeatName:
        """The seat's name."""
        assert self.mirror.seat is not None
        return self.mirror.seat

    @property
    def dossier(self) -> Dossier:
        """What this seat may know from the start."""
        assert self.mirror.dossier is not None
        return self.mirror.dossier

    def view(self) -> View:
        """What this seat may see, as far as the host has told."""
        assert self.mirror.view is not None
        return self.mirror.view

    @property
    def token(self) -> str:
        """What opens this place again once its code is used; whoever holds it sits here."""
        return self.mirror.token

    async def views(self) -> AsyncIterator[View]:
        """What this seat may see now and after each change, until the session is closed, whose view is the last.

        Raises NotAdmitted where the host has done with this client before.
        """
        changes = self.changes()
        while self.view().phase != "closed":
            if self.mirror.state == "over":
                raise not_admitted(self.mirror.why)
            yield self.view()
            await anext(changes)
        yield self.view()

    @property
    def company(self) -> Remote:
        """Who shares this seat."""
        return self

    @property
    def you(self) -> str:
        """The label of whoever sits here."""
        return self.mirror.label

    @property
    def people(self) -> tuple[Occupant, ...]:
        """Who is there, as far as this seat is told."""
        return () if self.mirror.people is None else self.mirror.people.people

    @property
    def places(self) -> Places | None:
        """Who may come, where this is who runs the exercise."""
        return (self.mirror.people and self.mirror.people.places) or None

    @property
    def has_agreed(self) -> bool:
        """Whoever sits here has agreed to the card on what is recorded, or is not asked."""
        return self.mirror.agreed

    async def submit(self, action: AnyAction, ref: str | None = None) -> None:
        """Ask for `action`; returns once it is on the host's disk and in the view here. Raises ActionRefused.

        Without a line it waits for one; who gives up waiting takes it back, unless it had been sent.
        """
        ref = ref or secrets.token_hex(8)
        await self._answered(ref, partial(self.mirror.ask, ref, action))

    async def ask(self, act: AnyHostAct) -> None:
        """Ask the host for something that is no act of play; returns once it is done. Raises ActionRefused."""
        ref = secrets.token_hex(8)
        await self._answered(ref, partial(self.mirror.ask_host, ref, act))

    async def _answered(self, ref: str, put: Callable[[], object]) -> None:
        if self.mirror.state == "over":
            raise ActionRefused("room/over")
        put()
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        self._wake.set()
        try:
            await answer
        except asyncio.CancelledError:
            self.mirror.take_back(ref)
            raise
        finally:
            del self._answers[ref]

    def changes(self) -> Changes:
        """One item each time the view, the line or the people have changed, from this call on."""
        watch = Changes()
        self._watches.add(watch)
        return watch

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn, by the host's last sign of life; they stand while the host is stopped."""
        left = self.mirror.left
        if left is None or self.view().paused or self.mirror.is_stopped:
            return left
        return left - int(time.monotonic() - self._ticked)

    def cut_off(self) -> Sentence | None:
        """Why nothing reaches the host at present, and what comes of it; None while all does."""
        if self.mirror.state == "over":
            what, instead = REASONS[self.mirror.why]
            return Sentence("This screen takes nothing more: {what}; {instead}.", what=what, instead=instead)
        if self.mirror.state == "live":
            storage = UNSET if self.mirror.people is None else self.mirror.people.storage
            return None if isinstance(storage, UnsetType) else storage_notice(storage.as_error())
        if self.mirror.is_stopped:
            return STOPPED if not self.mirror.waits else STOPPED_WITH_ACT
        return LOST if not self.mirror.waits else LOST_WITH_ACT

    def take_pen(self) -> None:
        """Hold what commits and seals for the team."""
        self._wants_pen = True
        self._wake.set()

    # the line

    async def __aenter__(self) -> Remote:
        """Be at the seat until left. Raises NotAdmitted where the host does not let us in, or cannot be reached."""
        self._running = asyncio.create_task(self.run())
        try:
            await self.settled()
        except BaseException:
            self._running.cancel()
            raise
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Leave; the place stays ours, and its token opens it again."""
        if self._running is not None:
            self._running.cancel()

    def joined(self) -> Remote:
        """The same, for who opens the seat where it is made."""
        return self

    async def settled(self, within: float = 10.0) -> None:
        """Wait until the first view is here. Raises NotAdmitted."""
        try:
            async with asyncio.timeout(within):
                await self._settled.wait()
        except TimeoutError:
            raise (not_admitted("crowded") if self._is_turned_away else not_reached(self.address)) from None
        if self.mirror.state == "over":
            raise not_admitted(self.mirror.why)

    async def run(self) -> None:
        """Keep the line to the host until it is over."""
        wait = SOONEST
        while self.mirror.state != "over":
            try:
                async with self._opened() as line:
                    wait = SOONEST
                    await self._talk(line)
            except ssl.SSLCertVerificationError:
                self.mirror.state, self.mirror.why = "over", "untrusted"
            except (OSError, WebSocketException, TimeoutError, OutOfStep, Malformed) as cut:  # it is tried again
                self._is_turned_away = isinstance(cut, _TURNED_AWAY)
            except NotAdmitted as refused:
                self.mirror.state, self.mirror.why = "over", refused.code.removeprefix("room/")
            self.mirror.disconnect()
            self._tell()
            if self.mirror.state != "over":
                await asyncio.sleep(wait)
                wait = min(wait * 1.7, LATEST)
        self._settled.set()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ActionRefused("room/over"))

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[ClientConnection]:
        context = ssl.create_default_context()
        if not self.address.public:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # the fingerprint is what counts
        async with connect(
            self.address.line,
            ssl=context,
            proxy=None,
            compression=None,
            max_size=_LARGEST,
            open_timeout=5,
            ping_interval=TICK,
            ping_timeout=SILENT - TICK,
            close_timeout=1,
        ) as line:
            if self.address.public:
                yield line
                return
            tls: ssl.SSLObject = line.transport.get_extra_info("ssl_object")
            seen = fingerprint(tls.getpeercert(binary_form=True) or b"")
            if self.fingerprint not in ("", seen):
                raise not_admitted("fingerprint")
            self.fingerprint = seen
            yield line

    async def _talk(self, line: ClientConnection) -> None:
        await line.send(encoded(self.mirror.hello(admits_only=self._admits_only)), text=True)
        writes = asyncio.create_task(self._write(line))
        try:
            while self.mirror.state != "over":
                async with asyncio.timeout(SILENT):
                    said = await line.recv()
                self._hear(said)
        finally:
            writes.cancel()

    async def _write(self, line: ClientConnection) -> None:
        while True:
            if self._has_new_token:
                self._has_new_token = False
                await line.send(encoded(Still()), text=True)  # it has come: the code is of no more use
            if self._wants_pen and self.mirror.state == "live":
                self._wants_pen = False
                await line.send(encoded(TakePen()), text=True)
            for do in self.mirror.unsent():
                await self._pace()
                await line.send(encoded(do), text=True)
            await self._wake.wait()
            self._wake.clear()

    async def _pace(self) -> None:
        """Send no more in a second than the host takes; a program may be quicker than that."""
        now = time.monotonic()
        if len(self._sent) == PACE and (early := 1 - (now - self._sent[0])) > 0:
            await asyncio.sleep(early)
        self._sent.append(time.monotonic())

    def _hear(self, said: str | bytes) -> None:
        message = from_host(said)
        before = self.mirror.state
        answered = self.mirror.take(message)
        if isinstance(message, Welcome):
            self._has_new_token |= message.token is not UNSET
        if isinstance(message, Tick):
            self._ticked = time.monotonic()
        if answered is not None:
            self._answer(answered)
        if self.mirror.state in ("live", "over"):
            self._settled.set()
        if self.mirror.state != before:
            self._wake.set()
        self._tell()

    def _answer(self, answered: Answered) -> None:
        answer = self._answers.get(answered.ref)
        if answer is None or answer.done():
            return
        if answered.refused is None:
            answer.set_result(None)
        else:
            answer.set_exception(answered.refused)

    def _tell(self) -> None:
        for watch in tuple(self._watches):
            watch.tell()


def check_answers(address: RoomAddress) -> None:
    """Raise NotAdmitted where nobody answers at an address; whether it is a host is seen when one joins."""
    try:
        socket.create_connection((address.host, address.port), ANSWERS).close()
    except OSError:
        raise not_reached(address) from None


ANSWERS: Final = 3.0
"""Seconds in which a host answers that can be reached."""
LOST: Final = Sentence("The line to the host is cut. You can read and write on; it comes back by itself.")
LOST_WITH_ACT: Final = Sentence(
    "The line to the host is cut. What you did last is sent when it is back, and counts once."
)
STOPPED: Final = Sentence(
    "The host has stopped, and the clock stands. You can read and write on; this screen comes back by itself when the "
    "host runs again."
)
STOPPED_WITH_ACT: Final = Sentence(
    "The host has stopped, and the clock stands. What you did last is sent when the host runs again, and counts once."
)
