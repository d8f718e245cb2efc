"""Tracks, scores and forecasts that came due, as far as anybody may know them."""

from __future__ import annotations

from crisis_sim.engine.sight.parts import ForecastScoreFacts, ScoreFacts, SideScore, TrackFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import SIDES, Side


def track_facts(state: State, table: Table) -> tuple[TrackFacts, ...]:
    """The tracks as everybody sees them."""
    before = state.tracks_before
    return tuple(
        [
            TrackFacts(id=track, value=state.tracks[track], change=state.tracks[track] - before.get(track, of.start))
            for track, of in table.scenario.tracks.items()
        ]
    )


def score_facts(state: State, sides: tuple[Side, ...] = SIDES) -> ScoreFacts:
    """Tension as it stands, and the own numbers of these sides, which their sealed readings have moved."""
    return ScoreFacts(
        tension=state.tension,
        curve=tuple([tension for tension, _, _ in state.curve]),
        sides=tuple([_side_score(state, side) for side in sides]),
    )


def _side_score(state: State, side: Side) -> SideScore:
    team, place = state.team(side), 1 + SIDES.index(side)
    felt = tuple([point[place] for point in state.curve])
    return SideScore(side=side, felt=team.felt, curve=felt, trust=team.trust, standing=team.standing)


def forecast_scores(state: State, side: Side) -> tuple[ForecastScoreFacts, ...]:
    """A team's forecasts that have come due."""
    return tuple(
        [
            ForecastScoreFacts(id=name, turn=turn, chance=chance, happened=happened)
            for name, turn, chance, happened in state.team(side).scored
        ]
    )
