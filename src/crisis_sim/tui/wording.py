"""The few words that screens add to a view, in the seat's language.

English is the key, so that a screen reads as it shows; what has no Chinese yet shows in English.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from crisis_sim.rules.authored import Language
from crisis_sim.tui.chinese import CHINESE

Say: TypeAlias = Callable[[str], str]

HOSTILITY: dict[int, str] = {
    -3: "very friendly",
    -2: "friendly",
    -1: "rather friendly",
    0: "neutral",
    1: "rather hostile",
    2: "hostile",
    3: "very hostile",
}
CONFIDENCE: dict[int, str] = {1: "a guess", 2: "rather sure", 3: "sure", 4: "certain"}
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


def speaker(language: Language) -> Say:
    """A function from English to what is shown."""
    return partial(_said, language)


def _said(language: Language, english: str) -> str:
    return CHINESE.get(english, english) if language == "zh" else english


def span(seconds: int, say: Say) -> str:
    """`06:12 left`, or how far over."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{minutes:02}:{rest:02} " + say("left" if seconds >= 0 else "over time")
