"""The acts of one session under other rules or as others would hear them: what people did stays and is judged anew.

Nobody answers to the other rules: an act that somebody would not have made, had they seen what followed, is made all
the same. What the session did not ask for stays unsaid. Luck is that of the session. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from crisis_sim.content.joining import bundle_in, material_from_bundle
from crisis_sim.content.load import load_under
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side
from crisis_sim.session.log import Log
from crisis_sim.session.replay import table_under, with_card


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


Orders: TypeAlias = Mapping[Side, tuple[str, ...]]
"""For each side that is to hear by another order of offences than its own: that order, or nothing for none."""


def table_for(log: Log, packs: Sequence[str], *, hears: bool = False) -> GameTable:
    """The table on which the acts of `log` are judged again: under the packs of these names, or its own.

    Where a side is to hear by an order, and nobody was asked for one, the whole card is used. Raises ProblemsFound or
    UnreadableInput where the packs cannot be used with the log's scenario.
    """
    header = log.header
    bundle = bundle_in(bytes(header.material))
    material = load_under(bundle, packs) if packs else material_from_bundle(bundle)
    table = table_under(header, material)
    if table.card is None and hears:
        table = with_card(header, material, "full")
    return replace(table, asks_all=False)


def rejudge(log: Log, table: GameTable, orders: Orders = MappingProxyType({})) -> Rejudged:
    """Judge all acts of `log` on another table, each side of `orders` hearing by the order there from the beginning."""
    state = opening_state(table)
    for side, order in orders.items():
        if order:
            state = decide_with_state(state, side, a.OrderOffences(order=order), table)[1]
    states, refused = [state], []
    for entry in log.entries:
        if isinstance(entry.action, a.OrderOffences) and entry.seat in orders:
            states.append(state)
            continue
        try:
            state = decide_with_state(state, entry.seat, entry.action, table)[1]
        except ActionRefused as why:
            refused.append(RefusedAct(entry.seq, state.turn, entry.seat, why))
        states.append(state)
    return Rejudged(table, tuple(states), tuple(refused))
