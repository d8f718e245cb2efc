"""Text at a reading pace: Enter goes on at once, q stops. Where nobody watches, nothing waits."""

from __future__ import annotations

import sys
import time
from typing import Final

from crisis_sim.text import clean, wrapped

WIDTH: Final = 78
A_WORD: Final = 0.2
"""Seconds that a word is left on the screen before the next paragraph."""


class Stopped(Exception):
    """Whoever watches has seen enough."""


class Pace:
    """Writes paragraphs and waits as long as they take to read."""

    def __init__(self, *, fast: bool) -> None:
        """With `fast`, or where standard output is no terminal, nothing waits."""
        self._waits = not fast and sys.stdout.isatty()
        self._keys = self._waits and sys.stdin.isatty()

    @property
    def takes_keys(self) -> bool:
        """Enter and q are understood."""
        return self._keys

    def tell(self, text: str = "", *, indent: int = 0) -> None:
        """Write a paragraph and wait. Raises Stopped."""
        for line in wrapped(clean(text, lines=True), WIDTH - indent):
            sys.stdout.write((" " * indent + line).rstrip() + "\n")
        sys.stdout.flush()
        if self._waits:
            self._wait(len(text.split()) * A_WORD)

    def _wait(self, seconds: float) -> None:
        if not self._keys:
            time.sleep(seconds)
            return
        typed = _line_within(seconds)
        if typed is not None and typed.strip().lower() in ("q", "quit"):
            raise Stopped


def _line_within(seconds: float) -> str | None:
    """The line that is typed within a time; None if none is. Where a terminal cannot be asked, only time passes."""
    import select

    try:
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
    except (OSError, ValueError):
        time.sleep(seconds)
        return None
    return sys.stdin.readline() if ready else None
