"""Every field that a log's lines may hold, from the structs that are written: a page of `docs/reference/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, UNSET, Raw, Struct, UnsetType
from msgspec.structs import fields

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.events.event import Event
from crisis_sim.engine.table_actions import Action
from crisis_sim.rules.vocabulary import field_docstrings
from crisis_sim.session.record import Entry, Header

ABOUT: Final = """\
# What the lines of a log hold

Every line, action and event of the log's format, field by field, in the order in which they are written;
[log-format.md](../log-format.md) says what they are about and what is promised of them. Behind each field stands what
JSON holds there: `act` is `[side, turn, place]`, `side` is `us` or `china`, `[…]` a list, values with a stroke between
them one of these; what begins with a capital stands under the last heading. A field with `?` is left out where there is
nothing to say. An action and an event begin with their `kind`, and go on
with what every `Action` and every `Event` has."""
_SIDE: Final = ("us", "china")
_PLAIN: Final[Mapping[Any, str]] = {
    int: "int",
    str: "string",
    bool: "bool",
    NoneType: "null",
    Raw: "material",
}


class LogField(NamedTuple):
    """A field as it is written."""

    name: str
    """With `?` where it may be left out."""
    form: str
    says: str


class LogRecord(NamedTuple):
    """A struct that a log holds."""

    name: str
    """Its kind, or for a part of others its class."""
    says: str
    fields: tuple[LogField, ...]


def log_records() -> dict[str, tuple[LogRecord, ...]]:
    """Lines, actions, events and what stands within them, each by its name."""
    kinds = {"Lines": (Header, Entry, Action, Event), "Actions": get_args(AnyAction), "Events": get_args(AnyEvent)}
    within = dict.fromkeys(struct for of in kinds.values() for each in of for struct in _within(each))
    kinds["Within them"] = tuple([struct for struct in within if not any(struct in of for of in kinds.values())])
    return {head: tuple(sorted(map(_record, of))) for head, of in kinds.items()}


def log_page() -> str:
    """The page."""
    parts = [ABOUT]
    for head, records in log_records().items():
        parts.append(f"\n## {head}\n")
        for record in records:
            parts.append(f"- `{record.name}`: {record.says}")
            parts += [f"  - `{each.name}` {each.form}" + f": {each.says}" * bool(each.says) for each in record.fields]
    return "\n".join([*parts, ""])


def _record(struct: type[Struct]) -> LogRecord:
    """A struct, with what its docstrings say."""
    config, hints, says = struct.__struct_config__, get_type_hints(struct), field_docstrings(struct)
    found = tuple(
        [
            LogField(
                each.encode_name
                + "?" * (each.default is UNSET or (config.omit_defaults and each.default is not NODEFAULT)),
                _form(hints[each.name]),
                says.get(each.name, ""),
            )
            for each in fields(struct)
            if struct in (Action, Event) or each.name not in (*Action.__struct_fields__, *Event.__struct_fields__)
        ]
    )
    return LogRecord(str(config.tag or struct.__name__), " ".join((struct.__doc__ or "").split()), found)


def _form(hint: Any) -> str:
    """What JSON holds in a field."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint in (AnyAction, AnyEvent):
        return "action" if hint is AnyAction else "event"
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return "side" if parts == _SIDE else "/".join(map(str, parts))
    if origin is tuple:
        inner = [_form(part) for part in parts if part is not Ellipsis]
        return "act" if inner == ["side", "int", "int"] else f"[{', '.join(inner)}]"
    if origin in (dict, Mapping):
        return f"{{{', '.join(map(_form, parts))}}}"
    if parts:
        return "/".join([_form(part) for part in parts if part is not UnsetType])
    return str(hint.__name__)


def _within(struct: type[Struct]) -> Iterator[type[Struct]]:
    """The structs that stand in its fields."""
    for hint in get_type_hints(struct).values():
        for inner in _structs(hint):
            yield inner
            yield from _within(inner)


def _structs(hint: Any) -> Iterator[type[Struct]]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for part in get_args(hint):
        yield from _structs(part)
