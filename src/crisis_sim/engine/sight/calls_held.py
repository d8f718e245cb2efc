"""Calls as they are opened after play: what each side sealed of them, and what came of them."""

from __future__ import annotations

from crisis_sim.engine.judging.calls import call_result, is_heard_of
from crisis_sim.engine.sight.act_seen import head_of
from crisis_sim.engine.sight.shared_facts import CallFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.facts import said


def call_facts(state: State, table: GameTable) -> tuple[CallFacts, ...]:
    """Every call of which somebody sealed what it was for, in the order of play."""
    found = []
    for of in state.exchanges if table.calls is not None else ():
        acts, came = [state.sent(key).act for key in of.acts], call_result(state, table, of)
        facts = CallFacts(
            turn=of.turn,
            act=head_of(table, state.sent(of.request), None),
            purposes={act.side: said(act.purpose) for act in acts},
            guesses={act.side: said(act.their_purpose) for act in acts},
            heard_of=is_heard_of(state, of),
            requests=tuple([head_of(table, state.sent(key), None) for key in came.requests]),
            promises=came.promises,
            items=came.items,
        )
        found.append(facts)
    return tuple(found)
