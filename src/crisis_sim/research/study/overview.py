"""The measures of many sessions: means with intervals, by group, and the difference between the two sides.

A session counts once in each number, however many acts it has. The difference between the sides is taken within each
session, so that what differs from session to session does not blur it.

A mean's interval is Student's t ("The probable error of a mean", Biometrika 6, 1908), cut off at the ends of the
measure's scale. For few sessions it is closer to its 95 % than the usual bootstrap, whose intervals come out too narrow
there (Hesterberg, "What teachers should know about the bootstrap", The American Statistician 69, 2015). It also needs
no luck, so that the same logs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, stdev
from typing import Final, Literal, NamedTuple, TypeAlias

from scipy import stats

from crisis_sim.errors import Sentence
from crisis_sim.research.study.studied_sessions import Played
from crisis_sim.research.study.study_measures import MEASURES, StudyMeasure, columns


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


By: TypeAlias = Literal["scenario", "packs", "length", "arm"]
ValueSide: TypeAlias = Literal["us", "china", "difference", ""]

FEW: Final = 10
"""Sessions under which a mean says little."""
ENOUGH: Final = 30
"""Sessions from which nothing needs to be said about their number."""


class OverviewRow(NamedTuple):
    """One measure of one side, over the sessions of a group."""

    measure: StudyMeasure
    side: ValueSide
    """`difference` is the US minus China within sessions; nothing where the measure is of the session."""
    found: Summary


class Group(NamedTuple):
    """Sessions that are looked at together."""

    name: str
    """Empty where all are together."""
    sessions: tuple[Played, ...]
    rows: tuple[OverviewRow, ...]


def groups(sessions: Sequence[Played], by: By | None) -> tuple[Group, ...]:
    """The sessions, together or by what they have in common."""
    found: dict[str, list[Played]] = {}
    for each in sorted(sessions, key=lambda each: _key(each, by)):
        found.setdefault(_name(each, by), []).append(each)
    return tuple(Group(name, tuple(members), tuple(_rows(members))) for name, members in found.items())


def _key(session: Played, by: By | None) -> tuple[int, str]:
    return (session.length, "") if by == "length" else (0, _name(session, by))


def _name(session: Played, by: By | None) -> str:
    match by:
        case "scenario":
            return session.scenario
        case "packs":
            return session.packs
        case "arm":
            return session.arm or Sentence("no arm")
        case "length":
            return Sentence("{length} minutes", length=session.length)
        case None:
            return ""


def _rows(members: Sequence[Played]) -> Iterator[OverviewRow]:
    at = 0
    for measure in MEASURES:
        sides = [[each.values[at + place] for each in members] for place in range(2 if measure.sided else 1)]
        at += len(sides)
        if not measure.sided:
            yield OverviewRow(measure, "", summary(sides[0], measure.low, measure.high))
            continue
        us, china = sides
        yield OverviewRow(measure, "us", summary(us, measure.low, measure.high))
        yield OverviewRow(measure, "china", summary(china, measure.low, measure.high))
        both = [one - two for one, two in zip(us, china, strict=True) if one is not None and two is not None]
        yield OverviewRow(measure, "difference", summary(both, *_spread(measure)))


def _spread(measure: StudyMeasure) -> tuple[float | None, float | None]:
    """The ends of a difference of two values of a measure."""
    if measure.low is None or measure.high is None:
        return None, None
    return measure.low - measure.high, measure.high - measure.low


def each_value(sessions: Sequence[Played]) -> Iterator[tuple[Played, StudyMeasure, str, float | None]]:
    """Every value of every session, with its measure and side."""
    for session in sessions:
        for (measure, side), value in zip(columns(), session.values, strict=True):
            yield session, measure, side, value


def said_of(sessions: int) -> str:
    """What has to be said of so few sessions; nothing of many."""
    if sessions == 1:
        return Sentence(
            "One session is a case and not a sample: there are no intervals, and nothing here goes beyond it."
        )
    if sessions < FEW:
        return Sentence(
            "{n} sessions are few. Read the intervals before the means: where one is wide, one more session can turn "
            "the mean round.",
            n=sessions,
        )
    if sessions < ENOUGH:
        return Sentence("{n} sessions are enough for a first look, and too few for small differences.", n=sessions)
    return ""
