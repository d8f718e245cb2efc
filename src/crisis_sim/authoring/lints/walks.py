"""Walks through the authored models, and names and lengths in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from crisis_sim.content.material import Material
from crisis_sim.content.sources import Loc
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import SIDES

Kind = TypeVar("Kind", bound=BaseModel)

_MORE: Final = (BaseModel, dict, tuple)
"""Types of value with more below."""

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
    if isinstance(value, kinds):
        yield loc, value
    elif isinstance(value, BaseModel):
        written = value.model_fields_set
        for key, field in type(value).model_fields.items():
            inner = getattr(value, key) if key in written else None
            if isinstance(inner, _MORE):
                yield from each(inner, (*loc, field.alias or key), *kinds)
    else:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, _MORE):
                yield from each(inner, (*loc, step), *kinds)


def listed(names: Sequence[str], what: str) -> str:
    """Names in quotes, the first few of them; the rest as so many more of `what`."""
    shown = ", ".join(f"'{name}'" for name in names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more {what}"


def minutes(lengths: Sequence[int]) -> str:
    """Lengths in words: `45, 90 and 150 minutes`."""
    *before, last = map(str, lengths)
    return f"{', '.join(before)} and {last} minutes" if before else f"{last} minutes"
