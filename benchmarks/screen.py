"""How soon a team's screen is there, and how soon a key shows: whole processes in a terminal of their own.

The first paint is timed from the start of the process to the last word of the first screen, in turns with a Textual app
of one label. Key to paint is timed from the key to the first byte that answers it, on the team's screen and while
typing in the composer.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from benchmarks.table import Row, best, show

ROOT = Path(__file__).parents[1]
ROUNDS = 12
KEYS = 200
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
from crisis_sim.tui.app import run_table
from tests.tui.fake import FakeSeat

run_table({"us": FakeSeat()}, ("us",))
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


def drained(parent: int, quiet: float = 0.12) -> None:
    """Read until nothing has come for a while."""
    while select.select([parent], [], [], quiet)[0]:
        os.read(parent, 65536)


def first_paint(program: str, word: bytes) -> float:
    """Seconds from the start of the process to the word."""
    start = perf_counter()
    with running(program) as parent:
        until(parent, word)
        return perf_counter() - start


def key_to_paint(opening: bytes, keys: bytes) -> list[float]:
    """Seconds from each key to the first byte that answers it."""
    times = []
    with running(TEAM) as parent:
        until(parent, b"everything")
        drained(parent, 0.5)
        for byte in opening:
            os.write(parent, bytes((byte,)))
            drained(parent, 0.4)
        for number in range(KEYS):
            start = perf_counter()
            os.write(parent, keys[number % len(keys) : number % len(keys) + 1])
            if select.select([parent], [], [], 2.0)[0]:
                times.append(perf_counter() - start)
            drained(parent, 0.05)
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
    typed = ("typing in the composer", b"n", b"sonar \x7f\x7f\x7f")
    for name, opening, keys in (("j and k on the team's screen", b"", b"jk"), typed):
        times = key_to_paint(opening, keys)
        p99 = quantiles(times, n=100)[98]
        rows.append(Row(name, f"p50 {median(times) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms"))
    show(f"Key to paint, {KEYS} keys", rows, "")


if __name__ == "__main__":
    main()
