"""Means, shares, quartiles and their 95 % intervals, the same on every machine.

Values come as whole hundredths. Sums are exact, and what is left of floating point is division and square roots, which
every machine rounds alike; results are whole hundredths again.

Sources. A mean's interval is Student's t (Student, "The probable error of a mean", Biometrika 6, 1908): mean ± t·s/√n,
with s² = Σ(x − mean)²/(n − 1). A share's is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and
statistical inference", JASA 22, 1927), which stays within 0 and 100 % and is sound for few sessions. Quartiles are
definition 7 of Hyndman and Fan ("Sample quantiles in statistical packages", The American Statistician 50, 1996), the
default of R and of most spreadsheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

from crisis_sim.numbers import Points, rounded

Z: Final = 1.959963984540054
"""The 97.5 % point of the normal distribution."""

_T: Final = (
    12.706204736,
    4.302652730,
    3.182446305,
    2.776445105,
    2.570581836,
    2.446911851,
    2.364624252,
    2.306004135,
    2.262157163,
    2.228138852,
)
"""The 97.5 % points of Student's t for 1 to 10 degrees of freedom."""


class RunInterval(NamedTuple):
    """A 95 % confidence interval, in hundredths."""

    low: Points
    high: Points

    @property
    def leaves_out_zero(self) -> bool:
        """All of it lies on one side of zero."""
        return self.low > 0 or self.high < 0


class RunSummary(NamedTuple):
    """A number over many sessions, in hundredths."""

    sessions: int
    """Sessions that have such a number."""
    mean: Points
    interval: RunInterval | None
    """Of the mean; None for fewer than two sessions."""
    spread: Points
    """Standard deviation between sessions."""
    least: Points
    lower: Points
    """A quarter of the sessions lie at or below it."""
    median: Points
    upper: Points
    """A quarter of the sessions lie at or above it."""
    most: Points


class RunShare(NamedTuple):
    """In how many sessions something happened; percents in hundredths."""

    sessions: int
    """Sessions looked at."""
    times: int
    """Sessions in which it happened."""
    percent: Points
    interval: RunInterval


def summary(values: Sequence[int]) -> RunSummary | None:
    """What there is to say of a number over sessions; None for none."""
    if not values:
        return None
    ordered = sorted(values)
    return RunSummary(
        sessions=len(values),
        mean=rounded(sum(values), len(values)),
        interval=mean_interval(values),
        spread=round(deviation(values)),
        least=ordered[0],
        lower=quartile(ordered, 1),
        median=quartile(ordered, 2),
        upper=quartile(ordered, 3),
        most=ordered[-1],
    )


def share(flags: Sequence[int]) -> RunShare | None:
    """In how many sessions something happened, from 1 and 0; None for no session."""
    count, times = len(flags), sum(flags)
    if not count:
        return None
    return RunShare(count, times, rounded(times * 100_00, count), wilson(times, count))


def deviation(values: Sequence[int]) -> float:
    """Standard deviation with n − 1; 0 for fewer than two values. The sum of squares is exact."""
    count = len(values)
    if count < 2:
        return 0.0
    total, squares = sum(values), sum(value * value for value in values)
    return sqrt((count * squares - total * total) / (count * (count - 1)))


def mean_interval(values: Sequence[int]) -> RunInterval | None:
    """Student's t interval of a mean; None for fewer than two values."""
    count = len(values)
    if count < 2:
        return None
    mean, half = sum(values) / count, t_point(count - 1) * deviation(values) / sqrt(count)
    return RunInterval(round(mean - half), round(mean + half))


def wilson(times: int, count: int) -> RunInterval:
    """Wilson's interval of a share, in hundredths of a percent."""
    square = Z * Z
    middle = (times + square / 2) / (count + square)
    half = Z * sqrt(times * (count - times) / count + square / 4) / (count + square)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return RunInterval(0 if times == 0 else round(low * 100_00), 100_00 if times == count else round(high * 100_00))


def t_point(freedom: int) -> float:
    """The 97.5 % point of Student's t.

    From 11 degrees of freedom on by the expansion around the normal point of Abramowitz and Stegun, "Handbook of
    Mathematical Functions", 26.7.5, right to five digits there.
    """
    if freedom <= len(_T):
        return _T[freedom - 1]
    x, square, n = Z, Z * Z, freedom  # products, since powers are the mathematical library's and differ in the last bit
    g1 = x * (square + 1) / 4
    g2 = x * ((5 * square + 16) * square + 3) / 96
    g3 = x * (((3 * square + 19) * square + 17) * square - 15) / 384
    g4 = x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    return x + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n


def quartile(ordered: Sequence[int], quarter: int) -> Points:
    """The first, second or third quartile of sorted values, to the nearest hundredth."""
    place, rest = divmod((len(ordered) - 1) * quarter, 4)
    if not rest:
        return ordered[place]
    return rounded(ordered[place] * (4 - rest) + ordered[place + 1] * rest, 4)
