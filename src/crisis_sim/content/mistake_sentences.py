"""What is said of one reason why a tree is not a model: what was wanted, what is there, and what was probably meant.

Also how a sentence calls what is in a file: a thing, a value, the values that it could have.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from crisis_sim.content.guesses import (
    id_titled,
    items_meant,
    number_meant,
    numbers_meant,
    time_meant,
    without_marks,
    word_meant,
)
from crisis_sim.content.shape import SHORT_FORMS, home_of, keys_at, models_at
from crisis_sim.content.upgrades import latest, spelt_today
from crisis_sim.content.where import FORECAST
from crisis_sim.problems import did_you_mean

Loc: TypeAlias = tuple[str | int, ...]

EXAMPLES: Final[dict[int | str, str]] = {
    "when": "for example when: {fact: host-consent}",
    "then": "for example then: {tension: 2}",
}
"""For keys that hold keys with values, how that looks."""


def choices_of(detail: ErrorDetails) -> list[str]:
    """The values that the checker would have taken."""
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return [quoted or bare for quoted, bare in re.findall(r"'([^']*)'|\b(\d+|True|False)\b", expected)]


def called(loc: Loc, tree: Any) -> str:
    """What an author would call the thing at `loc`: its id, its key, or its place in a list."""
    node = at(tree, loc)
    if isinstance(loc[-1], str):
        return f"'{loc[-1]}'"
    if isinstance(node, dict) and isinstance(node.get("id"), str):
        return f"'{short(node['id'])}'"
    of = next((f" of '{part}'" for part in reversed(loc) if isinstance(part, str)), "")
    return f"item {int(loc[-1]) + 1}{of}"


def at(tree: Any, loc: Loc) -> Any:
    """What `loc` leads to."""
    for part in loc:
        tree = tree[part]
    return tree


def described(value: Any) -> str:
    """What somebody wrote, in the middle of a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    return f"'{short(value)}'" if isinstance(value, str) else f"the number {short(value)}"


def short(value: Any) -> str:
    """A value as text, cut where it gets long."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


WANTED: Final = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}
"""By what the checker calls a value of the wrong kind: what was wanted."""


class Reason(NamedTuple):
    """One error with its place in the tree."""

    detail: ErrorDetails
    loc: Loc
    """The keys and places that are in the file."""
    value: Any
    """What is there."""
    raw: tuple[int | str, ...]
    """The checker's own path, with names of branches and short forms in it."""


class Saying(NamedTuple):
    """What is said of a reason."""

    code: str
    sentence: str
    hint: str = ""


def is_piece(reason: Reason) -> bool:
    """Whether a piece of text was taken for a key."""
    return reason.detail["type"] == "extra_forbidden" and reason.value is None and " " in str(reason.raw[-1])


def is_branch(reason: Reason) -> bool:
    """Whether the error belongs to one of several forms that a value may have."""
    return any(isinstance(part, str) and "[" in part and part != "[key]" for part in reason.raw)


def saying_of(reason: Reason, reasons: list[Reason], kind: type[BaseModel], tree: Any) -> Saying:
    """What is said of a reason, one of the `reasons` for which a tree is not of a kind."""
    sort, value = reason.detail["type"], reason.value
    if sort == "missing":
        return _missing(reason, tree, kind)
    if sort == "extra_forbidden":
        return unknown_key(reason, kind, tree)
    if sort == "invalid_key" or reason.raw[-1:] == ("[key]",):
        return _bad_key(reason)
    if is_branch(reason):
        same = (other for other in reasons if other.loc == reason.loc)
        wanted = " or ".join(dict.fromkeys(_wanted(other) for other in same))
        hint = f"write {numbers_meant(value)}" if isinstance(value, str) and numbers_meant(value) else ""
        return Saying("content/type", f"write {wanted} here, not {described(value)}", hint)
    if sort in WANTED:
        return _wrong_type(reason, kind)
    if sort == "string_pattern_mismatch":
        return _pattern(reason, tree)
    return _SAYINGS.get(sort, _other)(reason)


def _missing(reason: Reason, tree: Any, kind: type[BaseModel]) -> Saying:
    key = reason.raw[-1]
    if not reason.loc:
        hint = f"write format: {latest(kind)}" if key == "format" else ""
        return Saying("content/missing", f"the key '{key}' is missing", hint)
    return Saying("content/missing", f"{called(reason.loc, tree)} lacks the key '{key}'")


