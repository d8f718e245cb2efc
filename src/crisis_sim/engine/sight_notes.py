"""Notes and bookmarks as their own seats see them, and in the hotwash what the room has said."""

from __future__ import annotations

from functools import partial

from crisis_sim.engine.events import Bookmarked, NoteTaken
from crisis_sim.engine.keeping import unless_changed
from crisis_sim.engine.notes import standing
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.told import Told
from crisis_sim.engine.views import RoomNote


def notes_of(state: State, table: Table, *seats: str) -> tuple[str, ...]:
    """Notes that these seats took."""
    written = _written(state, table)
    found = standing(note for note in written if type(note) is NoteTaken)
    return tuple([f"{note.turn}: {note.text}" for note in found if note.seat in seats])


def room_notes(state: State, table: Table) -> tuple[RoomNote, ...]:
    """What the room has said, whoever typed it."""
    found = standing(note for note in _written(state, table) if type(note) is NoteTaken)
    return tuple(
        [
            RoomNote(seat=note.seat, number=note.number, about=note.about, of=note.of, text=note.text)
            for note in found
            if note.about is not None
        ]
    )


def bookmarks_of(state: State, table: Table) -> tuple[str, ...]:
    """Places in the log that the facilitator has marked."""
    written = _written(state, table)
    return tuple([f"{mark.turn}: {mark.label}" for mark in written if type(mark) is Bookmarked])


def _written(state: State, table: Table) -> list[NoteTaken | Bookmarked]:
    """Everything that anybody wrote down, in the order of play."""
    *before, last = state.story
    past = unless_changed(table, _written, before, partial(_written_before, table, before))
    return [*past, *_written_in(table, len(before), last)]


def _written_before(table: Table, turns: list[Told]) -> list[NoteTaken | Bookmarked]:
    """What was written down in the turns before the one at hand."""
    return [written for turn, told in enumerate(turns) for written in _written_in(table, turn, told)]


def _written_in(table: Table, turn: int, told: Told) -> list[NoteTaken | Bookmarked]:
    """What was written down in one turn."""
    return unless_changed(
        table,
        (_written, turn),
        told,
        lambda: [event for event in told if isinstance(event, (NoteTaken, Bookmarked))],
    )
