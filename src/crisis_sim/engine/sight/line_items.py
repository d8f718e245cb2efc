"""What a feed tells of lines: crossings and near misses, what their owners made of them, and what was put on record.

Each is its owner's alone, but for a crossing that the facilitator has declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.act_seen import head_of, line_words
from crisis_sim.engine.sight.feed_items import (
    AnswerItem,
    AnyFeedItem,
    ClaimItem,
    ConclusionItem,
    DeclaredItem,
    FurtherFromItem,
    LineItem,
)
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable

LineEvent: TypeAlias = (
    e.NearMiss
    | e.LineCrossed
    | e.CrossingClaimed
    | e.CrossingDeclared
    | e.ConclusionDrawn
    | e.ConclusionAnswered
    | e.FurtherFrom
)
"""What may become of a line."""


def line_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: LineEvent
) -> Iterator[AnyFeedItem]:
    """What a seat is told of an event of lines, in the turn and at the hour of the story."""
    side = event.side
    if isinstance(event, e.CrossingDeclared):
        if seat != "observer":
            reader = None if seat == "facilitator" else seat
            act = None if event.act is None else head_of(table, state.sent(event.act), reader)
            line = line_words(state, table, side, event.line)
            yield DeclaredItem(turn=turn, hour=hour, side=side, line=line, act=act)
        return
    if seat != side:
        return
    line = line_words(state, table, side, event.line)
    match event:
        case e.NearMiss():
            yield LineItem(turn=turn, hour=hour, line=line, crossed=False)
        case e.LineCrossed(through=through):
            authored = table.lines.get(f"{side}/{event.line}")
            says = authored.crossing_says.words if authored is not None and authored.crossing_says else None
            steps = None if through is None else line_words(state, table, side, through)
            yield LineItem(turn=turn, hour=hour, line=line, crossed=True, says=says, through=steps)
        case e.CrossingClaimed(act=key):
            yield ClaimItem(turn=turn, hour=hour, line=line, act=head_of(table, state.sent(key), side))
        case e.ConclusionDrawn(leads_to=red, act=filled):
            yield ConclusionItem(
                turn=turn,
                hour=hour,
                line=line,
                leads_to=line_words(state, table, side, red),
                again=_has_concluded(state, event, turn),
                act=None if filled is None else head_of(table, state.sent(filled), side),
                alert=table.base.lines.alert is not None,
            )
        case e.ConclusionAnswered(answer=answer, said=said):
            of = line_words(state, table, side, state.concluded[f"{side}/{event.line}"].leads_to)
            yield AnswerItem(turn=turn, hour=hour, line=line, leads_to=of, answer=answer, said=said)
        case e.FurtherFrom(leads_to=red, trust=trust):
            of = line_words(state, table, side, red)
            yield FurtherFromItem(turn=turn, hour=hour, line=line, leads_to=of, trust=trust)


def _has_concluded(state: State, event: e.ConclusionDrawn, turn: int) -> bool:
    """The same conclusion has been drawn in an earlier turn."""
    return any(
        isinstance(told, e.ConclusionDrawn) and (told.side, told.line) == (event.side, event.line)
        for before in state.turn_events[:turn]
        for told in before
    )
