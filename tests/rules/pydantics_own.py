"""pydantic's own models of authored ones, which check as `crisis_sim.rules.validators` must.

What such a model checks becomes an instance of the authored class as well, and of no class of pydantic's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce
from operator import or_
from types import UnionType, new_class
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, cast, get_args, get_origin

import pydantic
from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from crisis_sim.rules.authored import Authored, AuthoredType
from crisis_sim.rules.fields import FieldBounds, FieldNote

_CONFIG: Final = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


@cache
def checker_of(kind: type[Authored]) -> type[BaseModel]:
    """The model of pydantic's that is like a class of authored ones."""
    said: dict[str, Any] = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__doc__": kind.__doc__,
        "__annotations__": {name: _told(hint) for name, hint in kind.hints.items()},
        "__get_pydantic_core_schema__": classmethod(lambda _, source, handler: _schema(kind, source, handler)),
        "model_config": _CONFIG,
        **{name: _field(notes) for name, notes in kind.field_notes.items() if notes.said},
        **{name: pydantic.model_validator(mode=each.mode)(each.check) for name, each in kind.checks.items()},
    }
    return cast(type[BaseModel], new_class(kind.__name__, (BaseModel,), {}, lambda body: body.update(said)))


class _Within(NamedTuple):
    """Beside an authored class among a model's types: what pydantic is to take for it."""

    kind: type[Authored]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler.generate_schema(checker_of(self.kind))


def _schema(kind: type[Authored], source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """What pydantic would do by itself, but that it makes instances of the authored class."""
    schema = handler(source)
    inner: Any = handler.resolve_ref_schema(schema)
    while inner["type"] != "model":
        inner = inner["schema"]
    inner["cls"] = kind
    return schema


def _field(notes: FieldBounds) -> Any:
    said = {name: value for name, value in notes.said.items() if name != "key"}
    made = cast(FieldInfo, pydantic.Field(**said))
    made.metadata += [] if notes.key is None else [notes.key]
    return made


_NAMES: Final[Mapping[type[FieldNote], str]] = {FieldBounds: "Field"}


def _note(note: Any) -> Any:
    if not isinstance(note, FieldNote):
        return note
    return getattr(pydantic, _NAMES.get(type(note), type(note).__name__))(*note.args, **note.said)


def _told(hint: Any) -> Any:
    """A type with pydantic's notes in place of ours."""
    origin, parts = get_origin(hint), get_args(hint)
    if isinstance(hint, AuthoredType):
        return Annotated[hint, _Within(cast("type[Authored]", hint))]
    if not parts or origin is Literal:
        return hint
    if origin is Annotated:
        return Annotated[(_told(parts[0]), *map(_note, parts[1:]))]
    told = tuple([_told(part) for part in parts])
    if told == parts:
        return hint
    return reduce(or_, told) if origin in (Union, UnionType) else origin[told]
