"""Sessions played per second, and how much of two cores two workers get out.

`one core` is a whole session of bots in this process: everything they see, decide and set going, judged, measured and
counted. Kept logs are the same sessions with their logs written, synced once and verified; an experiment keeps six,
on the table that its runs were played on. Parallel efficiency is the time of one worker process for some runs, divided
by twice the time of two for the same; 1 would be all of the second core. Workers are warm: each has unpacked the
scenario before it is timed. Rounds are interleaved. The efficiency that the machine itself allows is measured beside
it, with a loop that needs nothing but a core.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.table import Row, best, show

from crisis_sim.content.load import load_material
from crisis_sim.playtest.experiment import keep
from crisis_sim.playtest.game import Bots, pairings, played, table_for
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import Exercise, Task, exercise, play, seed_of
from crisis_sim.playtest.workers import WorkerPool, cores, local_pool

SCENARIO, LENGTH = "bottomed-submarine", 150
RUNS = 32
"""Runs of a round with workers."""
ROUNDS = 5
KEPT = 6
"""Logs that an experiment keeps."""
KEPT_ROUNDS = 9
SPIN = 6_000_000
"""Steps of the loop that only needs a core."""


def one_core() -> Callable[[], float]:
    """Seconds for one session in this process, over eight pairs of bots."""
    table = table_for(load_material(SCENARIO), length=LENGTH)
    measured, drawn = measures(table), pairings("mix")

    def run() -> float:
        started = perf_counter()
        for number in range(1, 9):
            played(table, Bots(*drawn.bots_for("bench", number), 20), seed_of("bench", number), measured)
        return (perf_counter() - started) / 8

    return run


def keeping() -> None:
    """Print what logs cost to keep, beside the same sessions in memory; medians of interleaved rounds."""
    material = load_material(SCENARIO)
    table, drawn = table_for(material, length=LENGTH), pairings("mix")
    measured = measures(table)
    bots = [(Bots(*drawn.bots_for("bench", number), 20), seed_of("bench", number)) for number in range(1, KEPT + 1)]
    taken: dict[str, list[float]] = {"in memory": [], "first": [], "further": [], "six": []}
    for _ in range(KEPT_ROUNDS):
        logs = list[float]()
        with TemporaryDirectory() as folder:
            for each, seed in bots:
                started = perf_counter()
                played(table, each, seed, measured)
                taken["in memory"].append(perf_counter() - started)
                started = perf_counter()
                keep(Path(folder), "log", table, each, seed=seed)
                logs.append(perf_counter() - started)
        taken["first"].append(logs[0])
        taken["further"] += logs[1:]
        taken["six"].append(sum(logs) / KEPT)
    memory, first, further, six = (median(times) for times in taken.values())
    show(
        f"logs kept of {SCENARIO}, {LENGTH} minutes, written, synced and verified",
        [
            Row("in memory", f"{1 / memory:.1f} sessions/s", 1.0),
            Row("the first log of an experiment", f"{1 / first:.1f} sessions/s", memory / first),
            Row("each log after it", f"{1 / further:.1f} sessions/s", memory / further),
            Row(f"all {KEPT} of an experiment", f"{1 / six:.1f} sessions/s", memory / six),
        ],
        "× in memory",
    )


def with_workers(pool: WorkerPool, exercises: tuple[Exercise, ...]) -> Callable[[], float]:
    """Seconds for the runs of a round."""
    plan = Task(exercises, "bench", pairings("mix"), 20, 1, RUNS)
    play(plan, pool)

    def run() -> float:
        started = perf_counter()
        play(plan, pool)
        return perf_counter() - started

    return run


def spin(steps: int) -> int:
    """Nothing but work for a core."""
    total = 0
    for step in range(steps):
        total += step & 7
    return total


def spinning(pool: WorkerPool) -> Callable[[], float]:
    """Seconds for two loops, side by side where there are two workers."""

    def run() -> float:
        started = perf_counter()
        for future in [pool.executor.submit(spin, SPIN) for _ in range(2)]:
            future.result()
        return perf_counter() - started

    return run


def one_process() -> WorkerPool:
    """One worker process, so that both sides of the comparison pay for handing over."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    return WorkerPool(executor, 1, lambda: executor.shutdown(wait=False))


def main() -> None:
    """Print what logs cost to keep, sessions per second and the parallel efficiency, best of interleaved rounds."""
    keeping()
    single = one_core()
    exercises = (exercise(load_material(SCENARIO), LENGTH),)
    gc.collect()
    gc.freeze()
    with ExitStack() as stack:
        alone, two = one_process(), stack.enter_context(local_pool(2))
        stack.callback(alone.executor.shutdown)
        runs = {
            "one core": single,
            "1 worker": with_workers(alone, exercises),
            "2 workers": with_workers(two, exercises),
            "1 spinning": spinning(alone),
            "2 spinning": spinning(two),
        }
        seconds = best(runs, ROUNDS)
    show(
        f"whole sessions of {SCENARIO}, {LENGTH} minutes",
        [
            Row("one core, in this process", f"{1 / seconds['one core']:.1f} sessions/s", 1.0),
            Row("1 worker process", f"{RUNS / seconds['1 worker']:.1f} sessions/s")._replace(
                ratio=RUNS / seconds["1 worker"] * seconds["one core"]
            ),
            Row("2 worker processes", f"{RUNS / seconds['2 workers']:.1f} sessions/s")._replace(
                ratio=RUNS / seconds["2 workers"] * seconds["one core"]
            ),
        ],
        "× one core",
    )
    show(
        "parallel efficiency on two cores",
        [
            Row("playtest", "", seconds["1 worker"] / (2 * seconds["2 workers"])),
            Row("a loop that only needs a core", "", seconds["1 spinning"] / (2 * seconds["2 spinning"])),
        ],
        "1 is all of it",
        f"this process may use {cores()} cores",
    )


if __name__ == "__main__":
    main()
