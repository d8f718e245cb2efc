"""What is dealt and what is asked: each team's instruction card, and what it forecasts and believes.

A card and what is believed are sealed until the hotwash, and move no number. A card is dealt by luck of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crisis_sim.engine.moment_facts import roll
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side


def asked_after(table: GameTable, turn: int) -> tuple[str, ...]:
    """The forecasts and the belief asked of teams after a turn; before the first and after the last, the next.

    Those of the next or last time are what a team would be asked then.
    """
    questions = table.instructions.asked
    return questions[min(max(turn, 1), len(questions)) - 1]


def asks_with_readings(state: State, table: GameTable) -> bool:
    """What is asked after the turn at hand is asked while the teams read; after the last nothing is."""
    return table.workload.with_readings and state.phase == "readings" and state.turn < table.turns


def dealt(table: GameTable) -> Mapping[Side, str]:
    """The card of each team, empty for the rescue and nothing else; no team where no cards are dealt."""
    return table.cache_by_identity("dealt", (), lambda: dict(_deal(table)))


def _deal(table: GameTable) -> Iterator[tuple[Side, str]]:
    plan = table.instructions
    for side in SIDES if plan.cards else ():
        team_name = table.names[side]
        has_one = roll(table.seed, "instruction", team_name, 0, 0) * plan.one_in < 100
        place = roll(table.seed, "instruction/which", team_name, 0, 0) * len(plan.cards) // 100
        yield side, plan.cards[place] if has_one else ""
