"""A host that is killed at whatever call to the system, under three writers (A1), and clients that are (A3)."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.rooms.host_child import WRITERS
from tests.rooms.house import House, begun
from tests.thinning import one_in

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seats import view_for
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import VERSION, Hello, Submission, encoded
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import replayed
from crisis_sim.session.verify import verify

ROOT = Path(__file__).parents[2]
KILLS = 25
UPGRADE = (
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Writer:
    """Somebody who asks for one note after another, and what was acknowledged to him."""

    def __init__(self, name: str, remote: Remote) -> None:
        self.name, self.remote = name, remote
        self.asked: list[str] = []
        self.acknowledged: list[str] = []

    async def write(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            text = f"{self.name} {len(self.asked)}"
            self.asked.append(text)
            await self.remote.submit(a.TakeNote(text=text))
            self.acknowledged.append(text)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def killed(folder: Path, port: int, first: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Hosts that are killed one after the other."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.rooms.host_child", str(folder), str(port), str(first), str(KILLS)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.parametrize("batch", one_in(20, range(20)))
async def test_a_host_is_killed_at_every_call_and_nothing_acknowledged_is_lost_or_doubled(
    tmp_path: Path, batch: int
) -> None:
    """Whatever was asked for stands once when the last host is there, and every screen shows what its seat sees."""
    port, stop = free_port(), asyncio.Event()
    async with killed(tmp_path, port, batch * KILLS) as process:
        assert process.stdout is not None and process.stdin is not None
        told = json.loads(await process.stdout.readline())
        address = RoomAddress("127.0.0.1", port, told["fingerprint"])
        writers = [
            Writer(f"{seat}-{number}", Remote(address, SeatMirror(code=code)))
            for number, (seat, code) in enumerate(zip(WRITERS, told["codes"], strict=True))
        ]
        lines = [asyncio.create_task(writer.remote.run()) for writer in writers]
        for writer in writers:
            await writer.remote.settled(within=60)
        writes = [asyncio.create_task(writer.write(stop)) for writer in writers]
        ends = asyncio.create_task(process.stdout.readline())
        await asyncio.wait(
            [ends, *writes], return_when="FIRST_COMPLETED"
        )  # no writer ends before the last host is there
        stop.set()
        assert await ends == b"end\n"
        await asyncio.gather(*writes)
        played = replayed(read_log(tmp_path / "one.jsonl"))
        for writer in writers:
            changes = writer.remote.changes()
            async with asyncio.timeout(60):
                while writer.remote.view() != view_for(played.state, played.table, writer.remote.name):
                    await anext(changes)
        for line in lines:
            line.cancel()
        process.stdin.close()
        assert await process.wait() == 0
    log = read_log(tmp_path / "one.jsonl")
    stands = Counter(entry.action.text for entry in log.entries if isinstance(entry.action, a.TakeNote))
    for writer in writers:
        assert writer.acknowledged == writer.asked and len(writer.asked) > KILLS // 10
        assert [stands[text] for text in writer.asked] == [1] * len(writer.asked)
    assert verify(tmp_path / "one.jsonl").is_whole


@pytest.mark.parametrize("batch", one_in(10, range(10)))
async def test_clients_that_die_in_the_middle_of_a_frame_leave_nothing_behind(tmp_path: Path, batch: int) -> None:
    """Cut after each number of bytes of what they send: nothing is lost or doubled, and no descriptor stays open."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            guest, code = house.hub.guests.invite("us")
            first = Remote(house.address, SeatMirror(code=code))
            async with first.joined():
                token = first.mirror.token
            await gone(house)
            before = descriptors()
            for kill in range(batch * 20, batch * 20 + 20):
                await die(house, token, kill)
            await gone(house)
            assert descriptors() == before
            async with Remote(house.address, SeatMirror(token=token)).joined() as back:
                await back.submit(a.TakeNote(text="back"))
                texts = Counter(note.text for note in back.view().notes)  # type: ignore[union-attr]  # a team's
            assert guest.label and texts["back"] == 1 and set(texts.values()) == {1}
            noted = {
                entry.action.text for entry in read_log(session.path).entries if isinstance(entry.action, a.TakeNote)
            }
            assert noted == set(texts)


async def die(house: House, token: str, kill: int) -> None:
    """Come as `us`, ask for a note, and cut the line after so many sixteenths of what asks for it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port, ssl=context)
    writer.write(UPGRADE.encode())
    await reader.readuntil(b"\r\n\r\n")
    writer.write(frame(encoded(Hello(v=VERSION, token=token))))
    await reader.read(1)
    asked = frame(encoded(Submission(ref=f"kill-{kill}", seen=1, action=a.TakeNote(text=f"kill {kill}"))))
    writer.write(asked[: len(asked) * (kill % 17) // 16])
    await writer.drain()
    writer.transport.abort()


def frame(text: bytes) -> bytes:
    """A text frame of a client, masked with zeros."""
    length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126, *len(text).to_bytes(2, "big")])
    return b"\x81" + length + bytes(4) + text


async def gone(house: House) -> None:
    """Wait until no line is left at the host."""
    async with asyncio.timeout(20):
        while house.server.doorway.lines:  # noqa: ASYNC110 - nobody tells when a socket has been closed
            await asyncio.sleep(0.01)


def descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))
