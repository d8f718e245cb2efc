"""Tracks: what is at stake in the external crisis, how it moves, and what follows at its marks."""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.facts import moment
from crisis_sim.engine.judging.cause import Cause
from crisis_sim.engine.judging.effects import take_steps
from crisis_sim.engine.judging.story import Story
from crisis_sim.engine.plans import TrackPlan
from crisis_sim.rules.facts import Facts


def run_clocks(story: Story, hours: int) -> None:
    """Move every track by the hours that have passed, unless something has stopped it."""
    table, state = story.table, story.state
    for track, of in table.scenario.tracks.items():
        stop = table.track_stops.get(track)
        if of.per_hour and not (stop is not None and stop(moment(state, table))):
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
    for plan, test in story.table.track_changes:
        if test(facts):
            move_track(story, plan, None)


def check_marks(story: Story) -> None:
    """Carry out what follows at marks that tracks have reached, each once."""
    for mark in story.table.marks:
        track, place = mark.track, mark.place
        if (track, place) not in story.frame.marked and mark.is_reached(story.value("track", track)):
            story.tell(e.TrackMarked(track, place, visible="everyone"))
            take_steps(story, mark.steps, Cause(mark.rule, mark.at, part=place))
