"""What checks authored models: a validator of pydantic's for each class, made straight of what the class says.

pydantic's own way there leads over a model class for each of ours, and takes longer than a whole scenario's file. JSON
schemas are made of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin

from pydantic_core import CoreSchema, PydanticKnownError, SchemaValidator
from pydantic_core import core_schema as core

from crisis_sim.rules.authored import Authored
from crisis_sim.rules.fields import NEEDED, AfterValidator, BeforeValidator, FieldBounds, FieldNote

Model = TypeVar("Model", bound=Authored)


def checked(kind: type[Model], value: Any) -> Model:
    """What a file says, as a checked model of this class; raises pydantic's ValidationError."""
    return cast(Model, validator_of(kind).validate_python(value))


@cache
def validator_of(kind: type[Authored]) -> SchemaValidator:
    """What makes a checked model of this class out of what a file says."""
    return SchemaValidator(schema_of(kind))


def schema_of(kind: type[Authored]) -> CoreSchema:
    """What a file may say of this class, and of every class in it, in the words of pydantic's core."""
    return _whole(_reference(kind), [kind])


def validator_within(hint: Any) -> SchemaValidator:
    """What checks a value of a type, as the field of a model has it."""
    kinds: list[type[Authored]] = []
    return SchemaValidator(_whole(_of(hint, kinds), kinds))


def _whole(schema: CoreSchema, kinds: Sequence[type[Authored]]) -> CoreSchema:
    reached = list(dict.fromkeys(kinds))
    for each in reached:
        reached += [one for one in dict.fromkeys(_model(each).within) if one not in reached]
    return core.definitions_schema(schema, [_model(each).schema for each in reached])


def _reference(kind: type[Authored]) -> CoreSchema:
    return core.definition_reference_schema(f"{kind.__module__}.{kind.__qualname__}")


class _Model(NamedTuple):
    """What checks a class, and the classes that lie in it."""

    schema: CoreSchema
    within: Sequence[type[Authored]]


@cache
def _model(kind: type[Authored]) -> _Model:
    within: list[type[Authored]] = []
    fields = {name: _field(hint, kind.field_notes[name], within) for name, hint in kind.hints.items()}
    checks = kind.checks.values()
    inner: CoreSchema = core.model_fields_schema(fields, model_name=kind.__name__)
    for check in checks:
        if check.mode == "before":
            reads = check.check.__get__(None, kind) if isinstance(check.check, classmethod) else check.check
            inner = core.no_info_before_validator_function(reads, inner)
    config = core.CoreConfig(title=kind.__name__, extra_fields_behavior="forbid", str_strip_whitespace=True)
    made: CoreSchema = core.model_schema(kind, inner, config=config)
    for check in checks:
        if check.mode == "after":
            made = core.no_info_after_validator_function(check.check, made)
    return _Model(cast(CoreSchema, {**made, "ref": _reference(kind)["schema_ref"]}), within)


def _field(hint: Any, notes: FieldBounds, within: list[type[Authored]]) -> core.ModelField:
    schema = _noted(_of(hint, within), notes)
    if (usual := notes.default) is not NEEDED:
        schema = core.with_default_schema(schema, default=usual)
    return core.model_field(schema, validation_alias=notes.alias)


_PLAIN: Final[Mapping[Any, Callable[[], CoreSchema]]] = {
    str: core.str_schema,
    int: core.int_schema,
    bool: core.bool_schema,
    Any: core.any_schema,
}


def _of(hint: Any, within: list[type[Authored]]) -> CoreSchema:
    """What checks a value of a type; the classes that lie in it are added to those `within`."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]()
    if origin is Annotated:
        schema = _of(parts[0], within)
        for note in parts[1:]:
            schema = _noted(schema, note)
        return schema
    if origin is Literal:
        return core.literal_schema(list(parts))
    if origin in (Union, UnionType):
        one, *more = [_of(part, within) for part in parts if part is not NoneType]
        schema = core.union_schema([one, *more]) if more else one
        return core.nullable_schema(schema) if NoneType in parts else schema
    if origin is tuple:
        items = [_of(part, within) for part in parts if part is not ...]
        return core.tuple_schema(items, variadic_item_index=0 if ... in parts else None)
    if origin is dict:
        return core.dict_schema(*[_of(part, within) for part in parts])
    assert issubclass(hint, Authored), hint
    within.append(hint)
    return _reference(hint)


_LENGTHS: Final = ("min_length", "max_length")
_BOUNDED: Final = {
    "int": ("ge", "le", "strict"),
    "str": (*_LENGTHS, "pattern"),
    **dict.fromkeys(("tuple", "dict"), _LENGTHS),
}
"""Bounds that a value of a type keeps by itself; whatever else is read first is held to them afterwards."""


_NO_BOUNDS: Final = frozenset({"default", "alias", "key"})
"""What is said of a field besides its bounds."""


def _noted(schema: CoreSchema, note: Any) -> CoreSchema:
    """What checks a value, and this about it."""
    match note:
        case BeforeValidator():
            return core.no_info_before_validator_function(note.func, schema)
        case AfterValidator():
            return core.no_info_after_validator_function(note.args[0], schema)
        case FieldNote():
            for name, bound in note.said.items():
                if name in _BOUNDED.get(schema["type"], ()):
                    schema = cast(CoreSchema, {**schema, name: bound})
                elif name in _AFTERWARDS:
                    holds, called = _AFTERWARDS[name]
                    told = {"pydantic_js_updates": {called: bound}}
                    schema = core.no_info_after_validator_function(partial(holds, bound), schema, metadata=told)
                elif name == "pattern":
                    schema = core.chain_schema([schema, core.str_schema(pattern=bound)])
                elif name not in _NO_BOUNDS:
                    raise TypeError(f"nothing here checks {name}={bound!r} of a value that is read as {schema['type']}")
    return schema


def _least(least: int, value: Any) -> Any:
    if value >= least:
        return value
    raise PydanticKnownError("greater_than_equal", {"ge": least})


def _most(most: int, value: Any) -> Any:
    if value <= most:
        return value
    raise PydanticKnownError("less_than_equal", {"le": most})


def _fewest(fewest: int, value: Any) -> Any:
    if len(value) >= fewest:
        return value
    said = {"field_type": "Value", "min_length": fewest, "actual_length": len(value)}
    raise PydanticKnownError("too_short", said)


def _longest(longest: int, value: Any) -> Any:
    if len(value) <= longest:
        return value
    said = {"field_type": "Value", "max_length": longest, "actual_length": len(value)}
    raise PydanticKnownError("too_long", said)


_AFTERWARDS: Final[Mapping[str, tuple[Callable[[Any, Any], Any], str]]] = {
    "ge": (_least, "ge"),
    "le": (_most, "le"),
    "min_length": (_fewest, "minLength"),
    "max_length": (_longest, "maxLength"),
}
"""What holds a value to a bound, and what JSON schemas are told that the bound is."""
