"""What is asked of teams: what they forecast and believe. It is sealed until the hotwash, and moves no number."""

from __future__ import annotations

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable


def asked_after(table: GameTable, turn: int) -> tuple[str, ...]:
    """The forecasts and the belief asked of teams after a turn; before the first and after the last, the next.

    Those of the next or last time are what a team would be asked then.
    """
    asked = table.instructions.asked
    return asked[min(max(turn, 1), len(asked)) - 1]


def asks_with_readings(state: State, table: GameTable) -> bool:
    """What is asked after the turn at hand is asked while the teams read; after the last nothing is."""
    return table.workload.with_readings and state.phase == "readings" and state.turn < table.turns
