"""What many kinds of event do to a state alike: one thing more in a list or a table of it, or some there changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from msgspec.structs import replace

from crisis_sim.engine.state import State

T = TypeVar("T")
StateAfter: TypeAlias = Callable[[State, Any], State]  # Any: each kind of event has its own
ChangedFields: TypeAlias = Mapping[str, Any]  # Any: fields of whatever is changed


def append_case(part: str, make_item: Callable[[State, Any], object]) -> StateAfter:  # Any: as above
    """What is made of an event stands at the end of a list."""
    return lambda state, event: replace(state, **{part: (*getattr(state, part), make_item(state, event))})


def set_key_case(part: str, entry: Callable[[State, Any], tuple[object, object]]) -> StateAfter:  # Any: as above
    """A table has one entry more, or another in its place."""
    return lambda state, event: replace(state, **{part: {**getattr(state, part), **dict([entry(state, event)])}})


def change_items_case(
    part: str, is_affected: Callable[[Any, Any], bool], into: Callable[[State, Any], ChangedFields]
) -> StateAfter:
    """Those of a list that an event is about are changed."""

    def case(state: State, event: Any) -> State:  # Any: as above
        items = change_items(getattr(state, part), lambda item: is_affected(item, event), **into(state, event))
        return replace(state, **{part: items})

    return case


def change_item_case(part: str, number: str, into: Callable[[Any, Any], ChangedFields]) -> StateAfter:
    """The one of a list is changed whose place from 1 an event has as its `number`."""

    def case(state: State, event: Any) -> State:  # Any: as above
        items, index = list(getattr(state, part)), getattr(event, number) - 1
        if 0 <= index < len(items):
            items[index] = replace(items[index], **into(items[index], event))
        return replace(state, **{part: tuple(items)})

    return case


def change_items(
    items: Iterable[T], is_affected: Callable[[T], bool], **to: Any
) -> tuple[T, ...]:  # Any: fields of an item
    """The items, with some of them changed."""
    return tuple([replace(item, **to) if is_affected(item) else item for item in items])  # type: ignore[type-var]  # structs


def remove_key(table: Mapping[Any, T], name: object) -> dict[Any, T]:  # Any: each table has its own names
    """A table without one entry."""
    return {key: value for key, value in table.items() if key != name}
