"""Running an app at this terminal; a signal that stops it ends it cleanly and goes on to whoever takes it."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
from types import FrameType
from typing import Final, TypeVar

from textual.app import App
from textual.driver import Driver
from textual.worker import WorkerFailed

Result = TypeVar("Result")

STOP_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))
"""What tells a program to stop; SIGHUP is not everywhere. The key ctrl+c comes as a key and not as SIGINT."""
AGAIN_SECONDS: Final = 0.1
"""Seconds after which an app that was told to stop is told once more: one that only begins hears nothing yet."""

LAST_SECONDS: Final = 5.0
"""Seconds after which a stopped program ends in any case: Textual's writer waits for ever at a terminal that has gone.

The log is on the disk by then, and what is half written as well.
"""


def at_terminal(app: App[Result]) -> Result | None:
    """Run an app to its end; a signal that ended it is raised again once the terminal is restored."""
    stopped: list[int] = []
    shown = _run(app, stopped)
    try:
        return asyncio.run(shown)
    finally:
        if stopped:  # an app that ends at a terminal that has gone may fail; that it was stopped is why
            signal.raise_signal(stopped[0])


def resuming_at_terminal(platform_driver: type[Driver]) -> type[Driver]:
    """The platform's driver; a signal to go on that comes once the terminal has gone resumes nothing.

    Resuming writes to the terminal, and where nothing takes what is written the next signal would find it waiting.
    """

    class TerminalDriver(platform_driver):  # type: ignore[misc, valid-type]  # the platform says which
        """Resumes only at a terminal."""

        def resume_application_mode(self) -> None:
            """Take the terminal again, if it is still there."""
            if os.isatty(0):
                super().resume_application_mode()

    return TerminalDriver


async def _run(app: App[Result], stopped: list[int]) -> Result | None:
    loop = asyncio.get_running_loop()

    def leave() -> None:
        app.exit()
        loop.call_later(AGAIN_SECONDS, leave)

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        last = threading.Timer(LAST_SECONDS, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        if not os.isatty(1):
            _write_nowhere()
        loop.call_soon_threadsafe(leave)

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    if hasattr(select, "poll") and os.isatty(0):
        threading.Thread(target=_raise_hang_up, daemon=True).start()
    try:
        return await app.run_async()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_hang_up() -> None:
    """Wait until the terminal has gone, and send this process the signal for it.

    The kernel sends it to the processes of the terminal's session alone: without it one that was started from elsewhere
    would read the end of its input over and over.
    """
    poll = select.poll()
    poll.register(0, 0)  # a hang-up is reported without being asked for
    poll.poll()
    os.kill(os.getpid(), signal.SIGHUP)


def _write_nowhere() -> None:
    """The terminal has gone: what is written to it would be waited for in vain, and a signal to go on follows it."""
    if hasattr(signal, "SIGCONT"):
        signal.signal(signal.SIGCONT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)


def fault_of(exception: Exception | None) -> Exception | None:
    """What went wrong, where it did in a worker of the app."""
    failed = exception.error if isinstance(exception, WorkerFailed) else exception
    return failed if isinstance(failed, Exception) else exception
