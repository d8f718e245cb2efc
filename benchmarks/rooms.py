"""A hosted exercise with 60 clients and 50 observers, beside a bare relay that syncs each message: A10 and A6.

The peer is a relay over the same library and the same encryption: it writes each message that comes to a file, waits
for the disk, and sends it to all. What is timed at either is the same: from a submit at one machine to the message that
shows it at another, with all the others served as well. Memory is that of the host's process at its most. What clients
cost that never read is the difference from a run without them.
"""

from __future__ import annotations

import asyncio
import os
import re
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.table import Row, show
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.http11 import Request, Response

from crisis_sim.engine import actions as a
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.certificate import new_certificate
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import VERSION, Hello, encoded

CLIENTS, OBSERVERS, ACTS, DEAF, NOTES = 60, 50, 120, 20, 300
PEOPLE = f"us={CLIENTS // 2},china={CLIENTS // 2},observers={OBSERVERS}"
MESSAGE = b"x" * 160
"""About as long as what an act of the facilitator changes in a team's view."""
BARE = """<p>-</p><textarea></textarea><script>
const said = document.querySelector("p");
window.line = new WebSocket(`ws://${location.host}`);
line.onmessage = (event) => { said.textContent = event.data; };
</script>"""


class HostProcess:
    """A host that nobody runs from its own terminal, and the codes that it has printed."""

    def __init__(self, folder: Path, people: str, log: Path | None = None) -> None:
        """Of a new exercise, or of one that is gone on with."""
        new = ["lost-airliner", "--length", "45", "--log", str(folder / "one.jsonl")]
        command = [sys.executable, "-m", "crisis_sim", "host", *([str(log)] if log else new), "--bind", "127.0.0.1:0"]
        command += ["--facilitator", "joined", "--people", people]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.codes: dict[str, str] = {}
        wanted = 1 + sum(int(each.partition("=")[2]) for each in people.split(","))
        while len(self.codes) < wanted:
            said = self.process.stdout.readline()  # type: ignore[union-attr]  # a pipe
            if found := re.search(r"crisis-sim join (\S+)", said):
                self.address: RoomAddress = room_address(found[1])
            if found := re.search(r"http://127\.0\.0\.1:\d+/", said):
                self.page = found[0]
            if found := re.fullmatch(r"(\S+-\d+) +(\w{4}-\w{4})", said.strip()):
                self.codes[found[1]] = found[2]

    def remote(self, label: str) -> Remote:
        return Remote(self.address, SeatMirror(code=self.codes[label]))

    @property
    def most(self) -> float:
        """Megabytes that the process has had at its most."""
        said = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return int(re.search(r"VmHWM:\s+(\d+)", said)[1]) / 1024  # type: ignore[index]  # every Linux has it

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


async def ours(folder: Path) -> tuple[list[float], float]:
    """Milliseconds from the facilitator's submit to a Chinese screen's view, act by act; and megabytes."""
    host = HostProcess(folder, PEOPLE)
    try:
        async with AsyncExitStack() as joined:
            remotes = {}
            for label in host.codes:
                remotes[label] = await joined.enter_async_context(host.remote(label).joined())
            room, screen = remotes["facilitator-1"], remotes["china-30"]
            took = []
            for act in range(ACTS):
                changes = screen.changes()
                started = perf_counter()
                asked = asyncio.create_task(room.submit(a.Unpause() if act % 2 else a.Pause()))
                while screen.view().paused is bool(act % 2):
                    await anext(changes)
                took.append((perf_counter() - started) * 1000)
                await asked
                await asyncio.sleep(0.08)  # below what a seat may send in a second
            return took, host.most
    finally:
        host.end()


async def relay(folder: Path, connected: int = CLIENTS + OBSERVERS + 1) -> list[float]:
    """The same of a relay that knows nothing."""
    ready = folder / "port"
    command = [sys.executable, "-m", "benchmarks.rooms", "relay", str(folder)]
    process = subprocess.Popen(command)  # noqa: ASYNC220 - it goes on beside
    try:
        while not ready.exists() or not ready.read_text("utf-8"):  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
        port = int(ready.read_text("utf-8"))
        async with AsyncExitStack() as opened:
            lines = [await opened.enter_async_context(_line(port)) for _ in range(connected)]
            drains = [asyncio.create_task(_drained(line)) for line in lines[2:]]
            took = []
            for _ in range(ACTS):
                started = perf_counter()
                await lines[0].send(MESSAGE)
                await lines[1].recv()
                took.append((perf_counter() - started) * 1000)
                await lines[0].recv()
                await asyncio.sleep(0.08)
            for drain in drains:
                drain.cancel()
            return took
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def _line(port: int) -> AsyncIterator[ClientConnection]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    async with connect(f"wss://127.0.0.1:{port}/", ssl=context, proxy=None, compression=None) as line:
        yield line


