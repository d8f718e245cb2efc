"""What a worker does: play a stretch of runs and say what came of them.

A task carries everything it needs, the scenario and its packs included, packed once; so it can be handed to any
executor, in this process, in another, or on another machine. A worker unpacks a scenario once and keeps its table.
"""

from __future__ import annotations

import threading
import traceback
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.engine.table import Table
from crisis_sim.playtest.game import Bots, Record, played, table_for
from crisis_sim.playtest.measures import Measure, measures
from crisis_sim.playtest.pairings import Pairings

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


class Fault(NamedTuple):
    """What went wrong in a run; a fault of ours."""

    run: int
    exercise: int
    error: str
    details: str


class Done(NamedTuple):
    """What came of a task, exercise by exercise; nothing where there is a fault."""

    first: int
    runs: int
    values: tuple[tuple[Values, ...], ...] = ()
    tallies: tuple[Tally, ...] = ()
    fault: Fault | None = None


def exercise(material: Material, length: int) -> Exercise:
    """A material, packed."""
    return Exercise(zlib.compress(material.packed), length)


def work(task: Task) -> Done:
    """Play the runs of a task. Never raises for what goes wrong in a run: that comes back as its fault."""
    values: list[list[Values]] = [[] for _ in task.exercises]
    tallies: list[Tally] = [{} for _ in task.exercises]
    for run in range(task.first, task.first + task.runs):
        for place, each in enumerate(task.exercises):
            try:
                record = _play(task, each, run)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its run, so that it can be played again
                return Done(task.first, task.runs, fault=_fault(run, place, error))
            values[place].append(record.values)
            add(tallies[place], ((key, (1, times, run)) for key, times in record.reached.items()))
    return Done(task.first, task.runs, tuple(tuple(rows) for rows in values), tuple(tallies))


def seed_of(seed: str, run: int) -> str:
    """The seed of a run's session."""
    return f"{seed}-{run}"


def bots_of(task: Task, run: int) -> Bots:
    """Who plays a run."""
    us, china = task.pairings.of(task.seed, run)
    return Bots(us, china, task.release)


def add(tally: Tally, more: Iterator[tuple[str, tuple[int, int, int]]]) -> None:
    """Count what was reached on top of what has been; the order of counting does not show."""
    for key, (runs, times, first) in more:
        before = tally.get(key)
        if before is None:
            tally[key] = (runs, times, first)
        else:
            tally[key] = (before[0] + runs, before[1] + times, min(before[2], first))


def _play(task: Task, each: Exercise, run: int) -> Record:
    table, measured = _tables.of(each)
    return played(table, bots_of(task, run), seed_of(task.seed, run), measured)


def _fault(run: int, place: int, error: Exception) -> Fault:
    return Fault(run, place, type(error).__name__, "".join(traceback.format_exception(error)))


class _Tables(threading.local):
    """Tables that a thread has made: a table keeps views for its session, and two threads would mix theirs up."""

    def __init__(self) -> None:
        self._made: dict[Exercise, tuple[Table, tuple[Measure, ...]]] = {}

    def of(self, each: Exercise) -> tuple[Table, tuple[Measure, ...]]:
        """An exercise's table and measures, made at first use."""
        if each not in self._made:
            if len(self._made) >= MOST_TABLES:
                self._made.clear()
            material = material_from_bundle(msgspec.json.decode(zlib.decompress(each.packed), type=Mapping[str, Any]))
            table = table_for(material, length=each.length)
            self._made[each] = table, measures(table)
        return self._made[each]


MOST_TABLES: Final = 4
"""Tables that a worker keeps."""
_tables: Final = _Tables()
