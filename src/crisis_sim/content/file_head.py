"""What the head of a scenario or a rule pack tells menus: facts alone, which load nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from crisis_sim.rules.names import Difficulty, Language

FileKind: TypeAlias = Literal["scenario", "pack"]


class HeadWords(NamedTuple):
    """Words of a head, in English and perhaps Chinese."""

    en: str
    zh: str | None = None

    def in_(self, language: Language) -> str:
        """The words in `language`, or in English where they have not been written."""
        return (self.zh or self.en) if language == "zh" else self.en


class FileHead(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a head says; all but the first three is a scenario's alone."""

    id: str
    title: HeadWords
    says: HeadWords
    lengths: tuple[int, ...] = ()
    """Minutes in which it can be played; none if the file has mistakes."""
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[str, ...] = ()
    """The packs that it lists."""
    offence_card: tuple[int, ...] = ()
    """Minutes in which each team orders acts by gravity."""
    instructions: tuple[int, ...] = ()
    """Minutes in which instruction cards are dealt."""
    difficulty: Difficulty | None = None
    """Whom it is for."""
    example: bool = False
    """It has an exemplary session."""
    explained: bool = False
    """Its public brief can be explained."""

    def at(self, path: Path) -> Listing:
        """This head with the place of its file."""
        return Listing(*(getattr(self, field) for field in self.__struct_fields__), path=path)


class Listing(FileHead, frozen=True, kw_only=True):
    """A scenario or rule pack, for menus."""

    path: Path
