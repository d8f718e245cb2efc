"""Many exercises on one machine for a long time, and how the memory of each host grows (A11). Run by test_soak.

`python -m tests.rooms.soak MINUTES [EXERCISES]` prints the figures. Each exercise is a host of its own with ten at the
table: a facilitator, seven with facts, one with pages, and one who floods. Every minute one in ten drops its line and
comes back. In the first quarter the facilitator acts ten times as fast, so that what is kept of a number of acts is
full, and pages of memory have been touched, when measuring begins. What a host has in memory is read every few seconds;
its slope is the least-squares one of all that was read from there on, and the interval is Student's t over the hosts.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from crisis_sim.engine import actions as a
from crisis_sim.playtest.statistics import RunInterval, mean_interval
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.not_admitted import NotAdmitted
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.wire import RATE, VERSION, Fill, Hello, TakePen, encoded
from crisis_sim.session.log import read_log

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PEOPLE: Final = "us=4,china=4,observers=1"
"""Beside the facilitator who joins: ten."""
FLOODS, READS_PAGES = "us-4", "china-4"
RECONNECTING: Final = 0.1
"""Of all clients in a minute."""
ACTS_EVERY, NOTES_EVERY, READS_EVERY = 10.0, 60.0, 2.0
"""Seconds between the acts of a facilitator, the notes of a person, and two looks at a host's memory."""
HASTE: Final = 10
"""How many times as fast a facilitator acts before measuring begins."""
MEASURED: Final = 0.75
"""Of the time, from its end."""


class Soaked(NamedTuple):
    """What came out."""

    minutes: float
    slopes: tuple[float, ...]
    """Megabytes an hour, host by host."""
    first: float
    """Megabytes of a host when measuring began, on average."""
    last: float
    acknowledged: int
    lost: int
    """Notes that were acknowledged and do not stand in the log once."""
    came_back: int
    floods: int
    """Times that somebody was cut for flooding."""

    @property
    def slope(self) -> float:
        return sum(self.slopes) / len(self.slopes)

    @property
    def interval(self) -> tuple[float, float]:
        """95 %."""
        found = mean_interval([round(each * 100) for each in self.slopes]) or RunInterval(0, 0)
        return found.low / 100, found.high / 100


def slope_of(read: Sequence[tuple[float, float]]) -> float:
    """Least squares: what the second grows by in one of the first."""
    across = sum(at for at, _ in read) / len(read)
    along = sum(had for _, had in read) / len(read)
    return sum((at - across) * (had - along) for at, had in read) / sum((at - across) ** 2 for at, _ in read)


