"""What moved tension, and what pressed the lines: added up over a session, by what did it.

Kept beside what was reached, under keys of their own, so that sums of many sessions come together as counts do: the
same on any number of workers. A move's own weight is the catalogue's; what rules made of it stands under each rule.
Sums are as weighed: what would have gone beyond an end of the scale is in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.numbers import Points, rounded
from crisis_sim.playtest.run_measures import FinishedSession
from crisis_sim.rules.names import Side

Mover: TypeAlias = Literal["move", "silence", "rule", "other"]
"""What moves tension: a move by its weight, a silence, a rule, or what is called by its name: time, injects, tracks."""
UpDown: TypeAlias = Literal["up", "down"]


class BudgetRow(NamedTuple):
    """What one thing did to tension, a session on average, and its share of all that went up and down, in percent."""

    kind: Mover
    name: str
    up: Points
    down: Points
    share_up: Points
    share_down: Points


class TurnRow(NamedTuple):
    """How far tension went up and down in a turn, a session on average."""

    turn: int
    up: Points
    down: Points


class PressRow(NamedTuple):
    """What acts of one move, or a rule, pressed a line by, a session on average."""

    side: Side
    line: str
    source: str
    """A move; or what pressed without an act, as a trace calls it."""
    points: Points
    share: Points
    """Percent of all pressure on the line."""


def moved(ended: FinishedSession) -> Iterator[tuple[str, int]]:
    """Keys and hundredths of all that moved tension or pressed a line in a session."""
    rules = {rule.id for rule in ended.table.material.rules}
    for turn, event in ended.state.events_of(e.ActWeighed, e.NumberMoved, e.LinePressed):
        if isinstance(event, e.ActWeighed):
            kind: Mover = "silence" if event.silence else "move"
            yield from _moved(turn, kind, ended.state.acts[event.act].act.move, event.base)
            for step in event.steps:
                yield from _moved(turn, _mover(step.rule, rules), step.rule, step.after - step.before)
        elif isinstance(event, e.NumberMoved) and event.meter == "tension" and event.trace.rule != "bounds":
            trace = event.trace
            yield from _moved(turn, _mover(trace.rule, rules), trace.rule, trace.after - trace.before)
        elif isinstance(event, e.LinePressed):
            trace = event.trace
            source = trace.rule if trace.act is None else ended.state.acts[trace.act].act.move
            yield f"pressing/{event.side}/{event.line}/{source}", trace.after - trace.before


def _mover(rule: str, rules: set[str]) -> Mover:
    return "rule" if rule in rules else "other"


def _moved(turn: int, kind: Mover, name: str, points: int) -> Iterator[tuple[str, int]]:
    if points:
        yield f"tension/{turn}/{'up' if points > 0 else 'down'}/{kind}/{name}", abs(points)


Sums: TypeAlias = Mapping[str, int]
"""Hundredths by key, over all sessions."""


def budget(sums: Sums, runs: int) -> tuple[BudgetRow, ...]:
    """What moved tension, what did most first."""
    totals: dict[tuple[str, str], list[int]] = {}
    for key, points in sums.items():
        head, *parts = key.split("/", 4)
        if head == "tension":
            _turn, direction, kind, name = parts
            totals.setdefault((kind, name), [0, 0])[direction == "down"] += points
    ups, downs = (sum(pair[place] for pair in totals.values()) for place in (0, 1))
    rows = [
        BudgetRow(_KINDS[kind], name, rounded(up, runs), rounded(down, runs), _share(up, ups), _share(down, downs))
        for (kind, name), (up, down) in totals.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-max(row.up, row.down), row.kind, row.name)))


_KINDS: Final[Mapping[str, Mover]] = {"move": "move", "silence": "silence", "rule": "rule", "other": "other"}


def by_turn(sums: Sums, runs: int) -> tuple[TurnRow, ...]:
    """How far tension went in each turn."""
    totals: dict[int, list[int]] = {}
    for key, points in sums.items():
        head, *parts = key.split("/", 3)
        if head == "tension":
            totals.setdefault(int(parts[0]), [0, 0])[parts[1] == "down"] += points
    return tuple(TurnRow(turn, rounded(up, runs), rounded(down, runs)) for turn, (up, down) in sorted(totals.items()))


def pressings(sums: Sums, runs: int) -> tuple[PressRow, ...]:
    """What pressed each line, line by line in the order of their pressure, what did most first."""
    totals: dict[tuple[Side, str], dict[str, int]] = {}
    for key, points in sums.items():
        head, *parts = key.split("/", 3)
        if head == "pressing":
            side: Side = "us" if parts[0] == "us" else "china"
            totals.setdefault((side, parts[1]), {})[parts[2]] = points
    return tuple(
        PressRow(side, line, source, rounded(points, runs), _share(points, sum(points_by_source.values())))
        for (side, line), points_by_source in sorted(totals.items(), key=lambda item: (item[0][0] != "us", item[0][1]))
        for source, points in sorted(points_by_source.items(), key=lambda item: (-item[1], item[0]))
    )


def _share(part: int, whole: int) -> Points:
    return rounded(part * 100_00, whole) if whole else 0


def sums_of(tally: Mapping[str, tuple[int, int, int]]) -> Sums:
    """The sums among what was counted of many sessions."""
    return {key: count[1] for key, count in tally.items() if key.startswith(SUM_PREFIXES)}


SUM_PREFIXES: Final[tuple[str, ...]] = ("tension/", "pressing/")
"""How the keys of sums begin."""


def heaviest(rows: Sequence[BudgetRow], direction: UpDown) -> BudgetRow | None:
    """What made more than half of all that went this way, if anything did."""
    field = "share_up" if direction == "up" else "share_down"
    return next((row for row in rows if getattr(row, field) > 50_00), None)
