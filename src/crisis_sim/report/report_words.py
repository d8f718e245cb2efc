"""The report's own way of saying sentences in a reader's language."""

from __future__ import annotations

from crisis_sim.engine.sight.shared_facts import GuessFacts
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Language


class Reporter(Teller):
    """Says a report's sentences: one that begins with a side's name begins with a capital."""

    def __call__(self, english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
        """A sentence."""
        said = super().__call__(english, context, plural=plural, **words)
        return f"T{said[1:]}" if english.startswith("{") and said.startswith("the ") else said


def guess(say: Teller, made: GuessFacts) -> str:
    """A guess in a line."""
    words = {"kind": say(made.kind), "about": say.concern(made.concern), "weight": made.weight, "says": made.says}
    return say("{kind}, {about} ({weight}): {says}", **words)


def joined(language: Language, parts: tuple[str, ...] | list[str]) -> str:
    """Short things in a row."""
    return ("、" if language == "zh" else ", ").join(parts)
