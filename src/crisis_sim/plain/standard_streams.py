"""Standard input and output as lines of text use them: a line at a time, and everything out of sight on demand."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from socket import socket
from typing import Final

LOOKS: Final = 1.0
"""Seconds after which a wait for input is left for a moment, to heed a signal or whatever else has come up."""

_WIPE: Final = "\x1b[2J\x1b[3J\x1b[H"
"""Clear the screen and what can be scrolled back to."""


class BrokenOff(Exception):
    """Something else has come up while a line was waited for."""


def never() -> bool:
    """An answer to 'has something come up?' where nothing can."""
    return False


def read_line(breaks_off: Callable[[], bool], stirs: socket | None = None) -> str:
    """A line of standard input; what cannot be read, such as a folder, has ended.

    Raises BrokenOff once `breaks_off` while nobody has typed a line at a terminal; input from elsewhere is waited for.
    `stirs` is read from where it may have become so; else it is looked at now and then.
    """
    try:
        _await_input(breaks_off, stirs)
        return sys.stdin.readline()
    except OSError:
        return ""


def _await_input(breaks_off: Callable[[], bool], stirs: socket | None) -> None:
    """Wait for a typed line. A read would miss a signal that comes just before it, until the next line."""
    if os.name == "posix" and sys.stdin.isatty():
        waits = [sys.stdin, *([] if stirs is None else [stirs])]
        while sys.stdin not in (ready := select.select(waits, [], [], LOOKS)[0]):  # in between signals are heeded
            if stirs in ready and stirs is not None:
                stirs.recv(4_096)
            if breaks_off():
                raise BrokenOff


def write_text(text: str) -> None:
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
