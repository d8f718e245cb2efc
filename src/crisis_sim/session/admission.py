"""Actions as they may be logged: text made inert, every field of its declared type, done once, while there is room.

Doors and remote rooms hand in whatever they were given; past this module an action can be written and read back.
Whoever did not hear whether an act counted sends it again under the same `ref`; it is answered and not done again, by a
resumed session too. A log that has grown past what is read would be refused to those who wrote it: so it is told in
time, and while there is still room only what leads to the close, or back to a shorter log, goes in. A seat's notes are
counted here and not where they are judged: a log that was written before there was such a limit is judged as it was.
The same holds of the card that people agree to before their first act: which one it is stands in the log's header, its
words with it where they are a facilitator's own, and it is asked of people alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import blake2b
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct, UnsetType
from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import asked_by_no_seat
from crisis_sim.engine.acts.notes import note_events
from crisis_sim.engine.acts.options import LONGEST_NAME
from crisis_sim.engine.state import State
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.rules.names import SIDES
from crisis_sim.session import disk
from crisis_sim.session.record import Entry, Header
from crisis_sim.text import clean

BotSeats: TypeAlias = Mapping[a.SeatName, Collection[str]]
"""By seat, the bots that whoever plays the session can seat there again."""

LONGEST_LIST: Final = 100
"""Items in one list of an action; no list that the game asks for comes near it."""

_MANY_LINES: Final = frozenset({"text", "text_china"})
"""Fields whose line breaks stay."""

_encoder = msgspec.json.Encoder()
_actions = msgspec.json.Decoder(a.AnyAction)


def admitted(action: a.AnyAction) -> a.AnyAction:
    """`action` with its text cleaned. Raises ActionRefused where a text is too long or a field not of its type."""
    if isinstance(action, a.ShortenLog):
        raise asked_by_no_seat()
    cleaned = _cleaned(action, "")
    try:
        checked: a.AnyAction = _actions.decode(_encoder.encode(cleaned))
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        kind, field = _wrong(str(error))
        raise ActionRefused("action/malformed", error=kind, field=field or type(action).__name__) from None
    return checked


_WRONG: Final = (
    ("missing", re.compile(r"missing required field `(?P<field>[^`]*)`")),
    ("unknown", re.compile(r"unknown field `(?P<field>[^`]*)`")),
    ("type", re.compile(r"^Expected `[^`]*`, got `[^`]*`(?: - at `\$\.?(?P<field>[^`]*)`)?")),
    ("value", re.compile(r"(?: - at `\$\.?(?P<field>[^`]*)`)?$")),
)
"""What the decoder may say, and the field that it says it of; the last is whatever else is wrong with a value."""


def _wrong(error_text: str) -> tuple[str, str]:
    """What is wrong with an action by the words of the decoder, and where."""
    matches = ((kind, words.search(error_text)) for kind, words in _WRONG)
    return next((kind, match["field"] or "") for kind, match in matches if match is not None)


def check_seat(seat: a.SeatName, action: a.TakeSeat, bots: BotSeats) -> None:
    """Refuse an occupant that nobody could seat again when the session is resumed. Raises ActionRefused."""
    if action.occupant == "person":
        if action.policy is not None:
            raise ActionRefused("seat/person")
        return
    policies = bots.get(seat, ())
    if action.policy not in policies:
        raise ActionRefused("seat/bot", policy=(action.policy or "")[:LONGEST_NAME], names=tuple(policies))


def _cleaned(value: Any, field: str) -> Any:
    """`value` with every text in it cleaned; the same object where nothing changes."""
    if isinstance(value, str):
        if len(value) > a.LONGEST_TEXT:
            raise ActionRefused("action/too-long", field=field, count=len(value), most=a.LONGEST_TEXT)
        return clean(value, lines=field in _MANY_LINES)
    if isinstance(value, tuple):
        if len(value) > LONGEST_LIST:
            raise ActionRefused("action/too-many", field=field, count=len(value), most=LONGEST_LIST)
        return tuple(_cleaned(item, field) for item in value)
    if isinstance(value, Struct):
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:
            old_value = getattr(value, name)
            new_value = _cleaned(old_value, name)
            if new_value is not old_value:
                changes[name] = new_value
        return msgspec.structs.replace(value, **changes) if changes else value
    return value


WARNED: Final = 50
"""Percent from which on the facilitator is told."""
REFUSED: Final = 75
"""Percent from which on only the facilitator's way to the close goes in."""
MOST_NOTES: Final[Mapping[a.SeatName, int]] = {"facilitator": 1_000, "us": 200, "china": 200, "observer": 50}
"""Notes that a seat may write in a session; a changed or struck out one counts again, since the log keeps each."""


