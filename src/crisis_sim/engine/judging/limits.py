"""What is settled at the end of whatever is judged: tracks and their marks, pressure on lines, the meters' bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import take_steps
from crisis_sim.engine.judging.event_recorder import TENSIONS, Cause, EventRecorder
from crisis_sim.engine.judging.pressing import remaining_effects, settle_pressure
from crisis_sim.engine.plans import TrackPlan
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import clamp, scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side

HIGHEST_TENSION = 10_000
"""The end of the scale of tension, 100, in hundredths."""
HIGHEST_METER = 1_000
"""The end of the scales of trust and standing, 10, in hundredths."""
BOUNDS: Final[tuple[tuple[e.MeterName, str, int, int], ...]] = (
    ("tension", "", 0, HIGHEST_TENSION),
    ("felt", "us", 0, HIGHEST_TENSION),
    ("trust", "us", 0, HIGHEST_METER),
    ("standing", "us", 0, HIGHEST_METER),
    ("felt", "china", 0, HIGHEST_TENSION),
    ("trust", "china", 0, HIGHEST_METER),
    ("standing", "china", 0, HIGHEST_METER),
)
"""Numbers that stay between two others, as long as no conclusion has moved them."""


def moved_within(recorder: EventRecorder, meter: e.MeterName, side: Side, amount: int, cause: Cause) -> int:
    """Move a meter of a team within its scale; how far it went."""
    old_value = recorder.numbers(meter)[side]
    recorder.shift(meter, side, amount, cause, (0, HIGHEST_TENSION if meter == "felt" else HIGHEST_METER))
    return recorder.numbers(meter)[side] - old_value


def is_in_bounds(recorder: EventRecorder) -> bool:
    """Every meter is within its scale."""
    tensions = (recorder.numbers("tension")[""], *recorder.numbers("felt").values())
    meters = (*recorder.numbers("trust").values(), *recorder.numbers("standing").values())
    return min(tensions + meters) >= 0 and max(tensions) <= HIGHEST_TENSION and max(meters) <= HIGHEST_METER


def settle(recorder: EventRecorder) -> None:
    """Settle pressure, lift tension to the floors in force, then keep every meter within its bounds.

    What a conclusion has added to felt tension stands over a floor, and what it has taken of trust under the bound.
    """
    settle_pressure(recorder)
    alarm = remaining_effects(recorder.state, recorder.table, "felt")
    doubt = remaining_effects(recorder.state, recorder.table, "trust")
    for minimum, cause in recorder.floors:
        _lift(recorder, "tension", "", minimum, cause)
        for side in SIDES:
            _lift(recorder, "felt", side, minimum + alarm[side], cause)
    recorder.floors = ()
    concluded = recorder.state.concluded
    if not concluded and is_in_bounds(recorder):
        return
    for meter, name, low, high in _bounds(alarm, doubt) if concluded else BOUNDS:
        old_value = recorder.numbers(meter)[name]
        if not low <= old_value <= high:
            trace = e.Trace("bounds", "the scale", None, old_value, clamp(old_value, low, high))
            recorder.tell(e.NumberMoved(meter, name, trace, visible=recorder.seen_by(meter, name)))


def settle_tension(recorder: EventRecorder, previous_state: State) -> None:
    """Let what a turn's judging has done to tension, and to what teams feel, count in part beyond two marks.

    Below rest, what it has taken off counts in part; without force, what it has added stops short of the top. It is
    settled at the end against where the turn began, so that which act is judged first changes nothing.
    """
    tension, place = recorder.table.base.tension, recorder.table.place("base/tension")
    reach = HIGHEST_TENSION if tension.without_force is None else tension.without_force
    for meter, name in TENSIONS:
        began = previous_state.felt[name] if name else previous_state.tension
        now, low = recorder.numbers(meter)[name], min(began, tension.rest)
        if now < low:
            new_value = low - scale(low - now, tension.under_rest)
            recorder.move(meter, name, e.Trace("under rest", place, None, now, new_value))
        elif now > max(began, reach) and not _is_forced(previous_state, recorder.table):
            recorder.move(meter, name, e.Trace("without force", place, None, now, max(began, reach)))


def _is_forced(state: State, table: GameTable) -> bool:
    """Somebody has shown or used force, this turn or before."""
    return any(table.moves[sent.act.move].family == "force" for sent in state.acts.values())


def _bounds(alarm: Mapping[str, int], doubt: Mapping[str, int]) -> Iterator[tuple[e.MeterName, str, int, int]]:
    """The bounds where something is left of conclusions."""
    for meter, name, low, high in BOUNDS:
        yield meter, name, alarm[name] if meter == "felt" else low, high - doubt[name] if meter == "trust" else high


def _lift(recorder: EventRecorder, meter: e.MeterName, name: str, minimum: int, cause: Cause) -> None:
    """Keep one number from ending below a floor."""
    old_value = recorder.numbers(meter)[name]
    if old_value < minimum:
        recorder.move(meter, name, cause.trace(old_value, minimum))


def run_clocks(recorder: EventRecorder, hours: int, facts: Facts) -> None:
    """Move every track by the hours that have passed, unless something has stopped it."""
    table = recorder.table
    for track, settings in table.scenario.tracks.items():
        stop = table.track_stops.get(track)
        if settings.per_hour and not (stop is not None and stop(facts)):
            cause = Cause("clock", table.place(f"track/{track}"))
            recorder.shift("track", track, settings.per_hour * hours, cause, (settings.least, settings.most))


def move_track(recorder: EventRecorder, plan: TrackPlan, act: e.ActKey | None) -> None:
    """Make one authored change to a track; a `once` change only once."""
    if plan.is_single and recorder.has_fired(plan.rule, None):
        return
    recorder.fire(plan, None, act)
    cause = Cause(plan.rule, plan.place, act=act)
    recorder.shift("track", plan.track, plan.points, cause, (plan.minimum, plan.maximum))


def settle_clamped(recorder: EventRecorder) -> None:
    """Let what the bounds of a number left count where it was moved back as well: no act is the first to be judged.

    Where nothing moved it back it stays at its bound, and nothing is told.
    """
    for (meter, name), (amount, bounds) in recorder.reductions.items():
        old_value = recorder.numbers(meter)[name]
        recorder.move(
            meter, name, e.Trace("both ways", "the scale", None, old_value, clamp(old_value + amount, *bounds))
        )


def turn_changes(recorder: EventRecorder, facts: Facts) -> None:
    """Changes of tracks that are tried once at the end of a turn."""
    for plan in recorder.table.track_changes(facts):
        move_track(recorder, plan, None)


def check_marks(recorder: EventRecorder) -> None:
    """Carry out what follows at marks that tracks have reached, each once."""
    tracks, table = recorder.numbers("track"), recorder.table
    if table.reached(tuple(tracks.values())) <= recorder.state.marked:
        return
    for mark in table.marks:
        track = mark.track
        if mark.minimum <= tracks[track] <= mark.maximum and (track, mark.place) not in recorder.state.marked:
            recorder.tell(e.TrackMarked(mark.track, mark.place, visible=recorder.seen_by("track", mark.track)))
            take_steps(recorder, mark.steps, Cause(mark.rule, mark.at, part=mark.place))
            tracks = recorder.numbers("track")


def scale_of(table: GameTable, meter: e.MeterName, name: str) -> tuple[int, int]:
    """The least and most that a number can be set to by hand."""
    match meter:
        case "trust" | "standing":
            return 0, HIGHEST_METER
        case "readiness" | "expectation":
            return 0, 100
        case "track":
            track = table.scenario.tracks[name]
            return track.least, track.most
        case _:
            return 0, HIGHEST_TENSION
