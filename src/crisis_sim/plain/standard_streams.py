"""Standard input and output as lines of text use them: a line at a time, and everything out of sight on demand."""

from __future__ import annotations

import os
import select
import sys
from typing import Final

LOOKS: Final = 1.0
"""Seconds after which a wait for input is broken off for a moment, to heed a signal that came just before it."""

_WIPE: Final = "\x1b[2J\x1b[3J\x1b[H"
"""Clear the screen and what can be scrolled back to."""


def read_line() -> str:
    """A line of standard input; what cannot be read, such as a folder, has ended."""
    try:
        _await_input()
        return sys.stdin.readline()
    except OSError:
        return ""


def _await_input() -> None:
    """Wait for a typed line. A read would miss a signal that comes just before it, until the next line."""
    if os.name == "posix" and sys.stdin.isatty():
        while not select.select([sys.stdin], [], [], LOOKS)[0]:
            pass  # between two waits the interpreter heeds signals


def written(text: str) -> None:
    """Write to standard output, at once."""
    sys.stdout.write(text)
    sys.stdout.flush()


def wiping() -> str:
    """What takes everything out of sight here: a clearing sequence, blank lines, or a page break."""
    if not sys.stdout.isatty():
        return "\f\n"
    if os.environ.get("TERM", "dumb") == "dumb":
        return "\n" * 200
    return _WIPE
