"""The hour at which a feed stamps what it tells: that of what brought it about, and else that at which its turn opened.

What an act led to stands at the hour at which the act came, and news at its own; a silence at that of the moves with
which it could last have been broken. It says nothing of who may be told.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import other

LED_TO_BY_ACT: Final = (
    e.CommitmentMade,
    e.CommitmentBroken,
    e.CommitmentEnded,
    e.InstrumentCited,
    e.InstrumentBroken,
    e.PledgeBound,
)
"""What follows from an act as it comes."""


def hour_told(state: State, table: GameTable, turn: int, event: e.AnyEvent) -> int:
    """The hour of an event in the turn in which it is told; 0 before the first turn."""
    opens = table.hours[turn - 1] if turn else 0
    match event:
        case e.InjectDelivered(by_hand=False):
            return _came_at(table.injects[event.inject].at, table, turn, opens)
        case e.ExchangeHeld():
            return _arrived(state, turn, event.answer, opens)
        case _ if isinstance(event, LED_TO_BY_ACT) and isinstance(event.act, tuple):
            return _arrived(state, turn, event.act, opens)
        case _:
            return opens


def _arrived(state: State, turn: int, act: e.ActKey, opens: int) -> int:
    """When an act came, if it did in this turn."""
    inbox = state.team(other(act[0])).inbox
    return next((item.hour for item in reversed(inbox) if item.act == act and item.turn == turn), opens)


def _came_at(planned: int, table: GameTable, turn: int, opens: int) -> int:
    """When news that a turn brings came: at its own hour if that lies behind the turn before."""
    return planned if turn > 1 and table.hours[turn - 2] < planned <= opens else opens
