"""The headings and fixed sentences of reports, in English and Chinese.

English is the key, so that a section reads as it prints; its Chinese is in `zh.txt`, one pair a line. What people wrote
and what scenarios say is never looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping

from crisis_sim.engine.phrases import hostility, signed
from crisis_sim.engine.views import GuessView
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say as Say
from crisis_sim.wording import pairs


def speaker(language: Language) -> Say:
    """What says sentences in `language`; one that has no translation stays English."""

    def say(english: str, /, **words: object) -> str:
        sentence = english if language == "en" else chinese().get(english, english)
        said = sentence.format(**words) if words else sentence
        return f"T{said[1:]}" if english.startswith("{") and said.startswith("the ") else said

    return say


def chinese() -> Mapping[str, str]:
    """Chinese by English."""
    return pairs("crisis_sim.report")


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
