"""The door: how many lines a host takes, from where, and for how long without a word of who comes."""

from __future__ import annotations

import asyncio
import resource
import socket
import ssl
from asyncio.sslproto import SSLProtocol
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from tests.rooms.house import House, begun
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from crisis_sim.engine import actions as a
from crisis_sim.rooms.connection_gate import LIMITS, ConnectionGate, ConnectionLimits, check_free, listening_at
from crisis_sim.rooms.not_admitted import NotAdmitted
from crisis_sim.rooms.page_server import PageServer
from crisis_sim.rooms.server import READ_AHEAD

FEW = ConnectionLimits(total=6, strangers=4, strangers_each=3, hello=60)
THOUSAND = 1000


class Door:
    """A door that listens, and the callbacks that wait for their time."""

    def __init__(self, limits: ConnectionLimits = FEW, refusal: bytes = b"") -> None:
        self.later: list[Callable[[], None]] = []
        self.door = ConnectionGate(lambda _, call: self.later.append(call), limits)
        self.socket = listening_at("127.0.0.1", 0, self.door, refusal)[0]
        self.socket.listen(100)
        self.callers: list[socket.socket] = []
        self.taken: list[socket.socket] = []

    def come(self, number: int) -> int:
        """So many come; how many are taken."""
        before = len(self.taken)
        for _ in range(number):
            self.callers.append(socket.create_connection(self.socket.getsockname()))
        try:
            while True:
                self.taken.append(self.socket.accept()[0])
        except BlockingIOError:
            return len(self.taken) - before

    def close(self) -> None:
        for each in (*self.callers, *self.taken, self.socket):
            each.close()


def test_of_one_address_few_are_taken_that_have_not_said_who_they_are() -> None:
    """Further ones are closed before a byte of them is read; who has been admitted makes room."""
    door = Door()
    assert door.come(10) == 3
    assert all(each.recv(1) == b"" for each in door.callers[3:])
    door.door.admitted(door.taken[0].fileno())
    assert door.come(1) == 1
    door.close()
    assert door.door.lines == 0, "a place is free again when its socket is closed"


def test_in_all_no_more_are_taken_than_the_host_can_hold() -> None:
    door = Door()
    for _ in range(FEW.total):
        assert door.come(1) == 1
        door.door.admitted(door.taken[-1].fileno())
    assert door.come(1) == 0
    door.taken.pop().close()
    assert door.come(1) == 1
    door.close()


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n\r\n" + b"x" * 30_000])
def test_who_is_turned_away_reads_why_and_the_line_ends_whatever_he_had_said(said: bytes) -> None:
    """A line that is closed over what has not been read ends with a fault, and what was said to it may be lost."""
    door = Door(ConnectionLimits(strangers=0), b"We are full.")
    assert door.come(1) == 0
    caller = door.callers[0]
    caller.sendall(said)
    for call in door.later:
        call()
    assert [caller.recv(100), caller.recv(100)] == [b"We are full.", b""]
    assert caller.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
    door.close()


def test_of_a_crowd_that_is_turned_away_few_lines_are_kept_open() -> None:
    """Further ones are told why, and closed at once."""
    door = Door(ConnectionLimits(strangers=0), b"We are full.")
    assert door.come(40) == 0
    assert len(door.later) == 32
    assert all(each.recv(100) == b"We are full." for each in door.callers)
    for call in door.later:
        call()
    door.later.clear()
    door.come(1)
    assert len(door.later) == 1
    door.close()


def test_from_many_addresses_too_strangers_leave_room_for_those_who_are_inside() -> None:
    door = Door(ConnectionLimits(total=100, strangers=2, strangers_each=2))
    door.come(2)
    assert not door.door.takes("192.0.2.1")
    door.close()


def test_who_is_not_admitted_in_time_is_cut_and_who_was_is_not() -> None:
    door = Door()
    door.come(2)
    door.door.admitted(door.taken[0].fileno())
    for call in door.later:
        call()
    assert door.callers[1].recv(1) == b""
    door.callers[0].setblocking(False)
    with pytest.raises(BlockingIOError):
        door.callers[0].recv(1)
    door.taken[1].close()
    door.later[1]()  # the time of a line that has gone is nobody else's
    door.close()


