"""Ids by title: what somebody meant who wrote how a thing is called where its id belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_CALLED: Final = ("title", "name", "label", "says", "ask")
"""Keys under which a thing says in words what it is."""


def id_titled(tree: Any, title: str) -> str | None:
    """The id of what a file calls `title`, in either language; None where nothing is, or several things are."""
    found = set(_ids(tree, _plain(title)))
    return found.pop() if len(found) == 1 else None


def _ids(tree: Any, title: str) -> Iterator[str]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, item in items:
        if isinstance(item, dict) and title in _titles(item):
            found = item.get("id") if isinstance(key, int) else key
            if isinstance(found, str):
                yield found
        yield from _ids(item, title)


def _titles(item: dict[Any, Any]) -> set[str]:
    said = (item[key] for key in _CALLED if key in item)
    texts = (text for each in said for text in (each.values() if isinstance(each, dict) else (each,)))
    return {_plain(text) for text in texts if isinstance(text, str)}


def _plain(title: str) -> str:
    return title.casefold().strip(" .。!?！？")
