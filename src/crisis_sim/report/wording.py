"""The headings and fixed sentences of reports, in English and Chinese.

English is the key, so that a section reads as it prints; its Chinese is in `zh.txt`, one pair a line. What people wrote
and what scenarios say is never looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Protocol

from crisis_sim.engine.phrases import hostility, signed
from crisis_sim.engine.views import GuessView
from crisis_sim.rules.names import Language


class Say(Protocol):
    """A sentence in the report's language, with its words put in."""

    def __call__(self, english: str, **words: object) -> str:
        """`{name}` in the sentence becomes the word of that name."""
        ...


def speaker(language: Language) -> Say:
    """What says sentences in `language`; one that has no translation stays English."""

    def say(english: str, **words: object) -> str:
        sentence = english if language == "en" else chinese().get(english, english)
        said = sentence.format(**words) if words else sentence
        return f"T{said[1:]}" if english.startswith("{") and said.startswith("the ") else said

    return say


@cache
def chinese() -> Mapping[str, str]:
    """Chinese by English."""
    text = files("crisis_sim.report").joinpath("zh.txt").read_text(encoding="utf-8")
    return dict(line.partition(" = ")[::2] for line in text.splitlines() if line)


def meant(language: Language, value: int) -> str:
    """A place on the scale of intents and readings: `rather hostile (+1)`."""
    return f"{hostility(language, value)} ({signed(value)})"


def guess(say: Say, made: GuessView) -> str:
    """A guess in a line."""
    words = {"kind": say(made.kind), "about": made.concern, "weight": made.weight, "says": made.says}
    return say("{kind}, {about} ({weight}): {says}", **words)


def joined(language: Language, parts: tuple[str, ...] | list[str]) -> str:
    """Short things in a row."""
    return ("、" if language == "zh" else ", ").join(parts)
