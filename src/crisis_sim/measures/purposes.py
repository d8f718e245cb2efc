"""How well each side knew what the other wanted of a call: the share of its guesses that were right.

Ickes 1993, "Empathic accuracy", for a guess of what the other has in mind, scored by whether it fits. There are as many
purposes as `PURPOSES` has, so that one guess in four is right by chance alone; calls are few, and the count stands
beside every share.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from crisis_sim.engine.sight.record_opened import call_facts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import PURPOSES, SIDES, Side, other

CHANCE: Final = Fraction(1, len(PURPOSES))
"""The share that is right by chance alone."""


class PurposesGuessed(NamedTuple):
    """A side's guesses of what the other wanted of calls."""

    side: Side
    """Who guessed."""
    calls: int
    """Calls of which it guessed, and the other said what it wanted."""
    right: int

    @property
    def share(self) -> Fraction | None:
        """Right ones of all; None without a call."""
        return Fraction(self.right, self.calls) if self.calls else None


def purposes_guessed(state: State, table: GameTable) -> tuple[PurposesGuessed, ...]:
    """Both sides; nobody where nobody was asked."""
    if table.calls is None:
        return ()
    found = []
    for side in SIDES:
        pairs = [(of.guesses[side], of.purposes[other(side)]) for of in call_facts(state, table)]
        known = [(guess, wanted) for guess, wanted in pairs if guess is not None and wanted is not None]
        found.append(PurposesGuessed(side, len(known), sum(guess == wanted for guess, wanted in known)))
    return tuple(found)
