"""How far each side knew what the other takes gravely: its guess of the other's order of offences beside the truth."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from crisis_sim.engine.sight.orders_compared import guess_of, kendall_tau
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side


class OrderKnown(NamedTuple):
    """A side's order of offences, and the other's guess of it."""

    side: Side
    """Whose order."""
    acts: int
    """Acts on the card."""
    order: tuple[str, ...]
    """The gravest first; empty where it gave none."""
    guess: tuple[str, ...]
    """The other side's, likewise."""
    tau: Fraction | None
    """Kendall's tau of the two, −1 the reverse … 1 the same; None where one is missing."""

    @property
    def pairs(self) -> int:
        """How many two acts of the card there are."""
        return self.acts * (self.acts - 1) // 2

    @property
    def pairs_known(self) -> int | None:
        """Of how many the guess has the graver one first; None where one is missing."""
        return None if self.tau is None else int((1 + self.tau) * self.pairs / 2)


def orders_known(state: State, table: GameTable, stage: Literal["before", "after"]) -> tuple[OrderKnown, ...]:
    """Both sides, by the guesses before play or after it; nobody where nobody was asked."""
    if table.card is None:
        return ()
    found = []
    for side in SIDES:
        order, guess = state.team(side).order, guess_of(state, side, stage)
        found.append(OrderKnown(side, len(table.card.says), order, guess, kendall_tau(order, guess)))
    return tuple(found)
