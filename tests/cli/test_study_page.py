"""Numbers of a study have no more digits than their interval bears out."""

from __future__ import annotations

from crisis_sim.cli.study_page import chance, figure, span
from crisis_sim.research.study.overview import Interval


def test_a_wide_interval_takes_digits_away() -> None:
    """Two digits of half the interval, and at most two decimals."""
    assert figure(0.314159, Interval(0.2, 0.5)) == "0.31"
    assert figure(3.14159, Interval(1.0, 5.0)) == "3.1"
    assert figure(31.4159, Interval(10.0, 60.0)) == "31"
    assert figure(1.5) == "1.50"
    assert figure(None) == "–"


def test_signs_are_given_where_they_mean_something() -> None:
    """And what rounds to zero has none."""
    assert figure(0.5, signed=True) == "+0.50"
    assert figure(-0.001, signed=True) == "0.00"
    assert span(Interval(-0.36, 1.0), signed=True) == "-0.36 … +1.00"
    assert span(None) == "–"


def test_a_small_p_is_said_to_be_small() -> None:
    """Three decimals, and never zero."""
    assert chance(0.0001) == "<.001"
    assert chance(0.0625) == "0.062"
    assert chance(None) == "–"
