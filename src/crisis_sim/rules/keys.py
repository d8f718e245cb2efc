"""One record a key: all that is said of a key of the rules' vocabulary, beside its field, its type and its docstring.

Where a key may stand, what it means, its words as it is asserted and as it is denied, what it may name, an example and
where it comes from are written once, at the field of the model that has it. Schema, hover, reference page, explanation,
lint and the random rules of the tests read them there. Nothing here knows any one key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    get_args,
    get_origin,
)

from msgspec import Struct
from pydantic import BeforeValidator, Field
from pydantic.config import JsonDict

from crisis_sim.rules.authored import Authored, AuthoredHours, AuthoredPoints, Factor, Share, field_types
from crisis_sim.rules.formula import Formula, ReadFrom
from crisis_sim.rules.move import Move

KeyValue = TypeVar("KeyValue")

Place: TypeAlias = Literal[
    "act", "delivery", "silence", "press", "readout", "breach", "due", "side", "turn", "watch", "crossing", "moment"
]
"""Where conditions and effects stand: in a rule, by the moment at which it is tried; in a line, a commitment or a track
that watches acts; in the crossing of a line; and at a moment of the session that belongs to no act."""

Loc: TypeAlias = tuple[str | int, ...]
"""Keys and places, one within the other."""

Phrases: TypeAlias = str | tuple[str, ...]
"""A phrase with places, or several of which the first is said that has a place for everything that is asked."""

CONTEXT: Final = "rules"
"""The gettext context of all words of the vocabulary."""

EVERYWHERE: Final[frozenset[Place]] = frozenset(get_args(Place))
AT_AN_ACT: Final[frozenset[Place]] = frozenset(("act", "delivery", "silence", "breach", "watch"))
"""Where there is an act at hand."""
CONSEQUENCE_PLACES: Final[frozenset[Place]] = EVERYWHERE - {"delivery", "press", "watch"}
"""Where something may follow that is not about how an act arrives or a line is pressed."""


class KeyFields(TypedDict, total=False):
    """What any record may say."""

    says: Phrases
    """Words in English, with `{key}`, `{range}` or the keys of what it takes as places; the catalogue has others."""
    denied: Phrases
    """Words where it is denied; without any, its bounds or its share in a hundred carry the denial."""
    once: tuple[Phrases, Phrases]
    """The same two, where the number is 1, or one act is enough."""
    words: Mapping[Any, str]
    """What fixed words are called in a phrase."""
    counted: Mapping[Any, str]
    """What one of a kind is called, where it can be counted."""
    meanings: Mapping[str, str]
    """What fixed words mean, for a hover, where they are this key's alone."""
    example: str
    """What may stand under it, as YAML on one line."""
    source: str
    """Where the idea comes from, if it is somebody's."""
    names: tuple[str, ...]
    """Kinds of thing that its value, or the id within its value, may name."""
    span: tuple[int, int]
    """The least and the most that the number can be, as a file writes it."""


class Key(Struct, frozen=True, kw_only=True, eq=False):
    """What is said of one key; of a key within another (`within` of `earlier`) mostly its words."""

    said: KeyFields
    where: frozenset[Place] = EVERYWHERE
    needed: bool = False
    """It is said even where it is as it would be anyway."""
    heeds: frozenset[str] | None = None
    """The keys of what it takes that count, if not all do."""
    sealed: bool = False
    """It reads what a team keeps to itself: how it read, what has built up with it, whom it trusts."""
    lowered: Callable[[Any, Any], Formula] | None = None
    """Of a condition: the formula of what is asked, by what lowers it."""
    fits: Callable[[str, Move, Any], bool] | None = None
    """Of a property that the catalogue knows: whether a move, by id, is what is asked."""
    of_act: Callable[[ReadFrom, Any], Formula] | None = None
    """Of a property that each act has for itself: the formula of what is asked."""

    def __call__(self, schema: JsonDict) -> None:
        """Add an example to the JSON schema of the field."""
        if example := self.said.get("example"):
            schema["examples"] = [example]

    @property
    def asks_of_act(self) -> bool:
        """It asks for the act at hand."""
        return "act" in self.where and "turn" not in self.where

    @property
    def names(self) -> tuple[str, ...]:
        """Kinds of thing that it may name."""
        return self.said.get("names", ())

    @property
    def words(self) -> Mapping[Any, str]:
        """What fixed words are called in a phrase."""
        return self.said.get("words", {})

    def phrases(self, denied: bool = False, number: object = None) -> tuple[str, ...]:
        """Its words, of which the first is said that has a place for everything that is asked."""
        phrase = (denied and self.said.get("denied")) or self.said.get("says", ())
        if number == 1 and "once" in self.said:
            phrase = self.said["once"][denied]
        return (phrase,) if isinstance(phrase, str) else phrase

    def sentences(self) -> Iterator[str]:
        """Everything that it can say, for the catalogue."""
        yield from (*self.phrases(), *self.phrases(denied=True), *self.phrases(number=1), *self.phrases(True, 1))
        yield from (*self.words.values(), *self.said.get("counted", {}).values())


def move_property(fits: Callable[[str, Move, KeyValue], bool], **fields: Unpack[KeyFields]) -> KeyValue | None:
    """A property of moves that the catalogue knows."""
    return record_at(Key(said=fields, fits=fits), None)


def act_property(lowered: Callable[[ReadFrom, KeyValue], Formula], **fields: Unpack[KeyFields]) -> KeyValue | None:
    """A property of moves that each act has for itself."""
    return record_at(Key(said=fields, of_act=lowered), None)


