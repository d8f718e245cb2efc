"""How soon the real commands show their first screen: `play`, the menu and `replay`, as whole processes in a terminal.

Each is timed from the start of the process to the last word of its first screen, in turns with a Textual app of one
label; with CRISIS_SIM_BEFORE, the root of another checkout, in turns with its commands too. Beside the best times
stands the processor's time, which a busy machine leaves as it is. What is kept of checked scenarios is there, as from
the second start on; bytecode is made first.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.screen import MINIMAL, ROOT, terminal, until
from benchmarks.table import Row, show

ROUNDS = 9
SCENARIO = "bottomed-submarine"


class Took(NamedTuple):
    """Seconds of one start."""

    wall: float
    processor: float


def first_paint(command: Sequence[str], word: bytes, root: Path, home: Path) -> Took:
    """From the start of the process to the word on its screen."""
    own = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    started = perf_counter()
    with terminal(command, {**own, "PYTHONPATH": str(root / "src")}, root) as (parent, process):
        until(parent, word)
        wall = perf_counter() - started
        process.kill()
        usage = os.wait4(process.pid, 0)[2]
        process.returncode = 0
    return Took(wall, usage.ru_utime + usage.ru_stime)


def commands(log: Path) -> Mapping[str, tuple[Sequence[str], bytes]]:
    """What is started, and the last word of its first screen."""
    ours = [sys.executable, "-m", "crisis_sim"]
    return {
        "play": ([*ours, "play", SCENARIO], b"to open"),
        "play against a bot": ([*ours, "play", SCENARIO, "--china", "firm"], b"everything"),
        "menu": (ours, b"quit"),
        "replay": ([*ours, "replay", str(log)], b"everything"),
    }


def main() -> None:
    """Print best times, the processor's, and ratios of paired medians."""
    before = os.environ.get("CRISIS_SIM_BEFORE")
    roots = {"": ROOT} | ({" before": Path(before)} if before else {})
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        home = Path(name)
        taken: dict[str, list[Took]] = {}
        starts: dict[str, tuple[Sequence[str], bytes, Path]] = {}
        starts |= {"a Textual app of one label": ([sys.executable, "-c", MINIMAL], b"READY", ROOT)}
        for which, root in roots.items():
            compileall.compile_dir(root / "src", quiet=2)
            for what, (command, word) in commands(_played(root, home / f"log{which.strip()}.jsonl")).items():
                starts[f"{what}{which}"] = (command, word, root)
        for number in range(ROUNDS + 1):
            for what, (command, word, root) in starts.items():
                took = first_paint(command, word, root, home)
                taken.setdefault(what, []).extend([took] if number else [])
    least = taken["a Textual app of one label"]
    rows = [
        Row(
            what,
            f"{min(each.wall for each in found) * 1000:.0f} ms, {min(each.processor for each in found) * 1000:.0f} ms",
            median(one.processor / other.processor for one, other in zip(found, least, strict=True)),
        )
        for what, found in taken.items()
    ]
    show(f"First paint of the real commands, best of {ROUNDS} in turns, and processor", rows, "× minimal, proc.")


def _played(root: Path, log: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "crisis_sim",
        "play",
        SCENARIO,
        "--us",
        "firm",
        "--china",
        "firm",
        "--log",
        str(log),
    ]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return log


if __name__ == "__main__":
    main()
