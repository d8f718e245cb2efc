"""Two sessions side by side: where they part, and what was otherwise after that.

Compares courses turn by turn and says nothing of which is better. Numbers are B minus A.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from crisis_sim.engine.events import TurnOpened
from crisis_sim.session.course import ActDone, Course, TurnPoint
from crisis_sim.session.log import Log


class Parting(NamedTuple):
    """The first entry at which two logs differ."""

    shared: int
    """Entries that both have, from the first on."""
    turn: int
    a: str
    """What comes next in A, in a few words; empty where A ends there."""
    b: str


class TurnContrast(NamedTuple):
    """One turn of both."""

    number: int
    a: TurnPoint | None
    b: TurnPoint | None
    only_a: tuple[ActDone, ...]
    """Acts that only A has."""
    only_b: tuple[ActDone, ...]

    @property
    def is_same(self) -> bool:
        """Nothing is otherwise in this turn."""
        return self.a is not None and self.b is not None and self.a == self.b


class Contrast(NamedTuple):
    """Two courses laid beside each other."""

    a: Course
    b: Course
    turns: tuple[TurnContrast, ...]
    tracks: tuple[str, ...]
    """Ids of the tracks that both have."""

    @property
    def first(self) -> TurnContrast | None:
        """The first turn in which something is otherwise."""
        return next((turn for turn in self.turns if not turn.is_same), None)


def contrast(a: Course, b: Course) -> Contrast:
    """Lay two courses beside each other."""
    ours, theirs = ({turn.number: turn for turn in course.turns} for course in (a, b))
    turns = []
    for number in sorted(ours.keys() | theirs.keys()):
        one, two = ours.get(number), theirs.get(number)
        acts, others = one.acts if one else (), two.acts if two else ()
        turns.append(TurnContrast(number, one, two, _without(acts, others), _without(others, acts)))
    tracks = tuple(name for name in a.turns[0].tracks if name in b.turns[0].tracks)
    return Contrast(a, b, tuple(turns), tracks)


def _without(acts: Sequence[ActDone], others: Sequence[ActDone]) -> tuple[ActDone, ...]:
    """Acts without those that the other side of the comparison has too, however they were read."""
    there = Counter((act.act, act.intent) for act in others)
    found = []
    for act in acts:
        what = (act.act, act.intent)
        if there[what]:
            there[what] -= 1
        else:
            found.append(act)
    return tuple(found)


def parting(a: Log, b: Log) -> Parting:
    """Where two logs part. Two sessions that were begun apart share their first entries only if they are the same."""
    shared, turn = 0, 0
    for one, two in zip(a.entries, b.entries, strict=False):
        if (one.seat, one.action, one.events) != (two.seat, two.action, two.events):
            break
        shared += 1
        turn = next((event.turn for event in one.events if isinstance(event, TurnOpened)), turn)
    return Parting(shared, turn, _next(a, shared), _next(b, shared))


def _next(log: Log, place: int) -> str:
    if place >= len(log.entries):
        return ""
    entry = log.entries[place]
    kind = str(entry.action.__struct_config__.tag).replace("-", " ")
    return f"{entry.seat}: {kind}"
