"""What a questionnaire says before and after: how far its items hang together, and how far answers moved.

SciPy has the tests and the distributions; what it lacks is here, with its source. Cronbach's alpha: Cronbach 1951,
"Coefficient alpha and the internal structure of tests", Psychometrika 16; its interval: Feldt 1965, "The approximate
sampling distribution of Kuder-Richardson reliability coefficient twenty", Psychometrika 30. Hedges' correction: Hedges
1981, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of Educational
Statistics 6. The interval of a paired effect: Algina and Keselman 2003, "Approximate confidence intervals for effect
sizes", Educational and Psychological Measurement 63.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite, sqrt
from statistics import fmean, stdev, variance
from typing import Any, Final, NamedTuple, TypeVar

from scipy import special, stats

from crisis_sim.research.study.intervals import Interval, mean_interval

Numbers = TypeVar("Numbers", bound=tuple[float, ...])

EXACT: Final = 13
"""Up to so many people who moved, the test goes through every way in which they could have."""
_FEW: Final = 3
"""People under which neither an alpha nor an effect is said."""
_DECIMALS: Final = 9
"""Of differences: means of seven and of eight items lie apart by dust, which would break ties and make alike unlike."""


class Alpha(NamedTuple):
    """How far the items of a scale hang together."""

    n: int
    """People who answered all of them."""
    value: float | None
    """None for fewer than three people, or where nobody differs."""
    interval: Interval | None
    failed: tuple[str, ...] = ()
    """Numbers that could not be found, in words."""


class Effect(NamedTuple):
    """A paired difference in standard deviations, corrected for small samples."""

    g: float
    interval: Interval | None
    failed: tuple[str, ...] = ()
    """Numbers that could not be found, in words."""


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
    failed: tuple[str, ...] = ()
    """Numbers that could not be found, in words."""

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
    interval = _found(lambda: _feldt(value, n, k))
    return Alpha(n, value, interval, () if interval else ("the interval of alpha",))


def _feldt(alpha: float, n: int, k: int) -> Interval:
    """The interval of an alpha of `n` people and `k` items."""
    low, high = (1 - (1 - alpha) * float(stats.f.ppf(at, n - 1, (n - 1) * (k - 1))) for at in (0.975, 0.025))
    return Interval(low, high)


def changed(pairs: Sequence[tuple[float, float]]) -> Change:
    """What there is to say of pairs of answers, before and after."""
    n = len(pairs)
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    differences = _differences(before, after)
    moved = [each for each in differences if each]
    if n < 2:
        one, two = pairs[0] if n else (None, None)
        return Change(n, one, two, None, None, None, None, len(moved), None, None)
    interval = _found(lambda: mean_interval(differences))
    effect = hedges(before, after)
    test = _found(lambda: _wilcoxon(moved)) if len(moved) > 1 else None
    failed = (
        *(("the interval of the change",) if interval is None and len(set(differences)) > 1 else ()),
        *(effect.failed if effect else ()),
        *(("Wilcoxon's test",) if test is None and len(moved) > 1 else ()),
    )
    return Change(
        n=n,
        before=fmean(before),
        after=fmean(after),
        spread_before=stdev(before),
        spread_after=stdev(after),
        interval=interval,
        effect=effect,
        moved=len(moved),
        statistic=test.statistic if test else None,
        p=test.p if test else None,
        failed=failed,
    )


def _differences(before: Sequence[float], after: Sequence[float]) -> list[float]:
    return [round(two - one, _DECIMALS) for one, two in zip(before, after, strict=True)]


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
    differences = _differences(before, after)
    mean, correction = fmean(differences), 1 - 3 / (4 * (n - 1) - 1)
    error = stdev(differences) / sqrt(n)
    g = correction * mean / spread
    if not error:
        return Effect(g, None)
    ends = _found(lambda: _noncentralities(mean / error, n - 1))
    if ends is None:
        return Effect(g, None, ("the interval of g",))
    unit = correction * error / spread
    return Effect(g, Interval(ends.low * unit, ends.high * unit))


def _noncentralities(t: float, freedom: int) -> Interval:
    """Between which noncentralities the middle 95 % of the noncentral t hold `t`; SciPy has no such t below zero."""
    if t < 0:
        mirrored = _noncentralities(-t, freedom)
        return Interval(-mirrored.high, -mirrored.low)
    low, high = (float(special.nctdtrinc(freedom, at, t)) for at in (0.975, 0.025))
    return Interval(low, high)


class _Test(NamedTuple):
    """Wilcoxon's signed-rank test."""

    statistic: float
    p: float


def _wilcoxon(moved: Sequence[float]) -> _Test:
    """Of differences that are not zero: two-sided; exact for few, ties included, and the normal approximation with its
    correction for more.
    """
    is_few = len(moved) <= EXACT
    how: Any = stats.PermutationMethod(n_resamples=2**EXACT) if is_few else "asymptotic"  # Any: stubs differ on names
    found = stats.wilcoxon(moved, method=how, correction=not is_few)
    return _Test(float(found.statistic), float(found.pvalue))


def _found(find: Callable[[], Numbers | None]) -> Numbers | None:
    """What `find` finds; None where it fails, or finds what is no number."""
    try:
        found = find()
    except (ArithmeticError, RuntimeError, ValueError):
        return None
    return found if found is not None and all(map(isfinite, found)) else None
