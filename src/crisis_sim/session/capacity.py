"""How full a log is, and what is still taken into one that is nearly as long as can be read.

A log that has grown past what is read would be refused to those who wrote it. So it is told in time, and while there is
still room only what leads to the close, or back to a shorter log, goes in. A seat's notes are counted here and not
where they are judged: a log that was written before there was such a limit is judged as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine.actions import Advance, AnyAction, RollBack, Seat, TakeNote, Unpause
from crisis_sim.engine.acts.notes import written
from crisis_sim.engine.state import State
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.session import disk

WARNED: Final = 50
"""Percent from which on the facilitator is told."""
REFUSED: Final = 75
"""Percent from which on only the facilitator's way to the close goes in."""
MOST_NOTES: Final[Mapping[Seat, int]] = {"facilitator": 1_000, "us": 200, "china": 200, "observer": 50}
"""Notes that a seat may write in a session; a changed or struck out one counts again, since the log keeps each."""


def fullness(size: int) -> int:
    """How full a log of so many bytes is, in percent of what is read."""
    return size * 100 // disk.LARGEST


def check_act(size: int, state: State, seat: Seat, action: AnyAction) -> None:
    """Raise ActionRefused for all but a step to the close where a log of so many bytes has room for no more, and for a
    note too many of `seat`.
    """
    if fullness(size) >= REFUSED and not isinstance(action, Advance | Unpause | RollBack):
        raise ActionRefused("log/full")
    most = MOST_NOTES[seat]
    if isinstance(action, TakeNote) and sum(note.seat == seat for note in written(state)) >= most:
        raise ActionRefused("note/many", most=most)


def check_size(size: int, name: str) -> None:
    """Raise StorageFailed where a log would have so many bytes that it could not be read again."""
    if size > disk.LARGEST:
        raise StorageFailed(
            "storage/longest",
            "the act does not count: {name} would be longer than can be read again",
            hint="`crisis-sim branch` goes on from an earlier turn",
            name=name,
        )
