"""Means over sessions with their 95 % intervals, by SciPy.

A mean's interval is Student's t ("The probable error of a mean", Biometrika 6, 1908), cut off at the ends of the
measure's scale. For few sessions it is closer to its 95 % than the usual bootstrap, whose intervals come out too narrow
there (Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69, 2015). It also needs
no luck, so that the same logs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, stdev
from typing import NamedTuple

from scipy import stats


class Interval(NamedTuple):
    """From where to where."""

    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """All of it lies on one side of zero."""
        return self.low > 0 or self.high < 0


class Summary(NamedTuple):
    """A number over sessions, or over people."""

    n: int
    """How many have such a number."""
    mean: float | None
    deviation: float | None
    """Standard deviation with n - 1; None for fewer than two."""
    interval: Interval | None
    """Of the mean; None for fewer than two, and where all are alike."""


def summary(values: Sequence[float | None], low: float | None = None, high: float | None = None) -> Summary:
    """What there is to say of `values`, which lie between `low` and `high`."""
    there = [value for value in values if value is not None]
    if len(there) < 2:
        return Summary(len(there), there[0] if there else None, None, None)
    return Summary(len(there), fmean(there), stdev(there), mean_interval(there, low, high))


def mean_interval(values: Sequence[float], low: float | None = None, high: float | None = None) -> Interval | None:
    """Student's t interval of the mean of two or more values; None where all are alike."""
    if min(values) == max(values):
        return None
    found = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    return within(Interval(float(found.low), float(found.high)), low, high)


def within(interval: Interval, low: float | None, high: float | None) -> Interval:
    """An interval cut off where the scale ends."""
    least = interval.low if low is None else max(interval.low, low)
    most = interval.high if high is None else min(interval.high, high)
    return Interval(least, most)
