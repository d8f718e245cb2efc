"""Rows of exports about instruction cards and beliefs."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.instructions import turn_of_force
from crisis_sim.engine.sight.beliefs_seen import belief_facts, instruction_facts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.forecasts import brier_by
from crisis_sim.research.columns import ExportValue, decimal
from crisis_sim.rules.names import BELIEFS, SIDES


def carded(state: State, table: GameTable) -> Iterator[ExportValue]:
    """What each side was told to come home with, whether it did, and how near what the other believed was to it."""
    cards = {each.side: each for each in instruction_facts(state, table)}
    held = belief_facts(state, table)
    yield from ((cards[side].card or "none") if cards else "" for side in SIDES)
    yield from (cards[side].met if cards else None for side in SIDES)
    yield from (decimal(brier_by(held, belief, side)) for belief in BELIEFS for side in SIDES)
    yield turn_of_force(state, table) > 0


def belief_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """What each side stated, turn by turn."""
    for held in belief_facts(state, table):
        for place, (turn, chance) in enumerate(held.said):
            yield name, turn, held.side, held.belief, chance, held.came, place < held.counted
