"""What teams are asked of what moved them closer: in the feed, as they answer it, and after play with how candid.

Candour is the mean of two shares: the pressure on the team's pink lines of the acts that it named, of the most that so
many acts had; and the pressure on lines of the concern that it named, of the most that was on one concern.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import CloserQuestion, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import head_of
from crisis_sim.engine.views.feed_items import CloserItem
from crisis_sim.engine.views.shared_facts import CloserAct, CloserFacts, CloserStory
from crisis_sim.rules.names import Side

CloserEvent: TypeAlias = e.CloserAsked | e.CloserAnswered
"""A team was asked, or its answer was told."""


def closer_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: CloserEvent
) -> Iterator[CloserItem]:
    """What a seat is told of it: who asks and who is asked know of the question, both teams of the answer."""
    side = event.side
    if isinstance(event, e.CloserAsked):
        if seat in (side, event.by, "facilitator"):
            yield CloserItem(turn=turn, hour=hour, side=side, by=event.by or None, channel=event.channel or "")
    elif seat != "observer":
        reader = None if seat == "facilitator" else seat
        acts = tuple([head_of(table, state.sent(act), reader) for act in event.acts])
        yield CloserItem(turn=turn, hour=hour, side=side, answered=True, acts=acts, concern=event.concern)


def closer_facts(state: State, table: GameTable, side: Side) -> CloserFacts | None:
    """What a team is asked in its moves; None where nobody asks."""
    question, inbox = state.question_to(side), state.team(side).inbox
    if question is None or state.phase != "moves":
        return None
    numbers = {item.act: number for number, item in enumerate(inbox, 1)}
    return CloserFacts(
        by=question.by,
        acts=tuple(
            [
                CloserAct(
                    number=number,
                    act=head_of(table, state.sent(item.act), side),
                    turn=item.turn,
                    hostility=item.hostility,
                )
                for number, item in reversed(tuple(enumerate(inbox, 1)))
            ]
        ),
        chosen=tuple([numbers[act] for act in question.acts]),
        concern=question.concern,
        said=question.said,
        is_first=sum(entry.side == side for entry in state.closer) == 1,
    )


def closer_stories(state: State, table: GameTable) -> tuple[CloserStory, ...]:
    """Every time that a team was asked, in order."""
    return tuple(
        [
            CloserStory(
                side=question.side,
                by=question.by,
                turn=question.turn,
                answered=question.answered,
                acts=tuple([head_of(table, state.sent(act), None) for act in question.acts]),
                concern=question.concern,
                candour=candour(state, table, question),
            )
            for question in state.closer
        ]
    )


def candour(state: State, table: GameTable, question: CloserQuestion) -> int | None:
    """How far an answer was so, by what had pressed its team's lines before it was given; hundredths."""
    if not question.acts or not question.answered:
        return None
    concerns = {line.id: line.concern for line in table.scenario.teams.team_of(question.side).lines}
    concerns |= {line.id: line.concern for line in state.team(question.side).own_lines}
    by_act, by_concern = Counter[e.ActKey](), Counter[str]()
    for _, event in state.events_of(e.LinePressed, before=question.answered):
        amount, act = event.trace.after - event.trace.before, event.trace.act
        if event.side == question.side and act is not None and act[0] != question.side:
            by_act[act] += amount
            by_concern[concerns.get(event.line, "")] += amount
    maximum = sum(amount for _, amount in by_act.most_common(len(question.acts)))
    if not maximum:
        return None
    act_share = Fraction(sum(by_act[act] for act in question.acts), maximum)
    concern_share = Fraction(by_concern[question.concern], max(by_concern.values()))
    return round((act_share + concern_share) * 50)
