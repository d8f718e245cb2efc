"""The value of a YAML file in which nothing is out of the ordinary, in one pass that keeps no place.

Nearly all files are such, and of most nobody asks where anything stands in them. What is not plainly allowed is refused
without a word: `yamlfile` then reads the file with every place, and says what is wrong if anything is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from crisis_sim.content.scalars import MAY_BE_MORE, Uncountable, plain
from crisis_sim.text import clean, composed, foul

DEPTH: Final = 40
"""How deep values may nest."""

NODES: Final = 50_000
"""The most values of one file, keys included."""

SCALAR: Final = 200_000
"""The most characters of one text."""

SLIPS: Final = (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError)
"""What parsers raise, their own slips too, as on an escape beyond Unicode."""


class OutOfTheOrdinary(Exception):
    """Something that is to be looked at with its place."""


def ordinary_value(parser: Callable[[str], Any], text: str) -> dict[Any, Any] | None:
    """The mapping that a file's text holds; None where anything in it is out of the ordinary."""
    try:
        return None if not needs_no_cleaning(text) else _Ordinary(parser(text).get_event).whole()
    except (OutOfTheOrdinary, Uncountable, *SLIPS):
        return None


def needs_no_cleaning(text: str) -> bool:
    """Whether a text without foul characters has no value, but for escapes, that would have to be cleaned."""
    return "\t" not in text and composed(text) == text


class _Ordinary:
    """One pass over the parser's events."""

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self._next = next_event
        self._left = NODES

    def whole(self) -> dict[Any, Any]:
        """The mapping of the file's one document."""
        _, _, first = self._next(), self._next(), self._next()
        value: dict[Any, Any] = self._below(first, 0)
        ends = self._next().__class__, self._next().__class__
        if first.__class__ is not MappingStartEvent or ends != (DocumentEndEvent, StreamEndEvent):
            raise OutOfTheOrdinary
        return value

    def _below(self, event: Any, depth: int) -> Any:
        if depth == DEPTH or event.__class__ not in (MappingStartEvent, SequenceStartEvent):
            raise OutOfTheOrdinary
        if event.anchor is not None or event.tag is not None:
            raise OutOfTheOrdinary
        value = self._mapping(depth + 1) if event.__class__ is MappingStartEvent else self._list(depth + 1)
        self._left -= 1 + (2 if value.__class__ is dict else 1) * len(value)
        if self._left < 0:
            raise OutOfTheOrdinary
        return value

    def _mapping(self, depth: int) -> dict[Any, Any]:
        value: dict[Any, Any] = {}
        next_event, is_scalar, others = self._next, ScalarEvent, 0
        event = next_event()
        while event.__class__ is is_scalar and len(value) < NODES:
            key = _scalar(event)
            others += key.__class__ is not str
            event = next_event()
            item = _scalar(event) if event.__class__ is is_scalar else self._below(event, depth)
            if key in value or key == "<<":
                raise OutOfTheOrdinary
            value[key] = item
            event = next_event()
        if event.__class__ is not MappingEndEvent or (others and not _are_keys(value)):
            raise OutOfTheOrdinary
        return value

    def _list(self, depth: int) -> list[Any]:
        value: list[Any] = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            value.append(_scalar(event) if event.__class__ is ScalarEvent else self._below(event, depth))
            if len(value) > NODES:
                raise OutOfTheOrdinary
        return value


def _are_keys(keys: Any) -> bool:
    """Whether all are texts and whole numbers, none written in two ways."""
    return all(key.__class__ in (str, int) for key in keys) and len(set(map(str, keys))) == len(keys)


def _scalar(event: Any) -> Any:
    value: str = event.value
    if event.anchor is not None or event.tag is not None or len(value) > SCALAR:
        raise OutOfTheOrdinary
    if event.implicit[0]:
        return plain(value) if value[:1] in MAY_BE_MORE else value
    if event.style == '"':
        if any(foul(value)):
            raise OutOfTheOrdinary
        return clean(value, lines=True)
    return value
