"""Numbers that a seat sees: what is at stake, tension, and a team's own standing and trust with how they have moved."""

from __future__ import annotations

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.shared_facts import PHASES_AFTER_PLAY, ScoreFacts, SideScore, TrackFacts
from crisis_sim.rules.names import SIDES, Side


def sees_track(seat: SeatName, owner: Side | None) -> bool:
    """Whether a seat is shown a track before the hotwash: one of a team's own only that team and the facilitator."""
    return owner is None or seat in (owner, "facilitator")


def track_facts(state: State, table: GameTable, seat: SeatName) -> tuple[TrackFacts, ...]:
    """The tracks that a seat sees."""
    old_values = state.tracks if state.phase in PHASES_AFTER_PLAY else state.tracks_before
    return tuple(
        [
            TrackFacts(
                id=track, value=state.tracks[track], change=state.tracks[track] - old_values.get(track, settings.start)
            )
            for track, settings in table.scenario.tracks.items()
            if sees_track(seat, settings.of)
        ]
    )


def meters_moved(state: State, side: Side) -> tuple[int, int]:
    """Standing and trust against what they were: a turn that is not judged yet is laid beside the one before."""
    if not state.meters_before:
        return 0, 0
    standing, trust = state.meters_before[0 if state.phase in {"situation", "moves", "readings"} else -1]
    return state.standing[side] - standing[side], state.trust[side] - trust[side]


def score_facts(state: State, sides: tuple[Side, ...] = SIDES) -> ScoreFacts:
    """Tension as it stands, and the own numbers of these sides, which their sealed readings have moved."""
    return ScoreFacts(
        tension=state.tension,
        curve=tuple([tension for tension, _, _ in state.curve]),
        sides=tuple([_side_score(state, side) for side in sides]),
    )


def _side_score(state: State, side: Side) -> SideScore:
    place = 1 + SIDES.index(side)
    felt = tuple([point[place] for point in state.curve])
    return SideScore(
        side=side, felt=state.felt[side], curve=felt, trust=state.trust[side], standing=state.standing[side]
    )
