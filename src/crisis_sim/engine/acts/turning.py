"""A team's part of a turn: its list of moves, its readouts, its readings and its forecasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.options import check_draft, counted
from crisis_sim.engine.acts.phases import begin_turn, finish_moves, finish_readings
from crisis_sim.engine.judging.story import Story
from crisis_sim.engine.state import without
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side
from crisis_sim.text import clean

MOST_HOLDING = 5
"""Holding notes in one list."""


def decide_turn(story: Story, side: Side, action: a.AnyAction) -> None:
    """What a team does in a turn. Raises ActionRefused; KeyError for an action that belongs to no turn."""
    phase, do = DOERS[type(action)]
    state = story.frame
    if state.phase != phase:
        raise ActionRefused("phase/wrong", phase=phase, here=state.phase)
    if state.team(side).committed:
        raise ActionRefused("phase/committed")
    do(story, side, action)


def _both(story: Story) -> bool:
    return story.frame.us.committed and story.frame.china.committed


def _seal(story: Story, side: Side, action: a.SealMove) -> None:
    """Put a move on the list, if there is room for it."""
    draft = _cleaned(story, action.draft)
    _check_room(story, draft, story.frame.team(side).drafts)
    check_draft(story.frame, story.table, side, draft)
    story.tell(e.MoveSealed(side, draft, visible=side))


def _revise(story: Story, side: Side, action: a.ReviseMove) -> None:
    """Put a move in the place of another."""
    number, drafts = action.number, _listed(story, side, action.number)
    draft = _cleaned(story, action.draft)
    _check_room(story, draft, without(drafts, number))
    check_draft(story.frame, story.table, side, draft, replacing=number)
    story.tell(e.MoveRevised(side, number, draft, visible=side))


def _withdraw(story: Story, side: Side, action: a.WithdrawMove) -> None:
    """Take a move off the list."""
    _listed(story, side, action.number)
    story.tell(e.MoveWithdrawn(side, action.number, visible=side))


def _check_room(story: Story, draft: a.Draft, others: tuple[a.Draft, ...]) -> None:
    """The list has room for a draft beside others; holding notes are counted apart."""
    holding, most = draft.how == "holding", story.table.scenario.moves_a_turn.most
    alike = 0
    for kept in others:
        alike += (kept.how == "holding") is holding
    if alike >= (MOST_HOLDING if holding else most):
        if holding:
            raise ActionRefused("move/many-holding", most=MOST_HOLDING)
        raise ActionRefused("move/many", most=most)


def _cleaned(story: Story, draft: a.Draft) -> a.Draft:
    """The draft with its words cleaned at the door, and without a channel that its move is not about."""
    move = story.table.moves.get(draft.move)
    about = draft.about if move is None or move.about_channel else None
    text = clean(draft.text, lines=True).strip()
    return draft if about == draft.about and text == draft.text else replace(draft, text=text, about=about)


def _listed(story: Story, side: Side, number: int) -> tuple[a.Draft, ...]:
    """The list, on which there is a move of that number."""
    drafts = story.frame.team(side).drafts
    if not 1 <= number <= len(drafts):
        raise ActionRefused("move/number")
    return drafts


def _commit_moves(story: Story, side: Side, action: a.CommitMoves) -> None:
    """Make the list final; when both are, what was sent is delivered."""
    least = story.table.scenario.moves_a_turn.least
    if counted(story.frame, side) < least:
        raise ActionRefused("move/few", least=least)
    story.tell(e.MovesCommitted(side, visible="everyone"))
    if _both(story):
        finish_moves(story)


def _readout(story: Story, side: Side, action: a.SealReadout) -> None:
    """Seal our account of an exchange; until the list is committed it can be sealed again."""
    exchanges = story.state.exchanges
    if not 1 <= action.exchange <= len(exchanges) or exchanges[action.exchange - 1].closed:
        raise ActionRefused("readout/closed")
    if exchanges[action.exchange - 1].turn >= story.state.turn:
        raise ActionRefused("readout/early")
    if not -3 <= action.tone <= 3:
        raise ActionRefused("readout/tone")
    text = clean(action.text, lines=True).strip()
    if len(text) > a.LONGEST_TEXT:
        raise ActionRefused("readout/text", most=a.LONGEST_TEXT)
    story.tell(e.ReadoutSealed(side, action.exchange, action.outcome, action.tone, text, visible=side))


def _reading(story: Story, side: Side, action: a.SealReading) -> None:
    """Seal how we take something that reached us this turn; until readings are committed it can be sealed again."""
    inbox, item = story.frame.team(side).inbox, action.item
    if not 1 <= item <= len(inbox) or inbox[item - 1].turn != story.frame.turn:
        raise ActionRefused("reading/unknown")
    if not -3 <= action.hostility <= 3:
        raise ActionRefused("reading/hostility")
    if not 1 <= action.confidence <= 4:
        raise ActionRefused("reading/confidence")
    touches = action.touches
    if touches is not None and touches not in _own_line_ids(story, side):
        raise ActionRefused("reading/line")
    act = inbox[item - 1].act
    story.tell(e.ReadingSealed(side, act, action.hostility, action.confidence, touches, visible=side))


def _own_line_ids(story: Story, side: Side) -> set[str]:
    """Ids of a team's lines, the scenario's and its own."""
    team = story.frame.team(side)
    return {*team.adopted, *(line.id for line in team.own_lines)}


def _commit_readings(story: Story, side: Side, action: a.CommitReadings) -> None:
    """Make the readings final; when both teams' are, the turn is judged."""
    story.tell(e.ReadingsCommitted(side, visible="everyone"))
    if _both(story):
        finish_readings(story)


def _forecast(story: Story, side: Side, action: a.SealForecast) -> None:
    """Seal how likely we think something; until forecasts are committed it can be sealed again."""
    if action.forecast not in story.table.forecasts:
        raise ActionRefused("forecast/unknown")
    if not 0 <= action.chance <= 100:
        raise ActionRefused("forecast/chance")
    story.tell(e.ForecastSealed(side, action.forecast, action.chance, visible=side))


def _commit_forecasts(story: Story, side: Side, action: a.CommitForecasts) -> None:
    """Make the forecasts final; when both teams' are, the next turn opens."""
    story.tell(e.ForecastsCommitted(side, visible="everyone"))
    if _both(story):
        begin_turn(story)


DOERS: Final[Mapping[type[a.Action], tuple[e.Phase, Callable[[Story, Side, Any], None]]]] = {  # Any: each has its own
    a.SealMove: ("moves", _seal),
    a.ReviseMove: ("moves", _revise),
    a.WithdrawMove: ("moves", _withdraw),
    a.SealReadout: ("moves", _readout),
    a.CommitMoves: ("moves", _commit_moves),
    a.SealReading: ("readings", _reading),
    a.CommitReadings: ("readings", _commit_readings),
    a.SealForecast: ("forecasts", _forecast),
    a.CommitForecasts: ("forecasts", _commit_forecasts),
}
"""What carries out each action of a turn, and the phase that it belongs to."""
