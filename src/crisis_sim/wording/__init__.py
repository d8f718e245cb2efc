"""What doors say of their own, in a reader's language.

English is the key, so that code reads as it shows; the Chinese of each sentence stands in a catalogue `zh.txt`, one
pair a line: in that of the package that says it, or in the one beside this module where several say it. What people
wrote and what scenarios say is never looked up: it is put into the places of a sentence, or shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Protocol

from crisis_sim.engine import phrases
from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import Language


class Say(Protocol):
    """A sentence in the reader's language."""

    def __call__(self, english: str, /, **words: object) -> str:
        """What is shown for `english`, with `{name}` become the word of that name."""
        ...


def speaker(language: Language, *packages: str) -> Say:
    """What says sentences of `packages` in `language`; one that has no Chinese stays English."""
    return plain if language == "en" else partial(_said, catalogue(*packages))


def plain(english: str, /, **words: object) -> str:
    """The sentence in English."""
    return english.format_map(words) if words else english


def _said(chinese: Mapping[str, str], english: str, /, **words: object) -> str:
    """The sentence in Chinese; spaces at the edges stay, unless the catalogue has the sentence with them."""
    key = english if english in chinese else english.strip()
    said = english.replace(key, chinese.get(key, key)) if key else english
    return said.format_map(words) if words else said


@cache
def catalogue(*packages: str) -> Mapping[str, str]:
    """Chinese by English, read when somebody first needs it; the words of later packages go before."""
    found = dict(_OF_VIEWS)
    for package in (__name__, *packages):
        found |= pairs(package)
    return found


@cache
def pairs(package: str) -> Mapping[str, str]:
    """The catalogue of one package."""
    text = files(package).joinpath("zh.txt").read_text(encoding="utf-8")
    return dict(line.partition(" = ")[::2] for line in text.splitlines() if line)


_OF_VIEWS: dict[str, str] = {
    english: chinese
    for table in (phrases.HOSTILITY, phrases.CONFIDENCE)
    for english, chinese in zip(table["en"], table["zh"], strict=True)
}
"""Words that views use too, so that one meaning has one word."""

_NAMED = frozenset({"phase", "here", "visibility", "how"})
"""Places of a refusal that hold a word of the game; in all others stands what somebody wrote, or a number."""


def refusal(error: CrisisSimError, language: Language, *packages: str) -> tuple[str, str]:
    """Why something was refused and what to do instead, both in `language`."""
    say = speaker(language, *packages)

    def word(name: str, part: object) -> object:
        if isinstance(part, Text):
            return part.in_(language)
        return say(str(part)) if name in _NAMED else part

    parts = {name: word(name, part) for name, part in error.parts.items()}
    return say(error.sentence, **parts), say(error.way_out, **parts)
