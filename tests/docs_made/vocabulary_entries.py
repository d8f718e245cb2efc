"""The vocabulary of rules as a table: every key, what it means, what it takes, an example, and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from crisis_sim.rules.authored import Authored, field_types
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.vocabulary import PARTS, VocabularyPart, choices, example_of, field_docstrings, models_in


class VocabularyEntry(Struct, frozen=True):
    """One key of the vocabulary."""

    part: VocabularyPart
    key: str
    """As files write it."""
    says: str
    """One or two sentences."""
    choices: tuple[str, ...]
    """The words it takes, where they are fixed."""
    example: str
    """YAML on one line."""
    source: str
    """Where the idea comes from; empty where it is nobody's."""


def vocabulary_entries() -> tuple[VocabularyEntry, ...]:
    """Every key, in the order of the models."""
    return tuple(entry for part, model in PARTS.items() for entry in _entries(part, model))


def _entries(part: VocabularyPart, model: type[Authored]) -> Iterator[VocabularyEntry]:
    documented = field_docstrings(model)
    for name, key in keys_of(model).items():
        hint = field_types(model)[name]
        said = documented.get(name) or _of_its_model(hint)
        source = key.said.get("source", "")
        yield VocabularyEntry(
            part, model.model_fields[name].alias or name, said, choices(hint), example_of(model, name), source
        )


def _of_its_model(annotation: Any) -> str:
    """For a key without words of its own, those of the model that it takes."""
    models = models_in(annotation)
    return " ".join((models[0].__doc__ or "").split()) if models else ""
