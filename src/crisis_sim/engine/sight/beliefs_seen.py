"""Instruction cards and beliefs as they are opened after play: what was dealt, what was believed of it, how near."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from crisis_sim.engine.instructions import dealt, turn_of_force
from crisis_sim.engine.sight.dossiers import instruction_entry
from crisis_sim.engine.sight.shared_facts import BeliefFacts, InstructionFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import BELIEFS, ENDS_IN_FORCE, SIDES, other


def instruction_facts(state: State, table: GameTable) -> tuple[InstructionFacts, ...]:
    """Both teams' cards; none where none were dealt."""
    cards = ((side, instruction_entry(table, side)) for side in SIDES)
    return tuple(
        [
            InstructionFacts(side=side, card=of.card, says=of.says, met=state.team(side).card_met)
            for side, of in cards
            if of is not None
        ]
    )


def belief_facts(state: State, table: GameTable) -> tuple[BeliefFacts, ...]:
    """What each team believed, turn by turn."""
    return tuple(_beliefs(state, table))


def _beliefs(state: State, table: GameTable) -> Iterator[BeliefFacts]:
    force = turn_of_force(state, table)
    for belief in BELIEFS:
        for side in SIDES:
            said = tuple(sorted((turn, chance) for name, turn, chance in state.team(side).believed if name == belief))
            if said:
                came = bool(force) if belief == ENDS_IN_FORCE else bool(dealt(table).get(other(side)))
                known = force if belief == ENDS_IN_FORCE else 0
                counted = sum(turn < known for turn, _chance in said) if known else len(said)
                yield BeliefFacts(side=side, belief=belief, said=said, came=came, counted=counted)


def brier_of(held: BeliefFacts) -> Fraction | None:
    """Brier score of what was said before it was known, (1/N) Σ (f − o)² (Brier 1950); None if nothing was."""
    squares = [(chance - 100 * held.came) ** 2 for _turn, chance in held.said[: held.counted]]
    return Fraction(sum(squares), 100**2 * len(squares)) if squares else None
