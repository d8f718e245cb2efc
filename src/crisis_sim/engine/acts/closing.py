"""Once play is over: the principles that both sides accept.

Principles are put, amended and accepted openly, in the closing whether or not
lines are sealed, and on in the hotwash; none stands that one side alone holds.
"""

from __future__ import annotations

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.state import Principle, State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side
from crisis_sim.text import clean

MOST_PRINCIPLES = 3
"""Sentences that each team may put, and that may stand in the end."""
LONGEST_PRINCIPLE = 200
"""Characters in one of them."""


def put_principle(state: State, table: GameTable, side: Side, action: a.PutPrinciple) -> e.AnyEvent:
    """Put a sentence, or other words for one that does not stand yet. Raises ActionRefused."""
    _require_principles(state, table)
    sentence = clean(action.says, lines=False).strip()
    if not sentence or len(sentence) > LONGEST_PRINCIPLE:
        raise ActionRefused("principle/words", most=LONGEST_PRINCIPLE)
    if action.number is None:
        if sum(principle.put_by == side for principle in state.principles) >= MOST_PRINCIPLES:
            raise ActionRefused("principle/many", most=MOST_PRINCIPLES)
    else:
        _open(state, action.number)
    return e.PrinciplePut(side, action.number or len(state.principles) + 1, sentence, visible="everyone")


def accept_principle(state: State, table: GameTable, side: Side, action: a.AcceptPrinciple) -> e.AnyEvent:
    """Accept the other side's words. Raises ActionRefused."""
    _require_principles(state, table)
    if _open(state, action.number).by == side:
        raise ActionRefused("principle/own")
    if sum(principle.stands for principle in state.principles) >= MOST_PRINCIPLES:
        raise ActionRefused("principle/three", most=MOST_PRINCIPLES)
    return e.PrincipleAccepted(side, action.number, visible="everyone")


def _require_principles(state: State, table: GameTable) -> None:
    """The session asks for principles, and play is over."""
    if not table.asks("principles"):
        raise ActionRefused("principle/not-asked")
    if state.phase not in {"closing", "hotwash"}:
        raise ActionRefused("principle/phase")


def _open(state: State, number: int) -> Principle:
    """The sentence of that number, which does not stand yet."""
    if not 1 <= number <= len(state.principles):
        raise ActionRefused("principle/unknown")
    if state.principles[number - 1].stands:
        raise ActionRefused("principle/stands")
    return state.principles[number - 1]
