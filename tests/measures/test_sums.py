"""Means, spreads and correlations are exact, and agree with what a statistics library finds."""

from __future__ import annotations

import statistics
from fractions import Fraction
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.measures.sums import correlation, deviation, fraction_printed, fraction_text, mean, natural_log

LISTS = st.lists(st.integers(-3, 3), min_size=3, max_size=40)


@given(LISTS)
def test_mean_and_deviation_agree_with_the_standard_library(values: list[int]) -> None:
    """To nine digits."""
    assert mean(values) == Fraction(sum(values), len(values))
    found = deviation(values)
    assert found is not None and isclose(float(found), statistics.stdev(values), abs_tol=1e-9)


def test_two_values_have_a_spread() -> None:
    """The fewest that have one: of −1 and 1 it is √2, cut after twelve decimals."""
    assert deviation([-1, 1]) == Fraction(1_414_213_562_373, 10**12)


@given(LISTS, st.data())
def test_correlation_agrees_with_the_standard_library(one: list[int], data: st.DataObject) -> None:
    """Where both lists vary; where one does not, there is none."""
    two = data.draw(st.lists(st.integers(-3, 3), min_size=len(one), max_size=len(one)))
    found = correlation(one, two)
    if len(set(one)) == 1 or len(set(two)) == 1:
        assert found is None
    else:
        assert found is not None and isclose(float(found), statistics.correlation(one, two), abs_tol=1e-9)


def test_what_goes_together_wholly_correlates_with_one_and_not_more() -> None:
    """The root of a recurring fraction does not push it past the end of the scale."""
    assert correlation([0, 1, 1], [0, 1, 1]) == 1 and correlation([0, 1, 1], [0, -1, -1]) == -1


def test_too_little_has_no_number() -> None:
    """Nothing is made up."""
    assert mean([]) is None and deviation([1]) is None and correlation([1, 2], [1, 2]) is None


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (Fraction(1, 4), 2, "0.25"),
        (Fraction(-3, 2), 2, "-1.50"),
        (Fraction(5, 1000), 2, "0.01"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(199, 2), 0, "100"),
        (None, 2, "–"),
    ],
)
def test_a_fraction_is_shown_rounded_away_from_zero(value: Fraction | None, places: int, said: str) -> None:
    """And a small negative one is no minus nought."""
    assert fraction_text(value, places) == said


def test_two_decimals_are_shown_where_nothing_else_is_asked() -> None:
    """As in most tables."""
    assert fraction_text(Fraction(1, 3)) == "0.33"


def test_a_logarithm_has_nine_decimals() -> None:
    """ln ½, rounded."""
    assert natural_log(Fraction(1, 2)) == Fraction(-693_147_181, 10**9)


def test_people_read_a_real_minus_sign() -> None:
    """As meanings have it on the same page; programs get the plain one."""
    assert (
        fraction_printed(Fraction(-3, 2)),
        fraction_printed(Fraction(3, 2), signed=True),
        fraction_printed(None),
    ) == ("−1.50", "+1.50", "–")
