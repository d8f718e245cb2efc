"""Forecasts are scored as the literature says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.play import small

from crisis_sim.measures.forecasts import Foresight, foresight

SCORED = st.lists(
    st.tuples(st.just("takes-call"), st.integers(1, 8), st.integers(0, 100), st.booleans()), min_size=1, max_size=30
)


def scored(made: list[tuple[str, int, int, bool]]) -> Foresight:
    state = small().state
    return foresight(replace(state, us=replace(state.us, scored=tuple(made))), "us")


@given(SCORED)
def test_the_parts_add_up_to_the_score(made: list[tuple[str, int, int, bool]]) -> None:
    """Murphy's identity holds exactly: Brier = reliability − resolution + uncertainty."""
    found = scored(made)
    assert found.brier is not None and found.reliability is not None
    assert found.resolution is not None and found.uncertainty is not None
    assert found.brier == found.reliability - found.resolution + found.uncertainty
    assert 0 <= found.brier <= 1


@pytest.mark.parametrize(
    ("made", "brier", "skill"),
    [
        ([("f", 1, 100, True), ("f", 2, 0, False)], Fraction(0), Fraction(1)),
        ([("f", 1, 50, True), ("f", 2, 50, False)], Fraction(1, 4), Fraction(0)),
        ([("f", 1, 100, False)], Fraction(1), Fraction(-3)),
        ([("f", 1, 70, True), ("f", 2, 20, False)], Fraction(13, 200), Fraction(74, 100)),
    ],
)
def test_known_forecasts_have_their_known_scores(
    made: list[tuple[str, int, int, bool]], brier: Fraction, skill: Fraction
) -> None:
    """Perfect, know-nothing, certain and wrong, and one worked by hand: (0.3² + 0.2²) / 2."""
    found = scored(made)
    assert (found.brier, found.skill) == (brier, skill)


HALF_OFF = [("f", turn, chance, True) for turn, chance in enumerate((90, 10, 80, 10, 90, 30, 70, 10, 90, 50), 1)]
"""Ten that are worse than saying 50, by three quarters of their standard error."""


@pytest.mark.parametrize(
    ("made", "beats"),
    [
        (HALF_OFF, None),
        ([("f", turn, 90, True) for turn in range(9)], None),
        ([("f", turn, 90, True) for turn in range(10)], True),
        ([("f", turn, 90, False) for turn in range(10)], False),
        ([("f", turn, 50, False) for turn in range(20)], None),
    ],
)
def test_a_difference_that_noise_explains_is_not_said(
    made: list[tuple[str, int, int, bool]], beats: bool | None
) -> None:
    """Within two standard errors, or with fewer than ten forecasts, a side is neither better nor worse."""
    assert scored(made).beats_even_odds is beats


def test_the_standard_error_of_skill_is_that_of_what_each_forecast_gained() -> None:
    """Worked by hand: squares 0.01, 0.25 and 0.49 have a mean of 0.25 and an error of 0.24 / √3; four times that."""
    found = scored([("f", 1, 90, True), ("f", 2, 50, True), ("f", 3, 30, True)])
    assert found.skill == 0 and found.skill_error is not None
    assert round(float(found.skill_error), 6) == round(4 * 0.24 / 3**0.5, 6)


def test_certainty_that_was_wrong_is_dear_and_not_endless() -> None:
    """The logarithmic score takes a chance of nought as one in a hundred."""
    found = scored([("f", 1, 0, True)])
    assert found.log_score is not None and round(float(found.log_score), 3) == 4.605


def test_no_forecast_no_score() -> None:
    """Nothing is said of a side that forecast nothing."""
    assert foresight(small().state, "china").brier is None


def test_each_part_of_the_score_is_the_one_that_murphy_names() -> None:
    """Worked by hand: 70 twice, true once, and 20, false. Their sum alone would let two of them be wrong together."""
    found = scored([("f", 1, 70, True), ("f", 2, 70, False), ("f", 3, 20, False)])
    assert found.reliability == Fraction(1, 25)
    assert found.resolution == Fraction(1, 18)
    assert found.uncertainty == Fraction(2, 9)
    assert found.brier == Fraction(31, 150)


def test_the_logarithmic_score_takes_the_chance_of_what_happened() -> None:
    """0.7 came true and 0.2 did not: the mean of ln 0.7 and ln 0.8, with its sign turned."""
    found = scored([("f", 1, 70, True), ("f", 2, 20, False)])
    assert found.log_score is not None and round(float(found.log_score), 4) == 0.2899


def test_a_chance_counts_as_no_more_than_99_percent_and_no_less_than_1() -> None:
    """Certainty that was right costs what 99 percent cost, ln 1/0.99; certainty that was wrong what 1 percent cost."""
    for chance, happened, score in (
        (100, True, 0.01005),
        (0, False, 0.01005),
        (100, False, 4.60517),
        (0, True, 4.60517),
    ):
        found = scored([("f", 1, chance, happened)]).log_score
        assert found is not None and round(float(found), 5) == score
