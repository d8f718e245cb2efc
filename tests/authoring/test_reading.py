"""How long texts take to read."""

from __future__ import annotations

import pytest

from crisis_sim.authoring.stats import A_MINUTE, reading_minutes, reading_units
from crisis_sim.rules.names import Language


def test_a_minute_of_english_is_a_minute_of_words() -> None:
    """Length in minutes is the number of words by the speed, whatever the layout."""
    text = "word\n\n" * A_MINUTE["en"]
    assert reading_minutes(text, "en") == 1
    assert reading_minutes("", "en") == 0


def test_a_minute_of_chinese_is_a_minute_of_characters() -> None:
    """A text without spaces is as long as its characters."""
    assert reading_minutes("艇" * A_MINUTE["zh"] * 2, "zh") == 2


@pytest.mark.parametrize(
    ("text", "language", "units"),
    [
        ("# Your brief\n\n- **Say** it – plainly, well-known and soon.", "en", 8),
        ("| a | b |\n| --- | --- |\n", "en", 2),
        ("美方在 T+14 时打来电话。", "zh", 9),
        ("国防部热线,ISMERLO", "zh", 6),
        ("𠮷", "zh", 1),
    ],
)
def test_only_what_is_read_counts(text: str, language: Language, units: int) -> None:
    """Marks of Markdown and punctuation are left out; a Latin word in a Chinese text counts once."""
    assert reading_units(text, language) == units
