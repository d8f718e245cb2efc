"""What keeps a process small that does nothing for hours but serve lines."""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from ctypes import CDLL
from typing import Final

SOON: Final = 0.5
"""Seconds after a line was closed, and those that are closed meanwhile."""


def settle_memory() -> LeftBehind:
    """Look no more at all that has been loaded, and often at what has come since: a closed line leaves rings behind.

    What only loading took goes back to the system, so that what is kept later shows as memory.
    """
    gc.collect()
    gc.freeze()
    gc.collect()  # counts what there is anew: else a quarter of what is frozen had to pile up before all is looked at
    gc.set_threshold(2_000, 3, 3)
    with suppress(OSError, AttributeError, TypeError):  # where there is no glibc, it stays what the start took
        CDLL(None).malloc_trim(0)
    return LeftBehind()


class LeftBehind:
    """Rings that closed lines leave behind, which go soon: what piles up between two looks is memory for good."""

    def __init__(self) -> None:
        self._is_due = False

    def look_soon(self) -> None:
        """A line is closed."""
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(SOON, self._look)

    def _look(self) -> None:
        self._is_due = False
        gc.collect()
