"""A line that is half open (A4): nothing comes through any more, and nobody has closed it. Both ends notice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.rooms.cable import Cable
from tests.rooms.house import House, begun

from crisis_sim.engine import actions as a
from crisis_sim.rooms import remote, server
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import SILENT, TICK


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
