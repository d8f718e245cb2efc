"""Work in a process of its own, under limits: it has so much memory, and is killed when its time is up.

What the work writes comes back piece by piece, so that a long answer takes no memory here. Nothing that the work does,
not even an endless loop in native code, can keep this process from going on.
"""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from time import monotonic
from traceback import format_exception
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, TextIO, TypeVar

from crisis_sim.errors import CrisisSimError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Request = TypeVar("Request")

HEADROOM: Final = 1536 * 1024**2
"""Bytes of addresses that Python, the database's code and the stacks of its threads take up, mostly unused."""
_PIECE: Final = 1 << 16
"""Bytes that come back at once."""


class TimeUp(Exception):
    """The work was killed at its end of time."""


class Died(Exception):
    """The process ended by itself in the middle of its work: most likely it had no more memory."""


class Confined(Generic[Request]):
    """A process that does `work` for each request, one after another; leaving the context ends it at once."""

    def __init__(self, work: Callable[[Request, TextIO], None], memory: int) -> None:
        """`work` writes its answer, and may raise CrisisSimError; it may have so many bytes of `memory`."""
        self._work = work
        self._memory = memory

    def __enter__(self) -> Confined[Request]:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_served, args=(theirs, self._work, self._memory), daemon=True)
        self._process.start()
        theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()

    def answer(self, request: Request, seconds: float) -> Iterator[bytes]:
        """What the work writes for a request, as it comes. Raises CrisisSimError as the work does, TimeUp and Died."""
        end = monotonic() + seconds
        try:
            self._connection.send(request)
            while True:
                if not self._connection.poll(max(0.0, end - monotonic())):
                    raise TimeUp
                found = self._connection.recv()
                if isinstance(found, Exception):
                    raise found
                if found is None:
                    return
                yield found
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise Died from None


def _served(connection: Connection, work: Callable[[Request, TextIO], None], memory: int) -> None:
    """The life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _limit(memory + HEADROOM)
    with suppress(EOFError, OSError):  # nobody waits for an answer
        while True:
            connection.send(_outcome(connection.recv(), work, connection))


def _outcome(request: Request, work: Callable[[Request, TextIO], None], connection: Connection) -> Exception | None:
    """What the work ended with; None if all is written."""
    try:
        with io.TextIOWrapper(
            io.BufferedWriter(_Pieces(connection), _PIECE), encoding="utf-8", errors="replace", newline=""
        ) as out:
            work(request, out)
    except CrisisSimError as error:
        return error
    except Exception as error:  # noqa: BLE001 - a fault of ours is told where people see it
        return RuntimeError("".join(format_exception(error)))
    return None


class _Pieces(io.RawIOBase):
    """Hands on what is written, in pieces."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        piece = bytes(memoryview(data)[:_PIECE])
        self._connection.send(piece)
        return len(piece)


def _end_with_parent() -> None:
    """Whatever the work is at: nobody is there for it any more."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)


def _limit(memory: int) -> None:
    """So many bytes of addresses, where a system has such a limit; no dump of what is in them where it is passed."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
