"""Checked models as plain values that msgspec can write, and back without checking them again.

Only authored models, tuples, mappings and plain values are written. What comes back names its classes out of the closed
list of authored models; nothing is imported or called by a name that stands in the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from crisis_sim.rules.authored import Authored

Data: TypeAlias = Any
"""What msgspec's msgpack holds."""

_TUPLE: Final = -1
"""Begins what was a tuple; a model begins with the place of its class in the list."""

BROKEN: Final = (msgspec.MsgspecError, LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading raises for data that was not written here, or by other classes."""


def written(models: tuple[Authored, ...]) -> bytes:
    """Models as bytes. Raises TypeError for one that holds anything but models, tuples, mappings and plain values."""
    names: dict[str, int] = {}
    data = [_data(model, names) for model in models]
    return msgspec.msgpack.encode((list(names), data))


def read(data: bytes) -> list[Any]:  # Any: whichever models were written
    """The models in `data`. Raises one of `BROKEN`."""
    names, models = msgspec.msgpack.decode(data, type=tuple[list[str], list[Data]], strict=True)
    known = _classes()
    kinds = [_template(known[name]) for name in names]
    return [_value(model, kinds) for model in models]


def _data(value: Any, names: dict[str, int]) -> Data:
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, Authored):
        kind = type(value)
        usual = _template(kind).fields
        fields = {
            name: _data(found, names)
            for name in kind.model_fields
            if not _same(found := value.__dict__[name], usual[name])
        }
        given = value.model_fields_set
        named = names.setdefault(_name(kind), len(names))
        return [named, fields, None if given == fields.keys() else sorted(given)]
    if type(value) is tuple:
        return [_TUPLE, *(_data(item, names) for item in value)]
    if type(value) is dict and all(type(name) in (str, int) for name in value):
        return {name: _data(item, names) for name, item in value.items()}
    raise TypeError(type(value))


class _Kind(NamedTuple):
    kind: type[Authored]
    fields: dict[str, Any]
    """Every field in its order, with what is usual for it; what has no such value has one that nothing is the same as.
    """


_NONE_USUAL: Final = object()


def _same(value: Any, usual: Any) -> bool:
    return value is usual or (type(value) is type(usual) and type(value) in (str, int) and bool(value == usual))


@cache
def _template(kind: type[Authored]) -> _Kind:
    usual: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        simple = field.default is None or type(field.default) in (str, int, bool) or field.default == ()
        usual[name] = field.default if simple and not field.is_required() else _NONE_USUAL
    return _Kind(kind, usual)


def _value(data: Data, kinds: list[_Kind]) -> Any:
    if type(data) is dict:
        return {name: _value(item, kinds) if type(item) in _PARTS else item for name, item in data.items()}
    if data[0] == _TUPLE:
        return tuple([_value(item, kinds) if type(item) in _PARTS else item for item in data[1:]])
    place, given, said = data
    kind, usual = kinds[place]
    fields = usual.copy()
    for name, item in given.items():
        fields[name] = _value(item, kinds) if type(item) in _PARTS else item
    model = kind.__new__(kind)
    _put(model, "__dict__", fields)
    _put(model, "__pydantic_extra__", None)
    _put(model, "__pydantic_fields_set__", set(given if said is None else said))
    _put(model, "__pydantic_private__", None)
    return model


_PARTS: Final = frozenset({list, dict})
_put: Final = object.__setattr__
"""As pydantic's own `__setstate__` does, without a mapping for each model."""


def _classes() -> dict[str, type[Authored]]:
    return {_name(kind): kind for kind in _below(Authored)}


def _below(kind: type[Authored]) -> Iterator[type[Authored]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _name(kind: type[Authored]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