class Exercise:
    """A host of its own, and the ten who sit at it."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "one.jsonl"
        self.mirrors: dict[str, SeatMirror] = {}
        self.remotes: dict[str, Remote] = {}
        self.read: list[tuple[float, float]] = []
        self.begun: dict[str, int] = {}
        """How many acts each has begun, so that no two are called the same."""
        self.noted: list[str] = []
        self.acknowledged = self.came_back = self.floods = 0

    @asynccontextmanager
    async def hosted(self) -> AsyncIterator[Exercise]:
        command = [
            sys.executable,
            "-m",
            "crisis_sim",
            "host",
            "island-tsunami",
            "--length",
            "45",
            "--bind",
            "127.0.0.1:0",
        ]
        command += ["--facilitator", "joined", "--people", PEOPLE, "--log", str(self.log)]
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            assert process.stdout is not None
            self.pid = process.pid
            while len(self.mirrors) < 10:
                said = (await process.stdout.readline()).decode()
                assert said, "the host has ended"
                if found := re.search(r"crisis-sim join (\S+)", said):
                    self.address: RoomAddress = room_address(found[1])
                elif found := re.search(r"http://127\.0\.0\.1:(\d+)/", said):
                    self.page = f"127.0.0.1:{found[1]}"
                elif found := re.fullmatch(r"(\S+-\d+) +(\w{4}-\w{4})", said.strip()):
                    self.mirrors[found[1]] = SeatMirror(code=found[2])
            yield self
        finally:
            process.kill()
            await process.wait()

    @property
    def megabytes(self) -> float:
        """What its host has in memory."""
        pages = Path(f"/proc/{self.pid}/statm").read_text("utf-8").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    async def runs(self, steady: float, until: float, luck: random.Random) -> None:
        """Everybody comes, and does what people do until the last of these times; what is kept is full by the first."""
        self._steady = steady
        async with asyncio.TaskGroup() as group:
            for label in self.mirrors:
                group.create_task(self._comes(label, until, random.Random(luck.random())))

    async def _comes(self, label: str, until: float, luck: random.Random) -> None:
        """Come in the first tenth of the time, and again whenever the line is lost."""
        await asyncio.sleep(luck.random() * (until - time.monotonic()) / 10)
        sits = {FLOODS: self._floods, READS_PAGES: self._reads_pages}.get(label)
        while time.monotonic() < until:
            with suppress(WebSocketException, NotAdmitted, OSError, TimeoutError):
                await (self._sits(label, until, luck) if sits is None else sits(until, luck))

    async def _sits(self, label: str, until: float, luck: random.Random) -> None:
        """Act, and drop the line now and then."""
        is_facilitator, acts = label.startswith("facilitator"), self.begun.get(label, 0)
        every = ACTS_EVERY if is_facilitator else NOTES_EVERY
        while time.monotonic() < until:
            stays = min(luck.expovariate(RECONNECTING / 60), until - time.monotonic())
            async with Remote(self.address, self.mirrors[label]) as seat:
                leaves = time.monotonic() + stays
                if seat.dossier.consent is not None and not is_facilitator and not label.startswith("observer"):
                    await seat.submit(a.AgreeToCard())
                while (left := leaves - time.monotonic()) > 0:
                    hurries = is_facilitator and time.monotonic() < self._steady
                    await asyncio.sleep(min(left, every * luck.uniform(0.5, 1.5) / (HASTE if hurries else 1)))
                    if label.startswith("observer"):
                        continue
                    note = a.TakeNote(text=f"{label} {acts}")
                    turns = a.Unpause() if seat.view().paused else a.Pause()
                    acts += 1
                    self.begun[label] = acts
                    await seat.submit(turns if is_facilitator else note)
                    self.acknowledged += 1
                    self.noted += [] if is_facilitator else [note.text]
            self.came_back += 1

    @property
    def lost(self) -> int:
        """Notes that were acknowledged and do not stand in the log once."""
        stands = Counter(of.action.text for of in read_log(self.log).entries if isinstance(of.action, a.TakeNote))
        return sum(stands[note] != 1 for note in self.noted)

    @asynccontextmanager
    async def _page(self, label: str) -> AsyncIterator[ClientConnection]:
        """A browser's line, without the browser."""
        mirror = self.mirrors[label]
        async with connect(
            f"ws://{self.page}/line",
            origin=Origin(f"http://{self.page}"),
            proxy=None,
            compression=None,
            max_size=None,
        ) as line:
            code = "" if mirror.token else mirror._code
            await line.send(
                encoded(Hello(v=VERSION, code=code, token=mirror.token, wants="page", language="zh")), text=True
            )
            mirror.token = msgspec.json.decode(await line.recv()).get("token", mirror.token)
            yield line

    async def _reads_pages(self, until: float, luck: random.Random) -> None:
        """Leaf through forms, and drop the line now and then."""
        while time.monotonic() < until:
            stays = min(luck.expovariate(RECONNECTING / 60), until - time.monotonic())
            async with self._page(READS_PAGES) as line:
                hears = asyncio.create_task(_heard(line))
                leaves = time.monotonic() + stays
                while (left := leaves - time.monotonic()) > 0:
                    await asyncio.sleep(min(left, 3.0))
                    await line.send(encoded(Fill(form="guess", answers={"says": f"{luck.random()}"})), text=True)
                hears.cancel()
            self.came_back += 1

    async def _floods(self, until: float, luck: random.Random) -> None:
        """Send more than the host takes, be cut, and come again."""
        while time.monotonic() < until:
            async with self._page(FLOODS) as line:
                with suppress(WebSocketException):
                    for _ in range(RATE * 3):
                        await line.send(encoded(TakePen()), text=True)
                    await _heard(line)
            self.floods += 1
            await asyncio.sleep(luck.uniform(0.5, 1.5))


async def _heard(line: ClientConnection) -> None:
    """Read until the line is closed, however."""
    with suppress(WebSocketException):
        async for _ in line:
            pass


async def soaked(folder: Path, exercises: int, minutes: float) -> Soaked:
    """So many exercises for so long."""
    luck = random.Random(1)
    (folder / "first").mkdir()
    async with Exercise(folder / "first").hosted():
        pass  # who checks a scenario that is not kept yet has room left afterwards, in which a leak would not show
    async with AsyncExitStack() as hosts:
        runs = []
        for number in range(exercises):
            place = folder / str(number)
            place.mkdir()
            runs.append(await hosts.enter_async_context(Exercise(place).hosted()))
        until = time.monotonic() + minutes * 60
        steady = until - minutes * 60 * MEASURED
        looking = asyncio.create_task(_looks(runs))
        async with asyncio.TaskGroup() as group:
            for run in runs:
                group.create_task(run.runs(steady, until, luck))
        looking.cancel()
    kept = [[each for each in run.read if each[0] >= steady] for run in runs]
    return Soaked(
        minutes=minutes,
        slopes=tuple(slope_of([(at / 3600, had) for at, had in read]) for read in kept),
        first=sum(read[0][1] for read in kept) / len(kept),
        last=sum(read[-1][1] for read in kept) / len(kept),
        acknowledged=sum(run.acknowledged for run in runs),
        lost=sum(run.lost for run in runs),
        came_back=sum(run.came_back for run in runs),
        floods=sum(run.floods for run in runs),
    )


async def _looks(runs: Sequence[Exercise]) -> None:
    while True:
        for run in runs:
            run.read.append((time.monotonic(), run.megabytes))
        await asyncio.sleep(READS_EVERY)


def main(arguments: Sequence[str]) -> None:
    """Print what came out."""
    with TemporaryDirectory() as kept:
        found = asyncio.run(soaked(Path(kept), int((*arguments[1:], "20")[0]), float(arguments[0])))
    low, high = found.interval
    each: dict[str, Any] = found._asdict() | {"slopes": [round(slope, 2) for slope in found.slopes]}
    print(*(f"{name}: {said}" for name, said in each.items()), sep="\n")
    print(f"slope: {found.slope:.2f} MB an hour ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main(sys.argv[1:])
