"""How tension went, how much of what was felt came from misreading, and where the session turned."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import Points
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.session.course import Course


class Felt(NamedTuple):
    """What one side felt, beside what the catalogue says."""

    side: Side
    end: Points
    """Felt tension at the end."""
    distance: Points
    """Felt tension minus tension, at the end: below zero, it took things more lightly than the rules."""
    share: Fraction | None
    """Of all that it felt rise, the part that lies in its readings and not in the acts; None where nothing rose."""


class TurningPoint(NamedTuple):
    """A turn that moved the session."""

    turn: int
    hour: int
    moved: Points
    """Tension at its end minus tension at the end of the one before."""
    crossed: tuple[str, ...]
    """`side/line` of red lines crossed in it."""


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


def felt(course: Course) -> tuple[Felt, ...]:
    """Both sides."""
    found = []
    start = course.turns[0].tension
    for side in SIDES:
        own = [turn.felt_us if side == "us" else turn.felt_china for turn in course.turns]
        said = [turn.tension for turn in course.turns]
        risen = sum(max(0, feels - start) for feels in own)
        misread = sum(max(0, feels - max(tension, start)) for feels, tension in zip(own, said, strict=True))
        share = Fraction(misread, risen) if risen else None
        found.append(Felt(side, own[-1], own[-1] - said[-1], share))
    return tuple(found)


def turning_points(course: Course, most: int = 3) -> tuple[TurningPoint, ...]:
    """The turns that moved tension furthest, and those in which a red line was crossed, in the order of play."""
    steps = [
        TurningPoint(turn.number, turn.hour, turn.tension - before.tension, turn.crossed)
        for before, turn in zip(course.turns, course.turns[1:], strict=False)
    ]
    furthest = sorted(steps, key=lambda step: -abs(step.moved))[:most]
    return tuple(step for step in steps if step.crossed or (step in furthest and step.moved))


def at_stake(state: State, table: GameTable) -> tuple[AtStake, ...]:
    """Every track."""
    found = []
    for name, track in table.scenario.tracks.items():
        end = state.tracks[name]
        better = None if track.runs_out or end == track.start else (end > track.start) == (track.good == "up")
        found.append(AtStake(name, track.start, end, better, track.runs_out, track.runs_out and end <= track.least))
    return tuple(found)
