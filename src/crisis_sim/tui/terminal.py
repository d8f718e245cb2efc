"""Running an app at this terminal, which is left as it was found, also when a signal ends the app.

Starting makes very many objects that stay; once the first screen is there they are left out of every search for
garbage. Somebody would wait for a search at some key: it comes when the key before has been followed, and by itself
only where nobody presses any. So a closed screen is gone for good, and is looked for soon: each is some thousands of
objects.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from contextlib import suppress
from functools import lru_cache
from types import FrameType
from typing import Final, TypeVar

from textual._styles_cache import StylesCache
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.worker import WorkerFailed

Result = TypeVar("Result")

SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What tells a program to stop; SIGHUP is not everywhere."""

AGAIN: Final = 0.1
"""Seconds after which an app that was told to stop is told once more."""
STARTED: Final = 1.0
"""Seconds after which the first screen is there."""
MADE: Final = 2_000
"""Objects made beyond those gone before garbage is looked for behind a key; a millisecond or two."""
MOST: Final = 40_000
"""The same, before it is looked for wherever that may fall."""
SEARCHES: Final = 20
"""Searches among what is new before one among all that was made since the start."""

# Two colours are remembered for every widget that ever drew with them, and so a thousand widgets with all their lines.
_COLOURS = StylesCache.get_inner_outer.__wrapped__
StylesCache.get_inner_outer = classmethod(lru_cache(1024)(_COLOURS))  # type: ignore[method-assign,assignment,arg-type]  # as meant


def at_terminal(app: App[Result]) -> Result | None:
    """Run an app to its end; a signal that ended it goes on to whoever takes it here, once the terminal is restored."""
    told: list[int] = []
    shown = _shown(app, told)
    result = asyncio.run(shown)
    if told:
        signal.raise_signal(told[0])
    return result


async def _shown(app: App[Result], told: list[int]) -> Result | None:
    loop = asyncio.get_running_loop()

    def stop(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        _go_on_no_more()
        if not os.isatty(1):
            _write_nowhere()
        loop.call_soon_threadsafe(leave)

    def leave() -> None:
        app.exit()
        loop.call_later(AGAIN, leave)  # an app that is only beginning hears nothing yet

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    made = gc.get_threshold()
    started = loop.call_later(STARTED, _leave_out_what_is_there)
    try:
        return await app.run_async()
    finally:
        if told:
            _stop_reading(app)
        started.cancel()
        gc.set_threshold(*made)
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave_out_what_is_there() -> None:
    gc.freeze()
    gc.set_threshold(MOST, SEARCHES, SEARCHES)


def search_behind_a_key() -> None:
    """Look for garbage at a moment at which nobody waits, where an app runs at this terminal."""
    made, _, searches = gc.get_count()
    if made > MADE and gc.get_threshold()[0] == MOST:
        gc.collect(2 if searches >= SEARCHES else 1)


def _write(writer: WriterThread) -> None:
    """Write what is given, and go on taking it when the terminal has gone: the app waits for room to give more."""
    for text in iter(writer._queue.get, None):
        with suppress(OSError):
            writer._file.write(text)
            if writer._queue.empty():
                writer._file.flush()
    with suppress(OSError):
        writer._file.flush()


WriterThread.run = _write  # type: ignore[method-assign,assignment]  # as meant


def _stop_reading(app: App[Result]) -> None:
    """End the threads that read and write the terminal: an app that was told to stop as it began leaves them behind."""
    _go_on_no_more()
    if (driver := app._driver) is not None:
        with suppress(OSError):
            driver.disable_input()
            driver.close()


def _go_on_no_more() -> None:
    """Hear no signal to go on: one follows when a terminal goes, and the driver would begin anew at it."""
    if hasattr(signal, "SIGCONT"):
        signal.signal(signal.SIGCONT, signal.SIG_IGN)


def _write_nowhere() -> None:
    """The terminal has gone: what is written to it would be waited for in vain."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)


def fault_of(exception: Exception | None) -> Exception | None:
    """What went wrong, where it did in a worker of the app."""
    failed = exception.error if isinstance(exception, WorkerFailed) else exception
    return failed if isinstance(failed, Exception) else exception
