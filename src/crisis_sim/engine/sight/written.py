"""Notes and bookmarks as their own seats see them, and in the hotwash what the room has said."""

from __future__ import annotations

from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.events import Bookmarked
from crisis_sim.engine.sight.hotwash_facts import RoomNote
from crisis_sim.engine.sight.views import NoteFacts
from crisis_sim.engine.state import State


def notes_of(state: State, *seats: str) -> tuple[NoteFacts, ...]:
    """Notes that these seats took."""
    return tuple([NoteFacts(turn=note.turn, text=note.text) for note in notes(state) if note.seat in seats])


def room_notes(state: State) -> tuple[RoomNote, ...]:
    """What the room has said, whoever typed it."""
    return tuple(
        [
            RoomNote(seat=note.seat, number=note.number, about=note.about, of=note.of, text=note.text)
            for note in notes(state)
            if note.about is not None
        ]
    )


def bookmarks_of(state: State) -> tuple[NoteFacts, ...]:
    """Places in the log that the facilitator has marked."""
    told = (event for event in state.written if type(event) is Bookmarked)
    return tuple([NoteFacts(turn=mark.turn, text=mark.label) for mark in told])
