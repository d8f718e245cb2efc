"""What lies around a file without being part of it: packs a scenario could list, scenarios a pack could be for.

Serves names that nothing in use has. It reads raw trees, says nothing of their mistakes, and opens a file only if the
name that is looked for stands somewhere in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from crisis_sim.content.named_things import PARTS

IN_PACKS: Final = {kind: part for part, kind in PARTS.items()} | {"rule": "rules"}
"""Kinds of name that packs give, and the key under which."""

IN_SCENARIOS: Final = {
    "channel": "channels",
    "track": "tracks",
    "inject": "msel",
    "line": "teams",
    "instrument": "instruments",
}
"""Kinds of name that scenarios give, and the key under which."""


class RelatedFile(NamedTuple):
    """Something beside the file that is checked, with the names it gives."""

    id: str
    tree: Any


class RelatedFiles:
    """The packs and scenarios around one file."""

    def __init__(
        self,
        packs: Callable[[], Sequence[Path]],
        scenarios: Callable[[], Sequence[Path]],
        text: Callable[[Path], str],
        tree: Callable[[Path], Any],
    ) -> None:
        """`packs` and `scenarios` find files, the nearest first; `text` and `tree` read one, empty if they cannot."""
        self._find_packs = packs
        self._find_scenarios = scenarios
        self._text = cache(text)
        self._tree = tree

    @cached_property
    def _packs(self) -> Sequence[Path]:
        return self._find_packs()

    @cached_property
    def _scenarios(self) -> Sequence[Path]:
        return self._find_scenarios()

    def pack_with(self, kind: str, name: str, *, base: bool) -> str | None:
        """The id of a pack that gives a `kind` of this name; one with base settings only if `base`."""
        for pack in self._with(self._packs, name) if kind in IN_PACKS else ():
            if name in _ids(pack.tree.get(IN_PACKS[kind])) and (base or "base" not in pack.tree):
                return pack.id
        return None

    def scenario_with(self, kind: str, name: str) -> str | None:
        """The id of a scenario that has a `kind` of this name."""
        for scenario in self._with(self._scenarios, name) if kind in IN_SCENARIOS else ():
            if name in _names(scenario.tree, kind):
                return scenario.id
        return None

    def names(self, kind: str) -> list[str]:
        """Every name of a kind around here."""
        name_lists = (
            [_names(scenario.tree, kind) for scenario in self._with(self._scenarios, "")]
            if kind in IN_SCENARIOS
            else []
        )
        if kind in IN_PACKS:
            name_lists += [_ids(pack.tree.get(IN_PACKS[kind])) for pack in self._with(self._packs, "")]
        return [name for names in name_lists for name in names]

    def _with(self, files: Sequence[Path], word: str) -> Iterator[RelatedFile]:
        """The files in which a word stands."""
        for path in files:
            if word in self._text(path):
                tree = self._tree(path)
                if isinstance(tree, dict) and isinstance(tree.get("id"), str):
                    yield RelatedFile(tree["id"], tree)


def _names(tree: Any, kind: str) -> Collection[str]:
    """The names of a kind that a scenario gives."""
    part = tree.get(IN_SCENARIOS[kind])
    if kind != "line":
        return _ids(part)
    teams = part.values() if isinstance(part, dict) else ()
    return [name for team in teams if isinstance(team, dict) for name in _ids(team.get("lines"))]


def _ids(part: Any) -> Collection[str]:
    """The keys of a mapping, or the ids of a list's items."""
    if isinstance(part, dict):
        return [name for name in part if isinstance(name, str)]
    items = part if isinstance(part, list) else ()
    return [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