def unknown_key(reason: Reason, kind: type[BaseModel], tree: Any) -> Saying:
    """Of a key that there is not."""
    key = str(reason.raw[-1])
    where = f" in {called(reason.loc[:-1], tree)}" if reason.loc[:-1] else ""
    models = models_at(kind, reason.raw[:-1])
    keys = keys_at(kind, reason.raw[:-1])
    hint = spelt_today(key, reason.value, models) or home_of(key, models)
    head, colon, rest = key.partition(":")
    if reason.value is None and colon and head in keys:
        return Saying(
            "content/unknown-key", f"there is no space after this colon{where}", f"write {head}: {short(rest)}"
        )
    close = key_meant(key, keys)
    hint = hint or (f"did you mean '{close}'?" if close is not None else did_you_mean(key, keys))
    if is_piece(reason):
        return Saying("content/unknown-key", f"a piece of text stands where a key is meant{where}", _QUOTE)
    return Saying("content/unknown-key", f"unknown key '{short(key)}'{where}", hint)


def key_meant(key: str, keys: list[str]) -> str | None:
    """The key that was meant, also where what is written holds its value too."""
    head = key.partition(":")[0]
    return head if head in keys else word_meant(key, keys)


_QUOTE: Final = "a text with a comma or colon inside {…} or […] needs quotes around it"


def _bad_key(reason: Reason) -> Saying:
    key = reason.loc[-1] if reason.loc else reason.raw[-1]
    if reason.detail["type"] == "literal_error":
        choices = choices_of(reason.detail)
        return Saying("content/value", f"'{short(key)}' cannot be a key here", _one_of(str(key), choices))
    if isinstance(key, str):
        return _not_an_id(key)
    return Saying("content/type", "a key here is a text", f"put it in quotes: '{short(key)}'")


def _wrong_type(reason: Reason, kind: type[BaseModel]) -> Saying:
    value, wanted = reason.value, _wanted(reason)
    models = models_at(kind, reason.raw)
    if wanted == "keys with values" and models:
        wanted = SHORT_FORMS.get(models[0], wanted)
    if value is None:
        return Saying("content/type", f"nothing is written here; write {wanted}")
    hint = _hint_for(wanted, value, keys_at(kind, reason.raw))
    hint = hint or (EXAMPLES.get(reason.loc[-1], "") if reason.loc and wanted == "keys with values" else "")
    return Saying("content/type", f"write {wanted} here, not {described(value)}", hint)


def _hint_for(wanted: str, value: Any, keys: list[str]) -> str:
    """What to write in place of a value of the wrong kind."""
    if wanted == "a text":
        return _as_text(value)
    if wanted == "a list" and not isinstance(value, dict):
        items = items_meant(value) if isinstance(value, str) else []
        return f"write [{', '.join(items)}]" if items else f"a list of one is [{short(value)}]"
    if wanted == "a whole number" and isinstance(value, str) and (number := number_meant(value)):
        return f"write {number}"
    if isinstance(value, str) and (first := value.partition(" "))[2] and first[0] in keys:
        return f"there is a colon missing: {first[0]}: {short(first[2])}"
    return f"keys: {', '.join(keys)}" if wanted == "keys with values" and 0 < len(keys) <= 12 else ""


def _as_text(value: Any) -> str:
    """How to write a value so that it is a text."""
    if isinstance(value, int | float | Decimal):
        return f"put it in quotes: '{short(value)}'"
    plain = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if plain and sum(map(len, value)) < 60:
        return f'put the whole text in quotes: "[{", ".join(value)}]"'
    if isinstance(value, dict) and all(item is None for item in value.values()) and len(str(value)) < 120:
        return f'put the whole text in quotes: "{{{", ".join(map(str, value))}}}"'
    return ""


def _wanted(reason: Reason) -> str:
    if reason.detail["type"] == "literal_error":
        return " or ".join(f"'{choice}'" for choice in choices_of(reason.detail))
    return WANTED.get(reason.detail["type"], "something else")


def _literal(reason: Reason) -> Saying:
    choices, value = choices_of(reason.detail), reason.value
    if reason.loc[:1] == ("forecasts",) and "other" in choices:
        choices = sorted(FORECAST.who | {"either"})  # the other words mean nobody there
    key = next((part for part in reversed(reason.loc) if isinstance(part, str)), "")
    if reason.loc == ("format",):
        return Saying(
            "content/format", f"{described(value)} is not a format that is known", f"write format: {choices[0]}"
        )
    if value is None:
        return Saying("content/type", "nothing is written here", f"one of: {', '.join(choices)}")
    if isinstance(value, dict | list):
        only = value[0] if isinstance(value, list) and len(value) == 1 else None
        hint = f"write it without brackets: {only}" if only in choices else _one_of("", choices)
        return Saying("content/type", f"write one word here, not {described(value)}", hint)
    if len(choices) == 1:
        only = choices[0].lower() if choices[0] in ("True", "False") else choices[0]
        return Saying("content/value", f"'{key}' can only be {only}", "leave the key out otherwise")
    return Saying("content/value", f"'{short(value)}' is not a value of '{key}'", _one_of(str(value), choices))


