"""Pink lines at their limit, near misses, and the bounds of the meters: what is settled when a turn has been judged."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.cause import Cause
from crisis_sim.engine.judging.effects import cross, is_crossed
from crisis_sim.engine.judging.lines import leads_to
from crisis_sim.engine.judging.story import Story
from crisis_sim.engine.state import State
from crisis_sim.numbers import clamp
from crisis_sim.rules.names import SIDES, Side, other

HIGHEST_TENSION = 10_000
"""100, in hundredths."""
HIGHEST_METER = 1_000
"""10, in hundredths."""
BOUNDS: Final[tuple[tuple[e.Meter, str, int], ...]] = (
    ("tension", "", HIGHEST_TENSION),
    ("felt", "us", HIGHEST_TENSION),
    ("trust", "us", HIGHEST_METER),
    ("standing", "us", HIGHEST_METER),
    ("felt", "china", HIGHEST_TENSION),
    ("trust", "china", HIGHEST_METER),
    ("standing", "china", HIGHEST_METER),
)
"""Meters that stay between 0 and their highest."""


def check_limits(story: Story, before: State) -> None:
    """Turn pink lines at their limit into crossings, and note those that came near it since `before`."""
    table = story.table
    for side in SIDES:
        for line in story.frame.team(side).pressure:
            name = f"{side}/{line}"
            pressure, pink = story.value("pressure", name), table.pink.get(name, table.own_pink)
            if pressure >= pink.limit and (target := _target(story, side, line)) is not None:
                if not is_crossed(story.frame, side, target):
                    _at_limit(story, side, line, target)
            elif pressure >= pink.near > before.team(side).pressure.get(line, 0):
                story.tell(e.NearMiss(side, line, pressure, pink.limit, visible=side))


def _target(story: Story, side: Side, line: str) -> str | None:
    """The red line that a pink line leads to; None if there is none, or the team has set it aside."""
    target = leads_to(story.frame, story.table, side, line)
    aside = f"{side}/{target}" in story.table.lines and target not in story.frame.team(side).adopted
    return None if aside else target


def _at_limit(story: Story, side: Side, line: str, target: str) -> None:
    """Cross the red line that a pink line at its limit leads to."""
    last = next(
        (
            event
            for event in reversed(story.state.story[-1])
            if isinstance(event, e.LinePressed) and (event.side, event.line) == (side, line)
        ),
        None,
    )
    act = last.trace.act if last else None
    at = story.table.place(f"line/{side}/{line}")
    cross(story, side, target, line, Cause(rule="limit", at=at, sender=other(side), act=act))


def settle(story: Story) -> None:
    """Lift tension to the floors in force, then keep every meter within its bounds."""
    for floor, cause in story.floors:
        _lift(story, "tension", "", floor, cause)
        for side in SIDES:
            _lift(story, "felt", side, floor, cause)
    story.floors.clear()
    for meter, of, highest in BOUNDS:
        before = story.value(meter, of)
        if not 0 <= before <= highest:
            after = clamp(before, 0, highest)
            story.move(meter, of, e.Trace("bounds", "the scale", None, before, after))


def _lift(story: Story, meter: e.Meter, of: str, floor: int, cause: Cause) -> None:
    """Keep one number from ending below a floor."""
    before = story.value(meter, of)
    if before < floor:
        story.move(meter, of, cause.trace(before, floor))
