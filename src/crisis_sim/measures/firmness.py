"""What each side held itself to, and whether it acted against it: its positions, and the instruments that it cited.

A position is a sentence that a side marks as its own and is held to. It becomes firmer as it is said again in the same
sense to a second audience with no own act against it; whether words and deeds then part is what tells a signal from
talk (Jervis 1970, "The Logic of Images"; Fearon 1997 on tying hands). Both are few; the count stands beside.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from crisis_sim.engine.sight.act_seen import citation_facts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side, other


class Firmness(NamedTuple):
    """The positions that a side took; one that it took again after it had acted against it counts again."""

    side: Side
    taken: int
    broken: int
    """Of those: it acted against them later."""
    times: int
    """Turns in which any of them was said, each of a position once."""
    steps: int
    """Firmness of all of them together, as it stood at the end or when they were acted against."""

    @property
    def mean_firmness(self) -> Fraction | None:
        """Mean firmness, 0 said once … 3 firmest; None if it took none."""
        return Fraction(self.steps, self.taken) if self.taken else None


def firmness(state: State, table: GameTable) -> tuple[Firmness, ...]:
    """Both sides; nobody where the scenario and its packs have no positions to take."""
    if not table.positions:
        return ()
    found = []
    for side in SIDES:
        own = [of for of in state.stands if of.side == side]
        broken, times = sum(of.broken > 0 for of in own), sum(of.times for of in own)
        found.append(Firmness(side, len(own), broken, times, sum(of.firmness for of in own)))
    return tuple(found)


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
    instruments, found = table.scenario.instruments, []
    if not instruments:
        return ()
    for side in SIDES:
        cited = [each for each in citation_facts(state) if each.side == side]
        shared = sum(other(side) in instruments[each.id].accepted_by for each in cited)
        broken, returned = sum(each.broken > 0 for each in cited), sum(each.returned > 0 for each in cited)
        found.append(Citing(side, len(cited), shared, broken, returned))
    return tuple(found)
