"""What a seat may see.

Every door asks here: screens, rooms, bots, handouts, replay lenses. Nothing else hides or shows anything, so a leak has
one address. A view is built from what its seat may know, never by taking things away from the state.
"""

from __future__ import annotations

from crisis_sim.engine.actions import Seat
from crisis_sim.engine.sight_common import common_parts
from crisis_sim.engine.sight_team import team_view
from crisis_sim.engine.sight_white import facilitator_view
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.views import ObserverView, View
from crisis_sim.rules.names import Language


def view_for(state: State, table: Table, seat: Seat, language: Language = "en") -> View:
    """Everything that `seat` is shown now, in its language."""
    common = common_parts(state, table, seat, language)
    if seat == "facilitator":
        return facilitator_view(state, table, common, language)
    if seat == "observer":
        return ObserverView(**common)
    return team_view(state, table, seat, common, language)
