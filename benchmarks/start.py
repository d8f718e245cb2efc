"""How long the command takes to start, as whole processes: `--version`, `--help`, `list`, and `check` of one scenario.

Each stands beside its peer in the same run, pair by pair: bare Python for the first three; for `check` a process that
reads the same bytes with PyYAML's C loader after the same imports, and one after importing pydantic and PyYAML alone.
Medians of pairs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.table import Row, show

PAIRS = 11
ROOT = Path(__file__).parent.parent
FILES = ["scenarios/bottomed-submarine/scenario.yaml", "rules/core.yaml", "rules/safety-net-calms.yaml"]
LOADER = f"""
for name in {FILES!r}:
    with open(name, "rb") as file:
        yaml.load(file, yaml.CLoader)
"""
OURS = "import gc; gc.disable(); import yaml, crisis_sim.content.load"
BARE = "import pydantic, yaml"
COMMAND = [sys.executable, "-m", "crisis_sim"]
CASES = (
    ("--version", [*COMMAND, "--version"], "bare Python", [sys.executable, "-c", "pass"]),
    ("--help", [*COMMAND, "--help"], "bare Python", [sys.executable, "-c", "pass"]),
    ("list", [*COMMAND, "list"], "bare Python", [sys.executable, "-c", "pass"]),
    (
        "check bottomed-submarine",
        [*COMMAND, "check", FILES[0]],
        "PyYAML C after our imports",
        [sys.executable, "-c", OURS + LOADER],
    ),
    (
        "check bottomed-submarine",
        [*COMMAND, "check", FILES[0]],
        "PyYAML C after pydantic",
        [sys.executable, "-c", BARE + LOADER],
    ),
)


def seconds(command: list[str]) -> float:
    """One run of a process, from start to end."""
    started = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return perf_counter() - started


def main() -> None:
    """Print milliseconds and the median ratio of pairs."""
    rows = []
    for name, ours, peer_name, peer in CASES:
        seconds(ours), seconds(peer)
        pairs = [(seconds(ours), seconds(peer)) for _ in range(PAIRS)]
        mine, theirs = (median(each) * 1000 for each in zip(*pairs, strict=True))
        ratio = median(one / other for one, other in pairs)
        rows.append(Row(f"{name} against {peer_name}", f"{mine:.0f} ms, {theirs:.0f} ms", ratio))
    show("whole processes", rows, "× the peer")


if __name__ == "__main__":
    main()
