"""What is left to the night: the ordinary run has something of everything, and the night has all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.thinning import NIGHTLY, one_in, spread

ROOT = Path(__file__).parents[1]


def ordinary(cases: list[Any]) -> list[Any]:
    """What the ordinary run has of them."""
    return [case.values for case in cases if not case.marks]


@pytest.mark.parametrize(("every", "rows", "columns"), [(2, 2, 4), (3, 10, 3), (3, 33, 9), (4, 10, 4)])
def test_a_table_is_thinned_over_all_rows_and_columns(every: int, rows: int, columns: int) -> None:
    """None of them is left to the night alone, and every pair has its place."""
    cases = spread(every, range(rows), range(columns))
    assert len(cases) == rows * columns
    kept = ordinary(cases)
    assert {row for row, _ in kept} == set(range(rows)) and {column for _, column in kept} == set(range(columns))
    assert len(kept) <= rows * columns // every + rows


def test_a_table_too_small_to_be_thinned_is_refused() -> None:
    """Rather than that a row goes missing."""
    with pytest.raises(AssertionError, match="would be left out"):
        spread(3, "ab", "abc")


def test_a_list_is_thinned_from_its_first() -> None:
    """One in so many, and the first in any case; a pair is two arguments."""
    assert ordinary(one_in(3, "abcdefg")) == [("a",), ("d",), ("g",)]
    assert ordinary(one_in(2, [("a", 1)])) == [("a", 1)]


def test_the_night_has_everything() -> None:
    """Slow tests and others, with every example."""
    script = (ROOT / "scripts" / "nightly").read_text(encoding="utf-8")
    assert f'-m "slow or not slow" --hypothesis-profile {NIGHTLY} "$@"' in script