async def _drained(line: ClientConnection) -> None:
    async for _ in line:
        pass


def _context(folder: Path) -> ssl.SSLContext:
    certificate, key = new_certificate()
    (folder / "key.pem").write_bytes(key)
    (folder / "certificate.pem").write_bytes(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def _paged(line: ServerConnection, request: Request) -> Response | None:
    """A page that says what the relay sends; None for the line that it opens."""
    if "Upgrade" in request.headers:
        return None
    response = line.respond(HTTPStatus.OK, BARE)
    del response.headers["Content-Type"]
    response.headers["Content-Type"] = "text/html"
    return response


async def _relays(folder: Path, *, paged: bool) -> None:
    """The relay's own process; with a page for a browser on this machine, it is not encrypted."""
    context = None if paged else _context(folder)
    lines: set[ServerConnection] = set()
    file = os.open(folder / "messages", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def line(one: ServerConnection) -> None:
        lines.add(one)
        async for message in one:
            os.write(file, bytes(message, "utf-8") if isinstance(message, str) else message)
            os.fdatasync(file)
            broadcast(lines, message)

    async with serve(
        line, "127.0.0.1", 0, ssl=context, compression=None, process_request=_paged if paged else None
    ) as server:
        (folder / "port").write_text(str(next(iter(server.sockets)).getsockname()[1]), "utf-8")
        await asyncio.Event().wait()


async def deaf(folder: Path, number: int) -> tuple[float, list[float]]:
    """Megabytes of a host with so many clients that never read, after so many notes; and what others wait."""
    host = HostProcess(folder, f"us={DEAF + 1},china=1")
    try:
        async with AsyncExitStack() as joined:
            us, room = [
                await joined.enter_async_context(host.remote(name).joined()) for name in ("us-1", "facilitator-1")
            ]
            await us.submit(a.AgreeToCard())
            for place in range(2, 2 + number):
                line = await joined.enter_async_context(_line(host.address.port))
                await line.send(encoded(Hello(v=VERSION, code=host.codes[f"us-{place}"])), text=True)
                line.transport.pause_reading()
            took = []
            for note in range(NOTES // 2):
                for seat in (us, room):
                    started = perf_counter()
                    await seat.submit(a.TakeNote(text=f"{note} {'x' * 200}"))
                    took.append((perf_counter() - started) * 1000)
                await asyncio.sleep(0.065)
            return host.most, took
    finally:
        host.end()


def p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


async def measured() -> None:
    with TemporaryDirectory() as kept:
        places = [Path(kept) / name for name in ("ours", "relay", "quiet", "loud")]
        for place in places:
            place.mkdir()
        took, most = await ours(places[0])
        peer = await relay(places[1])
        quiet, others = await deaf(places[2], 0)
        loud, beside = await deaf(places[3], DEAF)
    show(
        f"{CLIENTS} clients and {OBSERVERS} observers: from submit to the other room",
        [
            Row(f"{name}, beside the relay's", f"{of(took):.1f} ms, {of(peer):.1f} ms", of(took) - of(peer))
            for name, of in (("p50", median), ("p99", p99))
        ],
        "ms above it",
    )
    waits = f"{p99(beside):.1f} ms, without them {p99(others):.1f} ms"
    show(
        "memory, and clients that never read",
        [
            Row(f"host with {CLIENTS + OBSERVERS} connected", f"{most:.0f} MB", most),
            Row(f"{DEAF} that never read, {NOTES} acts", f"{loud:.0f} MB, without {quiet:.0f} MB", loud - quiet),
            Row("others' p99", waits, p99(beside) / p99(others)),
        ],
        "MB; times",
    )


def main() -> None:
    """Print both tables."""
    if sys.argv[1:2] == ["relay"]:
        asyncio.run(_relays(Path(sys.argv[2]), paged=sys.argv[3:] == ["paged"]))
        return
    asyncio.run(measured())


if __name__ == "__main__":
    main()
