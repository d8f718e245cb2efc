"""Many runs give the same result however many work on it, however they are cut, wherever they are played."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import pytest
from tests.playtest.experiments import outcome, plan, played, subject
from tests.small import SMALL_SCENARIO

from crisis_sim.errors import CrisisSimError
from crisis_sim.playtest import runs as runs_module
from crisis_sim.playtest import runs as work_module
from crisis_sim.playtest.game import Bots, GameRecord
from crisis_sim.playtest.game import played as play_one
from crisis_sim.playtest.runs import RunFailed, RunsOutcome, Task, TaskResult, add, play, seed_of, tasks, work
from crisis_sim.playtest.workers import WorkerPool, local_pool


def told(what: RunsOutcome) -> object:
    """Everything in an outcome, in an order of its own."""
    return [(each.columns, sorted(each.tally.items())) for each in what.exercises], what.runs


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same(workers: int) -> None:
    """One process, two or three: every value and every count is the same."""
    with local_pool(workers) as pool:
        assert told(played(plan(24), pool)) == told(outcome(24))


@pytest.mark.parametrize("longest", [1, 5, 24])
def test_any_cutting_gives_the_same(longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs one by one, in fives, or all at once."""
    monkeypatch.setattr(runs_module, "_LONGEST", longest)
    monkeypatch.setattr(runs_module, "_SHARES", 1)
    assert [task.runs for task in tasks(plan(24), 1)] == [longest] * (24 // longest) + [24 % longest] * (
        24 % longest > 0
    )
    assert told(played(plan(24))) == told(outcome(24))


class Backwards(Executor):
    """Hands back first what was handed in last."""

    def __init__(self) -> None:
        self.kept: list[Callable[[], None]] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # as loose as any executor's
        future: Future[object] = Future()
        self.kept.append(lambda: future.set_result(fn(*args, **kwargs)))
        if len(self.kept) == 4:
            for finish in reversed(self.kept):
                finish()
            self.kept.clear()
        return future


def test_any_executor_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads, or an executor that finishes everything in the wrong order."""
    monkeypatch.setattr(runs_module, "_LONGEST", 3)
    with ThreadPoolExecutor(3) as threads:
        assert told(played(plan(24), WorkerPool(threads, 3, lambda: None))) == told(outcome(24))
    assert told(played(plan(24), WorkerPool(Backwards(), 2, lambda: None))) == told(outcome(24))


def test_no_hash_seed_shows_in_the_bytes() -> None:
    """As whole processes, under other hash seeds and with other workers, the JSON is the same to the byte."""
    command = [sys.executable, "-m", "crisis_sim", "playtest", str(SMALL_SCENARIO), "--length", "45", "--runs", "12"]
    told = [
        subprocess.run(
            [*command, "--format", "json", "--workers", workers],
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            check=True,
        )
        for hashes, workers in (("0", "1"), ("1", "2"), ("4242", "3"))
    ]
    assert len({run.stdout for run in told}) == 1
    assert {run.stderr for run in told} == {b""}


def test_a_run_does_not_hang_on_the_others() -> None:
    """Run 17 alone is run 17 among many."""
    alone = played(plan(1, first=17)).exercises[0]
    assert [column[0] for column in alone.columns] == [column[16] for column in outcome(24).exercises[0].columns]


def test_another_seed_is_another_result() -> None:
    """The seed is what luck comes from."""
    assert told(played(plan(24, seed="2"))) != told(outcome(24))


def test_what_is_stopped_says_what_so_many_runs_would_have_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+c after ten runs gives the result of ten runs, and stops the pool."""
    monkeypatch.setattr(runs_module, "_LONGEST", 5)
    monkeypatch.setattr(runs_module, "_SHARES", 1)
    stopped: list[bool] = []
    finished: list[int] = []

    def interrupt(more: int) -> None:
        finished.append(more)
        if sum(finished) == 10:
            raise KeyboardInterrupt

    with local_pool(1) as pool:
        early = play(plan(24), pool._replace(stop=lambda: stopped.append(True)), interrupt)
    assert early.was_stopped and stopped == [True]
    assert told(early) == told(played(plan(10)))


def test_runs_after_a_gap_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first stretch is missing when ctrl+c comes, what came after it says nothing."""
    monkeypatch.setattr(runs_module, "_worked_off", _only_the_second)
    with local_pool(1) as pool:
        early = play(plan(4), pool)
    assert (early.runs, early.exercises[0].columns) == (0, [])


def _only_the_second(pieces: object, pool: WorkerPool):  # type: ignore[no-untyped-def]  # stands in for a generator of Done
    task = plan(4)
    yield work(Task(task.exercises, task.seed, task.pairings, task.release, 3, 2))
    raise KeyboardInterrupt


def _fails_in_run_7(table, bots: Bots, seed: str, measures) -> GameRecord:  # type: ignore[no-untyped-def]  # stands in for played
    if seed == seed_of("1", 7):
        raise ZeroDivisionError("a rule went wrong")
    return play_one(table, bots, seed, measures)


def test_a_fault_names_the_run_and_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it can be played again; the worker's traceback goes with it."""
    monkeypatch.setattr(work_module, "played", _fails_in_run_7)
    with pytest.raises(RunFailed) as caught:
        played(plan(24, policies="us=firm,china=silent"))
    assert str(caught.value) == (
        "run 7 ended in a fault of ours (ZeroDivisionError): its seed is '1-7', firm plays the US and silent China"
    )
    assert caught.value.hint == "the same command with --first 7 --runs 1 plays it again"
    assert caught.value.exit_code == 3
    assert "a rule went wrong" in caught.value.__notes__[0]


def _dies(task: Task) -> TaskResult:
    os._exit(9)


def test_a_worker_that_dies_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the machine takes its memory away."""
    monkeypatch.setattr(runs_module, "work", _dies)
    with pytest.raises(CrisisSimError) as caught, local_pool(2) as pool:
        played(plan(4), pool)
    assert str(caught.value) == "a worker died before its work was done"


def _signals(task: Task) -> object:
    return signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_ctrl_c_is_no_business_of_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sends it to them too; they do not hear it, so that none complains. Whoever asked still does."""
    monkeypatch.setattr(runs_module, "work", _signals)
    with local_pool(2) as pool:
        heard = runs_module._handed(pool, next(tasks(plan(1), 1))).result()
    assert signal.SIGINT in heard
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_counts_add_up_in_any_order() -> None:
    """Runs and times are summed, and the first run stays the first."""
    parts = [("a", (1, 3, 7)), ("a", (2, 2, 4)), ("b", (1, 1, 9)), ("a", (1, 1, 12))]
    for order in (parts, parts[::-1]):
        tally: dict[str, tuple[int, int, int]] = {}
        add(tally, iter(order))
        assert tally == {"a": (4, 6, 4), "b": (1, 1, 9)}


def test_the_measures_of_a_worker_are_those_of_whoever_asks() -> None:
    """A column for each measure, in the order of the list."""
    assert len(outcome(24).exercises[0].columns) == len(subject().measures)
