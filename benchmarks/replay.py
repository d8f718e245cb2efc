"""What replaying costs: opening a log of 10,000 entries, a step either way, and a look through a team's lens.

Opening stands beside reading and typed parsing alone, in turns in the same run; steps beside one entry's parsing.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns

import msgspec
from benchmarks.log import ENTRIES, in_turns, long_log
from benchmarks.table import Row, show

from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.session.record import Entry

STEPS = 1_000


def steps(replayed: Replayed, lens: Lens, way: int) -> tuple[float, float]:
    """Median and worst time of a step with all that the table and the curves show, in ns."""
    taken = []
    seq = 0 if way > 0 else replayed.last
    seats = {"whole": "facilitator", "us": "us"}
    for _ in range(STEPS):
        start = perf_counter_ns()
        seq = replayed.step(lens, seq, way)
        replayed.moment(lens, seq)
        replayed.view(seats[lens], seq)  # type: ignore[arg-type]  # a seat
        replayed.curves(lens, seq)
        taken.append(perf_counter_ns() - start)
    taken.sort()
    return taken[STEPS // 2], taken[-1]


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="crisis-sim-") as name:
        path = long_log(Path(name))
        decoder = msgspec.json.Decoder(Entry)
        first = path.read_bytes().index(b"\n") + 1

        def parse_alone() -> list[Entry]:
            gc.disable()
            try:
                return decoder.decode_lines(path.read_bytes()[first:])
            finally:
                gc.enable()

        works: tuple[Callable[[], object], ...] = (parse_alone, lambda: Replayed.opened(path))
        parse, opened = in_turns(*works, rounds=7)
        rows = [
            Row("read and parse alone (msgspec, typed)", f"{parse / 1e6:.1f} ms", 1),
            Row("open for replaying: check, fold, keep", f"{opened / 1e6:.1f} ms", opened / parse),
        ]
        replayed = Replayed.opened(path)
        start = perf_counter_ns()
        replayed.moments("us")
        taken = perf_counter_ns() - start
        rows.append(Row("a team's lens for the first time: every moment", f"{taken / 1e6:.1f} ms", taken / parse))
        lenses: tuple[Lens, ...] = ("whole", "us")
        for lens in lenses:
            for way, word in ((1, "on"), (-1, "back")):
                middle, worst = steps(replayed, lens, way)
                said = f"a step {word}, {lens}: median; worst {worst / 1e6:.1f} ms"
                rows.append(Row(said, f"{middle / 1e6:.2f} ms", middle / parse))
        show(f"Replaying a log of {ENTRIES:,} entries", rows, "× parse alone")


if __name__ == "__main__":
    main()
