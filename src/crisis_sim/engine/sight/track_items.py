"""What a feed tells of what is at stake: a mark that was reached, and what conduct has moved, in its author's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.act_seen import is_public, sees_track
from crisis_sim.engine.sight.feed_items import AnyFeedItem, MarkItem, TrackItem
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable

TrackEvent: TypeAlias = e.TrackMarked | e.NumberMoved


def track_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: TrackEvent
) -> Iterator[AnyFeedItem]:
    """What a seat is told of a track that it sees; of what an act moved, only who knows of that act."""
    if isinstance(event, e.TrackMarked):
        of = table.scenario.tracks[event.track]
        if sees_track(seat, of.of):
            yield MarkItem(turn=turn, hour=hour, track=event.track, says=of.marks[event.mark].says.words)
        return
    trace = event.trace
    place = trace.rule.removeprefix(f"track {event.of}/")
    if not place.isdecimal() or not sees_track(seat, table.scenario.tracks[event.of].of):
        return
    if trace.act is None or _knows(state, seat, trace.act):
        says = table.scenario.tracks[event.of].changes[int(place)].says.words
        yield TrackItem(turn=turn, hour=hour, track=event.of, before=trace.before, after=trace.after, says=says)


def _knows(state: State, seat: SeatName, key: e.ActKey) -> bool:
    """Whether a seat has heard of an act: its own team, the facilitator, and whoever it reached."""
    if seat in (key[0], "facilitator"):
        return True
    sent = state.sent(key)
    return is_public(sent) or (seat != "observer" and sent.arrived > 0)
