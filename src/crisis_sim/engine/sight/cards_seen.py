"""What reached a team this turn, as the cards that it reads."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.events import ActKey
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.sight.act_seen import act_for, is_public
from crisis_sim.engine.sight.desk_facts import CardFacts
from crisis_sim.engine.sight.rooms_seen import pressed_by
from crisis_sim.engine.sight.shared_facts import ActFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import Side


def card_facts(state: State, table: GameTable, side: Side) -> Iterator[CardFacts]:
    """What reached a team this turn, to be read."""
    if state.phase != "readings":
        return
    come = arrived_in(state, side)
    for number, item in enumerate(come, len(state.team(side).inbox) - len(come) + 1):
        sent = state.sent(item.act)
        yield CardFacts(
            number=number,
            act=act_for(table, sent, side),
            public=is_public(sent),
            hostility=item.hostility,
            confidence=item.confidence,
            touches=item.touches,
            crosses=item.crosses,
            audience=item.audience,
            answers=_answered(state, table, item.act, side),
            pressed=pressed_by(state, side, item.act),
        )


def _answered(state: State, table: GameTable, answer: ActKey, side: Side) -> ActFacts | None:
    """The request of ours that an act answers, a holding note too."""
    asked = next((each.act for each in reversed(state.requests) if each.answer == answer), None)
    return None if asked is None else act_for(table, state.sent(asked), side)