def _one_of(word: str, choices: list[str]) -> str:
    close = word_meant(word, choices)
    return f"did you mean '{close}'?" if close is not None else f"one of: {', '.join(choices)}"


def _pattern(reason: Reason, tree: Any) -> Saying:
    value = str(reason.value)
    if ".md" in str(reason.detail.get("ctx", {}).get("pattern", "")):
        return Saying(
            "content/file-name",
            f"'{short(value)}' cannot be the name of a text beside the scenario",
            "a Markdown file in the same folder, such as brief-us.md",
        )
    said = _not_an_id(value)
    if "id" in reason.loc[-1:] or items_meant(value):
        return said
    meant = id_titled(tree, value)
    if meant is not None:
        return said._replace(hint=f"write its id and not its title: '{meant}'")
    listed = "; crisis-sim list moves has those of core" if _names_a_move(reason.loc) else ""
    made = id_meant(value)
    return said._replace(hint=f"write an id and not a title{listed or (f': perhaps {made!r}' if made else '')}")


def _names_a_move(loc: Loc) -> bool:
    return any(part in ("move", "answers", "with_moves") for part in loc[-3:])


def _not_an_id(value: str) -> Saying:
    if items := items_meant(value):
        return Saying("content/id", f"'{short(value)}' is not one id", f"separate items with ', ': {', '.join(items)}")
    made = id_meant(value)
    hint = f"did you mean '{made}'?" if made else ""
    if len(value) > 60:
        return Saying("content/id", "this id is longer than 60 characters")
    return Saying("content/id", f"'{short(value)}' is not an id: small letters, digits and single hyphens", hint)


def id_meant(value: str) -> str:
    """The id that somebody meant who wrote something else; empty where none can be guessed."""
    made = re.sub(r"[^a-z0-9]+", "-", without_marks(value).lower()).strip("-")
    return made if re.match(r"[a-z]", made) and len(made) <= 60 else ""


def _bound(reason: Reason) -> Saying:
    ctx, value = reason.detail.get("ctx", {}), reason.value
    least = next((ctx[name] for name in ("ge", "gt") if name in ctx), None)
    bound = least if least is not None else next((ctx[name] for name in ("le", "lt") if name in ctx), 0)
    number = f"{bound}h" if isinstance(value, str) else str(bound)
    much, at = ("large", "most") if least is None else ("small", "least")
    return Saying("content/range", f"{short(value)} is too {much}: at {at} {number}")


def _count(reason: Reason) -> Saying:
    ctx = reason.detail.get("ctx", {})
    key = next((part for part in reversed(reason.loc) if isinstance(part, str)), "this")
    has = ctx.get("actual_length")
    if reason.detail["type"] == "too_short":
        least = ctx.get("min_length", 1)
        return Saying("content/count", f"'{key}' needs at least {least} of its kind and has {has or 'none'}")
    many = f"and has {has}" if has is not None else "and has more"
    return Saying("content/count", f"'{key}' holds at most {ctx.get('max_length')} {many}")


def _length(reason: Reason) -> Saying:
    if reason.detail["type"] == "string_too_short":
        return Saying("content/empty", "this text is empty or too short to say anything")
    return Saying(
        "content/length", f"this text is longer than {reason.detail.get('ctx', {}).get('max_length'):,} characters"
    )


def _own(reason: Reason) -> Saying:
    said, value = str(reason.detail.get("ctx", {}).get("error", "this does not fit here")), reason.value
    hint = ""
    if isinstance(value, str) and said.endswith("is not a number"):
        hint = f"write {number}" if (number := number_meant(value)) else ""
    elif isinstance(value, str) and "not a time in whole hours" in said:
        hint = time_meant(value)
    return Saying("content/sense", said, hint)


def _other(reason: Reason) -> Saying:
    return Saying("content/value", f"{described(reason.value)} does not fit here")


_SAYINGS: Final[dict[str, Callable[[Reason], Saying]]] = {
    "literal_error": _literal,
    "greater_than_equal": _bound,
    "greater_than": _bound,
    "less_than_equal": _bound,
    "less_than": _bound,
    "too_short": _count,
    "too_long": _count,
    "string_too_short": _length,
    "string_too_long": _length,
    "value_error": _own,
}
