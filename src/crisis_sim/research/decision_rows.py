"""Rows of exports about what teams were asked to decide."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.decisions_made import decisions_made, fell
from crisis_sim.research.columns import ExportValue


def asked_and_delayed(state: State, table: GameTable) -> Iterator[ExportValue]:
    """How many decisions each side was asked for, and how many turns it let pass; empty where nothing is asked."""
    made = decisions_made(state)
    yield from (each.asked if table.decisions else None for each in made)
    yield from (each.delays if table.decisions else None for each in made)


def decision_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """What each side was asked, in the order of play, and what became of it."""
    for number, of in enumerate((of for of in state.voices if of.inject), 1):
        how = fell(of)
        answer = of.answer if how == "answered" else ""
        told = (how, answer or "", of.delays, of.waited, of.ended or None)
        yield name, number, of.turn, of.side, of.inject, table.decisions[of.inject].voice, *told
