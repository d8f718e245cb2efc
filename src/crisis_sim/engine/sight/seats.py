"""What a seat may see.

Every door asks here: screens, rooms, bots, handouts, replay lenses. Nothing else hides or shows anything, so a leak has
one address. A view is built from what its seat may know, never by taking things away from the state.
"""

from __future__ import annotations

from typing import Any

from crisis_sim.engine.actions import Seat
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.sight.feed import feed_for
from crisis_sim.engine.sight.opened import hotwash_facts
from crisis_sim.engine.sight.parts import ScoreFacts
from crisis_sim.engine.sight.seen import score_facts, track_facts
from crisis_sim.engine.sight.team import team_view
from crisis_sim.engine.sight.views import ObserverView, View
from crisis_sim.engine.sight.white import facilitator_view
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table


def view_for(state: State, table: Table, seat: Seat) -> View:
    """Everything that `seat` is shown now."""
    common = _common(state, table, seat)
    if seat == "facilitator":
        return facilitator_view(state, table, common)
    if seat == "observer":
        return ObserverView(**common)
    return team_view(state, table, seat, common)


def _common(state: State, table: Table, seat: Seat) -> dict[str, Any]:  # Any: fields of a view
    """What every seat sees, by the names of fields."""
    is_open = state.phase in {"hotwash", "closed"}
    return {
        "seat": seat,
        "session": table.session,
        "phase": state.phase,
        "turn": state.turn,
        "turns": table.turns,
        "hour": state.hour,
        "next_hour": state.ends,
        "paused": state.paused,
        "waiting_for": waiting_for(state),
        "bots": tuple([name for name, (occupant, _) in state.seats.items() if occupant == "bot"]),
        "minutes": table.minutes + state.extra_minutes,
        "tracks": track_facts(state, table),
        "feed": feed_for(state, table, seat),
        "score": _score(state, table, seat, is_open),
        "hotwash": hotwash_facts(state, table) if is_open else None,
    }


def _score(state: State, table: Table, seat: Seat, is_open: bool) -> ScoreFacts | None:
    """The scores that a seat may know: what sealed readings have moved is its side's own until the hotwash."""
    if seat == "facilitator" or is_open:
        return score_facts(state)
    if table.show == "own":
        return None
    return score_facts(state, (seat,) if seat in ("us", "china") else ())
