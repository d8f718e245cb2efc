"""Running an app at this terminal, which is left as it was found, also when a signal ends the app."""

from __future__ import annotations

import asyncio
import os
import signal
from types import FrameType
from typing import Final, TypeVar

from textual.app import App

Result = TypeVar("Result")

SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What tells a program to stop; SIGHUP is not everywhere."""


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
        if not os.isatty(1):
            _write_nowhere()  # at once: a signal to go on follows, for which the driver writes to the terminal again
        loop.call_soon_threadsafe(app.exit)

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        return await app.run_async()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write_nowhere() -> None:
    """The terminal has gone: what is written to it would be waited for in vain."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
