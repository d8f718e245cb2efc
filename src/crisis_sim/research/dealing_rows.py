"""Rows of exports about cards and beliefs, decisions, what one side alone knew, and what moved a side closer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.instructions import turn_of_force
from crisis_sim.engine.sight.assets_seen import private_fact_stories
from crisis_sim.engine.sight.closer_seen import candour
from crisis_sim.engine.sight.record_opened import belief_facts, instruction_facts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.measures.candour import candours
from crisis_sim.measures.decisions_made import decisions_made, fell
from crisis_sim.measures.forecasts import brier_by
from crisis_sim.measures.openness import openness
from crisis_sim.research.columns import ExportValue, decimal
from crisis_sim.rules.names import BELIEFS, SIDES


def carded(state: State, table: GameTable) -> Iterator[ExportValue]:
    """What each side was told to come home with, whether it did, and how near what the other believed was to it."""
    cards = {each.side: each for each in instruction_facts(state, table)}
    held = belief_facts(state, table)
    yield from ((cards[side].card or "none") if cards else "" for side in SIDES)
    yield from (cards[side].met if cards else None for side in SIDES)
    yield from (decimal(brier_by(held, belief, side)) for belief in BELIEFS for side in SIDES)
    yield turn_of_force(state, table) > 0


def belief_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """What each side stated, turn by turn."""
    for held in belief_facts(state, table):
        for place, (turn, chance) in enumerate(held.said):
            yield name, turn, held.side, held.belief, chance, held.came, place < held.counted


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
