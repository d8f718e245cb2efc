"""Walks through the authored models, and names and lengths in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from crisis_sim.content.material import Material
from crisis_sim.content.sources import Loc
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import SIDES

Kind = TypeVar("Kind", bound=BaseModel)

_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""Types of value with nothing below."""

NAMED: Final = 5
"""How many names a warning lists before it counts the rest."""


def effects_of(material: Material) -> Iterator[tuple[str, Effects]]:
    """Every effect that anything may have, with what has it."""
    scenario = material.scenario
    yield from ((f"rule {rule.id}", rule.then) for rule in material.rules)
    for side in SIDES:
        for line in scenario.teams.of(side).lines:
            if line.crossing is not None:
                yield f"line {line.id}", line.crossing
    yield from ((f"inject {inject.id}", inject.then) for inject in scenario.msel if inject.then is not None)
    for name, track in scenario.tracks.items():
        yield from ((f"track {name}", mark.then) for mark in track.marks if mark.then is not None)


def each(value: Any, loc: Loc, *kinds: type[Kind]) -> Iterator[tuple[Loc, Kind]]:
    """Every model of these kinds that lies below a model, and the way to it; nothing below a found one."""
    found: list[tuple[Loc, Kind]] = []
    _gather(value, loc, kinds, found)
    return iter(found)


def _gather(value: Any, loc: Loc, kinds: tuple[type[Kind], ...], found: list[tuple[Loc, Kind]]) -> None:
    kind = type(value)
    if kind is tuple or kind is dict:
        for step, inner in value.items() if kind is dict else enumerate(value):
            if type(inner) not in _PLAIN:
                _gather(inner, (*loc, step), kinds, found)
    elif issubclass(kind, kinds):
        found.append((loc, value))
    elif issubclass(kind, BaseModel):
        written, held = value.model_fields_set, value.__dict__
        for key, step in _steps(kind):
            if key in written and type(held[key]) not in _PLAIN:
                _gather(held[key], (*loc, step), kinds, found)


@cache
def _steps(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model, each with its key in files."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def listed(names: Sequence[str], what: str) -> str:
    """Names in quotes, the first few of them; the rest as so many more of `what`."""
    shown = ", ".join(f"'{name}'" for name in names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more {what}"


def minutes(lengths: Sequence[int]) -> str:
    """Lengths in words: `45, 90 and 150 minutes`."""
    *before, last = map(str, lengths)
    return f"{', '.join(before)} and {last} minutes" if before else f"{last} minutes"
