"""What a questionnaire says before and after: how far its items hang together, and how far answers moved.

SciPy has the tests and the distributions; what it lacks is here, with its source. Cronbach's alpha: Cronbach 1951,
"Coefficient alpha and the internal structure of tests", Psychometrika 16; its interval: Feldt 1965, "The approximate
sampling distribution of Kuder-Richardson reliability coefficient twenty", Psychometrika 30. Hedges' correction: Hedges
1981, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of Educational
Statistics 6. The interval of a paired effect: Algina and Keselman 2003, "Approximate confidence intervals for effect
sizes", Educational and Psychological Measurement 63.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev, variance
from typing import Final, NamedTuple

from scipy import optimize, stats

from crisis_sim.research.study.intervals import Interval, mean_interval

EXACT: Final = 13
"""Up to so many people who moved, the test goes through every way in which they could have."""
_FEW: Final = 3
"""People under which neither an alpha nor an effect is said."""


class Alpha(NamedTuple):
    """How far the items of a scale hang together."""

    n: int
    """People who answered all of them."""
    value: float | None
    """None for fewer than three people, or where nobody differs."""
    interval: Interval | None


class Effect(NamedTuple):
    """A paired difference in standard deviations, corrected for small samples."""

    g: float
    interval: Interval | None


class Change(NamedTuple):
    """Answers of the same people before and after."""

    n: int
    """Pairs."""
    before: float | None
    after: float | None
    spread_before: float | None
    """Standard deviation between people."""
    spread_after: float | None
    interval: Interval | None
    """Of the mean difference."""
    effect: Effect | None
    moved: int
    """People whose answer is another after."""
    statistic: float | None
    """Wilcoxon's: the smaller sum of ranks."""
    p: float | None

    @property
    def mean(self) -> float | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before


def cronbach(answers: Sequence[Sequence[float]]) -> Alpha:
    """Cronbach's alpha, k/(k - 1) (1 - Σ var(item) / var(sum)), from a row of complete answers for each person.

    An alpha of 1 has no interval: what is left to differ by is nothing.
    """
    n = len(answers)
    if n < _FEW:
        return Alpha(n, None, None)
    k = len(answers[0])
    whole = variance([fmean(row) * k for row in answers])
    if k < 2 or whole <= 0:
        return Alpha(n, None, None)
    parts = sum(variance([row[item] for row in answers]) for item in range(k))
    value = k / (k - 1) * (1 - parts / whole)
    if value >= 1:
        return Alpha(n, value, None)
    low, high = (1 - (1 - value) * float(stats.f.ppf(at, n - 1, (n - 1) * (k - 1))) for at in (0.975, 0.025))
    return Alpha(n, value, Interval(low, high))


def changed(pairs: Sequence[tuple[float, float]]) -> Change:
    """What there is to say of pairs of answers, before and after."""
    n = len(pairs)
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    differences = [two - one for one, two in pairs]
    if n < 2:
        one, two = pairs[0] if n else (None, None)
        return Change(n, one, two, None, None, None, None, sum(map(bool, differences)), None, None)
    statistic, p = _wilcoxon([each for each in differences if each])
    return Change(
        n=n,
        before=fmean(before),
        after=fmean(after),
        spread_before=stdev(before),
        spread_after=stdev(after),
        interval=mean_interval(differences),
        effect=hedges(before, after),
        moved=sum(map(bool, differences)),
        statistic=statistic,
        p=p,
    )


def hedges(before: Sequence[float], after: Sequence[float]) -> Effect | None:
    """Hedges' g of paired answers: J (m₂ - m₁) / s, with s² the mean of both variances and J = 1 - 3/(4 df - 1).

    None for fewer than three pairs, or where nobody differs from anybody. The interval turns the noncentral t of the
    paired test round; there is none where all moved alike.
    """
    n = len(before)
    if n < _FEW:
        return None
    spread = sqrt((variance(before) + variance(after)) / 2)
    if not spread:
        return None
    differences = [two - one for one, two in zip(before, after, strict=True)]
    mean, correction = fmean(differences), 1 - 3 / (4 * (n - 1) - 1)
    error = stdev(differences) / sqrt(n)
    if not error:
        return Effect(correction * mean / spread, None)
    low, high = (_noncentrality(mean / error, n - 1, at) for at in (0.975, 0.025))
    unit = correction * error / spread
    found = None if low is None or high is None else Interval(low * unit, high * unit)
    return Effect(correction * mean / spread, found)


def _noncentrality(t: float, freedom: int, at: float) -> float | None:
    """The noncentrality under which so much of the noncentral t lies below `t`; None where it lies out of reach."""

    def off(noncentrality: float) -> float:
        return float(stats.nct.cdf(t, freedom, noncentrality)) - at

    least, most = t - 10 - abs(t), t + 10 + abs(t)
    if not (off(least) > 0 > off(most)):
        return None
    return float(optimize.brentq(off, least, most, xtol=1e-9))


def _wilcoxon(moved: Sequence[float]) -> tuple[float | None, float | None]:
    """Wilcoxon's signed-rank test of differences that are not zero: its statistic and two-sided p.

    Exact for few, ties included; the normal approximation with its correction for more.
    """
    if len(moved) < 2:
        return None, None
    if len(moved) <= EXACT:
        found = stats.wilcoxon(moved, method=stats.PermutationMethod(n_resamples=2**EXACT))
    else:
        found = stats.wilcoxon(moved, method="asymptotic", correction=True)
    return float(found.statistic), float(found.pvalue)
