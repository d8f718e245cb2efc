"""A team's part of a turn: its list of moves, its readouts, its readings and its forecasts."""

from __future__ import annotations

from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.options import check_draft, counted
from crisis_sim.engine.acts.phases import begin_turn, finish_moves, finish_readings
from crisis_sim.engine.judging.story import Story
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side
from crisis_sim.text import clean

PHASE_OF: dict[type[a.Action], e.Phase] = {
    a.SealMove: "moves",
    a.ReviseMove: "moves",
    a.WithdrawMove: "moves",
    a.SealReadout: "moves",
    a.CommitMoves: "moves",
    a.SealReading: "readings",
    a.CommitReadings: "readings",
    a.SealForecast: "forecasts",
    a.CommitForecasts: "forecasts",
}
MOST_HOLDING = 5
"""Holding notes in one list."""


def decide_turn(
    story: Story,
    side: Side,
    action: a.SealMove
    | a.ReviseMove
    | a.WithdrawMove
    | a.SealReadout
    | a.CommitMoves
    | a.SealReading
    | a.CommitReadings
    | a.SealForecast
    | a.CommitForecasts,
) -> None:
    """What a team does in a turn. Raises ActionRefused."""
    phase = PHASE_OF[type(action)]
    if story.frame.phase != phase:
        raise ActionRefused("phase/wrong", phase=phase, here=story.frame.phase)
    if story.frame.team(side).committed:
        raise ActionRefused("phase/committed")
    match action:  # what is asked most often is tried first
        case a.SealMove(draft=draft):
            _seal(story, side, draft)
        case a.SealReading():
            _reading(story, side, action)
        case a.SealForecast(forecast=forecast, chance=chance):
            if forecast not in story.table.forecast_tests:
                raise ActionRefused("forecast/unknown")
            if not 0 <= chance <= 100:
                raise ActionRefused("forecast/chance")
            story.tell(e.ForecastSealed(side, forecast, chance, visible=side))
        case a.ReviseMove(number=number, draft=draft):
            _listed(story, side, number)
            draft = _cleaned(story, draft)
            _check_room(story, side, draft, replacing=number)
            check_draft(story.state, story.table, side, draft, replacing=number)
            story.tell(e.MoveRevised(side, number, draft, visible=side))
        case a.WithdrawMove(number=number):
            _listed(story, side, number)
            story.tell(e.MoveWithdrawn(side, number, visible=side))
        case a.SealReadout():
            _readout(story, side, action)
        case a.CommitMoves():
            _commit_moves(story, side)
        case a.CommitReadings():
            story.tell(e.ReadingsCommitted(side, visible="everyone"))
            if _both(story):
                finish_readings(story)
        case a.CommitForecasts():
            story.tell(e.ForecastsCommitted(side, visible="everyone"))
            if _both(story):
                begin_turn(story)


def _both(story: Story) -> bool:
    return story.frame.us.committed and story.frame.china.committed


def _seal(story: Story, side: Side, draft: a.Draft) -> None:
    """Put a move on the list, if there is room for it."""
    draft = _cleaned(story, draft)
    _check_room(story, side, draft)
    check_draft(story.state, story.table, side, draft)
    story.tell(e.MoveSealed(side, draft, visible=side))


def _check_room(story: Story, side: Side, draft: a.Draft, replacing: int | None = None) -> None:
    """The list has room for a draft, beside those that it does not replace."""
    most = story.table.scenario.moves_a_turn.most
    kept = [one.how == "holding" for place, one in enumerate(story.state.team(side).drafts, 1) if place != replacing]
    if draft.how == "holding":
        if sum(kept) >= MOST_HOLDING:
            raise ActionRefused("move/many-holding", most=MOST_HOLDING)
    elif len(kept) - sum(kept) >= most:
        raise ActionRefused("move/many", most=most)


def _cleaned(story: Story, draft: a.Draft) -> a.Draft:
    """The draft with its words cleaned at the door, and without a channel that its move is not about."""
    move = story.table.moves.get(draft.move)
    about = draft.about if move is None or move.about_channel else None
    return replace(draft, text=clean(draft.text, lines=True).strip(), about=about)


def _listed(story: Story, side: Side, number: int) -> None:
    """There is a move of that number on the list."""
    if not 1 <= number <= len(story.state.team(side).drafts):
        raise ActionRefused("move/number")


def _commit_moves(story: Story, side: Side) -> None:
    """Make the list final; when both are, what was sent is delivered."""
    least = story.table.scenario.moves_a_turn.least
    if counted(story.state, side) < least:
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
    team = story.state.team(side)
    if not 1 <= action.item <= len(team.inbox) or team.inbox[action.item - 1].turn != story.state.turn:
        raise ActionRefused("reading/unknown")
    if not -3 <= action.hostility <= 3:
        raise ActionRefused("reading/hostility")
    if not 1 <= action.confidence <= 4:
        raise ActionRefused("reading/confidence")
    if action.touches is not None and action.touches not in _own_line_ids(story, side):
        raise ActionRefused("reading/line")
    key = team.inbox[action.item - 1].act
    story.tell(e.ReadingSealed(side, key, action.hostility, action.confidence, action.touches, visible=side))


def _own_line_ids(story: Story, side: Side) -> set[str]:
    """Ids of a team's lines, the scenario's and its own."""
    team = story.state.team(side)
    return {*team.adopted, *(line.id for line in team.own_lines)}
