"""What became of what was at stake: each track from start to end, as a seat may know it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.outcomes import outcome_of
from crisis_sim.engine.sight.act_seen import sees_track
from crisis_sim.engine.sight.dossiers import track_entry
from crisis_sim.engine.sight.hotwash_facts import CourseFacts
from crisis_sim.engine.sight.shared_facts import OutcomeFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import Words


def course_facts(state: State, table: GameTable, seat: SeatName | None = None) -> tuple[CourseFacts, ...]:
    """Every track from start to end; for a seat those that it sees, and not who is held to have withheld help."""
    return tuple(_courses(state, table, seat))


def _courses(state: State, table: GameTable, seat: SeatName | None) -> Iterator[CourseFacts]:
    for track, of in table.scenario.tracks.items():
        if seat is not None and not sees_track(seat, of.of):
            continue
        end = state.tracks[track]
        if of.runs_out:
            way = "ran-out" if end <= of.least else "ran-down"
        elif end == of.start:
            way = "same"
        else:
            way = "better" if (end > of.start) == (of.good == "up") else "worse"
        marks, own = tuple(_marks(state, table, track)), None if of.of is None else track_entry(of)
        came = outcome_of(state, table, track)
        withheld = () if came is None or seat is not None else came.withheld
        outcome = None if came is None else OutcomeFacts(lost=came.lost, saved=came.saved, withheld=withheld)
        yield CourseFacts(id=track, start=of.start, end=end, way=way, marks=marks, outcome=outcome, own=own)  # type: ignore[arg-type]  # one of them


def _marks(state: State, table: GameTable, track: str) -> Iterator[tuple[int, Words]]:
    """What came to pass on a track, each with its turn."""
    for turn, told in enumerate(state.turn_events):
        for event in told:
            if isinstance(event, e.TrackMarked) and event.track == track:
                yield turn, table.scenario.tracks[track].marks[event.mark].says.words