def test_every_address_that_a_name_has_is_listened_at_and_at_one_port() -> None:
    sockets = listening_at("localhost", 0, ConnectionGate(lambda _, __: None))
    assert len({each.getsockname()[1] for each in sockets}) == 1
    for each in sockets:
        each.close()
    check_free("localhost", 0)


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n", b"\x16\x03\x01\x02\x00\x01"])
async def test_a_line_that_does_not_say_who_it_is_is_not_kept(tmp_path: Path, said: bytes) -> None:
    """Silent, or in the middle of a request or of a handshake."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session, limits=ConnectionLimits(hello=0.2)).open() as house:
            reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
            writer.write(said)
            async with asyncio.timeout(10):
                assert await reader.read() == b""
            writer.close()


async def test_a_frame_of_two_megabytes_ends_its_line_alone(tmp_path: Path) -> None:
    """Before it has been read; whoever is inside plays on."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house, house.invited("us") as us:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            async with connect(f"wss://127.0.0.1:{house.port}/", ssl=context, proxy=None, compression=None) as line:
                with suppress(ConnectionClosed):  # it may be cut before all of it is sent
                    await line.send("[" * 2_000_000)
                with pytest.raises(ConnectionClosed):
                    await line.recv()
                assert line.close_code == 1009
            await us.submit(a.TakeNote(text="here"))


async def test_a_crowd_of_silent_lines_keeps_nobody_out_who_has_come(tmp_path: Path) -> None:
    """Whoever is inside plays on, and when the crowd has been cut, a newcomer is let in."""
    with begun(tmp_path) as session:
        limits = ConnectionLimits(strangers_each=8, hello=1.0)
        async with House(tmp_path, session, limits=limits).open() as house:
            us, china = house.invited("us"), house.invited("china")
            async with us:
                crowd = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(100)]
                await us.submit(a.TakeNote(text="here"))
                assert house.server.doorway.lines <= 1 + limits.strangers_each
                async with china:
                    assert china.view().seat == "china"
                for _reader, writer in crowd:
                    writer.close()


@pytest.fixture
def many_files() -> Iterator[None]:
    """More sockets than a process is let have on most machines unless it asks."""
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4 * THOUSAND, most) if most > 0 else 4 * THOUSAND, most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))


def held(house: House) -> tuple[int, int, int]:
    """What a host holds: lines, tasks, and descriptors where they can be counted."""
    files = Path("/proc/self/fd")
    return house.server.doorway.lines, len(asyncio.all_tasks()), len([*files.iterdir()]) if files.exists() else 0


@asynccontextmanager
async def crowding(house: House) -> AsyncIterator[None]:
    """A thousand sockets that never say who they are; it ends when nothing of them is left at the host."""
    before = held(house)
    crowd = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(THOUSAND)]
    yield
    for _reader, writer in crowd:
        writer.close()
    async with asyncio.timeout(60):
        while held(house) != before:  # noqa: ASYNC110 - nobody is told that a socket has gone
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("many_files")
async def test_a_thousand_sockets_take_no_screen_from_whoever_has_come(tmp_path: Path) -> None:
    """Both rooms act and see it; a newcomer is told what keeps him out, a browser too; nothing of them is left."""
    with begun(tmp_path) as session:
        house = House(tmp_path, session, limits=ConnectionLimits(hello=3600))
        async with house.open(), PageServer(house.server).listening("127.0.0.1", 0) as page:
            us, china, late = house.invited("us"), house.invited("china"), house.invited("us")
            async with us, china:
                for wave in range(2):
                    async with crowding(house):
                        for seat in (us, china):
                            await seat.submit(a.TakeNote(text=f"wave {wave}"))
                            assert len(seat.view().notes) == wave + 1 and seat.cut_off() is None  # type: ignore[union-attr]  # a team's
                        assert house.server.doorway.lines == 2 + LIMITS.strangers_each
                        reader, writer = await asyncio.open_connection("127.0.0.1", page)
                        said = (await reader.read()).decode()
                        writer.close()
                        assert (
                            said.startswith("HTTP/1.1 503 ") and "This page asks again" in said and 'lang="zh"' in said
                        )
                async with crowding(house):
                    changes, running = late.changes(), asyncio.create_task(late.run())
                    await anext(changes)
                    with pytest.raises(NotAdmitted, match="closes every line at once"):
                        await late.settled(within=0)
                    running.cancel()
                    await asyncio.wait({running})
                async with late:
                    assert late.view().seat == "us"


def test_a_line_has_no_more_set_aside_for_it_than_it_can_use() -> None:
    """A quarter of a megabyte for each line, asyncio's own, was most of what a connection cost."""
    made = SSLProtocol(asyncio.new_event_loop(), None, ssl.create_default_context(), None)  # type: ignore[arg-type]  # asks for none yet
    assert len(made._ssl_buffer) == READ_AHEAD  # type: ignore[attr-defined]  # asyncio's own


def test_who_comes_at_once_finds_room() -> None:
    """Both rooms and their observers behind one router, when the host is back: each waits a second at most."""
    assert LIMITS.strangers_each >= 30 and LIMITS.total >= 200
