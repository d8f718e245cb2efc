"""The acts of one session under other rules: what people did stays, and what follows from it is judged anew.

Nobody answers to the other rules: an act that somebody would not have made, had they seen what followed, is made all
the same. Luck is that of the session. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crisis_sim.content.load import load_under
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decided
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.session.log import Log
from crisis_sim.session.replay import table_under


class RefusedAct(NamedTuple):
    """An act that the other rules do not let anybody make."""

    seq: int
    """The entry of the log that holds it."""
    turn: int
    seat: a.SeatName
    why: ActionRefused


class Rejudged(NamedTuple):
    """A session's acts under other rules."""

    table: GameTable
    states: tuple[State, ...]
    """The opening, and the state after each act that could be made."""
    refused: tuple[RefusedAct, ...]


def rejudge(log: Log, packs: Sequence[str]) -> Rejudged:
    """Judge all acts of `log` under the rule packs of these names: ids, or files.

    Raises ProblemsFound or UnreadableInput where the packs cannot be used with the log's scenario.
    """
    table = table_under(log.header, load_under(log.header.bundle(), packs))
    state = opening_state(table)
    found, refused = [state], []
    for entry in log.entries:
        try:
            state = decided(state, entry.seat, entry.action, table)[1]
        except ActionRefused as why:
            refused.append(RefusedAct(entry.seq, state.turn, entry.seat, why))
        found.append(state)
    return Rejudged(table, tuple(found), tuple(refused))
