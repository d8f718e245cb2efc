"""The shape of authored files, read off the models: which keys may stand where, and where else a key belongs.

Serves the sentences about mistakes and nothing else; it checks no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel

from crisis_sim.content.guesses import nearly
from crisis_sim.content.scenario import Change, Files, Forecast, Inject, Line, Mark, SidedText, Watch
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import CommitmentIs, Condition, FactIs, MoveIs
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.pack import Rule

SHORT_FORMS: Final[dict[type[BaseModel], str]] = {
    Text: "a text",
    Files: "a text",
    SidedText: "a text",
    MoveIs: "a move's id or keys with values",
    FactIs: "a fact's id or keys with values",
    CommitmentIs: "a commitment's id or keys with values",
}
"""What may be written in place of a model's keys."""


HOMES: Final[dict[type[BaseModel], dict[type[BaseModel], str]]] = {
    Condition: {MoveIs: "ask it of a move: move: {KEY: …}", Effects: "it is an effect; write it under `then`"},
    Effects: {Condition: "it is a condition; write it under `when`"},
    MoveIs: {Condition: "write it beside `move`, not inside"},
    Rule: {Effects: "write it under `then`", Condition: "write it under `when`"},
    Inject: {Effects: "write it under `then`", Condition: "write it under `when`"},
    Mark: {Effects: "write it under `then`"},
    Line: {Effects: "write it under `crossing`"},
    Watch: {Condition: "write it under `when`"},
    Change: {Condition: "write it under `when`"},
    Forecast: {Condition: "write it under `happens`"},
}
"""For a model, others near it whose keys are written into it by mistake, and what to do about that."""


def home_of(key: str, models: Sequence[type[BaseModel]]) -> str:
    """What to do with a key that belongs to another part nearby; empty when there is none, or it is a key misspelt."""
    if any(nearly(key, each) for model in models for each in _keys(model)):
        return ""
    homes = [home for model in models for home in HOMES.get(model, {}).items()]
    return next((hint.replace("KEY", key) for home, hint in homes if key in _keys(home)), "")


def keys_at(kind: type[BaseModel], raw: Sequence[int | str]) -> list[str]:
    """The keys that the model at a path has; none where the path leads to no model."""
    return [key for model in models_at(kind, raw) for key in _keys(model)]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def models_at(kind: type[BaseModel], raw: Sequence[int | str]) -> list[type[BaseModel]]:
    """The models that a path of keys and list places leads to from `kind`; the checker's own steps are skipped."""
    return [model for one in _types_at(kind, tuple(raw)) for model in _models(one)]


@lru_cache(maxsize=4096)
def _types_at(kind: type[BaseModel], raw: tuple[int | str, ...]) -> tuple[Any, ...]:
    """The types of what a path leads to; a file with very many mistakes asks for the same ones over and over."""
    if not raw:
        return (kind,)
    types = _types_at(kind, raw[:-1])
    return tuple(inner for one in types for inner in _step(one, raw[-1])) or types


def _step(annotation: Any, part: int | str) -> Iterator[Any]:
    """What lies one step further in a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part == (field.alias or name):
                yield field.annotation
        return
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield args[1]
    elif origin is tuple and isinstance(part, int):
        yield args[0] if args[-1] is Ellipsis else args[min(part, len(args) - 1)]
    else:
        for inner in args:
            yield from _step(inner, part)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            yield annotation
    elif get_origin(annotation) not in (dict, tuple):
        for inner in get_args(annotation):
            yield from _models(inner)
