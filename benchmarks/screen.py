"""How soon a team's screen is there, and how soon a key shows: whole processes in a terminal of their own.

The first paint is timed from the start of the process to the last word of the first screen, in turns with a Textual app
of one label. Key to paint is timed from the key to the first byte that answers it: on a team's screen, while typing in
the composer and on the facilitator's console, late in the session of two bots whose acts all lie on the table.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from benchmarks.table import Row, best, show

ROOT = Path(__file__).parents[1]
ROUNDS = 12
KEYS = 300
ESCAPE = b"\x1b"
MINIMAL = """
from textual.app import App
from textual.widgets import Label

class Minimal(App):
    def compose(self):
        yield Label("READY")

Minimal().run()
"""
WITH_VIEWS = "import crisis_sim.engine.sight.views" + MINIMAL
"""The same beside what seats and views are made of, which every process that plays has loaded by then."""
TEAM = """
from crisis_sim.tui.app import run_at
from crisis_sim.tui.screen_table import ScreenTable
from tests.tui.fake import FakeSeat

run_at(ScreenTable({"us": FakeSeat()}, ("us",)))
"""


@contextmanager
def terminal(
    command: Sequence[str], environment: Mapping[str, str], folder: Path = ROOT, size: tuple[int, int] = (100, 30)
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The parent's end of a terminal in which `command` runs, and its process."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    whole = {**os.environ, "TERM": "xterm-256color", **environment}
    whole.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=whole, cwd=folder)
    os.close(child)
    try:
        yield parent, process
    finally:
        if process.returncode is None:
            process.kill()
            process.wait()
        os.close(parent)


@contextmanager
def running(program: str) -> Iterator[int]:
    """The parent's end of a terminal in which a program in Python runs."""
    with terminal([sys.executable, "-c", program], {"PYTHONPATH": str(ROOT)}) as (parent, _):
        yield parent


def until(parent: int, word: bytes, seconds: float = 20.0) -> bytes:
    """Read until `word` has come; TimeoutError when it does not."""
    received = b""
    end = perf_counter() + seconds
    while word not in received:
        ready, _, _ = select.select([parent], [], [], max(end - perf_counter(), 0))
        if not ready:
            raise TimeoutError(received[-500:])
        received += os.read(parent, 65536)
    return received


def drained(parent: int, quiet: float = 0.12, most: float = 5.0) -> None:
    """Read until nothing has come for a while, or for `most` seconds; a turn's clock is drawn anew every second."""
    end = perf_counter() + most
    while perf_counter() < end and select.select([parent], [], [], quiet)[0]:
        os.read(parent, 65536)


def first_paint(program: str, word: bytes) -> float:
    """Seconds from the start of the process to the word."""
    start = perf_counter()
    with running(program) as parent:
        until(parent, word)
        return perf_counter() - start


class Keys(NamedTuple):
    """Keys that are pressed one after the other, round and round."""

    what: str
    who: Sequence[str]
    keys: Sequence[bytes]
    """Those that are timed."""
    opening: Sequence[bytes] = ()
    """What is pressed first; at a team's seat what leaves the telling."""
    between: bytes = b""
    """What undoes each, untimed."""
    times: int = KEYS


TEAM_SEATS = ("--us", "person", "--china", "reckless", "--facilitator", "auto")
CONSOLE_SEATS = ("--us", "reckless", "--china", "reckless", "--facilitator", "person")
PRESSED = (
    Keys("a team's screen: move, panels", TEAM_SEATS, (b"j", b"k", b"\t", b"1", b"2", b"3"), (ESCAPE,)),
    Keys("a team's screen: what opens", TEAM_SEATS, (b"n", b"b", b"?", b"w"), (ESCAPE,), ESCAPE, 60),
    Keys("typing in the composer", TEAM_SEATS, (b"s", b"o", b"\x7f", b"\x7f"), (ESCAPE, b"n")),
    Keys("the console: move, panels", CONSOLE_SEATS, (b"j", b"k", b"\t", b"1", b"2", b"3")),
    Keys("the console: what opens", CONSOLE_SEATS, (b"g", b"i", b"?", b"w", b"v"), (), ESCAPE, 60),
)


def played(folder: Path) -> Path:
    """A session of two bots, and its last turn with moves."""
    log = folder / "played.jsonl"
    bots = ("--us", "reckless", "--china", "reckless", "--seed", "bench", "--length", "150", "--log", str(log))
    command = [sys.executable, "-m", "crisis_sim", "play", "bottomed-submarine", *bots]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"}, check=True, capture_output=True)
    return log


def key_to_paint(pressed: Keys, log: Path) -> list[float]:
    """Seconds from each key to the first byte that answers it."""
    from crisis_sim.session.branch import branch
    from crisis_sim.session.log import read_log

    moves = [
        entry.seq for entry in read_log(log).entries for each in entry.events if getattr(each, "phase", "") == "moves"
    ]
    made = branch(log, turn=None, seq=moves[-1])
    times = []
    command = [sys.executable, "-m", "crisis_sim", "resume", str(made), *pressed.who]
    with terminal(command, {"PYTHONPATH": str(ROOT / "src")}, size=(140, 40)) as (parent, _):
        until(parent, b"everything")
        drained(parent, 0.6)
        for key in pressed.opening:
            os.write(parent, key)
            drained(parent, 0.4)
        for number in range(pressed.times):
            start = perf_counter()
            os.write(parent, pressed.keys[number % len(pressed.keys)])
            if select.select([parent], [], [], 2.0)[0]:
                times.append(perf_counter() - start)
            drained(parent, 0.05)
            if pressed.between:
                os.write(parent, pressed.between)
                drained(parent, 0.3)
    return times


def main() -> None:
    """Print both tables."""
    found = best(
        {
            "a Textual app of one label": lambda: first_paint(MINIMAL, b"READY"),
            "the same, with seats and views loaded": lambda: first_paint(WITH_VIEWS, b"READY"),
            "a team's screen": lambda: first_paint(TEAM, b"everything"),
        },
        ROUNDS,
    )
    base = found["a Textual app of one label"]
    rows = [Row(name, f"{seconds * 1000:.0f} ms", seconds / base) for name, seconds in found.items()]
    show(f"First paint, whole process, best of {ROUNDS} in turns", rows, "× minimal")
    rows = []
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        log = played(Path(name))
        for pressed in PRESSED:
            times = [seconds * 1000 for seconds in key_to_paint(pressed, log)]
            p99 = quantiles(times, n=100)[98]
            rows.append(Row(f"{pressed.what}, {len(times)} keys", f"p50 {median(times):.1f} ms, p99 {p99:.1f} ms"))
    show("Key to paint", rows, "")


if __name__ == "__main__":
    main()
