"""What became of the people whom a track counts, and who helped or withheld help; reckoned at the close.

On a track that is good when it rises, whoever has not been brought to safety by then is lost; on one that is good when
it falls, those who have been added are.
"""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side, other


class PeopleOutcome(NamedTuple):
    """What became of the people at risk, in tenths of them, and by whose doing."""

    lost: int
    saved: int
    is_loss: bool
    """Somebody was lost, be it less than a tenth."""
    is_half: bool
    """More than half were lost."""
    withheld: tuple[Side, ...]
    """Teams that refused help, left an offer of it unanswered, or blocked it."""
    seen: tuple[Side, ...]
    """Teams that helped where it could be seen."""


def outcome_of(state: State, table: GameTable, track: str) -> PeopleOutcome | None:
    """What became of the people on a track; None where it counts none, or home makes nothing of it."""
    track_settings, settings = table.scenario.tracks[track], table.base.standing.outcome
    at_risk = track_settings.most - track_settings.start
    if settings is None or track_settings.counts is None or at_risk <= 0:
        return None
    moved = state.tracks[track] - track_settings.start
    lost, saved = (at_risk - max(0, moved), max(0, moved)) if track_settings.good == "up" else (max(0, moved), 0)
    helps = table.helping[track]
    helped = {act.side for act in state.record if act.visibility == "public" and act.move in helps}
    return PeopleOutcome(
        lost=10 * lost // at_risk,
        saved=10 * saved // at_risk,
        is_loss=lost > 0,
        is_half=2 * lost > at_risk,
        withheld=tuple([side for side in SIDES if _withheld(state, side, helps, settings.blocked_by)]),
        seen=tuple([side for side in SIDES if side in helped]),
    )


def _withheld(state: State, side: Side, helps: frozenset[str], blocked_by: tuple[str, ...]) -> bool:
    """A team has refused help, left an offer of it that had reached it unanswered, or blocks it."""
    requests = [request for request in state.requests if request.act[0] == other(side)]
    return any((fact, side) in state.truths for fact in blocked_by) or any(
        request.how == "decline" or (request.status == "silent" and not request.lost)
        for request in requests
        if state.acts[request.act].act.move in helps
    )
