"""Something done every few seconds beside the session, in a thread of its own, as long as a door is open."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Final

EVERY: Final = 3.0
"""Seconds; after a crash the turn's clock gives back no more than these and what the machine was late."""


class Heartbeat:
    """Calls `beat` at once and every few seconds until it is left."""

    def __init__(self, beat: Callable[[], object], every: float = EVERY) -> None:
        """`beat` is called from another thread, and does not raise."""
        self._beat = beat
        self._every = every
        self._over = Event()
        self._thread = Thread(target=self._go, name="heartbeat", daemon=True)

    def _go(self) -> None:
        self._beat()
        while not self._over.wait(self._every):
            self._beat()

    def __enter__(self) -> Heartbeat:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No beat comes after this."""
        self._over.set()
        self._thread.join()
