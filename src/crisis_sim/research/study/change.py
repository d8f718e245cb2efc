"""What questionnaires say, before and after: scales and items, how far they hang together, how far they moved.

SciPy has the tests and the distributions; what it lacks is here, with its source. Cronbach's alpha: Cronbach 1951,
"Coefficient alpha and the internal structure of tests", Psychometrika 16; its interval: Feldt 1965, "The approximate
sampling distribution of Kuder-Richardson reliability coefficient twenty", Psychometrika 30. Hedges' correction: Hedges
1981, "Distribution theory for Glass's estimator of effect size and related estimators", Journal of Educational
Statistics 6. The interval of a paired effect: Algina and Keselman 2003, "Approximate confidence intervals for effect
sizes", Educational and Psychological Measurement 63.

A person's score on a scale is the mean of the answers to its items, those that run the other way turned round; it is
there if three quarters of them were answered. Single items are told as they were answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isfinite, sqrt
from statistics import fmean, stdev, variance
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from scipy import special, stats

from crisis_sim.errors import Sentence
from crisis_sim.research.study.answers import (
    ITEMS,
    LEAST,
    MOST,
    SCALES,
    ItemAnswers,
    Person,
    QuestionnaireItem,
    QuestionnaireScale,
)
from crisis_sim.research.study.overview import Interval, mean_interval
from crisis_sim.wording import _

Numbers = TypeVar("Numbers", bound=tuple[float, ...])

EXACT: Final = 13
"""Up to so many people who moved, the test goes through every way in which they could have."""
_FEW: Final = 3
"""People under which neither an alpha nor an effect is said."""
_DECIMALS: Final = 9
"""Of differences: means of seven and of eight items lie apart by dust, which would break ties and make alike unlike."""


class CronbachAlpha(NamedTuple):
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


class AnswerChange(NamedTuple):
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


def cronbach(answers: Sequence[Sequence[float]]) -> CronbachAlpha:
    """Cronbach's alpha, k/(k - 1) (1 - Σ var(item) / var(sum)), from a row of complete answers for each person.

    An alpha of 1 has no interval: what is left to differ by is nothing.
    """
    n = len(answers)
    if n < _FEW:
        return CronbachAlpha(n, None, None)
    k = len(answers[0])
    whole = variance([fmean(row) * k for row in answers])
    if k < 2 or whole <= 0:
        return CronbachAlpha(n, None, None)
    parts = sum(variance([row[item] for row in answers]) for item in range(k))
    value = k / (k - 1) * (1 - parts / whole)
    if value >= 1:
        return CronbachAlpha(n, value, None)
    interval = _found(lambda: _feldt(value, n, k))
    return CronbachAlpha(n, value, interval, () if interval else (_("the interval of alpha"),))


def _feldt(alpha: float, n: int, k: int) -> Interval:
    """The interval of an alpha of `n` people and `k` items."""
    low, high = (1 - (1 - alpha) * float(stats.f.ppf(at, n - 1, (n - 1) * (k - 1))) for at in (0.975, 0.025))
    return Interval(low, high)


def changed(pairs: Sequence[tuple[float, float]]) -> AnswerChange:
    """What there is to say of pairs of answers, before and after."""
    n = len(pairs)
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    differences = _differences(before, after)
    moved = [each for each in differences if each]
    if n < 2:
        one, two = pairs[0] if n else (None, None)
        return AnswerChange(n, one, two, None, None, None, None, len(moved), None, None)
    interval = _found(lambda: mean_interval(differences))
    effect = hedges(before, after)
    test = _found(lambda: _wilcoxon(moved)) if len(moved) > 1 else None
    failed = (
        *((_("the interval of the change"),) if interval is None and len(set(differences)) > 1 else ()),
        *(effect.failed if effect else ()),
        *((_("Wilcoxon's test"),) if test is None and len(moved) > 1 else ()),
    )
    return AnswerChange(
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
        return Effect(g, None, (_("the interval of g"),))
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


TeamOrAll: TypeAlias = Literal["us", "china", "all"]
TEAMS: Final[tuple[TeamOrAll, ...]] = ("us", "china", "all")
_PLACES: Final = {item.key: place for place, item in enumerate(ITEMS)}


class ScaleResult(NamedTuple):
    """A scale or an item, of one team or of all."""

    what: QuestionnaireScale | QuestionnaireItem
    team: TeamOrAll
    change: AnswerChange
    alpha_before: CronbachAlpha | None
    """None for single items."""
    alpha_after: CronbachAlpha | None

    @property
    def failed(self) -> tuple[str, ...]:
        """Its numbers that could not be found, in words."""
        alphas = ((self.alpha_before, _("{number} before")), (self.alpha_after, _("{number} after")))
        found = (
            Sentence(of, number=Sentence(name)) for alpha, of in alphas if alpha is not None for name in alpha.failed
        )
        return (*map(Sentence, self.change.failed), *found)


class Questionnaire(NamedTuple):
    """Everything that the answers say."""

    people: int
    pairs: int
    """Of them: with a sheet before and one after."""
    only_before: int
    only_after: int
    results: tuple[ScaleResult, ...]


def questionnaire(people: Sequence[Person]) -> Questionnaire:
    """What these people said before and after."""
    return Questionnaire(
        people=len(people),
        pairs=sum(each.before is not None and each.after is not None for each in people),
        only_before=sum(each.after is None for each in people),
        only_after=sum(each.before is None for each in people),
        results=tuple(_results(people)),
    )


def _results(people: Sequence[Person]) -> Iterator[ScaleResult]:
    members: dict[TeamOrAll, list[Person]] = {
        team: [each for each in people if team in ("all", each.team)] for team in TEAMS
    }
    for scale in SCALES:
        for team in TEAMS:
            pairs = [(score(scale, each.before), score(scale, each.after)) for each in members[team]]
            yield ScaleResult(
                what=scale,
                team=team,
                change=changed([(one, two) for one, two in pairs if one is not None and two is not None]),
                alpha_before=_alpha(scale, [each.before for each in members[team]]),
                alpha_after=_alpha(scale, [each.after for each in members[team]]),
            )
    for place, item in enumerate(ITEMS):
        for team in TEAMS:
            yield ScaleResult(item, team, changed(list(_pairs(place, members[team]))), None, None)


def _pairs(place: int, people: Sequence[Person]) -> Iterator[tuple[float, float]]:
    for each in people:
        if each.before is not None and each.after is not None:
            one, two = each.before[place], each.after[place]
            if one is not None and two is not None:
                yield one, two


def score(scale: QuestionnaireScale, answers: ItemAnswers | None) -> float | None:
    """A person's mean on a scale, 1-7; None where too few of its items were answered."""
    there = [answer for answer in _turned(scale, answers) if answer is not None] if answers is not None else []
    return fmean(there) if len(there) >= scale.enough else None


def _turned(scale: QuestionnaireScale, answers: ItemAnswers) -> list[int | None]:
    """The answers to the items of a scale, all running the same way."""
    turned: list[int | None] = []
    for key in scale.items:
        answer = answers[_PLACES[key]]
        turned.append(LEAST + MOST - answer if answer is not None and key in scale.reversed else answer)
    return turned


def _alpha(scale: QuestionnaireScale, sheets: Sequence[ItemAnswers | None]) -> CronbachAlpha:
    """Cronbach's alpha over those who answered every item of the scale."""
    whole: list[list[float]] = []
    for answers in sheets:
        turned = [] if answers is None else [float(each) for each in _turned(scale, answers) if each is not None]
        if len(turned) == len(scale.items):
            whole.append(turned)
    return cronbach(whole)
