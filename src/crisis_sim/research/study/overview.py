"""The measures of many sessions: means with intervals, by group, and the difference between the two sides.

A session counts once in each number, however many acts it has. The difference between the sides is taken within each
session, so that what differs from session to session does not blur it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.errors import Sentence
from crisis_sim.research.study.intervals import Summary, summary
from crisis_sim.research.study.sessions import MEASURES, Measure, Played, columns

By: TypeAlias = Literal["scenario", "packs", "length"]
Whose: TypeAlias = Literal["us", "china", "difference", ""]

FEW: Final = 10
"""Sessions under which a mean says little."""
ENOUGH: Final = 30
"""Sessions from which nothing needs to be said about their number."""


class Row(NamedTuple):
    """One measure of one side, over the sessions of a group."""

    measure: Measure
    side: Whose
    """`difference` is the US minus China within sessions; nothing where the measure is of the session."""
    found: Summary


class Group(NamedTuple):
    """Sessions that are looked at together."""

    name: str
    """Empty where all are together."""
    sessions: tuple[Played, ...]
    rows: tuple[Row, ...]


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
        case "length":
            return Sentence("{length} minutes", length=session.length)
        case None:
            return ""


def _rows(members: Sequence[Played]) -> Iterator[Row]:
    at = 0
    for measure in MEASURES:
        sides = [[each.values[at + place] for each in members] for place in range(2 if measure.sided else 1)]
        at += len(sides)
        if not measure.sided:
            yield Row(measure, "", summary(sides[0], measure.low, measure.high))
            continue
        us, china = sides
        yield Row(measure, "us", summary(us, measure.low, measure.high))
        yield Row(measure, "china", summary(china, measure.low, measure.high))
        both = [one - two for one, two in zip(us, china, strict=True) if one is not None and two is not None]
        yield Row(measure, "difference", summary(both, *_spread(measure)))


def _spread(measure: Measure) -> tuple[float | None, float | None]:
    """The ends of a difference of two values of a measure."""
    if measure.low is None or measure.high is None:
        return None, None
    return measure.low - measure.high, measure.high - measure.low


def each_value(sessions: Sequence[Played]) -> Iterator[tuple[Played, Measure, str, float | None]]:
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
