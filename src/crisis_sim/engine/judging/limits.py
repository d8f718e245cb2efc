"""What is settled once a turn is judged: tracks and their marks, pink lines at their limit, the meters' bounds."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.facts import moment
from crisis_sim.engine.judging.effects import cross, is_crossed, leads_to, take_steps
from crisis_sim.engine.judging.story import Cause, Story
from crisis_sim.engine.plans import TrackPlan
from crisis_sim.engine.state import State
from crisis_sim.numbers import clamp
from crisis_sim.rules.facts import Facts
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
"""Numbers that stay between 0 and their highest."""
BOUNDED: Final[tuple[e.Meter, ...]] = ("tension", "felt", "trust", "standing")
"""Their meters."""


def check_limits(story: Story, before: State) -> None:
    """Turn pink lines at their limit into crossings, and note those that came near it since `before`."""
    table = story.table
    for side in SIDES:
        for name in story.frame.pressed(side):
            pressure, pink = story.numbers("pressure")[name], table.pink.get(name, table.own_pink)
            if pressure >= pink.near:
                line = name.partition("/")[2]
                if pressure >= pink.limit and (target := _target(story, side, line)) is not None:
                    if not is_crossed(story.frame, side, target):
                        _at_limit(story, side, line, target)
                elif before.pressure.get(name, 0) < pink.near:
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
    story.floors = ()
    numbers = {meter: story.numbers(meter) for meter in BOUNDED}
    for meter, of, highest in BOUNDS:
        before = numbers[meter][of]
        if not 0 <= before <= highest:
            after = clamp(before, 0, highest)
            story.move(meter, of, e.Trace("bounds", "the scale", None, before, after))


def _lift(story: Story, meter: e.Meter, of: str, floor: int, cause: Cause) -> None:
    """Keep one number from ending below a floor."""
    before = story.numbers(meter)[of]
    if before < floor:
        story.move(meter, of, cause.trace(before, floor))


def run_clocks(story: Story, hours: int) -> None:
    """Move every track by the hours that have passed, unless something has stopped it."""
    table = story.table
    facts = moment(story.state, table) if table.track_stops else None
    for track, of in table.scenario.tracks.items():
        stop = table.track_stops.get(track)
        if of.per_hour and not (stop is not None and facts is not None and stop(facts)):
            cause = Cause("clock", table.place(f"track/{track}"))
            story.shift("track", track, of.per_hour * hours, cause, (of.least, of.most))


def move_track(story: Story, plan: TrackPlan, act: e.Key | None) -> None:
    """Make one authored change to a track; a `once` change only once."""
    if plan.once and story.has_fired(plan.rule, None):
        return
    story.fire(plan, None, act)
    cause = Cause(plan.rule, plan.at, act=act)
    story.shift("track", plan.track, plan.by, cause, (plan.least, plan.most))


def turn_changes(story: Story, facts: Facts) -> None:
    """Changes of tracks that are tried once at the end of a turn."""
    for plan in story.table.track_changes(facts):
        move_track(story, plan, None)


def check_marks(story: Story) -> None:
    """Carry out what follows at marks that tracks have reached, each once."""
    tracks = story.numbers("track")
    for mark in story.table.marks:
        track, place = mark.track, mark.place
        if mark.least <= tracks[track] <= mark.most and (track, place) not in story.frame.marked:
            story.tell(e.TrackMarked(track, place, visible="everyone"))
            take_steps(story, mark.steps, Cause(mark.rule, mark.at, part=place))
            tracks = story.numbers("track")
