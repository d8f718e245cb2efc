"""A hosted exercise run from its own terminal by lines of text: it works beside, and its console has joined it.

So whoever types never holds up those who have joined, and nothing of the session is reached from two threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Final

from crisis_sim.cli.join import by_lines, met
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.mirror import SeatMirror

LOOKS: Final = 0.2
"""Seconds between two looks whether the host could not open at all."""


def run_by_lines(
    host: Callable[[], Awaitable[None]], is_open: Event, seat: Callable[[], tuple[RoomAddress, str]]
) -> int:
    """Run `host` until its console is left or the exercise is over; returns the exit code, raises what `host` does.

    Once the host `is_open`, `seat` says where whoever runs it sits, and with which code.
    """
    beside = _Beside(host)
    beside.start()
    try:
        while beside.is_alive() and not is_open.wait(LOOKS):
            pass
        if not is_open.is_set():
            return 0
        address, code = seat()
        return by_lines(met(address, SeatMirror(code=code)), has_ended=beside.has_ended.is_set)
    finally:
        beside.end()


class _Beside(Thread):
    """What hosts, in a loop of its own."""

    def __init__(self, host: Callable[[], Awaitable[None]]) -> None:
        super().__init__(name="host", daemon=True)
        self._host = host
        self._fault: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._left = asyncio.Event()
        self.has_ended = Event()
        """Set before the lines are cut, so that a console that misses its line knows why."""

    def run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._until_left())
        except Exception as fault:  # noqa: BLE001 - raised where it is waited for
            self._fault = fault

    async def _until_left(self) -> None:
        hosting, left = asyncio.ensure_future(self._host()), asyncio.ensure_future(self._left.wait())
        await asyncio.wait({hosting, left}, return_when="FIRST_COMPLETED")
        self.has_ended.set()
        if hosting.done():
            hosting.result()

    def end(self) -> None:
        """Have done with it; raises what it ended by."""
        with suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(self._left.set)
        self.join()
        if self._fault is not None:
            raise self._fault
