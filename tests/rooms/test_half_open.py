"""A line that is half open (A4): nothing comes through any more, and nobody has closed it. Both ends notice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.rooms.house import House, begun

from crisis_sim.engine import actions as a
from crisis_sim.rooms import remote, server
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import SILENT, TICK


class Cable:
    """A cable between a client and a host, which can be pulled out in the middle without either being told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.whole = asyncio.Event()
        self.whole.set()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[int]:
        served = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        try:
            yield int(served.sockets[0].getsockname()[1])
        finally:
            served.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.port)
        ways = [asyncio.create_task(self._way(reader, back)), asyncio.create_task(self._way(there, writer))]
        await asyncio.wait(ways, return_when="FIRST_COMPLETED")
        if self.whole.is_set():  # what ends at one side is told to the other only over a whole cable
            for each in (back, writer):
                each.close()

    async def _way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65536):
            await self.whole.wait()
            writer.write(said)


async def test_both_ends_notice_a_line_that_is_half_open_and_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client says so, what was asked for waits, and counts once when the line is back; the host lets it go."""
    for module in (remote, server):
        monkeypatch.setattr(module, "TICK", 0.2)
        monkeypatch.setattr(module, "SILENT", 0.6)
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            cable = Cable(house.port)
            async with cable.laid() as port:
                _guest, code = house.hub.guests.invite("us")
                address = RoomAddress("127.0.0.1", port, house.folder.fingerprint)
                async with Remote(address, SeatMirror(code=code)).joined() as seat:
                    await seat.submit(a.TakeNote(text="before"))
                    changes = seat.changes()
                    cable.whole.clear()
                    asked = asyncio.create_task(seat.submit(a.TakeNote(text="into the void")))
                    async with asyncio.timeout(20):
                        while seat.cut_off() is None:
                            await anext(changes)
                        while house.hub.people()[0].presence == "here":  # noqa: ASYNC110 - the host tells its console
                            await asyncio.sleep(0.01)
                    assert not asked.done() and seat.view().seat == "us"
                    cable.whole.set()
                    async with asyncio.timeout(20):
                        await asked
                    texts = [note.text for note in seat.view().notes]  # type: ignore[union-attr]  # a team's
                    assert texts == ["before", "into the void"]


def test_eight_seconds_are_what_either_end_waits() -> None:
    """The library's own pings wait for twenty."""
    assert SILENT == 8 and TICK < SILENT / 2
