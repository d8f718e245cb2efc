"""Many runs: cut into tasks, worked off by whatever crew there is, and gathered in the order of their numbers.

The result hangs on the exercises, the seed, the bots and the numbers of the runs alone: not on how many work on it, in
which order they finish, or how the runs are cut. When it is stopped, what counts are the runs up to the first that is
missing, and the result is what those alone would have given.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.errors import CrisisSimError, Sentence
from crisis_sim.playtest.worker_tasks import Done, Fault, Tally, Task, Values, add, seed_of, work
from crisis_sim.playtest.workers import Crew, shielded

MOST_RUNS: Final = 1_000_000
"""Runs that may be asked for at once."""
MISSING: Final = -(2**62)
"""What stands in a column where a run has no such value."""
_LONGEST: Final = 25
"""Runs in a task, at most, so that progress can be seen."""
_SHARES: Final = 8
"""Tasks for each worker, at least, where there are enough runs, so that all finish at about the same time."""

Told: TypeAlias = Callable[[int], None]
"""Is told how many more runs are finished."""


class RunFailed(CrisisSimError):
    """A run ended in a fault of ours; its note is the worker's traceback."""

    exit_code = 3

    def __init__(self, plan: Task, fault: Fault) -> None:
        """Name the run and its seed, so that it can be played again."""
        us, china = plan.pairings.of(plan.seed, fault.run)
        super().__init__(
            "playtest/fault",
            f"run {fault.run} ended in a fault of ours ({fault.error}): its seed is '{seed_of(plan.seed, fault.run)}', "
            f"{us} plays the US and {china} China",
            hint=f"the same command with --first {fault.run} --runs 1 plays it again",
        )
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


class Outcome(NamedTuple):
    """What came of a plan."""

    plan: Task
    runs: int
    """Finished, from the first on without a gap; fewer than planned only if it was stopped."""
    exercises: tuple[Gathered, ...]

    @property
    def was_stopped(self) -> bool:
        """Somebody stopped it before the end."""
        return self.runs < self.plan.runs


def play(plan: Task, crew: Crew, told: Told = lambda runs: None) -> Outcome:
    """Play all runs, or as many as are done when ctrl+c comes.

    Raises RunFailed at the first fault, and CrisisSimError where workers die.
    """
    gathered = tuple(Gathered() for _ in plan.exercises)
    early: dict[int, Done] = {}
    reached = plan.first
    try:
        for done in _worked_off(tasks(plan, crew.workers), crew):
            if done.fault is not None:
                crew.stop()
                raise RunFailed(plan, done.fault)
            early[done.first] = done
            with shielded():  # what is gathered is gathered whole
                while reached in early:
                    part = early.pop(reached)
                    for place, each in enumerate(gathered):
                        each.add(part.values[place], part.tallies[place])
                    reached += part.runs
            told(done.runs)
    except KeyboardInterrupt:
        crew.stop()
    except crew.deaths as error:
        what, hint = (
            Sentence("a worker died before its work was done"),
            Sentence("there may be too little memory: give fewer --workers"),
        )
        raise CrisisSimError("playtest/worker", what, hint=hint) from error
    except ModuleNotFoundError as error:
        what = Sentence("a worker has no module {name}", name=error.name)
        raise CrisisSimError("playtest/module", what, hint="give every worker the same crisis-sim as here") from error
    return Outcome(plan, reached - plan.first, gathered)


def tasks(plan: Task, workers: int) -> Iterator[Task]:
    """The plan cut into pieces that keep every worker busy to the end."""
    size = max(1, min(_LONGEST, plan.runs // (workers * _SHARES)))
    end = plan.first + plan.runs
    for first in range(plan.first, end, size):
        yield plan._replace(first=first, runs=min(size, end - first))


def _worked_off(pieces: Iterator[Task], crew: Crew) -> Iterator[Done]:
    """What comes back, in whichever order; only so much is handed out as keeps the crew busy."""
    waiting = {_handed(crew, task) for task in islice(pieces, crew.ahead)}
    while waiting:
        finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            yield future.result()
        waiting |= {_handed(crew, task) for task in islice(pieces, len(finished))}


def _handed(crew: Crew, task: Task) -> Future[Done]:
    with shielded():
        return crew.executor.submit(work, task)
