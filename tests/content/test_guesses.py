"""Guesses: what was meant by words, marks, numbers and times that files do not know; nothing where it is not clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.content.guesses import items_meant, number_meant, numbers_meant, time_meant, without_marks, word_meant

KEYS = ["id", "msel", "leads_to", "teams", "says", "title", "turns"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("team", "teams"),
        ("Teams", "teams"),
        ("leads-to", "leads_to"),
        ("leadsTo", "leads_to"),
        ("injects", "msel"),
        ("name", "title"),
        ("description", "says"),
        ("“says”", "says"),
        ("ｓａｙｓ", "says"),
        ("weather", None),
        ("", None),
    ],
)
def test_a_key_is_guessed_by_sense_or_spelling(word: str, meant: str | None) -> None:
    """Another case, other marks, an everyday word, a slip of the finger; not just anything."""
    assert word_meant(word, [key for key in KEYS if key != "id"]) == meant


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("180 hours", "write 180h"),
        ("7.5d", "write 180h"),
        ("T+24h", "write 24h"),
        ("１８０h", "write 180h"),
        ("14:00", "write 14h, counted from the start"),
        ("90min", "there are no minutes in a scenario: round to whole hours, such as 1h"),
        ("14:30", "write 14h or 15h, counted from the start: a scenario has whole hours"),
        ("soon", ""),
        ("3 weeks", ""),
    ],
)
def test_a_time_is_guessed(text: str, hint: str) -> None:
    """As it is said, as it is shown, with a fraction of a day; minutes are said to be none."""
    assert time_meant(text) == hint


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1,5", "1.5"), ("50%", "50"), ("1,000", "1000"), ("１.５", "1.5"), ("−3", "-3"), ("2 points", "2"), ("many", "")],
)
def test_a_number_is_guessed(text: str, meant: str) -> None:
    """With a comma, a unit, full-width digits, a typographic minus."""
    assert number_meant(text) == meant


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("core, calms", ["core", "calms"]),
        ("［core，safety-net-calms］", ["core", "safety-net-calms"]),
        ("core、calms", ["core", "calms"]),
        ("“core”; “calms”", ["core", "calms"]),
        ("core", []),
        ("Get the crew out, quickly", []),
    ],
)
def test_items_are_guessed_where_all_of_them_are_ids(text: str, items: list[str]) -> None:
    """A sentence with a comma in it is no list."""
    assert items_meant(text) == items


def test_a_stretch_is_guessed() -> None:
    """Turns from one to another."""
    assert (numbers_meant("1-4"), numbers_meant("4-1"), numbers_meant("one")) == ([1, 2, 3, 4], [], [])


@given(st.text(max_size=300))
def test_no_text_is_too_odd_to_be_guessed_at(text: str) -> None:
    """Every guess ends, and gives nothing that a terminal would obey or that is longer than what was written."""
    for guess in (number_meant(text), without_marks(text), *items_meant(text)):
        assert len(guess) <= 18 * max(len(text), 1)
    time_meant(text)
    numbers_meant(text)
    assert word_meant(text, KEYS) in (*KEYS, None)
