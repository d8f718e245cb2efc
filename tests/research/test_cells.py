"""A cell of a table says its value in one way, and holds nothing that a spreadsheet would reckon with."""

from __future__ import annotations

import pytest

from crisis_sim.research.columns import LARGEST, Value, cell, lines_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (1.0, "1"),
        (2.5, "2.5"),
        (0.1234567, "0.123457"),
        (100.0, "100"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (LARGEST, str(LARGEST)),
        (-LARGEST, str(-LARGEST)),
        ("  two\nlines ", "two lines"),
    ],
)
def test_a_value_has_one_form(value: Value, said: str) -> None:
    """Six decimals at most, none that says nothing, no minus nought; text in one line."""
    assert cell(value) == said


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1, float("inf"), float("nan")])
def test_a_number_that_no_table_holds_is_refused(value: Value) -> None:
    """It would be another one in the tool that reads it."""
    with pytest.raises(ValueError, match="too large"):
        cell(value)


def test_a_formula_is_no_formula() -> None:
    """What a spreadsheet would reckon with is not at the start of a cell; rows end with LF."""
    assert lines_of([("=1+1", 3, None), ("a,b", True, 0.5)]) == '\'=1+1,3,\n"a,b",true,0.5\n'
