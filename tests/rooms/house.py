"""A host of a session on this machine, with its sockets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.connection_gate import LIMITS, ConnectionLimits
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.room_folder import RoomFolder
from crisis_sim.rooms.server import RoomServer
from crisis_sim.session.session import Session


class House:
    """A host of a session on this machine."""

    def __init__(self, place: Path, session: Session, life: str = "life", limits: ConnectionLimits = LIMITS) -> None:
        self.session = session
        self.folder = RoomFolder(session)
        self.hub = Hub(session, self.folder.guests(), life)
        self.server = RoomServer(self.hub, limits)
        self.port = 0

    @asynccontextmanager
    async def open(self, port: int = 0) -> AsyncIterator[House]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder.certificate, self.folder.key)
        async with self.server.listening("127.0.0.1", port, context) as self.port:
            follows = asyncio.create_task(self.server.follow(lambda: self.session))
            try:
                yield self
            finally:
                follows.cancel()

    def invited(self, seat: a.SeatName) -> Remote:
        _guest, code = self.hub.guests.invite(seat)
        return Remote(self.address, SeatMirror(code=code))

    @property
    def address(self) -> RoomAddress:
        return RoomAddress("127.0.0.1", self.port, self.folder.fingerprint)


def begun(place: Path) -> Session:
    return Session.start(place / "one.jsonl", small_material(), seed="1", length=45)
