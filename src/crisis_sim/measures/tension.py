"""How tension went, what of what was felt came from readings, orders of offences, alerts and conclusions, and turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.hearing import OFFENCE
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import Points
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.session.course import Course

TensionPart: TypeAlias = Literal["us", "china", "facilitator", "other", "bounds"]
"""What moved tension: acts and silences of a side; a number set by hand; events, time and all else; its bounds."""
BOUNDS: Final = ("bounds", "under rest", "without force")
"""What holds tension back near the ends of its scale."""


class Felt(NamedTuple):
    """What one side felt, beside what the catalogue says."""

    side: Side
    end: Points
    """Felt tension at the end."""
    distance: Points
    """Felt tension minus tension, at the end: below zero, it took things more lightly than the rules."""
    share: Fraction | None
    """Of all that it felt rise, the part that lies in its readings and not in the acts; None where nothing rose."""
    order: Fraction | None
    """The part that lies in its own order of offences: in what it takes more gravely than the rules do."""
    alert: Fraction | None
    """The part that lies in hearing doubtful acts more gravely, since it had drawn a conclusion."""
    conclusions: Fraction | None
    """The part that lies in the conclusions themselves."""
    by_order: Points
    """All that its own order of offences added to what it felt, less what it took off."""


class TurningPoint(NamedTuple):
    """A turn that moved the session."""

    turn: int
    hour: int
    moved: Points
    """Tension at its end minus tension at the end of the one before."""
    crossed: tuple[str, ...]
    """`side/line` of red lines crossed in it."""
    concluded: tuple[str, ...]
    """`side/line` of pink lines from which their owner drew a conclusion in it."""
    drawn_back: tuple[str, ...]
    """`side/line` of those on which it was drawn back from one."""


class AtStake(NamedTuple):
    """What the crisis itself came to: the third party's account."""

    id: str
    start: Points
    end: Points
    better: bool | None
    """It ended better than it began; None where it ended as it began, and of a clock: that ran out or did not."""
    clock: bool
    """It counts down to something."""
    ran_out: bool


def felt(course: Course, state: State) -> tuple[Felt, ...]:
    """Both sides; `state` is the last of the session.

    What a side feels above tension is divided, turn by turn, among its readings, its order of offences, its alerts and
    its conclusions, as these had added to it by then.
    """
    measures = []
    start = course.turns[0].tension
    for side in SIDES:
        own = [turn.felt_us if side == "us" else turn.felt_china for turn in course.turns]
        tensions = [turn.tension for turn in course.turns]
        risen = sum(max(0, feels - start) for feels in own)
        sums, added = [Fraction(0)] * 4, [0, 0, 0, 0]
        for turn, feels, tension in zip(course.turns, own, tensions, strict=True):
            added = [sum(pair) for pair in zip(added, _added(state, turn.number, side), strict=True)]
            excess = max(0, feels - max(tension, start))
            sums = [total + excess * part for total, part in zip(sums, _parts(added), strict=True)]
        misread, order, alert, conclusions = [total / risen if risen else None for total in sums]
        measures.append(Felt(side, own[-1], own[-1] - tensions[-1], misread, order, alert, conclusions, added[1]))
    return tuple(measures)


def tension_by(course: Course, state: State) -> Mapping[TensionPart, Points]:
    """How far tension went by each part; together they are all the way from its start to its end."""
    parts: dict[TensionPart, Points] = {"us": 0, "china": 0, "facilitator": 0, "bounds": 0}
    crossed_by: dict[str, Side] = {}
    for event in chain.from_iterable(state.turn_events):
        match event:
            case e.ActWeighed(sender=side):
                parts[side] += event.weight
            case e.LineCrossed(by=side):
                crossed_by[f"crossing {event.line}"] = side
            case e.Overridden(meter="tension"):
                parts["facilitator"] += event.after - event.before
            case e.NumberMoved(meter="tension", trace=trace):
                mover = crossed_by.get(trace.rule) if trace.act is None else trace.act[0]
                part: TensionPart | None = "bounds" if trace.rule in BOUNDS else mover
                if part is not None:
                    parts[part] += trace.after - trace.before
    return parts | {"other": course.turns[-1].tension - course.turns[0].tension - sum(parts.values())}


def _added(state: State, turn: int, side: Side) -> tuple[Points, Points, Points, Points]:
    """What a side's readings, its order, its alerts, and its conclusions and claims added in a turn to what it felt."""
    readings = order = alert = conclusions = 0
    for event in chain.from_iterable(state.turn_events[turn : turn + 1]):
        match event:
            case e.ActWeighed(sender=sender) if sender != side:
                readings += event.felt - (event.alert or 0) - event.weight
                alert += event.alert or 0
            case e.NumberMoved(meter="felt", of=team, trace=trace) if team == side and trace.rule.startswith(OFFENCE):
                order += trace.after - trace.before
            case e.ConclusionDrawn(side=owner, felt=rise) | e.CrossingClaimed(side=owner, felt=rise) if owner == side:
                conclusions += rise
            case e.FurtherFrom(side=owner, felt=rise) if owner == side:
                conclusions -= rise
    return readings, order, alert, conclusions


def felt_by_order(state: State, side: Side) -> Points:
    """All that a side's own order of offences added to what it felt, less what it took off."""
    return sum(_added(state, turn, side)[1] for turn in range(len(state.turn_events)))


def _parts(added: Sequence[Points]) -> list[Fraction]:
    """The part of each in what all of them added; all of it is put down to readings where none added anything."""
    up = [max(0, points) for points in added]
    total = sum(up)
    return [Fraction(points, total) for points in up] if total else [Fraction(1)] + [Fraction(0)] * 3


def turning_points(course: Course, limit: int = 3) -> tuple[TurningPoint, ...]:
    """The turns that moved tension furthest, and those with a crossing or a conclusion, in the order of play."""
    steps = [
        TurningPoint(
            turn.number, turn.hour, turn.tension - previous.tension, turn.crossed, turn.concluded, turn.drawn_back
        )
        for previous, turn in zip(course.turns, course.turns[1:], strict=False)
    ]
    furthest = sorted(steps, key=lambda step: -abs(step.moved))[:limit]
    return tuple(
        step for step in steps if step.crossed or step.concluded or step.drawn_back or (step in furthest and step.moved)
    )


def at_stake(state: State, table: GameTable) -> tuple[AtStake, ...]:
    """What became of every track."""
    stakes = []
    for name, track in table.scenario.tracks.items():
        end = state.tracks[name]
        better = None if track.runs_out or end == track.start else (end > track.start) == (track.good == "up")
        stakes.append(AtStake(name, track.start, end, better, track.runs_out, track.runs_out and end <= track.least))
    return tuple(stakes)
