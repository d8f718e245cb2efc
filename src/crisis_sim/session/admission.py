"""Actions as they may be logged: text made inert, every field of the type it is declared to be.

Doors and remote rooms hand in whatever they were given; past this module an action can be written and read back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import Struct

from crisis_sim.engine.actions import LONGEST_TEXT, AnyAction, Seat, ShortenLog, TakeSeat
from crisis_sim.engine.acts.decide import asked_by_no_seat
from crisis_sim.engine.acts.options import LONGEST_NAME
from crisis_sim.errors import ActionRefused
from crisis_sim.text import clean

Bots: TypeAlias = Mapping[Seat, Collection[str]]
"""By seat, the bots that whoever plays the session can seat there again."""

LONGEST_LIST: Final = 100
"""Items in one list of an action; no list that the game asks for comes near it."""

_MANY_LINES: Final = frozenset({"text", "text_china"})
"""Fields whose line breaks stay."""

_encoder = msgspec.json.Encoder()
_actions = msgspec.json.Decoder(AnyAction)


def admitted(action: AnyAction) -> AnyAction:
    """`action` with its text cleaned. Raises ActionRefused where a text is too long or a field not of its type."""
    if isinstance(action, ShortenLog):
        raise asked_by_no_seat()
    cleaned = _cleaned(action, "")
    try:
        checked: AnyAction = _actions.decode(_encoder.encode(cleaned))
    except (msgspec.MsgspecError, TypeError, ValueError, RecursionError) as error:
        raise ActionRefused("action/malformed", error=str(error)) from None
    return checked


def check_seat(seat: Seat, action: TakeSeat, bots: Bots) -> None:
    """Refuse an occupant that nobody could seat again when the session is resumed. Raises ActionRefused."""
    if action.occupant == "person":
        if action.policy is not None:
            raise ActionRefused("seat/person")
        return
    known = bots.get(seat, ())
    if action.policy not in known:
        raise ActionRefused("seat/bot", policy=(action.policy or "")[:LONGEST_NAME], names=tuple(known))


def _cleaned(value: Any, field: str) -> Any:
    """`value` with every text in it cleaned; the same object where nothing changes."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise ActionRefused("action/too-long", field=field, count=len(value), most=LONGEST_TEXT)
        return clean(value, lines=field in _MANY_LINES)
    if isinstance(value, tuple):
        if len(value) > LONGEST_LIST:
            raise ActionRefused("action/too-many", field=field, count=len(value), most=LONGEST_LIST)
        return tuple(_cleaned(item, field) for item in value)
    if isinstance(value, Struct):
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:
            before = getattr(value, name)
            after = _cleaned(before, name)
            if after is not before:
                changes[name] = after
        return msgspec.structs.replace(value, **changes) if changes else value
    return value
