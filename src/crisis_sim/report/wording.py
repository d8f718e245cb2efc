"""How reports put words together: a sentence begins with a capital, short things have a comma."""

from __future__ import annotations

from crisis_sim import wording
from crisis_sim.pages.seat_parts import GuessView
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say as Say


def speaker(language: Language) -> Say:
    """What says sentences in `language`; one that has no translation stays English."""

    spoken = wording.speaker(language)

    def say(english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
        said = spoken(english, context, plural=plural, **words)
        return f"T{said[1:]}" if english.startswith("{") and said.startswith("the ") else said

    return say


def guess(say: Say, made: GuessView) -> str:
    """A guess in a line."""
    words = {"kind": say(made.kind), "about": made.concern, "weight": made.weight, "says": made.says}
    return say("{kind}, {about} ({weight}): {says}", **words)


def joined(language: Language, parts: tuple[str, ...] | list[str]) -> str:
    """Short things in a row."""
    return ("、" if language == "zh" else ", ").join(parts)
