"""Assets as a seat may know them: its own as they are, all of them as they are seen, and after play the whole of it."""

from __future__ import annotations

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.moment_facts import appearance_of, moment_facts
from crisis_sim.engine.sight.feed_items import AssetItem
from crisis_sim.engine.sight.hotwash_facts import AssetStory
from crisis_sim.engine.sight.shared_facts import AssetFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable


def asset_facts(state: State, table: GameTable, seat: SeatName) -> tuple[AssetFacts, ...]:
    """Every asset; what is true of it beyond what is seen only for its own team and the white cell."""
    if not table.assets:
        return ()
    pieces = (state.record, state.truths, state.tracks, state.injects, state.readiness, state.promises, state.standing)
    return table.unless_changed(
        f"assets/{seat}",
        (*pieces, state.crossings, state.concealed, state.cleared_up, state.turn, state.hour, state.tension),
        lambda: tuple([_asset(state, table, seat, name) for name in table.assets]),
    )


def _asset(state: State, table: GameTable, seat: SeatName, name: str) -> AssetFacts:
    side = table.assets[name].side
    is_so, seen = appearance_of(moment_facts(state, table, side), name)
    return AssetFacts(id=name, is_so=is_so if seat in (side, "facilitator") else None, seen=seen)


def asset_stories(state: State, table: GameTable) -> tuple[AssetStory, ...]:
    """After play: each act that was made with a thing and arrived, and what came out of it."""
    if not table.assets:
        return ()
    due = {kept.act: kept.due for kept in (*state.concealed, *state.found_out)}
    out, cleared = dict[e.ActKey, int](), dict[str, int]()
    for turn, told in enumerate(state.turn_events):
        for event in told:
            if isinstance(event, e.AssetFoundOut):
                out[event.act] = turn
            elif isinstance(event, e.AssetClearedUp):
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
                at_close=act.key in out and due[act.key] > table.turns,
                mistaken=act.mistaken or (),
                cleared=cleared.get(act.asset, 0) if act.mistaken else 0,
            )
            for act in (sent.act for sent in state.acts.values() if sent.arrived)
            if not isinstance(act.asset, UnsetType)
        ]
    )


def asset_item(turn: int, hour: int, event: e.AssetFoundOut | e.AssetClearedUp) -> AssetItem:
    """What a feed tells of a thing that turned out to be other than it was seen."""
    is_more = isinstance(event, e.AssetFoundOut)
    return AssetItem(turn=turn, hour=hour, side=event.side, asset=event.asset, terms=event.terms, is_more=is_more)
