"""Assets and private facts as a seat may know them: its own, what it was shown or told of the other's, and later all.

Whether what was told was whole, in part or false stays with its team and the white cell until it comes out or the
hotwash opens it. What was never told is nobody else's before then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.moment_facts import appearance_of, is_timely, moment_facts
from crisis_sim.engine.state import Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.dossier import PrivateFactEntry
from crisis_sim.engine.views.feed_items import AssetItem, CameOutItem
from crisis_sim.engine.views.hotwash_facts import AssetStory, DisclosureStory, PrivateFactStory
from crisis_sim.engine.views.shared_facts import AssetFacts
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import Words


def asset_facts(state: State, table: GameTable, seat: SeatName) -> tuple[AssetFacts, ...]:
    """Every asset; what is true of it beyond what is seen only for its own team and the white cell."""
    if not table.assets:
        return ()
    pieces = (state.record, state.truths, state.tracks, state.injects, state.readiness, state.promises, state.standing)
    return table.cache_by_identity(
        f"assets/{seat}",
        (*pieces, state.crossings, state.concealed, state.cleared_up, state.turn, state.hour, state.tension),
        lambda: tuple([_asset(state, table, seat, name) for name in table.assets]),
    )


def _asset(state: State, table: GameTable, seat: SeatName, name: str) -> AssetFacts:
    side = table.assets[name].side
    is_so, apparent = appearance_of(moment_facts(state, table, side), name)
    return AssetFacts(id=name, is_so=is_so if seat in (side, "facilitator") else None, seen=apparent)


def asset_stories(state: State, table: GameTable) -> tuple[AssetStory, ...]:
    """After play: each act that was made with a thing and arrived, and what came out of it."""
    if not table.assets:
        return ()
    due_turns = {concealment.act: concealment.due for concealment in (*state.concealed, *state.found_out)}
    out, cleared = dict[e.ActKey, int](), dict[str, int]()
    for turn, event in state.events_of(e.AssetFoundOut, e.AssetClearedUp):
        if isinstance(event, e.AssetFoundOut):
            out[event.act] = turn
        else:
            cleared[event.asset] = turn
    return tuple(
        [
            AssetStory(
                side=act.side,
                turn=act.turn,
                order=act.order,
                asset=act.asset,
                move=act.move,
                unseen=act.unseen or (),
                out=out.get(act.key, 0),
                at_close=act.key in out and due_turns[act.key] > table.turns,
                mistaken=act.mistaken or (),
                cleared=cleared.get(act.asset, 0) if act.mistaken else 0,
            )
            for act in (sent.act for sent in state.acts.values() if sent.arrived)
            if not isinstance(act.asset, UnsetType)
        ]
    )


OutEvent: TypeAlias = e.AssetFoundOut | e.AssetClearedUp | e.FactCameOut
"""Something turned out to be other than it was seen or told."""


def disclosure_words(table: GameTable, sent: Sent) -> Words | None:
    """In what words an act tells a private fact; None where it tells none."""
    plan = table.private_facts.get(sent.act.discloses or "")
    return None if plan is None else plan.words[sent.act.truth or "whole"]


def private_facts(table: GameTable, seat: SeatName) -> dict[str, PrivateFactEntry]:
    """What a team alone knows, for itself and the white cell."""
    teams = table.scenario.teams
    return {
        name: PrivateFactEntry(
            side=plan.side,
            name=plan.name,
            words=plan.words,
            backings=plan.backings,
            vouches=None
            if (vouches := teams.team_of(plan.side).private_facts[name].vouches) is None
            else vouches.words,
            clears=teams.team_of(plan.side).private_facts[name].clears,
            concerns=plan.concerns,
            costs=plan.costs,
        )
        for name, plan in table.private_facts.items()
        if seat in (plan.side, "facilitator")
    }


def out_item(table: GameTable, turn: int, hour: int, event: OutEvent) -> AssetItem | CameOutItem:
    """What a feed tells of a thing that is other than it was seen, or of a fact that had not been told whole."""
    if not isinstance(event, e.FactCameOut):
        is_more = isinstance(event, e.AssetFoundOut)
        return AssetItem(turn=turn, hour=hour, side=event.side, asset=event.asset, terms=event.terms, is_more=is_more)
    words = table.private_facts[event.fact].words
    told_words = words[event.truth]
    return CameOutItem(
        turn=turn,
        hour=hour,
        side=event.side,
        truth=event.truth,
        told=told_words,
        whole=words["whole"],
        owned=event.by_itself,
    )


def private_fact_stories(state: State, table: GameTable, seat: SeatName) -> tuple[PrivateFactStory, ...]:
    """Each private fact, of a team or for the white cell of both, with how it was told and what came out."""
    if not table.private_facts:
        return ()
    return table.cache_by_identity(
        f"private-facts/{seat}",
        (state.acts, state.record, state.disclosed, state.injects, state.turn_events, state.phase, state.turn),
        lambda: tuple(_stories(state, table, seat)),
    )


def _stories(state: State, table: GameTable, seat: SeatName) -> Iterator[PrivateFactStory]:
    facts, is_opened = moment_facts(state, table), seat == "facilitator"
    for name, plan in table.private_facts.items():
        if is_opened or seat == plan.side:
            yield PrivateFactStory(
                side=plan.side,
                id=name,
                name=plan.name if is_opened else {},
                words=plan.words if is_opened else {},
                told=tuple(_tellings(state, table, name)),
                is_timely=state.phase == "moves" and is_timely(facts, name),
            )


def _tellings(state: State, table: GameTable, fact: str) -> Iterator[DisclosureStory]:
    out = {disclosure.told.act: disclosure for disclosure in state.disclosed}
    for sent in state.acts.values():
        act = sent.act
        if act.discloses == fact:
            disclosure = out.get(act.key)
            yield DisclosureStory(
                turn=act.turn,
                order=act.order,
                move=act.move,
                public=act.is_public,
                backed=value_or_none(act.backed) or "word",
                truth=value_or_none(act.truth) or "whole",
                arrived=sent.arrived,
                out=0 if disclosure is None else disclosure.out,
                owned=disclosure is not None and disclosure.by_itself,
                at_close=disclosure is not None
                and disclosure.out > 0
                and disclosure.told.due > table.turns
                and not disclosure.by_itself,
            )
