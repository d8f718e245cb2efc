"""Many runs: cut into tasks, worked off by whatever pool there is, and gathered in the order of their numbers.

The result hangs on the exercises, the seed, the bots and the numbers of the runs alone: not on how many work on it, in
which order they finish, or how the runs are cut. When it is stopped, what counts are the runs up to the first that is
missing, and the result is what those alone would have given.

A task carries everything it needs, the scenario and its packs included, packed once; so it can be handed to any
executor, in this process, in another, or on another machine. A worker unpacks a scenario once and keeps its table.
"""

from __future__ import annotations

import threading
import traceback
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import CrisisSimError, Sentence
from crisis_sim.playtest.game import Bots, GameRecord, Pairings, played, table_for
from crisis_sim.playtest.run_measures import PlaytestMeasure, measures
from crisis_sim.playtest.workers import WorkerPool, shielded

Values: TypeAlias = tuple[int | None, ...]
"""A run's values in the order of the measures."""
Tally: TypeAlias = dict[str, tuple[int, int, int]]
"""By key: runs in which a thing was reached, how often in all, and the first of these runs."""


class Exercise(NamedTuple):
    """A scenario under its packs in one length, packed so that it can travel."""

    packed: bytes
    length: int


class Task(NamedTuple):
    """A stretch of runs; each is played in every exercise, with the same bots and the same luck."""

    exercises: tuple[Exercise, ...]
    seed: str
    pairings: Pairings
    release: int
    """Percent: the chance in each turn that an inject which comes by hand is released."""
    first: int
    runs: int
    hears: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """Orders of offences by which the US and China hear, where they go by a hearing profile."""


class Fault(NamedTuple):
    """What went wrong in a run; a fault of ours."""

    run: int
    exercise: int
    error: str
    details: str


class TaskResult(NamedTuple):
    """What came of a task, exercise by exercise; nothing where there is a fault."""

    first: int
    runs: int
    values: tuple[tuple[Values, ...], ...] = ()
    tallies: tuple[Tally, ...] = ()
    fault: Fault | None = None


def exercise(material: Material, length: int) -> Exercise:
    """A material, packed."""
    return Exercise(zlib.compress(material.packed), length)


def work(task: Task) -> TaskResult:
    """Play the runs of a task. Never raises for what goes wrong in a run: that comes back as its fault."""
    values: list[list[Values]] = [[] for _ in task.exercises]
    tallies: list[Tally] = [{} for _ in task.exercises]
    for run in range(task.first, task.first + task.runs):
        for place, packed_exercise in enumerate(task.exercises):
            try:
                record = _play(task, packed_exercise, run)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its run, so that it can be played again
                return TaskResult(task.first, task.runs, fault=_fault(run, place, error))
            values[place].append(record.values)
            add(tallies[place], ((key, (1, times, run)) for key, times in record.reached.items()))
    return TaskResult(task.first, task.runs, tuple(tuple(rows) for rows in values), tuple(tallies))


def seed_of(seed: str, run: int) -> str:
    """The seed of a run's session."""
    return f"{seed}-{run}"


def bots_of(task: Task, run: int) -> Bots:
    """Who plays a run."""
    us, china = task.pairings.bots_for(task.seed, run)
    return Bots(us, china, task.release, *task.hears)


def add(tally: Tally, more: Iterator[tuple[str, tuple[int, int, int]]]) -> None:
    """Count what was reached on top of what has been; the order of counting does not show."""
    for key, (runs, times, first) in more:
        old_counts = tally.get(key)
        if old_counts is None:
            tally[key] = (runs, times, first)
        else:
            tally[key] = (old_counts[0] + runs, old_counts[1] + times, min(old_counts[2], first))


def _play(task: Task, packed_exercise: Exercise, run: int) -> GameRecord:
    table, measured = _tables.table_for(packed_exercise)
    return played(table, bots_of(task, run), seed_of(task.seed, run), measured)


def _fault(run: int, place: int, error: Exception) -> Fault:
    return Fault(run, place, type(error).__name__, "".join(traceback.format_exception(error)))


class _Tables(threading.local):
    """Tables that a thread has made: a table keeps views for its session, and two threads would mix theirs up."""

    def __init__(self) -> None:
        self._made: dict[Exercise, tuple[GameTable, tuple[PlaytestMeasure, ...]]] = {}

    def table_for(self, packed_exercise: Exercise) -> tuple[GameTable, tuple[PlaytestMeasure, ...]]:
        """An exercise's table and measures, made at first use."""
        if packed_exercise not in self._made:
            if len(self._made) >= MOST_TABLES:
                self._made.clear()
            material = material_from_bundle(
                msgspec.json.decode(zlib.decompress(packed_exercise.packed), type=Mapping[str, Any])
            )
            table = table_for(material, length=packed_exercise.length)
            self._made[packed_exercise] = table, measures(table)
        return self._made[packed_exercise]


