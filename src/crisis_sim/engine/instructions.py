"""What is dealt and what is asked: each team's instruction card, what it forecasts and believes, and if force came.

A card and what is believed are sealed until the hotwash, and move no number. A card is dealt by luck of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crisis_sim.engine.moment_facts import roll
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import ENDS_IN_FORCE, SIDES, Side


def asked_after(table: GameTable, turn: int) -> tuple[str, ...]:
    """The forecasts and beliefs that teams are asked for after a turn; before the first and after the last, the next.

    Those of the next or last time are what a team would be asked then.
    """
    asked = table.instructions.asked
    return asked[min(max(turn, 1), len(asked)) - 1]


def asks_with_readings(state: State, table: GameTable) -> bool:
    """What is asked after the turn at hand is asked while the teams read; after the last nothing is."""
    return table.workload.with_readings and state.phase == "readings" and state.turn < table.turns


def open_after(state: State, table: GameTable, side: Side, turn: int) -> tuple[str, ...]:
    """Of those, what is open to a team: how likely force is nobody asks whom it has reached, or who has used it."""
    asked = asked_after(table, turn)
    if ENDS_IN_FORCE not in asked or not 0 < _met_force(state, table, side) <= turn:
        return asked
    return tuple([name for name in asked if name != ENDS_IN_FORCE])


def _met_force(state: State, table: GameTable, side: Side) -> int:
    """The turn in which a team first made an act of the family `force`, or was reached by one; 0 if it has not.

    By what it knows itself: neither whether its own has arrived nor what it could not make out is told in this way.
    """

    def first() -> int:
        acts = [sent for sent in state.acts.values() if table.moves[sent.act.move].family == "force"]
        own = [sent.act.turn for sent in acts if sent.act.side == side]
        came = [sent.arrived for sent in acts if sent.act.side != side and sent.arrived and sent.unclear is None]
        return min((*own, *came), default=0)

    return table.unless_changed(f"force/{side}", (state.acts,), first)


def dealt(table: GameTable) -> Mapping[Side, str]:
    """The card of each team, empty for the rescue and nothing else; no team where no cards are dealt."""
    return table.unless_changed("dealt", (), lambda: dict(_deal(table)))


def _deal(table: GameTable) -> Iterator[tuple[Side, str]]:
    plan = table.instructions
    for side in SIDES if plan.cards else ():
        who = table.names[side]
        has_one = roll(table.seed, "instruction", who, 0, 0) * plan.one_in < 100
        place = roll(table.seed, "instruction/which", who, 0, 0) * len(plan.cards) // 100
        yield side, plan.cards[place] if has_one else ""


def turn_of_force(state: State, table: GameTable) -> int:
    """The turn in which the first act of the family `force`, by either side, reached the other; 0 if none did."""
    return next((state.sent(act.key).arrived for act in state.record if table.moves[act.move].family == "force"), 0)
