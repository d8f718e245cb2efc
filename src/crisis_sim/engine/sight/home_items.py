"""What a feed tells of home: public words that bind a team there, hard voices, and a concession that cost nothing.

What home asks is its own team's to know; what became of a public word, and that a voice spoke or waits, both hear.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.act_seen import head_of
from crisis_sim.engine.sight.feed_items import AnyFeedItem, PledgeItem, SparedItem, VoiceItem
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable

HomeEvent: TypeAlias = e.PledgeBound | e.PledgeSettled | e.VoiceRaised | e.VoiceAnswered | e.ConcessionSpared
"""What may happen at home."""


def home_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: HomeEvent
) -> Iterator[AnyFeedItem]:
    """What a seat is told of an event at home, in the turn and at the hour of the story."""
    side, knows = event.side, seat in (event.side, "facilitator")
    match event:
        case e.PledgeBound(pledge=pledge, stake=stake) if knows:
            act, due = head_of(table, state.sent(event.act), None), min(event.due, table.turns)
            yield PledgeItem(turn=turn, hour=hour, side=side, pledge=pledge, act=act, stake=stake, due=due)
        case e.PledgeSettled(pledge=pledge, how=how) if seat != "observer":
            act = head_of(table, state.sent(event.given), None)
            yield PledgeItem(turn=turn, hour=hour, side=side, pledge=pledge, act=act, how=how)
        case e.VoiceRaised() if knows:
            yield VoiceItem(turn=turn, hour=hour, side=side)
        case e.VoiceAnswered(answer=answer, said=said) if knows or answer != "meet":
            yield VoiceItem(turn=turn, hour=hour, side=side, answer=answer, said=said or not knows)
        case e.ConcessionSpared() if knows:
            yield SparedItem(turn=turn, hour=hour, side=side, act=head_of(table, state.sent(event.act), None))
