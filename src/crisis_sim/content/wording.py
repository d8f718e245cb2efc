"""How sentences about a file's mistakes call what is in it: a thing, a value, the values that it could have."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

from pydantic_core import ErrorDetails

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
