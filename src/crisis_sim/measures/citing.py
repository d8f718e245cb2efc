"""What each side cited of what had been agreed before, and whether it acted against it."""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import citation_facts
from crisis_sim.rules.names import SIDES, Side, other


class Citing(NamedTuple):
    """What a side cited of what had been agreed before; each instrument counts once.

    Whoever cites an instrument claims what stands in it, and can be held to that: rhetorical entrapment (Schimmelfennig
    2001, "The Community Trap", International Organization 55).
    """

    side: Side
    cited: int
    shared: int
    """Of those: the other side had accepted them."""
    broken: int
    """Of those that it cited: it acted against them later."""
    returned: int
    """Of those that it cited: the other side cited them in its turn."""


def citing(state: State, table: GameTable) -> tuple[Citing, ...]:
    """Both sides; nobody where the scenario lists no instruments."""
    instruments, measures = table.scenario.instruments, []
    if not instruments:
        return ()
    for side in SIDES:
        cited = [fact for fact in citation_facts(state) if fact.side == side]
        shared = sum(other(side) in instruments[fact.id].accepted_by for fact in cited)
        broken, returned = sum(fact.broken > 0 for fact in cited), sum(fact.returned > 0 for fact in cited)
        measures.append(Citing(side, len(cited), shared, broken, returned))
    return tuple(measures)
