"""What is settled once a turn is judged: tracks and their marks, pink lines at their limit, the meters' bounds."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import cross, is_crossed, leads_to, take_steps
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.plans import TrackPlan
from crisis_sim.engine.state import State
from crisis_sim.numbers import clamp
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other

HIGHEST_TENSION = 10_000
"""100, in hundredths."""
HIGHEST_METER = 1_000
"""10, in hundredths."""
BOUNDS: Final[tuple[tuple[e.MeterName, str, int], ...]] = (
    ("tension", "", HIGHEST_TENSION),
    ("felt", "us", HIGHEST_TENSION),
    ("trust", "us", HIGHEST_METER),
    ("standing", "us", HIGHEST_METER),
    ("felt", "china", HIGHEST_TENSION),
    ("trust", "china", HIGHEST_METER),
    ("standing", "china", HIGHEST_METER),
)
"""Numbers that stay between 0 and their highest."""
BOUNDED: Final[tuple[e.MeterName, ...]] = ("tension", "felt", "trust", "standing")
"""Their meters."""


def check_limits(recorder: EventRecorder, before: State) -> None:
    """Turn pink lines at their limit into crossings, and note those that came near it since `before`."""
    table = recorder.table
    for side in SIDES:
        for name in recorder.frame.pressed(side):
            pressure, pink = recorder.numbers("pressure")[name], table.pink.get(name, table.own_pink)
            if pressure >= pink.near:
                line = name.partition("/")[2]
                if pressure >= pink.limit and (target := _target(recorder, side, line)) is not None:
                    if not is_crossed(recorder.frame, side, target):
                        _at_limit(recorder, side, line, target)
                elif before.pressure.get(name, 0) < pink.near:
                    recorder.tell(e.NearMiss(side, line, pressure, pink.limit, visible=side))


def _target(recorder: EventRecorder, side: Side, line: str) -> str | None:
    """The red line that a pink line leads to; None if there is none, or the team has set it aside."""
    target = leads_to(recorder.frame, recorder.table, side, line)
    aside = f"{side}/{target}" in recorder.table.lines and target not in recorder.frame.team(side).adopted
    return None if aside else target


def _at_limit(recorder: EventRecorder, side: Side, line: str, target: str) -> None:
    """Cross the red line that a pink line at its limit leads to."""
    last = next(
        (
            event
            for event in reversed(recorder.state.turn_events[-1])
            if isinstance(event, e.LinePressed) and (event.side, event.line) == (side, line)
        ),
        None,
    )
    act = last.trace.act if last else None
    at = recorder.table.place(f"line/{side}/{line}")
    cross(recorder, side, target, line, Cause(rule="limit", at=at, sender=other(side), act=act))


def settle(recorder: EventRecorder) -> None:
    """Lift tension to the floors in force, then keep every meter within its bounds."""
    for floor, cause in recorder.floors:
        _lift(recorder, "tension", "", floor, cause)
        for side in SIDES:
            _lift(recorder, "felt", side, floor, cause)
    recorder.floors = ()
    numbers = {meter: recorder.numbers(meter) for meter in BOUNDED}
    for meter, of, highest in BOUNDS:
        if not 0 <= numbers[meter][of] <= highest:
            before = numbers[meter][of]
            recorder.move(meter, of, e.Trace("bounds", "the scale", None, before, clamp(before, 0, highest)))


def _lift(recorder: EventRecorder, meter: e.MeterName, of: str, floor: int, cause: Cause) -> None:
    """Keep one number from ending below a floor."""
    before = recorder.numbers(meter)[of]
    if before < floor:
        recorder.move(meter, of, cause.trace(before, floor))


def run_clocks(recorder: EventRecorder, hours: int, facts: Facts) -> None:
    """Move every track by the hours that have passed, unless something has stopped it."""
    table = recorder.table
    for track, of in table.scenario.tracks.items():
        stop = table.track_stops.get(track)
        if of.per_hour and not (stop is not None and stop(facts)):
            cause = Cause("clock", table.place(f"track/{track}"))
            recorder.shift("track", track, of.per_hour * hours, cause, (of.least, of.most))


def move_track(recorder: EventRecorder, plan: TrackPlan, act: e.ActKey | None) -> None:
    """Make one authored change to a track; a `once` change only once."""
    if plan.once and recorder.has_fired(plan.rule, None):
        return
    recorder.fire(plan, None, act)
    cause = Cause(plan.rule, plan.at, act=act)
    recorder.shift("track", plan.track, plan.by, cause, (plan.least, plan.most))


def turn_changes(recorder: EventRecorder, facts: Facts) -> None:
    """Changes of tracks that are tried once at the end of a turn."""
    for plan in recorder.table.track_changes(facts):
        move_track(recorder, plan, None)


def check_marks(recorder: EventRecorder) -> None:
    """Carry out what follows at marks that tracks have reached, each once."""
    tracks = recorder.numbers("track")
    for mark in recorder.table.marks:
        if mark.least <= tracks[mark.track] <= mark.most and (mark.track, mark.place) not in recorder.frame.marked:
            recorder.tell(e.TrackMarked(mark.track, mark.place, visible="everyone"))
            take_steps(recorder, mark.steps, Cause(mark.rule, mark.at, part=mark.place))
            tracks = recorder.numbers("track")