MOST_TABLES: Final = 4
"""Tables that a worker keeps."""
_tables: Final = _Tables()


MOST_RUNS: Final = 1_000_000
"""Runs that may be asked for at once."""
MISSING: Final = -(2**62)
"""What stands in a column where a run has no such value."""
_LONGEST: Final = 25
"""Runs in a task, at most, so that progress can be seen."""
_SHARES: Final = 8
"""Tasks for each worker, at least, where there are enough runs, so that all finish at about the same time."""

ReportProgress: TypeAlias = Callable[[int], None]
"""Is told how many more runs are finished."""


class RunFailed(CrisisSimError):
    """A run ended in a fault of ours; its note is the worker's traceback."""

    exit_code = 3

    def __init__(self, plan: Task, fault: Fault) -> None:
        """Name the run and its seed, so that it can be played again."""
        us, china = plan.pairings.bots_for(plan.seed, fault.run)
        sentence = Sentence(
            "run {run} ended in a fault of ours ({error}): its seed is '{seed}', {us} plays the US and {china} China",
            run=fault.run,
            error=fault.error,
            seed=seed_of(plan.seed, fault.run),
            us=us,
            china=china,
        )
        hint = Sentence("the same command with --first {run} --runs 1 plays it again", run=fault.run)
        super().__init__("playtest/fault", sentence, hint=hint)
        self.add_note(fault.details)


@dataclass
class Gathered:
    """The runs of one exercise: a column for each measure, and what was reached."""

    columns: list[array[int]] = field(default_factory=list)
    tally: Tally = field(default_factory=dict)

    def add(self, rows: Sequence[Values], tally: Tally) -> None:
        """Put further runs behind those that are there."""
        for row in rows:
            if not self.columns:
                self.columns = [array("q") for _ in row]
            for column, value in zip(self.columns, row, strict=True):
                column.append(MISSING if value is None else value)
        add(self.tally, iter(tally.items()))


class RunsOutcome(NamedTuple):
    """What came of a plan."""

    plan: Task
    runs: int
    """Finished, from the first on without a gap; fewer than planned only if it was stopped."""
    exercises: tuple[Gathered, ...]

    @property
    def was_stopped(self) -> bool:
        """Somebody stopped it before the end."""
        return self.runs < self.plan.runs


def play(plan: Task, pool: WorkerPool, report_progress: ReportProgress = lambda runs: None) -> RunsOutcome:
    """Play all runs, or as many as are done when ctrl+c comes.

    Raises RunFailed at the first fault, and CrisisSimError where workers die.
    """
    gathered = tuple(Gathered() for _ in plan.exercises)
    early: dict[int, TaskResult] = {}
    reached = plan.first
    try:
        for result in _worked_off(tasks(plan, pool.workers), pool):
            if result.fault is not None:
                pool.stop()
                raise RunFailed(plan, result.fault)
            early[result.first] = result
            with shielded():  # what is gathered is gathered whole
                while reached in early:
                    part = early.pop(reached)
                    for place, exercise_runs in enumerate(gathered):
                        exercise_runs.add(part.values[place], part.tallies[place])
                    reached += part.runs
            report_progress(result.runs)
    except KeyboardInterrupt:
        pool.stop()
    except BrokenExecutor as error:
        sentence, hint = (
            Sentence("a worker died before its work was done"),
            Sentence("there may be too little memory: give fewer --workers"),
        )
        raise CrisisSimError("playtest/worker", sentence, hint=hint) from error
    return RunsOutcome(plan, reached - plan.first, gathered)


def tasks(plan: Task, workers: int) -> Iterator[Task]:
    """The plan cut into pieces that keep every worker busy to the end."""
    size = max(1, min(_LONGEST, plan.runs // (workers * _SHARES)))
    end = plan.first + plan.runs
    for first in range(plan.first, end, size):
        yield plan._replace(first=first, runs=min(size, end - first))


def _worked_off(pieces: Iterator[Task], pool: WorkerPool) -> Iterator[TaskResult]:
    """What comes back, in whichever order; only so much is handed out as keeps the pool busy."""
    waiting = {_handed(pool, task) for task in islice(pieces, pool.ahead)}
    while waiting:
        finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            yield future.result()
        waiting |= {_handed(pool, task) for task in islice(pieces, len(finished))}


def _handed(pool: WorkerPool, task: Task) -> Future[TaskResult]:
    with shielded():
        return pool.executor.submit(work, task)
