"""What a turn costs in sessions of 8, 32 and 128 turns: bots in memory, measured and counted.

The shipped scenario goes on in steps of six hours for as many turns as are wanted. Every length is played in turn in
the same rounds; a figure is the median of its rounds, in the processor's seconds, and its ratio is the cost of one turn
beside that of one turn in the shortest session: 1 where a session costs what its turns do.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import process_time

from benchmarks.table import Row, show
from msgspec.structs import replace

from crisis_sim.content.load import load_material
from crisis_sim.engine.table import GameTable
from crisis_sim.playtest.game import Bots, pairings, played, table_for
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import seed_of

SCENARIO, LENGTH = "bottomed-submarine", 150
TURNS = (8, 32, 128)
HOURS = 6
PAIRS = 4
"""Pairs of bots in a round."""
ROUNDS = 7


def long_table(table: GameTable, turns: int) -> GameTable:
    """The same exercise for so many turns."""
    return replace(table, hours=tuple(HOURS * number for number in range(turns + 1)))


def playing(table: GameTable) -> Callable[[], float]:
    """Seconds for one session, over some pairs of bots."""
    measured, drawn = measures(table), pairings("mix")

    def run() -> float:
        started = process_time()
        for number in range(1, PAIRS + 1):
            played(table, Bots(*drawn.bots_for("bench", number), 20), seed_of("bench", number), measured)
        return (process_time() - started) / PAIRS

    return run


def main() -> None:
    """Print milliseconds a session, and the cost of a turn beside one of the shortest session."""
    table = table_for(load_material(SCENARIO), length=LENGTH)
    runs = {turns: playing(long_table(table, turns)) for turns in TURNS}
    runs[TURNS[0]]()
    gc.collect()
    gc.freeze()
    taken: dict[int, list[float]] = {turns: [] for turns in TURNS}
    for _ in range(ROUNDS):
        for turns, run in runs.items():
            taken[turns].append(run())
    seconds = {turns: median(times) for turns, times in taken.items()}
    shortest = seconds[TURNS[0]] / TURNS[0]
    show(
        f"sessions of {SCENARIO} by their turns, in memory, median of {ROUNDS} rounds",
        [Row(f"{turns} turns", f"{each * 1000:.0f} ms", each / turns / shortest) for turns, each in seconds.items()],
        "× a turn of 8",
    )


if __name__ == "__main__":
    main()
