"""What a session leaves to one that begins with it: a record that anybody could have kept, and numbers of the table.

Read from a state; what was sealed is asked for nowhere here.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.inheritance import Inheritance, InheritedPromise, PublicAct
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import is_public
from crisis_sim.rules.names import SIDES
from crisis_sim.text import clipped

MOST_ACTS = 60
"""Public acts that are kept, the latest."""
MOST_PRINCIPLES = 12
"""Principles that are kept, the latest."""
LONGEST_WORDS = 400
"""Cells that are kept of the words of one act."""


def left_by(state: State, table: GameTable, last_hash: str) -> Inheritance:
    """What the session that ended in `state` leaves; `last_hash` is that of its log."""
    inherited = () if table.inherits is None else table.inherits.principles
    agreed = tuple(dict.fromkeys([*inherited, *(principle.says for principle in state.principles if principle.stands)]))
    return Inheritance(
        session=table.session,
        hash=last_hash,
        title=dict(table.scenario.title.words),
        trust={side: state.trust[side] for side in SIDES},
        readiness=dict(state.readiness),
        promises=tuple(_promises(state, table)),
        principles=agreed[-MOST_PRINCIPLES:],
        acts=tuple(_public(state, table))[-MOST_ACTS:],
    )


def _promises(state: State, table: GameTable) -> Iterator[InheritedPromise]:
    """Promises that still bind or were broken, those included that it had inherited itself.

    One for some turns, or under a condition, was a word for that crisis.
    """
    for promise in state.promises:
        commitment = table.commitments[promise.commitment]
        if not promise.broken and (promise.ended or commitment.turns or commitment.void_by):
            continue
        words = dict(commitment.says.words)
        yield InheritedPromise(
            commitment=promise.commitment, words=words, side=promise.side, by=promise.act[0], broken=promise.broken
        )


def _public(state: State, table: GameTable) -> Iterator[PublicAct]:
    """What everybody could hear, without what was meant by it."""
    for sent in state.acts.values():
        act = sent.act
        if is_public(sent) and sent.arrived:
            text = clipped(" ".join(sent.text.split()), LONGEST_WORDS)
            yield PublicAct(hour=act.hour, side=act.side, move=dict(table.moves[act.move].label.words), text=text)
