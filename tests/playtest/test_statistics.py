"""Means, shares and quartiles agree with published figures, and with Python's own where it has them."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_sim.playtest.statistics import (
    RunInterval,
    deviation,
    mean_interval,
    quartile,
    share,
    summary,
    t_point,
    wilson,
)

VALUES = st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("freedom", "point"),
    [
        (1, 12.706),
        (2, 4.303),
        (5, 2.571),
        (10, 2.228),
        (11, 2.201),
        (15, 2.131),
        (29, 2.045),
        (60, 2.000),
        (120, 1.980),
    ],
)
def test_the_points_of_t_are_those_of_the_tables(freedom: int, point: float) -> None:
    """Student's t at 97.5 %, as textbooks print it."""
    assert round(t_point(freedom), 3) == point


@pytest.mark.parametrize(
    ("times", "count", "low", "high"),
    [(81, 263, 2553, 3662), (15, 148, 624, 1605), (0, 20, 0, 1611), (1, 29, 61, 1718)],
)
def test_wilsons_interval_is_the_published_one(times: int, count: int, low: int, high: int) -> None:
    """The four examples of Newcombe, Statistics in Medicine 17 (1998), table I."""
    assert wilson(times, count) == RunInterval(low, high)


@given(VALUES)
def test_a_spread_is_what_python_says(values: list[int]) -> None:
    """The standard deviation is that of the standard library."""
    assert deviation(values) == pytest.approx(statistics.stdev(values), rel=1e-9, abs=1e-9)


@given(VALUES)
def test_quartiles_are_what_python_says(values: list[int]) -> None:
    """To half a hundredth, since they are rounded to whole hundredths."""
    ordered = sorted(values)
    for which, expected in enumerate(statistics.quantiles(values, n=4, method="inclusive"), 1):
        assert abs(quartile(ordered, which) - expected) <= 0.5


@given(VALUES, st.randoms(use_true_random=False))
def test_no_order_shows_in_a_summary(values: list[int], luck: object) -> None:
    """Runs may come in any order: everything said of them is the same."""
    shuffled = list(values)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert summary(shuffled) == summary(values)


def test_an_interval_by_hand() -> None:
    """2, 4, 4, 6: mean 4, s = 1.633, half width 3.182 × 1.633 / 2 = 2.60."""
    assert mean_interval([200, 400, 400, 600]) == RunInterval(140, 660)
    told = summary([200, 400, 400, 600])
    assert told is not None
    assert (told.mean, told.spread, told.median, told.lower, told.upper) == (400, 163, 400, 350, 450)


def test_nothing_is_made_of_nothing() -> None:
    """No session has no summary and no share; one has no interval of its mean."""
    assert summary([]) is None
    assert share([]) is None
    alone = summary([700])
    assert alone is not None
    assert (alone.mean, alone.interval, alone.spread, alone.lower, alone.upper) == (700, None, 0, 700, 700)


def test_a_share_counts_and_stays_within_its_bounds() -> None:
    """All or none of the sessions touch 100 or 0 %, and no interval leaves that scale."""
    every = share([1, 1, 1])
    assert every is not None
    assert (every.sessions, every.times, every.percent, every.interval.high) == (3, 3, 10000, 10000)
    none = share([0, 0])
    assert none is not None
    assert (none.times, none.percent, none.interval.low) == (0, 0, 0)
