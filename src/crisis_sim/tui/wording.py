"""The few words that screens add to a view, in the seat's language.

English is the key, so that a screen reads as it shows; its Chinese is in `zh.txt`, one pair a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import TypeAlias

from crisis_sim.engine import phrases
from crisis_sim.rules.names import Language

Say: TypeAlias = Callable[[str], str]

HOSTILITY: dict[int, str] = dict(zip(range(-3, 4), phrases.HOSTILITY["en"], strict=True))
CONFIDENCE: dict[int, str] = dict(zip(range(1, 5), phrases.CONFIDENCE["en"], strict=True))
FAMILIES: dict[str, str] = {
    "contact": "Make contact",
    "reassure": "Reassure",
    "cooperate": "Work together",
    "restrain": "Hold back",
    "inform": "Inform",
    "protest": "Protest",
    "coerce": "Press",
    "force": "Show force",
}
SEATS: dict[str, str] = {"us": "US team", "china": "China team", "facilitator": "Facilitator", "observer": "Observer"}
SIDES: dict[str, str] = {"us": "US", "china": "China"}


_ENGINE: dict[str, str] = {
    english: chinese
    for table in (phrases.HOSTILITY, phrases.CONFIDENCE)
    for english, chinese in zip(table["en"], table["zh"], strict=True)
}
"""Words that views use too, so that one meaning has one word."""


def speaker(language: Language) -> Say:
    """A function from English to what is shown."""
    return partial(_said, language)


def _said(language: Language, english: str) -> str:
    """What is shown; spaces at the edges stay, as rows are put together from pieces."""
    if language == "en":
        return english
    words = english.strip()
    return english.replace(words, _chinese().get(words, words)) if words else english


@cache
def _chinese() -> Mapping[str, str]:
    """Chinese by English, read when somebody first plays in Chinese."""
    text = files("crisis_sim.tui").joinpath("zh.txt").read_text(encoding="utf-8")
    pairs = (line.partition(" = ")[::2] for line in text.splitlines())
    return {**_ENGINE, **dict(pairs)}


def span(seconds: int, say: Say) -> str:
    """`06:12 left`, or how far over."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{minutes:02}:{rest:02} " + say("left" if seconds >= 0 else "over time")