def effect_key(
    default: KeyValue, *, places: frozenset[Place] = CONSEQUENCE_PLACES, **fields: Unpack[KeyFields]
) -> KeyValue:
    """An effect; the engine carries it out."""
    return record_at(Key(said=fields, where=places), default)


def part(default: KeyValue, *, sealed: bool = False, alias: str | None = None, **fields: Unpack[KeyFields]) -> KeyValue:
    """A key within another. With words of its own it is said where it is not as it would be anyway."""
    return record_at(Key(said=fields, sealed=sealed), default, alias)


def required_part(**fields: Unpack[KeyFields]) -> Key:
    """The record of a key within another that is always said, as an annotation."""
    return Key(said=fields, needed=True)


def record_at(key: Key, default: KeyValue, alias: str | None = None) -> KeyValue:
    """What is said of a field, with the record; it stands where the default would."""
    return Field(default, alias=alias, json_schema_extra=key)


@cache
def keys_of(model: type[Authored]) -> Mapping[str, Key]:
    """The records of a model by the names of its fields, in their order."""
    keys = {}
    for name, info in model.model_fields.items():
        notes = (info.json_schema_extra, *info.metadata, *notes_in(info.annotation))
        key = next((note for note in notes if isinstance(note, Key)), None)
        if key is not None:
            keys[name] = key
    return keys


def used_keys(model: Authored) -> Sequence[tuple[str, Key, Any]]:
    """The keys that are written, in the order of the model: name, record, value."""
    values, keys = model.__dict__, _select_keys(type(model), frozenset(model.model_fields_set))
    return [(name, key, value) for name, key in keys if (value := values[name]) is not None]


def keys_within(model: Authored) -> Sequence[tuple[Loc, Key, Any, Authored]]:
    """All keys within a condition: the way to each, its record, what stands under it, and what it stands in."""
    entries: list[tuple[Loc, Key, Any, Authored]] = []
    _collect_keys(model, (), entries)
    return entries


def _collect_keys(model: Authored, prefix: Loc, entries: list[tuple[Loc, Key, Any, Authored]]) -> None:
    called = names_in_files(type(model))
    for name, key, value in used_keys(model):
        way: Loc = (*prefix, called[name])
        entries.append((way, key, value, model))
        if isinstance(value, Authored):
            _collect_keys(value, way, entries)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Authored):
                    _collect_keys(item, (*way, place), entries)


@cache
def names_in_files(model: type[Authored]) -> Mapping[str, str]:
    """What files call the fields of a model, by their names."""
    return {name: info.alias or name for name, info in model.model_fields.items()}


def is_sealed(model: Authored) -> bool:
    """Something within a condition reads what a team keeps to itself."""
    return any(key.sealed for _, key, _, _ in keys_within(model))


@cache
def _select_keys(model: type[Authored], names: frozenset[str]) -> Sequence[tuple[str, Key]]:
    """The records of these fields, in the order of the model."""
    return tuple([(name, key) for name, key in keys_of(model).items() if name in names])


def placed(model: type[Authored], place: Place) -> frozenset[str]:
    """The keys that mean something in a place."""
    return frozenset(name for name, key in keys_of(model).items() if place in key.where)


def unit_of(model: type[Authored], name: str) -> Literal["hundredths", "hours", ""]:
    """How the number in a field is kept, which is not how files write it."""
    readers = {note.func for note in notes_in(field_types(model)[name]) if isinstance(note, BeforeValidator)}
    return next((unit for reader, unit in _UNITS.items() if reader in readers), "")


_UNITS: Final[Mapping[Any, Literal["hundredths", "hours"]]] = {
    get_args(AuthoredHours)[1].func: "hours",
    **{get_args(alias)[1].func: "hundredths" for alias in (AuthoredPoints, Factor, Share)},
}
"""By what reads such a number from a file."""


def notes_in(hint: Any) -> Iterator[Any]:
    """All that a type is annotated with."""
    waiting = [hint]
    while waiting:
        one = waiting.pop()
        yield from getattr(one, "__metadata__", ())
        waiting += get_args(one)


def names_in(key: Key, value: object) -> Sequence[tuple[Loc, str, tuple[str, ...]]]:
    """What a value names: the way to each id, the id, and the kinds of thing that it may be."""
    names: list[tuple[Loc, str, tuple[str, ...]]] = []
    _collect_names(key, value, (), names)
    return names


def _collect_names(key: Key, value: object, way: Loc, names: list[tuple[Loc, str, tuple[str, ...]]]) -> None:
    if isinstance(value, str):
        if key.names:
            names.append((way, value, key.names))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            _collect_names(key, item, (*way, place), names)
    elif isinstance(value, Authored):
        values = value.__dict__
        for name, inner in _naming_keys(type(value), bool(key.names)):
            part = values[name]
            if part is not None and part.__class__ is not int:
                _collect_names(key if name == "id" and key.names else inner, part, (*way, name), names)


@cache
def _naming_keys(model: type[Authored], is_named: bool) -> Sequence[tuple[str, Key]]:
    """The keys of a model at or under which something may be named; its id if what it stands under says so."""
    hints = field_types(model)
    return [
        (name, key)
        for name, key in keys_of(model).items()
        if key.names or (is_named and name == "id") or holds_models(hints[name])
    ]


_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types of value with nothing below."""


def holds_models(kind: Any) -> bool:
    """Whether a model may lie in a value of this type."""
    parts, origin = get_args(kind), get_origin(kind)
    if origin is Annotated:
        return holds_models(parts[0])
    if origin is Literal or kind in _PLAIN:
        return False
    return not parts or any(holds_models(part) for part in parts if part is not Ellipsis)
