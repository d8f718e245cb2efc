"""How a session went, turn by turn: the numbers as each turn ended, what was done and meant, what was crossed.

Read from a log by folding its events; nothing is judged anew, and no file is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crisis_sim.engine.sight.parts import ActFacts
from crisis_sim.engine.sight.seen import head_of
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.numbers import Points
from crisis_sim.rules.names import Side, Words
from crisis_sim.session.log import Log
from crisis_sim.session.replay import states


class ActDone(NamedTuple):
    """An act of one turn."""

    act: ActFacts
    """What it was, to whom, over which channel."""
    intent: int
    """−3 … +3."""
    reading: int | None
    """How it was taken; None if it did not arrive or was not read."""


class TurnPoint(NamedTuple):
    """A turn as it stood when it ended, or when the log did."""

    number: int
    """From 1; 0 is the start."""
    hour: int
    """Game hour at which it began."""
    tension: Points
    felt_us: Points
    felt_china: Points
    trust: dict[Side, Points]
    standing: dict[Side, Points]
    tracks: dict[str, Points]
    pressure: dict[str, Points]
    """By `side/line`, for pink lines."""
    acts: tuple[ActDone, ...]
    crossed: tuple[str, ...]
    """`side/line` of the red lines crossed in this turn, of which side's."""
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


def course_of(log: Log, table: Table) -> Course:
    """The course of the session in `log`. Raises LogDamaged where its events cannot follow each other."""
    return traced(table, (state for _, state in states(log, table)))


def traced(table: Table, folded: Iterable[State]) -> Course:
    """The course of a session whose states are `folded`, in their order."""
    last: dict[int, State] = {}
    for state in folded:
        last[state.turn] = state
    end = last[max(last)]
    return Course(
        title=table.scenario.title.words,
        session=table.session,
        packs=tuple(pack.id for pack in table.material.packs),
        length=table.length,
        seed=table.seed,
        ended=end.phase in ("hotwash", "closed"),
        turns=tuple(_point(state, end, table) for _, state in sorted(last.items())),
    )


def _point(state: State, end: State, table: Table) -> TurnPoint:
    """One turn; readings are taken from the end, since an act may be read in a later turn than it was sent."""
    turn = state.turn
    return TurnPoint(
        number=turn,
        hour=state.hour,
        tension=state.tension,
        felt_us=state.us.felt,
        felt_china=state.china.felt,
        trust={"us": state.us.trust, "china": state.china.trust},
        standing={"us": state.us.standing, "china": state.china.standing},
        tracks=dict(state.tracks),
        pressure={f"us/{line}": by for line, by in state.us.pressure.items()}
        | {f"china/{line}": by for line, by in state.china.pressure.items()},
        acts=tuple(_acts(end, turn, table)),
        crossed=tuple(f"{each.side}/{each.line}" for each in end.crossings if each.turn == turn),
        injects=tuple(table.injects[name].title.words for name, came in end.injects.items() if came == turn and turn),
    )


def _acts(end: State, turn: int, table: Table) -> Iterator[ActDone]:
    readings = {item.act: item.hostility for team in (end.us, end.china) for item in team.inbox}
    for key, sent in end.acts.items():
        if key[1] == turn:
            yield ActDone(head_of(table, sent, None), sent.act.intent, readings.get(key))
