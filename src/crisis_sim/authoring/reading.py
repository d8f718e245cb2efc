"""How long a text takes to read: words or characters, and minutes of an adult reader who reads in silence and in full.

Speeds are means of many readers, and one team's may well differ by a quarter. Nobody's understanding is measured.
"""

from __future__ import annotations

import re
from typing import Final

from crisis_sim.rules.names import Language

A_MINUTE: Final[dict[Language, int]] = {"en": 238, "zh": 260}
"""English words, Chinese characters.

English non-fiction: Brysbaert 2019, "How many words do we read per minute?", Journal of Memory and Language 109, over
190 studies; most adults lie between 175 and 300. Chinese: Wang, Lin and Guo 2019, "Visual requirement for Chinese
reading with normal vision", Brain and Behavior 9, 259.5 ± 38.2 at best size; Trauzettel-Klosinski and Dietz 2012
(IReST) found 255 ± 29 aloud, so this is on the slow side for reading in silence.
"""

BRIEFING: Final = {45: 6, 90: 12, 150: 20}
"""For each length, the minutes for welcome, rules and briefs: the plan of `docs/facilitate.md`, under Timing."""

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD: Final = re.compile(r"[^\W_]")


def reading_units(text: str, language: Language) -> int:
    """What counts in a text: words in English, characters in Chinese; there a number or a Latin word counts as one.

    Marks of Markdown and punctuation are no words.
    """
    characters = 0
    if language == "zh":
        text, characters = _HAN.subn(" ", text)
    return characters + len(list(filter(_WORD.search, text.split())))


def reading_minutes(text: str, language: Language) -> float:
    """Minutes that it takes to read `text` once."""
    return reading_units(text, language) / A_MINUTE[language]
