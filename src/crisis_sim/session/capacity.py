"""How full a log is, and what is still taken into one that is nearly as long as can be read.

A log that has grown past what is read would be refused to those who wrote it. So it is told in time, and while there is
still room only what leads to the close, or back to a shorter log, goes in.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import Advance, AnyAction, RollBack, Unpause
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.session import disk

WARNED: Final = 50
"""Percent from which on the facilitator is told."""
REFUSED: Final = 75
"""Percent from which on only the facilitator's way to the close goes in."""


def fullness(size: int) -> int:
    """How full a log of so many bytes is, in percent of what is read."""
    return size * 100 // disk.LARGEST


def check_act(size: int, action: AnyAction) -> None:
    """Raise ActionRefused where a log of so many bytes has room for the close alone, and `action` is no step to it."""
    if fullness(size) >= REFUSED and not isinstance(action, Advance | Unpause | RollBack):
        raise ActionRefused(
            "log/full",
            "the log is nearly as long as can be read again",
            hint="let the facilitator go on to the close, or roll back",
        )


def check_size(size: int, name: str) -> None:
    """Raise StorageFailed where a log would have so many bytes that it could not be read again."""
    if size > disk.LARGEST:
        raise StorageFailed(
            "storage/longest",
            f"the act does not count: {name} would be longer than can be read again",
            hint="`crisis-sim branch` goes on from an earlier turn",
        )
