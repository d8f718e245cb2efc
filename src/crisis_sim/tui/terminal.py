"""Running an app at this terminal; a signal that stops it ends it cleanly and goes on to whoever takes it."""

from __future__ import annotations

import asyncio
import signal
from types import FrameType
from typing import Final, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

Result = TypeVar("Result")

STOP_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What tells a program to stop; SIGHUP is not everywhere."""
AGAIN_SECONDS: Final = 0.1
"""Seconds after which an app that was told to stop is told once more: one that only begins hears nothing yet."""


def at_terminal(app: App[Result]) -> Result | None:
    """Run an app to its end; a signal that ended it is raised again once the terminal is restored."""
    stopped: list[int] = []
    shown = _run(app, stopped)
    result = asyncio.run(shown)
    if stopped:
        signal.raise_signal(stopped[0])
    return result


async def _run(app: App[Result], stopped: list[int]) -> Result | None:
    loop = asyncio.get_running_loop()

    def leave() -> None:
        app.exit()
        loop.call_later(AGAIN_SECONDS, leave)

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        loop.call_soon_threadsafe(leave)

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        return await app.run_async()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def fault_of(exception: Exception | None) -> Exception | None:
    """What went wrong, where it did in a worker of the app."""
    failed = exception.error if isinstance(exception, WorkerFailed) else exception
    return failed if isinstance(failed, Exception) else exception
