"""Being told to stop while people play: a signal ends the command in order, as ctrl+c does, with a sentence.

The exit code is 128 and the number of the signal: 143 for SIGTERM, 129 for SIGHUP, which comes when a terminal closes.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import say
from crisis_sim.cli.machine import let_go

SIGNALS: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)  # SIGHUP is not everywhere


class ToldToStop(SystemExit):
    """A signal asks for the end."""


@contextmanager
def stopping() -> Iterator[None]:
    """End what is inside when a signal says so; one that comes while it ends is ignored."""
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    try:
        yield
    except ToldToStop:
        _farewell()
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    if not isinstance(sys.exception(), ToldToStop):  # the interpreter drops what is raised in a finaliser: not deaf
        raise ToldToStop(128 + number)


def _farewell() -> None:
    """Say what is safe, unless the terminal has gone."""
    try:
        sys.stdout.flush()
    except OSError:
        let_go(sys.stdout)
    tell(say("crisis-sim: told to stop"))
