"""Rows of exports about cards and beliefs, decisions, things, private facts, and what came to bind a side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import citation_facts
from crisis_sim.engine.views.asset_views import asset_stories, private_fact_stories
from crisis_sim.engine.views.closer_views import candour
from crisis_sim.engine.views.record_opened import belief_facts, instruction_facts
from crisis_sim.measures.candour import candours, openness
from crisis_sim.measures.decisions_made import decisions_made, fell
from crisis_sim.measures.forecasts import brier_by
from crisis_sim.research.columns import ExportValue, decimal
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side


def carded(state: State, table: GameTable) -> Iterator[ExportValue]:
    """What each side was told to come home with, whether it did, and how near what the other believed was to it."""
    cards = {each.side: each for each in instruction_facts(state, table)}
    held = belief_facts(state, table)
    yield from ((cards[side].card or "none") if cards else "" for side in SIDES)
    yield from (cards[side].met if cards else None for side in SIDES)
    yield from (decimal(brier_by(held, side)) for side in SIDES)


def belief_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """What each side stated, turn by turn."""
    for held in belief_facts(state, table):
        yield from ((name, turn, held.side, chance, held.came) for turn, chance in held.said)


def closer_values(state: State, table: GameTable) -> Iterator[ExportValue]:
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


def talk_rows(name: str, state: State) -> Iterator[tuple[ExportValue, ...]]:
    """Each talk: the act that asked for it, and how much each side noted and wrote of it; its words stay out."""
    taken = [note for note in notes(state) if note.about == "talk"]
    for number, of in enumerate(state.exchanges, 1):
        side, asked, order = of.request
        own = [[n.text for n in taken if (n.seat, n.of) == (by, str(number))] for by in SIDES]
        wrote = (sum(line.side == by for line in of.said) for by in SIDES)
        length = (sum(map(len, texts)) for texts in own)
        yield name, number, of.turn, asked, side, order, *wrote, *map(len, own), *length


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


def disclosure_values(state: State, table: GameTable) -> Iterator[ExportValue]:
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


def asset_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """Each act that was made with a thing: what was true of it and not seen, and the other way round."""
    for each in asset_stories(state, table):
        unseen, mistaken = " ".join(each.unseen), " ".join(each.mistaken)
        outcome = (each.out or None, each.at_close if each.out else None, each.cleared or None)
        yield name, each.turn, each.side, each.order, each.asset, each.move, unseen, mistaken, *outcome


_Named: TypeAlias = tuple[str, Side, str]
"""Kind, whom it binds, and what it is; of public words the act that last bound them too."""
_ENDS: Final = (e.CommitmentBroken, e.CommitmentEnded, e.InstrumentBroken, e.PledgeSettled)


class _End(NamedTuple):
    """What became of it."""

    undertaking: _Named
    turn: int
    outcome: str
    act: e.ActKey | None


def undertaking_rows(name: str, state: State, table: GameTable) -> Iterator[tuple[ExportValue, ...]]:
    """Each thing that came to bind a side, by the turn in which it did."""
    ends = tuple(_ended(state))
    found = sorted(_bound(state, table, ends), key=lambda each: each[0])
    for number, (turn, (kind, side, of), act, about, end) in enumerate(found, 1):
        became: tuple[ExportValue, ...] = ("binds", None, "", None, None)
        if end is not None:
            became = (end.outcome, end.turn, *(("", None, None) if end.act is None else end.act))
        yield name, number, turn, side, kind, of, *act, *about, *became


_Bound: TypeAlias = tuple[int, _Named, e.ActKey, tuple[ExportValue, ...], _End | None]


def _bound(state: State, table: GameTable, ends: Sequence[_End]) -> Iterator[_Bound]:
    """The turn, what binds whom, the act, what is said of its kind alone, and the end."""
    for promise in state.promises:
        named: _Named = ("promise", promise.side, promise.commitment)
        yield promise.turn, named, promise.act, _NOTHING, _end(ends, named, promise.turn)
    for cited, fact in zip(state.citations, citation_facts(state), strict=True):
        named = ("instrument", cited.side, cited.instrument)
        accepted = " ".join(table.scenario.instruments[cited.instrument].accepted_by)
        yield cited.turn, named, cited.act, (accepted, fact.returned or None, None), _end(ends, named, 0)
    for pledge in state.pledges:
        named, at = ("pledge", pledge.side, pledge.pledge), (pledge.act, pledge.turn)
        end = _end(ends, ("pledge", pledge.side, f"{pledge.pledge}{pledge.act}"), pledge.turn)
        yield at[1], named, at[0], ("", None, pledge.stake / 100), end


_NOTHING: Final[tuple[ExportValue, ...]] = ("", None, None)
"""Who accepted it, when the other cited it in its turn, stake."""


def _end(ends: Sequence[_End], named: _Named, since: int) -> _End | None:
    """The first end of it from a turn on; None where it binds still."""
    return next((end for end in ends if end.undertaking == named and end.turn >= since), None)


def _ended(state: State) -> Iterator[_End]:
    for turn, event in state.events_of(*_ENDS):
        match event:
            case e.CommitmentBroken(side=side, commitment=of, act=act):
                yield _End(("promise", side, of), turn, "broken", act)
            case e.CommitmentEnded(side=side, commitment=of, how=how, act=by):
                yield _End(("promise", side, of), turn, how, value_or_none(by))
            case e.InstrumentBroken(side=side, instrument=of, act=act):
                yield _End(("instrument", side, of), turn, "broken", act)
            case e.PledgeSettled(side=side, pledge=of, given=given, how=settled, act=ending):
                yield _End(("pledge", side, f"{of}{given}"), turn, settled, ending)
