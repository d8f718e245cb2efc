"""The vocabulary of rules as a table: every key, what it means, what it takes, and an example.

Meanings come from the docstrings of the models and choices from their types, so the page made of this cannot go stale;
the examples are files' text and are read by the models in a test.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args, get_origin

from msgspec import Struct

from crisis_sim.rules.authored import Authored
from crisis_sim.rules.conditions import Condition, Made, MoveIs
from crisis_sim.rules.effects import Effects

Part: TypeAlias = Literal["condition", "move", "record", "effect"]

PARTS: Final[Mapping[Part, type[Authored]]] = {
    "condition": Condition,
    "move": MoveIs,
    "record": Made,
    "effect": Effects,
}
"""What can be written under `when`, under `move`, under `earlier`, `same_turn` and `ever`, and under `then`."""


class Entry(Struct, frozen=True):
    """One key of the vocabulary."""

    part: Part
    key: str
    """As files write it."""
    says: str
    """One or two sentences."""
    choices: tuple[str, ...]
    """The words it takes, where they are fixed."""
    example: str
    """YAML on one line."""


def vocabulary() -> tuple[Entry, ...]:
    """Every key, in the order of the models."""
    return tuple(entry for part, model in PARTS.items() for entry in _entries(part, model))


def _entries(part: Part, model: type[Authored]) -> Iterator[Entry]:
    documented = field_docstrings(model)
    for name, field in model.model_fields.items():
        key = field.alias or name
        said = documented.get(name) or _of_its_model(field.annotation)
        yield Entry(part, key, said, _choices(field.annotation), EXAMPLES[part][key])


def field_docstrings(model: type) -> Mapping[str, str]:
    """The string under each annotated attribute of a class, read from its source; inherited ones are not included."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(tree, ast.ClassDef)
    found: dict[str, str] = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        match field, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found[name] = " ".join(said.split())
            case _:
                continue
    return found


def _within(annotation: Any) -> Iterator[Any]:
    """The types inside an annotation; an authored model's own fields are its own affair."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from _within(inner)


def _of_its_model(annotation: Any) -> str:
    """For a key without words of its own, those of the model that it takes."""
    models = [kind for kind in _within(annotation) if isinstance(kind, type) and issubclass(kind, Authored)]
    return " ".join((models[0].__doc__ or "").split()) if models else ""


def _choices(annotation: Any) -> tuple[str, ...]:
    words = [word for kind in _within(annotation) if get_origin(kind) is Literal for word in get_args(kind)]
    return tuple(word for word in words if isinstance(word, str))


EXAMPLES: Final[Mapping[Part, Mapping[str, str]]] = {
    "condition": {
        "all": "all: [{move: leader-call}, {tension: {at_least: 60}}]",
        "any": "any: [{move: apologise}, {move: own-up}]",
        "not": "not: {fact: host-consent}",
        "always": "always: true",
        "move": "move: {family: [protest, coerce], visibility: public}",
        "delivery": "delivery: [late, too-low]",
        "answers": "answers: request-call",
        "intent": "intent: {at_most: 0}",
        "read_as": "read_as: {at_least: 2}",
        "above_provocation": "above_provocation: 2",
        "repeated": "repeated: 2",
        "first_on_channel": "first_on_channel: true",
        "pressed": "pressed: {move: {family: [protest, coerce, force]}, by: sender, turns: 2}",
        "earlier": "earlier: {move: private-inquiry, by: sender, within: 6h}",
        "same_turn": "same_turn: {move: {family: force}, by: sender}",
        "ever": "ever: {move: {term: exclusive}, by: sender, ago: 24h}",
        "fact": "fact: {id: persons-held, of: sender, lasting: 48h}",
        "commitment": "commitment: {id: no-surprises, by: sender, state: kept}",
        "line": "line: {id: hull, crossed: true}",
        "track": "track: {id: hours-of-air, at_most: 24}",
        "readiness": "readiness: {id: defense-telephone-link, at_least: 50}",
        "channel_readiness": "channel_readiness: {at_most: 30}",
        "tension": "tension: {at_least: 60}",
        "trust": "trust: {of: sender, at_most: 3}",
        "standing": "standing: {of: receiver, at_least: 4, at_most: 6}",
        "turn": "turn: {at_least: 3}",
        "hour": "hour: {at_most: 48}",
        "time_left": "time_left: {at_most: 25}",
        "inject": "inject: [survey-ship, hull-found]",
        "opening_mismatch": "opening_mismatch: true",
        "blind_dilemma": "blind_dilemma: true",
        "readouts": "readouts: differ",
        "chance": "chance: 30",
    },
    "move": {
        "id": "id: [warn, ultimatum]",
        "family": "family: [protest, coerce]",
        "illocution": "illocution: commissive",
        "costliness": "costliness: {at_least: 0.5}",
        "face_threat": "face_threat: {at_least: 2}",
        "ambiguity": "ambiguity: {at_least: 0.4}",
        "severity": "severity: {at_least: 3}",
        "visibility": "visibility: public",
        "channel": "channel: [embassy, defence-line]",
        "diplomacy": "diplomacy: [track-1.5, track-2]",
        "level": "level: [leader, ministerial]",
        "term": "term: [tied, exclusive]",
        "promise": "promise: no-surprises",
        "answer": "answer: [decline, counter]",
    },
    "record": {
        "move": "{move: {family: protest, visibility: public}}",
        "by": "{move: stand-down, by: receiver}",
        "within": "{move: private-inquiry, within: 6h}",
        "turns": "{move: notify-activity, turns: 2}",
        "at_least": "{move: {family: coerce}, at_least: 3}",
        "ago": "{move: {term: exclusive}, ago: 24h}",
        "about": "{move: suspend-channel, about: same-channel}",
    },
    "effect": {
        "weigh": "weigh: 1.5",
        "weigh_by_repeat": "weigh_by_repeat: {by: 0.5, floor: 0.1}",
        "add": "add: 2",
        "tension": "tension: 12",
        "floor": "floor: 60",
        "felt": "felt: 1",
        "press": "press: {line: face, by: 1}",
        "relieve": "relieve: {line: face, by: 2, whose: both}",
        "cross": "cross: {line: sovereignty}",
        "grow": "grow: 0.5",
        "trust": "trust: {receiver: -0.5}",
        "standing": "standing: {sender: 1, receiver: 1}",
        "readiness": "readiness: {channel: used, by: 20}",
        "latency": "latency: {channel: all, times: 2, turns: 3}",
        "odds": "odds: {channel: about, of: receiver, by: -20, turns: 3}",
        "suspend": "suspend: about",
        "reopen": "reopen: {channel: about, after: 1}",
        "mandate": "mandate: {channel: about, by: 40}",
        "set": "set: {fact: host-consent, to: true}",
        "flag": "flag: blind-dilemma",
        "release": "release: survey-ship",
        "delay": "delay: 1",
        "unclear": "unclear: Units near the scene have changed course.",
    },
}
"""One line of a file for each key."""
