"""How a session went, turn by turn: the numbers as each turn ended, what was done and meant, what became of lines.

Read from a log by folding its events; nothing is judged anew, and no file is touched. Two courses are laid side by side
to see where they part and what was otherwise after that; nothing is said of which is better. Numbers are B minus A.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crisis_sim.engine.events import TurnOpened
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import head_of
from crisis_sim.engine.views.record_opened import DrawnConclusion, conclusions_drawn
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.numbers import Points
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import Audience, Words
from crisis_sim.session.log import Log
from crisis_sim.session.replay import states


class CourseAct(NamedTuple):
    """An act of one turn."""

    act: ActFacts
    """What it was, to whom, over which channel."""
    intent: int | None
    """−3 … +3; None where nobody meant anything by it."""
    expected: int | None
    """How its sender expected it to be taken; None where that was not asked."""
    reading: int | None
    """How it was taken; None if it did not arrive or was not read."""
    audience: Audience | None = None
    """Whom public words were mainly for."""
    taken_for: Audience | None = None

    @property
    def intent_key(self) -> tuple[object, ...]:
        """All that its sender made of it: another meaning is another act, another reading is not."""
        return self.act, self.intent, self.expected, self.audience


class TurnPoint(NamedTuple):
    """A turn as it stood when it ended, or when the log did."""

    number: int
    """From 1; 0 is the start."""
    hour: int
    """Game hour at which it began."""
    tension: Points
    felt_us: Points
    felt_china: Points
    trust: dict[str, Points]
    standing: dict[str, Points]
    tracks: dict[str, Points]
    pressure: dict[str, Points]
    """By `side/line`, for pink lines."""
    acts: tuple[CourseAct, ...]
    crossed: tuple[str, ...]
    """`side/line` of the red lines crossed in this turn, of which side's."""
    concluded: tuple[str, ...]
    """`side/line` of the pink lines that were full, so that their owner drew a conclusion."""
    drawn_back: tuple[str, ...]
    """`side/line` of those on which it was drawn back from one."""
    injects: tuple[Words, ...]
    """Titles of the injects that came."""


class Course(NamedTuple):
    """A session from its start to where its log ends."""

    title: Words
    session: str
    packs: tuple[str, ...]
    length: int
    seed: str
    ended: bool
    """It came to its hotwash."""
    turns: tuple[TurnPoint, ...]
    """From turn 0, the start, on."""
    inherits: str = ""
    """The session with what it left this one began; empty where it began afresh."""


def course_of(log: Log, table: GameTable) -> Course:
    """The course of the session in `log`. Raises LogDamaged where its events cannot follow each other."""
    return trace_course(table, (state for _, state in states(log, table)))


def trace_course(table: GameTable, folded: Iterable[State]) -> Course:
    """The course of a session whose states are `folded`, in their order."""
    last: dict[int, State] = {}
    for state in folded:
        last[state.turn] = state
    end = last[max(last)]
    conclusions = conclusions_drawn(end)
    return Course(
        title=table.scenario.title.words,
        session=table.session,
        packs=tuple(pack.id for pack in table.material.packs),
        length=table.length,
        seed=table.seed,
        inherits="" if table.inherits is None else table.inherits.session,
        ended=end.phase in ("hotwash", "closed"),
        turns=tuple(_point(state, end, table, conclusions) for _, state in sorted(last.items())),
    )


def _point(state: State, end: State, table: GameTable, conclusions: Sequence[DrawnConclusion]) -> TurnPoint:
    """One turn; readings are taken from the end, since an act may be read in a later turn than it was sent."""
    turn = state.turn
    return TurnPoint(
        number=turn,
        hour=state.hour,
        tension=state.tension,
        felt_us=state.felt["us"],
        felt_china=state.felt["china"],
        trust=state.trust,
        standing=state.standing,
        tracks=state.tracks,
        pressure=state.pressure,
        acts=tuple(_acts(end, turn, table)),
        crossed=tuple(f"{crossing.side}/{crossing.line}" for crossing in end.crossings if crossing.turn == turn),
        concluded=tuple(conclusion.name for conclusion in conclusions if conclusion.turn == turn),
        drawn_back=tuple(conclusion.name for conclusion in conclusions if turn and conclusion.drawn_back == turn),
        injects=tuple(table.injects[name].title.words for name, came in end.injects.items() if came == turn and turn),
    )


def _acts(end: State, turn: int, table: GameTable) -> Iterator[CourseAct]:
    read = {item.act: item for team in (end.us, end.china) for item in team.inbox}
    for key, sent in end.acts.items():
        if key[1] == turn:
            item, act = read.get(key), sent.act
            yield CourseAct(
                act=head_of(table, sent, None),
                intent=act.intent,
                expected=value_or_none(act.expected),
                reading=None if item is None else item.hostility,
                audience=value_or_none(act.audience),
                taken_for=None if item is None else item.audience,
            )


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
    only_a: tuple[CourseAct, ...]
    """Acts that only A has."""
    only_b: tuple[CourseAct, ...]

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
        acts, other_acts = one.acts if one else (), two.acts if two else ()
        turns.append(TurnContrast(number, one, two, _subtract_acts(acts, other_acts), _subtract_acts(other_acts, acts)))
    tracks = tuple(name for name in a.turns[0].tracks if name in b.turns[0].tracks)
    return Contrast(a, b, tuple(turns), tracks)


def _subtract_acts(acts: Sequence[CourseAct], other_acts: Sequence[CourseAct]) -> tuple[CourseAct, ...]:
    """Acts without those that the other side of the comparison has too, however they were read."""
    counts = Counter(act.intent_key for act in other_acts)
    remaining = []
    for act in acts:
        if counts[act.intent_key]:
            counts[act.intent_key] -= 1
        else:
            remaining.append(act)
    return tuple(remaining)


def find_divergence(a: Log, b: Log) -> Parting:
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
