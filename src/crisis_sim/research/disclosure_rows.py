"""Rows of exports about what one side alone knew."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.disclosures_seen import private_fact_stories
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.openness import openness
from crisis_sim.research.columns import ExportValue, decimal


def told_of(state: State, table: GameTable) -> Iterator[ExportValue]:
    """Of a session: how many facts each side alone knew, how many it told, how truly, and when first."""
    found = openness(state, table)
    yield from (each.facts for each in found) if found else (None, None)
    yield from (each.told for each in found) if found else (None, None)
    yield from (decimal(each.truth) for each in found) if found else (None, None)
    yield from (each.first for each in found) if found else (None, None)


def disclosure_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """Each act that told one."""
    for fact in private_fact_stories(state, table, "facilitator"):
        for one in fact.told:
            came = (one.out or None, one.at_close if one.out else None, one.owned if one.out else None)
            yield name, one.turn, fact.side, one.order, fact.id, one.public, one.backed, one.truth, *came
