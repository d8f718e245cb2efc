"""When an exercise that nobody runs is closed: once its hotwash is open and everybody has been away for long enough."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.events import Phase

GRACE: Final = 120.0
"""Seconds in which a room that has lost its network, or is just coming back to a host, is waited for."""


class EmptyHouse:
    """Whether anybody is left to look at what was opened."""

    def __init__(self, grace: float = GRACE) -> None:
        self._grace = grace
        self._since: float | None = None

    def is_over(self, phase: Phase, *, anybody: bool, now: float) -> bool:
        """Whether nobody has been there during the hotwash for so long that nobody will be."""
        if phase != "hotwash" or anybody:
            self._since = None
            return False
        self._since = now if self._since is None else self._since
        return now - self._since >= self._grace
