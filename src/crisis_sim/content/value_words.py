"""How a sentence calls what is in a file: a thing, a value, the values that it could have."""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic_core import ErrorDetails

from crisis_sim.errors import Sentence
from crisis_sim.rules.keys import Loc


def choices_of(detail: ErrorDetails) -> list[str]:
    """The values that the checker would have taken."""
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return [quoted or bare for quoted, bare in re.findall(r"'([^']*)'|\b(\d+|True|False)\b", expected)]


def called(loc: Loc, tree: Any) -> str:
    """What an author would call the thing at `loc`: its id, its key, or its place in a list."""
    node = at(tree, loc)
    if isinstance(loc[-1], str):
        return quoted(loc[-1])
    if isinstance(node, dict) and isinstance(node.get("id"), str):
        return quoted(short(node["id"]))
    number, of = int(loc[-1]) + 1, next((part for part in reversed(loc) if isinstance(part, str)), None)
    if of is None:
        return Sentence("item {number}", number=number)
    return Sentence("item {number} of '{key}'", number=number, key=of)


def at(tree: Any, loc: Loc) -> Any:
    """What `loc` leads to."""
    for part in loc:
        tree = tree[part]
    return tree


def quoted(text: object) -> Sentence:
    """What somebody wrote, in the quotation marks of the reader's language."""
    return Sentence("'{text}'", text=text)


KEYS: Final = Sentence("keys with values")
TEXT: Final = Sentence("a text")
LIST: Final = Sentence("a list")
NUMBER: Final = Sentence("a whole number")
TRUTH: Final = Sentence("true or false")


def described(value: Any) -> str:
    """What somebody wrote, in the middle of a sentence."""
    if value is None:
        return Sentence("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return KEYS
    if isinstance(value, list):
        return LIST
    return quoted(short(value)) if isinstance(value, str) else Sentence("the number {number}", number=short(value))


def short(value: Any) -> str:
    """A value as text, cut where it gets long."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


WANTED: Final = {
    "string_type": TEXT,
    "int_type": NUMBER,
    "int_parsing": NUMBER,
    "int_from_float": NUMBER,
    "int_parsing_size": NUMBER,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": KEYS,
    "model_type": KEYS,
    "model_attributes_type": KEYS,
}
"""By what the checker calls a value of the wrong kind: what was wanted."""
