"""Notes: what seats write down for themselves during play, and what the room says in the hotwash.

A note of the room is about something and open to all; it can be taken only when everything else is open too. What a
team notes of a talk is its own until then, and stays from then on as it is. An event is never edited: a note that
stands in place of an earlier one says which, and here the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES
from crisis_sim.text import clean

LONGEST_NOTE = 2_000
"""Characters in a note."""


class Note(NamedTuple):
    """A note as it stands."""

    seat: a.SeatName
    number: int
    """Place among those that the seat has taken, from 1; it keeps that when others are struck out."""
    turn: int
    text: str
    about: a.Topic | None
    of: str
    """What it is about, as in TakeNote."""


def notes(state: State) -> tuple[Note, ...]:
    """Everything that has been noted and not struck out, in the order in which it was first taken."""
    return current_notes(note_events(state))


def note_events(state: State) -> Iterator[e.NoteTaken]:
    """Every note as it was written, those since changed or struck out included."""
    return (event for event in state.notes if type(event) is e.NoteTaken)


def current_notes(events: Iterable[e.NoteTaken]) -> tuple[Note, ...]:
    """The notes that stand after all of `events`."""
    current: dict[tuple[a.SeatName, int], Note] = {}
    counts: dict[a.SeatName, int] = {}
    for event in events:
        if event.replaces is None:
            number = counts[event.seat] = counts.get(event.seat, 0) + 1
            current[event.seat, number] = Note(event.seat, number, event.turn, event.text, event.about, event.of)
        elif (previous := current.get((event.seat, event.replaces))) is not None:
            current[event.seat, event.replaces] = previous._replace(text=event.text)
    return tuple([note for note in current.values() if note.text])


def decide_note(recorder: EventRecorder, seat: a.SeatName, action: a.TakeNote) -> None:
    """Write down a note of any seat, or put it in place of one. Raises ActionRefused."""
    about, topic_id = action.about, action.of
    is_open = recorder.state.phase in {"hotwash", "closed"}
    if action.replaces is not None:
        previous = next((n for n in notes(recorder.state) if (n.seat, n.number) == (seat, action.replaces)), None)
        if previous is None:
            raise ActionRefused("note/unknown")
        about, topic_id = previous.about, previous.of
    elif about is not None or topic_id:
        _check_topic(recorder, seat, about, topic_id, is_open=is_open)
    if about == "talk" and is_open:
        raise ActionRefused("note/opened")
    words = clean(action.text, lines=True).strip()
    if len(words) > LONGEST_NOTE or not (words or action.replaces):
        raise ActionRefused("note/text", most=LONGEST_NOTE)
    own: e.Visible = seat if seat in ("us", "china") else "facilitator"
    visible: e.Visible = "everyone" if about and about != "talk" else own
    turn = recorder.state.turn
    recorder.tell(e.NoteTaken(seat, words, turn, about=about, of=topic_id, replaces=action.replaces, visible=visible))


def _check_topic(
    recorder: EventRecorder, seat: a.SeatName, about: a.Topic | None, topic_id: str, *, is_open: bool
) -> None:
    """A note of the room is about something there is, when all is open; a team's change is its own, as is its talk."""
    if about == "talk" and seat not in SIDES:
        raise ActionRefused("seat/team")
    if about != "talk" and not is_open:
        raise ActionRefused("note/early")
    if not _is_there(recorder, about, topic_id):
        raise ActionRefused("note/about")
    if about == "change" and seat not in {"facilitator", topic_id}:
        raise ActionRefused("note/seat")


def _is_there(recorder: EventRecorder, about: a.Topic | None, topic_id: str) -> bool:
    match about:
        case "act":
            return topic_id in {f"{side}/{turn}/{place}" for side, turn, place in recorder.state.acts}
        case "question":
            return topic_id in {str(place) for place, _ in enumerate(recorder.table.scenario.hotwash, 1)}
        case "change":
            return topic_id in a.SEATS
        case "session":
            return not topic_id
        case "talk":
            return topic_id in {str(number) for number, _ in enumerate(recorder.state.exchanges, 1)}
        case None:
            return False
