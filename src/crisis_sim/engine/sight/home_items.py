"""What a feed tells of what teams are held to: positions, citations, public words, voices, calls, a concession.

What home asks is its own team's to know; what became of a public word, and that a voice spoke or waits, both hear; a
position or a citation is told to whoever heard the act.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, cast

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.act_seen import head_of, is_public, is_returned
from crisis_sim.engine.sight.decisions_seen import decision_items
from crisis_sim.engine.sight.feed_items import (
    AnyFeedItem,
    CallItem,
    CitationItem,
    PledgeItem,
    PositionItem,
    SparedItem,
    VoiceItem,
)
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import VoiceAnswer

HomeEvent: TypeAlias = (
    e.PositionTaken
    | e.PositionBroken
    | e.InstrumentCited
    | e.InstrumentBroken
    | e.PledgeBound
    | e.PledgeSettled
    | e.VoiceRaised
    | e.VoiceAnswered
    | e.AnswerDelayed
    | e.ConcessionSpared
    | e.CallJudged
)
"""What a team is held to, at home or by its own words."""


def home_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: HomeEvent
) -> Iterator[AnyFeedItem]:
    """What a seat is told of an event at home, in the turn and at the hour of the story."""
    if isinstance(event, e.CallJudged):
        of = state.exchanges[event.exchange - 1]
        act = head_of(table, state.sent(of.request), None)
        yield CallItem(turn=turn, hour=hour, act=act, since=of.turn, came=event.came)
        return
    side, knows = event.side, seat in (event.side, "facilitator")
    match event:
        case e.PositionTaken(position=name, firmness=firmness) if _heard(state, seat, event.act):
            yield PositionItem(turn=turn, hour=hour, side=side, position=name, firmness=firmness)
        case e.PositionBroken(position=name) if _heard(state, seat, event.act):
            yield PositionItem(turn=turn, hour=hour, side=side, position=name, broken=True)
        case e.InstrumentCited(instrument=name) if _heard(state, seat, event.act):
            yield CitationItem(
                turn=turn, hour=hour, side=side, instrument=name, returned=is_returned(state, event.act, name)
            )
        case e.InstrumentBroken(instrument=name) if _heard(state, seat, event.act):
            yield CitationItem(turn=turn, hour=hour, side=side, instrument=name, broken=True)
        case e.PledgeBound(pledge=pledge, stake=stake) if knows:
            act, due = head_of(table, state.sent(event.act), None), min(event.due, table.turns)
            yield PledgeItem(turn=turn, hour=hour, side=side, pledge=pledge, act=act, stake=stake, due=due)
        case e.PledgeSettled(pledge=pledge, how=how) if seat != "observer":
            act = head_of(table, state.sent(event.given), None)
            yield PledgeItem(turn=turn, hour=hour, side=side, pledge=pledge, act=act, how=how)
        case e.VoiceAnswered(inject=str(inject)) | e.AnswerDelayed(inject=inject):
            yield from decision_items(table, seat, turn, hour, event, inject)
        case e.VoiceRaised(inject=UnsetType()) if knows:
            yield VoiceItem(turn=turn, hour=hour, side=side)
        case e.VoiceAnswered(answer=answer, said=said) if knows or answer != "meet":
            became = cast(VoiceAnswer, answer)
            yield VoiceItem(turn=turn, hour=hour, side=side, answer=became, said=said or not knows)
        case e.ConcessionSpared() if knows:
            yield SparedItem(turn=turn, hour=hour, side=side, act=head_of(table, state.sent(event.act), None))


def _heard(state: State, seat: SeatName, act: e.ActKey) -> bool:
    """An observer hears what was said in public."""
    return seat != "observer" or is_public(state.sent(act))
