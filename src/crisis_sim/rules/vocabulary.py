"""What the vocabulary of rules says of itself: its models, what their keys mean and take, and an example of each.

Meanings come from the docstrings of the models, choices from their types, examples from the records, so that what is
made of this cannot go stale; the examples are files' text and are read by the models in a test.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias, get_args, get_origin

from crisis_sim.rules.authored import Authored, field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.properties import Made, MoveIs

VocabularyPart: TypeAlias = Literal["condition", "move", "record", "effect"]

PARTS: Final[Mapping[VocabularyPart, type[Authored]]] = {
    "condition": Condition,
    "move": MoveIs,
    "record": Made,
    "effect": Effects,
}
"""What can be written under `when`, under `move`, under `earlier`, `same_turn` and `ever`, and under `then`."""


def example_of(model: type[Authored], name: str) -> str:
    """A field's example as a file would have it; nothing for one that has none."""
    key = keys_of(model).get(name)
    example = "" if key is None else key.said.get("example", "")
    file_key = model.model_fields[name].alias or name
    return example if model is Made or not example else f"{file_key}: {example}"


def field_docstrings(model: type) -> Mapping[str, str]:
    """The string under each annotated attribute of a class and of those that it is made of, read from their source."""
    docstrings: dict[str, str] = {}
    for kind in reversed([base for base in model.__mro__ if "__annotations__" in vars(base)]):
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
        assert isinstance(tree, ast.ClassDef)
        for field, next_node in zip(tree.body, tree.body[1:], strict=False):
            match field, next_node:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    docstrings[name] = " ".join(text.split())
    return docstrings


def types_within(annotation: Any) -> Iterator[Any]:
    """The types inside an annotation; an authored model's own fields are its own affair."""
    yield annotation
    if get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from types_within(inner)


def models_in(annotation: Any) -> list[type[Authored]]:
    """The authored models that a type takes."""
    return [kind for kind in types_within(annotation) if isinstance(kind, type) and issubclass(kind, Authored)]


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a type takes, where they are fixed."""
    words = [word for kind in types_within(annotation) if get_origin(kind) is Literal for word in get_args(kind)]
    return tuple(word for word in words if isinstance(word, str))


def _models() -> Iterator[type[Authored]]:
    models: dict[type[Authored], None] = {}
    waiting: list[type[Authored]] = [Effects, Condition]
    while waiting:
        model = waiting.pop()
        if model not in models and keys_of(model):
            models[model] = None
            waiting += [kind for hint in field_types(model).values() for kind in models_in(hint)]
    return iter(models)


VOCABULARY: Final[tuple[type[Authored], ...]] = tuple(_models())
"""Every model whose keys have records."""
