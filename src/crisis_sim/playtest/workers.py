"""Who does the work: this process, processes of this machine, or a Dask cluster.

Each is a `concurrent.futures.Executor` with the number of its workers and a way to stop it at once. Nothing here knows
what is worked on, and nothing here schedules.
"""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Final, NamedTuple, ParamSpec, TypeVar

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.text import clean, clipped
from crisis_sim.wording import _

T = TypeVar("T")
P = ParamSpec("P")
MOST_WORKERS: Final = 256
"""Processes that may be asked for."""
_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?[\w.:\[\]-]+:[0-9]{1,5}")
_FORM: Final = _("write it as tcp://HOST:8786, as the scheduler prints it when it starts")


def check_workers(asked: int, cluster: str | None = None) -> None:
    """Raise UnreadableInput for more processes, or fewer, than there can be, and for any beside a cluster."""
    if not 1 <= asked <= MOST_WORKERS:
        said = Sentence("there can be 1 to {most} workers on a machine", most=MOST_WORKERS)
        raise UnreadableInput("usage/workers", said, hint="leave --workers out for one on each core")
    if cluster is not None:
        said = Sentence("a cluster has its own workers, so --workers says nothing beside --cluster")
        raise UnreadableInput("usage/workers", said, hint="leave one of the two out")


class InThisProcess(Executor):
    """Does each piece of work in this process, as it is handed in."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the work at once and return its finished future."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - an executor hands every exception on
            done.set_exception(error)
        return done


class WorkerPool(NamedTuple):
    """An executor and how many workers it has."""

    executor: Executor
    workers: int
    stop: Callable[[], None]
    """Drop all work at once."""
    deaths: tuple[type[Exception], ...]
    """What a piece of work ends with whose worker is no more."""

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
        yield WorkerPool(InThisProcess(), 1, _nothing, ())
        return
    others = active_children()
    executor = ProcessPoolExecutor(workers, get_context("spawn"))

    def stop() -> None:
        executor.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            if child not in others:
                child.kill()  # it holds nothing that would have to be put away

    try:
        yield WorkerPool(executor, workers, stop, (BrokenExecutor,))
    except BaseException:
        stop()
        raise
    executor.shutdown()


@contextmanager
def cluster_pool(address: str) -> Iterator[WorkerPool]:
    """The workers of the Dask cluster at `address`. Raises UnreadableInput where there is none, or no Dask here."""
    try:
        from distributed import Client, KilledWorker
    except ModuleNotFoundError:
        what, hint = (
            Sentence("Dask is not installed here"),
            Sentence("install crisis-sim with its cluster extra: crisis-sim[cluster]"),
        )
        raise UnreadableInput("usage/cluster", what, hint=hint) from None
    _keep_quiet()
    name = clipped(clean(address, lines=False), 80) or "''"
    if not _ADDRESS.fullmatch(address):  # a client that cannot begin would complain for itself, and at length
        raise UnreadableInput("usage/cluster", "{name} is no address of a Dask scheduler", hint=_FORM, name=name)
    try:
        client = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, ValueError, TypeError) as error:
        raise UnreadableInput("usage/cluster", "no Dask cluster answers at {name}", hint=_FORM, name=name) from error
    with client:
        workers = sum(client.nthreads().values())  # type: ignore[no-untyped-call]  # Dask has no types
        if not workers:
            what, hint = (
                Sentence("the Dask cluster at {name} has no workers", name=name),
                Sentence("start some: dask worker ADDRESS"),
            )
            raise UnreadableInput("usage/cluster", what, hint=hint)
        executor = client.get_executor(pure=False, retries=0)  # type: ignore[no-untyped-call]  # Dask has no types
        yield WorkerPool(executor, workers, lambda: executor.shutdown(wait=False), (KilledWorker, CancelledError))


@contextmanager
def shielded() -> Iterator[None]:
    """What must not be broken off in the middle: ctrl+c comes a little later, and to processes started in it never."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _keep_quiet() -> None:
    """Dask's own reports of connections that close go nowhere."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)


def _nothing() -> None:
    """Nothing to stop: the work of this process ends with the call that does it."""