def fullness(size: int) -> int:
    """How full a log of so many bytes is, in percent of what is read."""
    return size * 100 // disk.LARGEST


def check_act(size: int, state: State, seat: a.SeatName, action: a.AnyAction) -> None:
    """Raise ActionRefused for all but a step to the close where a log of so many bytes has room for no more, and for a
    note too many of `seat`.
    """
    if fullness(size) >= REFUSED and not isinstance(action, a.Advance | a.Unpause | a.RollBack):
        raise ActionRefused("log/full")
    limit = MOST_NOTES[seat]
    if isinstance(action, a.TakeNote) and sum(note.seat == seat for note in note_events(state)) >= limit:
        raise ActionRefused("note/many", most=limit)


def check_size(size: int, name: str) -> None:
    """Raise StorageFailed where a log would have so many bytes that it could not be read again."""
    if size > disk.LARGEST:
        raise StorageFailed(
            "storage/longest",
            "the act does not count: {name} would be longer than can be read again",
            hint="`crisis-sim branch` goes on from an earlier turn",
            name=name,
        )


_FORM: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Submits:
    """The named submits of a session; one seat's `ref` says nothing of another's.

    Of each no more is kept than where it stands in the log, which is read again when somebody asks twice.
    """

    def __init__(self, entries: Iterable[Entry], entry: Callable[[int], Entry]) -> None:
        """Those of a log; `entry` reads one of a number back."""
        self._entry = entry
        self._done = {_name(item.seat, item.ref): item.seq for item in entries if not isinstance(item.ref, UnsetType)}

    def keep(self, entry: Entry, ref: str | None) -> None:
        """`entry` is what the submit named `ref` led to."""
        if ref is not None:
            self._done[_name(entry.seat, ref)] = entry.seq

    def find_entry(self, seat: a.SeatName, ref: str, action: a.AnyAction) -> Entry | None:
        """The entry of this submit, if it was done.

        Raises ActionRefused where its name is another act's, or none; StorageFailed where the log cannot be read.
        """
        if _FORM.fullmatch(ref) is None:
            raise ActionRefused("ref/malformed")
        seq = self._done.get(_name(seat, ref))
        if seq is None:
            return None
        entry = self._entry(seq)
        if _complete_action(action, entry) != entry.action:
            raise ActionRefused("ref/other-act")
        return entry


def _name(seat: a.SeatName, ref: str) -> bytes:
    """Seat and name of a submit, in as little as tells any two apart."""
    return blake2b(f"{seat} {ref}".encode(), digest_size=16).digest()


def _complete_action(action: a.AnyAction, entry: Entry) -> a.AnyAction:
    """`action` with what the session adds: the id of a branch, where none was asked for."""
    if isinstance(action, a.RollBack) and isinstance(entry.action, a.RollBack) and not action.child:
        return replace(action, child=entry.action.child)
    return action


OPTION: Final = "consent"
"""What it is called among the options of a header."""


def consent_of(header: Header) -> str | None:
    """The words of a session's card; empty for those that ship, None where nobody is asked."""
    words = header.options.get(OPTION)
    return words if isinstance(words, str) else None


def check_agreed(words: str | None, state: State, seat: a.SeatName, action: a.AnyAction) -> None:
    """Refuse what a team asks for, people of which have not agreed. Raises ActionRefused."""
    if words is None or seat not in SIDES or seat in state.agreed or isinstance(action, a.AgreeToCard | a.TakeSeat):
        return
    occupant, _policy = state.seats.get(seat, ("person", None))
    if occupant == "person":
        raise ActionRefused("consent/first")
