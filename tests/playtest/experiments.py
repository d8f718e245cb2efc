"""Small experiments for these tests: the small scenario, few runs, this process."""

from __future__ import annotations

from functools import cache

from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.playtest.findings import Findings, Subject, findings
from crisis_sim.playtest.game import pairings, table_for
from crisis_sim.playtest.run_measures import measures
from crisis_sim.playtest.runs import RunsOutcome, Task, exercise, play
from crisis_sim.playtest.workers import WorkerPool, local_pool


@cache
def subject(length: int = 45) -> Subject:
    """The small scenario under its own pack."""
    return subject_of(small_material(), length)


def subject_of(material: Material, length: int = 45) -> Subject:
    """A material as it is playtested."""
    table = table_for(material, length=length)
    return Subject(material, table, measures(table))


def plan(runs: int, *, first: int = 1, seed: str = "1", policies: str = "mix", release: int = 20) -> Task:
    """So many runs of the small scenario."""
    exercises = (exercise(subject().material, 45),)
    return Task(exercises, seed, pairings(policies), release, first, runs)


def played(runs: Task, pool: WorkerPool | None = None) -> RunsOutcome:
    """What came of a plan; in this process, unless there is a pool."""
    if pool is not None:
        return play(runs, pool)
    with local_pool(1) as alone:
        return play(runs, alone)


@cache
def outcome(runs: int = 24, policies: str = "mix") -> RunsOutcome:
    """Runs of the small scenario, played once for all tests."""
    return played(plan(runs, policies=policies))


@cache
def found(runs: int = 24, policies: str = "mix") -> Findings:
    """What they say."""
    told = outcome(runs, policies)
    return findings(subject(), told, told.exercises[0])
