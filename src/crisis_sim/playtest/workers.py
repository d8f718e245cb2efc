"""Who does the work: this process, or processes of this machine.

Each is a `concurrent.futures.Executor` with the number of its workers and a way to stop it at once. Nothing here knows
what is worked on, and nothing here schedules.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Final, NamedTuple, ParamSpec, TypeVar

from crisis_sim.errors import Sentence, UnreadableInput

T = TypeVar("T")
P = ParamSpec("P")
MOST_WORKERS: Final = 256
"""Processes that may be asked for."""


def check_workers(workers: int) -> None:
    """Raise UnreadableInput for more processes, or fewer, than there can be."""
    if not 1 <= workers <= MOST_WORKERS:
        sentence = Sentence("there can be 1 to {most} workers on a machine", most=MOST_WORKERS)
        raise UnreadableInput("usage/workers", sentence, hint="leave --workers out for one on each core")


class InThisProcess(Executor):
    """Does each piece of work in this process, as it is handed in."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the work at once and return its finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - an executor hands every exception on
            future.set_exception(error)
        return future


class WorkerPool(NamedTuple):
    """An executor and how many workers it has."""

    executor: Executor
    workers: int
    stop: Callable[[], None]
    """Drop all work at once."""

    @property
    def ahead(self) -> int:
        """Pieces of work to hand out before the first comes back, so that nobody waits; what is done here is done."""
        return 1 if isinstance(self.executor, InThisProcess) else 2 * self.workers


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def local_pool(workers: int) -> Iterator[WorkerPool]:
    """So many workers on this machine; one alone is this process."""
    if workers == 1:
        yield WorkerPool(InThisProcess(), 1, _ignore_stop)
        return
    old_children = active_children()
    executor = ProcessPoolExecutor(workers, get_context("spawn"))

    def stop() -> None:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            if child not in old_children:
                child.kill()  # it holds nothing that would have to be put away

    try:
        yield WorkerPool(executor, workers, stop)
    except BaseException:
        stop()
        raise
    executor.shutdown()


@contextmanager
def shielded() -> Iterator[None]:
    """What must not be broken off in the middle: ctrl+c comes a little later, and to processes started in it never."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)


def _ignore_stop() -> None:
    """Nothing to stop: the work of this process ends with the call that does it."""
