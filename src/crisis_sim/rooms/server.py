"""The host's sockets: each line is read into the hub and is written what is due to it, the newest view, no queue."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from asyncio.sslproto import SSLProtocol
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from itertools import count
from typing import Final, TypeAlias

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from crisis_sim.engine.actions import SEATS, SeatName
from crisis_sim.rooms.connection_gate import LIMITS, ConnectionGate, ConnectionLimits, listening_at
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.wire import LARGEST, SILENT, TICK, encoded
from crisis_sim.session.session import Session

READ_AHEAD: Final = 16 * 1024
"""Bytes that are read of an encrypted line at once; asyncio would set a quarter of a megabyte aside for each line."""
UNREAD: Final = 16 * 1024
"""Bytes that wait for a client which does not read; then nothing more is written to it."""

Answering: TypeAlias = Callable[[ServerConnection, Request], Response | None]
"""What answers a request; None where it is to become a line."""


SSLProtocol.max_size = READ_AHEAD


class RoomServer:
    """What listens for clients of one exercise."""

    def __init__(self, hub: Hub, limits: ConnectionLimits = LIMITS) -> None:
        self.hub = hub
        self._limits = limits
        self._numbers = count(1)
        self._stirred: dict[int, asyncio.Event] = {}
        self.doorway = ConnectionGate(lambda _, __: None, limits)
        """Who may stand at the door; another one each time that it opens."""
        self.behind_proxy = False
        """Lines come through a proxy, which says where each of them is from."""

    @asynccontextmanager
    async def listening(self, host: str, port: int, context: ssl.SSLContext) -> AsyncIterator[int]:
        """Take clients until left; the port, which is a free one where `port` is 0. Raises UnreadableInput."""
        self.doorway = ConnectionGate(asyncio.get_running_loop().call_later, self._limits)
        async with self.open_at(host, port, context, _refuse_browsers) as found:
            try:
                yield found
            finally:
                await self.farewell()

    async def farewell(self) -> None:
        """Tell everybody that the host ends, before any port is closed."""
        self.hub.close()
        self.stir()
        await asyncio.sleep(0)

    @asynccontextmanager
    async def open_at(
        self, host: str, port: int, context: ssl.SSLContext | None, answers: Answering, refusal: bytes = b""
    ) -> AsyncIterator[int]:
        """A port behind the same doorway; `answers` says what is to be a line. Raises UnreadableInput.

        `refusal` is said to who finds no room there, if that can be: not before lines are encrypted.
        """
        self.hub.open()
        sockets = listening_at(host, port, self.doorway, b"" if context else refusal)
        if context is not None:
            context.num_tickets = 0  # nobody resumes a session of TLS, and each is kept
        async with AsyncExitStack() as opened:
            for each in sockets:
                await opened.enter_async_context(self._served(each, context, answers))
            yield int(sockets[0].getsockname()[1])

    def _served(
        self, listens: socket.socket, context: ssl.SSLContext | None, answers: Answering
    ) -> AbstractAsyncContextManager[Server]:
        return serve(
            self.line,
            sock=listens,
            ssl=context,
            ssl_handshake_timeout=None if context is None else self._limits.hello,
            process_request=answers,
            server_header=None,  # it would name versions
            compression=None,  # how well words compress would tell something of them
            max_size=LARGEST,
            max_queue=4,
            write_limit=UNREAD,
            open_timeout=self._limits.hello,
            ping_interval=TICK,
            ping_timeout=SILENT - TICK,
            close_timeout=1,
        )

    async def follow(self, session: Callable[[], Session]) -> None:
        """Tell clients what happens at seats in this process too: a facilitator's keys, bots; in each branch too."""
        async with asyncio.TaskGroup() as group:
            for seat in SEATS:
                group.create_task(self._follow(session, seat))

    async def _follow(self, session: Callable[[], Session], seat: SeatName) -> None:
        followed = None
        while followed is not (now := session()):
            followed = now
            async for _ in now.seat(seat).changes():
                self.hub.look()
                self.stir()

    def stir(self) -> None:
        """Let each line write to which something is due."""
        for who in self.hub.stirred():
            if (event := self._stirred.get(who)) is not None:
                event.set()

    async def line(self, line: ServerConnection) -> None:
        """A client's line, from its first message to its last."""
        who = next(self._numbers)
        self._stirred[who] = asyncio.Event()
        self.hub.connect(who, self._address_of(line))
        writes = asyncio.create_task(self._write(who, line))
        try:
            async with asyncio.timeout(self._limits.hello):
                first = await line.recv()
            self._hear(who, first)
            if not self.hub.is_over(who):
                self.doorway.admitted(line.transport.get_extra_info("socket").fileno())
            async for said in line:
                self._hear(who, said)  # to its end, so that whoever floods hears why it is closed
        except (ConnectionClosed, TimeoutError):
            pass
        finally:
            writes.cancel()
            self.hub.leave(who)
            del self._stirred[who]
            self.stir()

    def _address_of(self, line: ServerConnection) -> str:
        """Where somebody comes from, by whom wrong codes are counted; behind a proxy, as that says it."""
        forwarded = line.request.headers.get_all("X-Forwarded-For") if self.behind_proxy and line.request else []
        if forwarded:
            return forwarded[-1].rpartition(",")[2].strip()[:60]  # what stands before was said by whoever comes
        return str(line.remote_address[0]) if line.remote_address else ""

    def _hear(self, who: int, said: str | bytes) -> None:
        self.hub.handle(who, said, time.monotonic())
        self.stir()

    async def _write(self, who: int, line: ServerConnection) -> None:
        """Write what is due, and a sign of life every few seconds, until the line is over."""
        stirred = self._stirred[who]
        try:
            while not self.hub.is_over(who):
                try:
                    async with asyncio.timeout(TICK):
                        await stirred.wait()
                except TimeoutError:
                    if self.hub.has_come(who):  # how a turn stands is nothing for a stranger
                        await line.send(encoded(self.hub.tick()), text=True)
                stirred.clear()
                for said in self.hub.due_messages(who):
                    await line.send(said, text=True)
            for said in self.hub.due_messages(who):
                await line.send(said, text=True)
            await line.close()
        except ConnectionClosed:
            return
        except Exception as fault:  # noqa: BLE001 - as for what one line says: the others go on, and the host says it
            self.hub.on_fault(fault)
            await line.close()


def _refuse_browsers(line: ServerConnection, request: Request) -> Response | None:
    """A page of some other place may not speak to this port through somebody's browser."""
    if "Origin" in request.headers:
        return line.respond(HTTPStatus.FORBIDDEN, "This port is for crisis-sim join.\n")
    return None
