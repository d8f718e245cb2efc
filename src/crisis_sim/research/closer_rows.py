"""Rows of exports about what moved a side closer, as it said when it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.sight.closer_seen import candour
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.candour import candours
from crisis_sim.research.columns import ExportValue, decimal


def said_closer(state: State, table: GameTable) -> Iterator[ExportValue]:
    """Of a session: how often each side was asked, and how far what it said fits its record."""
    found = candours(state, table)
    yield from (each.asked for each in found) if found else (None, None)
    yield from (decimal(each.candour) for each in found) if found else (None, None)


def closer_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """Each time that a side was asked, with up to two acts that it named."""
    for number, of in enumerate(state.closer, 1):
        acts = [*of.acts, *[("", None, None)] * MOST_ACTS][:MOST_ACTS]
        named, so = [place for _side, turn, order in acts for place in (turn, order)], candour(state, table, of)
        said = (of.concern if of.answered else "", *named, None if so is None else decimal(Fraction(so, 100)))
        yield name, number, of.turn, of.by or "facilitator", of.side, of.answered or None, *said
