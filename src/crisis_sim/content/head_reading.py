"""Reads the heads of scenarios and rule packs, and checks them without the rest of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from pydantic import model_validator

from crisis_sim.content.file_head import FileHead, FileKind, HeadWords
from crisis_sim.content.files import source_in
from crisis_sim.content.scenario import Files
from crisis_sim.content.sources import from_file
from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Authored, Id, Length, Lengths, Text
from crisis_sim.rules.names import Difficulty, Language


class _Pack(Authored):
    """What a menu says of a file."""

    id: Id
    title: Text
    says: Text


class _Deck(Authored):
    """When a scenario deals instruction cards, and no more of them."""

    lengths: Lengths = (90, 150)

    @model_validator(mode="before")
    @classmethod
    def _no_more(cls, value: object) -> object:
        return {key: each for key, each in value.items() if key == "lengths"} if isinstance(value, dict) else value


class _Scenario(_Pack):
    """What a menu needs to set the table for a scenario."""

    lengths: dict[Length, tuple[int, ...] | Literal["all"]]
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[Id, ...]
    offence_card: Lengths = ()
    instructions: _Deck = _Deck.model_construct(lengths=())
    difficulty: Difficulty | None = None
    example: str | None = None
    explained: Files | None = None


_MODELS: Final[Mapping[FileKind, type[_Pack]]] = {"scenario": _Scenario, "pack": _Pack}


def head_in(data: bytes, kind: FileKind, name: str) -> FileHead | None:
    """What the head of a file with these bytes says; None if it has mistakes."""
    problems, model = Problems(), _MODELS[kind]
    text = source_in(data, name, problems)
    file = None if text is None else parse_yaml(_head_of(text, tuple(model.model_fields)), name, problems)
    written = None if file is None else from_file(file, name).written(model, problems)
    if written is None:
        return None
    head = written.model
    if not isinstance(head, _Scenario):
        return FileHead(head.id, _said(head.title), _said(head.says))
    return FileHead(
        head.id,
        _said(head.title),
        _said(head.says),
        lengths=tuple(sorted(head.lengths)),
        languages=head.languages,
        rules=head.rules,
        offence_card=tuple(head.offence_card),
        instructions=tuple(head.instructions.lengths),
        difficulty=head.difficulty,
        example=head.example is not None,
        explained=head.explained is not None,
    )


def _said(text: Text) -> HeadWords:
    return HeadWords(text.en, text.zh)


def _head_of(text: str, keys: Sequence[str]) -> str:
    """The lines of the top-level keys that menus show, without the rest of the file."""
    kept: list[str] = []
    found: set[str] = set()
    keeping = False
    for line in text.split("\n"):
        if line[:1].strip() and not line.startswith("#"):
            if len(found) == len(keys):
                break
            key = line.partition(":")[0]
            keeping = key in keys
            found |= {key} & set(keys)
        if keeping:
            kept.append(line)
    return "\n".join(kept)
