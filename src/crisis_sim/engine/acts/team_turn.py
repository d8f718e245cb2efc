"""A team's part of a turn: its list of moves, its readouts, its readings and its forecasts.

What one person says at the table stands here as well: how he takes what reached the team, before it seals its reading,
and that he agrees to the card, before the first act. Neither moves a number, and nobody's name is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, get_args

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts import closer, options
from crisis_sim.engine.acts.closing import accept_principle, put_principle
from crisis_sim.engine.acts.line_writing import line_event
from crisis_sim.engine.acts.phases import begin_turn, finish_moves, finish_readings
from crisis_sim.engine.instructions import asked_after, asks_with_readings
from crisis_sim.engine.judging.conclusions import claimable
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import Exchange, State, remove_at
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.text import clean

LONGEST_LABEL = 20
"""Characters in what a person is called at the table."""
MOST_SAID: Final = 60
"""Lines of one side in one talk."""
READOUT_PHASES = options.AFTER_TALK | {"moves"}
"""Phases in which a readout can be sealed."""
MOST_HOLDING = 5
"""Holding notes in one list."""


def playing(state: State, seat: a.SeatName, phase: e.Phase | None = None) -> Side:
    """The team that a seat plays, while the table is not paused; for what belongs to a phase, until it has committed.

    Raises ActionRefused.
    """
    if seat != "us" and seat != "china":
        raise ActionRefused("seat/team")
    if state.paused:
        raise ActionRefused("phase/paused")
    if phase is not None:
        if state.phase != phase:
            raise ActionRefused("phase/wrong", phase=phase, here=state.phase)
        if (state.us if seat == "us" else state.china).committed:
            raise ActionRefused("phase/committed")
    return seat


def _seal(state: State, table: GameTable, side: Side, action: a.SealMove) -> e.AnyEvent:
    """Put a move on the list, if there is room for it."""
    draft = _cleaned(table, action.draft)
    _check_room(table, draft, state.team(side).drafts)
    options.check_draft(state, table, side, draft)
    return e.MoveSealed(side, a.as_meant(action, draft), visible=side)


def _revise(state: State, table: GameTable, side: Side, action: a.ReviseMove) -> e.AnyEvent:
    """Put a move in the place of another."""
    number, drafts = action.number, _listed(state, side, action.number)
    draft = _cleaned(table, action.draft)
    _check_room(table, draft, remove_at(drafts, number))
    options.check_draft(state, table, side, draft, replacing=number)
    return e.MoveRevised(side, number, a.as_meant(action, draft), visible=side)


def _withdraw(state: State, table: GameTable, side: Side, action: a.WithdrawMove) -> e.AnyEvent:
    """Take a move off the list."""
    _listed(state, side, action.number)
    return e.MoveWithdrawn(side, action.number, visible=side)


def _check_room(table: GameTable, draft: a.Draft, other_drafts: tuple[a.Draft, ...]) -> None:
    """The list has room for a draft beside others: answers come on top, and holding notes have a limit of their own."""
    if draft.answers is None:
        if a.own_moves(other_drafts) >= table.workload.moves:
            raise ActionRefused("move/many", most=table.workload.moves)
    elif draft.how == "holding" and sum(other_draft.how == "holding" for other_draft in other_drafts) >= MOST_HOLDING:
        raise ActionRefused("move/many-holding", most=MOST_HOLDING)


def _cleaned(table: GameTable, draft: a.Draft) -> a.Draft:
    """The draft with its words cleaned at the door, and without a channel or a thing that its move has no need of."""
    move = table.moves.get(draft.move)
    about = draft.about if move is None or move.about_channel else None
    asset = draft.asset if move is None or (table.assets and move.uses) else UNSET
    text = clean(draft.text, lines=True).strip()
    if (about, asset, text) == (draft.about, draft.asset, draft.text):
        return draft
    return replace(draft, text=text, about=about, asset=asset)


def _listed(state: State, side: Side, number: int) -> tuple[a.Draft, ...]:
    """The list, on which there is a move of that number."""
    drafts = state.team(side).drafts
    if not 1 <= number <= len(drafts):
        raise ActionRefused("move/number")
    return drafts


def _commit_moves(state: State, table: GameTable, side: Side, action: a.CommitMoves) -> e.AnyEvent:
    """Make the list final; when both are, what was sent is delivered."""
    minimum = table.scenario.moves_a_turn.least
    if a.count_moves(state.team(side).drafts) < minimum:
        raise ActionRefused("move/few", least=minimum)
    return e.MovesCommitted(side, visible="everyone")


def _find_exchange(state: State, number: int) -> Exchange | None:
    """The exchange of that number."""
    return state.exchanges[number - 1] if 0 < number <= len(state.exchanges) else None


def _talk(state: State, number: int) -> Exchange:
    """The exchange of that number, in which something can still be said."""
    exchange = _find_exchange(state, number)
    if exchange is None or not options.can_talk(state, exchange):
        raise ActionRefused("talk/over")
    return exchange


def _end_call(state: State, table: GameTable, side: Side, action: a.EndCall) -> e.AnyEvent:
    """Say that a call that is held is over, for both."""
    _talk(state, action.exchange)
    return e.CallEnded(side, action.exchange, visible="teams")


def _say(state: State, table: GameTable, side: Side, action: a.SayInCall) -> e.AnyEvent:
    """Say something in a call that is held; it is for both, and judged by nothing."""
    exchange = _talk(state, action.exchange)
    text = clean(action.text, lines=True).strip()
    if not 0 < len(text) <= a.LONGEST_TEXT:
        raise ActionRefused("talk/text", most=a.LONGEST_TEXT)
    if sum(line.side == side for line in exchange.said) >= MOST_SAID:
        raise ActionRefused("talk/many", most=MOST_SAID)
    return e.SaidInCall(side, action.exchange, text, visible="teams")


def _readout(state: State, table: GameTable, side: Side, action: a.SealReadout) -> e.AnyEvent:
    """Seal our account of an exchange; from the talk until the next list is committed it can be sealed again."""
    exchange = _find_exchange(state, action.exchange)
    if exchange is not None and exchange.closed:
        exchange = None
    is_past = exchange is not None and state.turn > exchange.turn
    if state.phase not in READOUT_PHASES or (is_past and state.phase != "moves"):
        raise ActionRefused("phase/wrong", phase="moves", here=state.phase)
    if exchange is None:
        raise ActionRefused("readout/closed")
    if state.phase == "moves" and state.team(side).committed:
        raise ActionRefused("phase/committed")
    if not options.can_account(state, table, exchange):
        raise ActionRefused("readout/last")
    if not -3 <= action.tone <= 3:
        raise ActionRefused("readout/tone")
    text = clean(action.text, lines=True).strip()
    if len(text) > a.LONGEST_TEXT:
        raise ActionRefused("readout/text", most=a.LONGEST_TEXT)
    return e.ReadoutSealed(side, action.exchange, action.outcome, action.tone, text, visible=side)


def _stay_silent(state: State, table: GameTable, side: Side, action: a.StaySilent) -> e.AnyEvent:
    """Say that a request gets no answer; until we commit it can still be answered."""
    request = options.request_numbered(state, side, action.request)
    if any(draft.answers == action.request for draft in state.team(side).drafts):
        raise ActionRefused("answer/twice")
    return e.SilenceSealed(request.act, visible=side)


def _decide(state: State, table: GameTable, side: Side, action: a.AnswerDecision) -> e.AnyEvent:
    """Say what we do with a conclusion, a hard voice or a decision; until we commit it can be said again."""
    if action.asked not in options.open_decisions(state, table, side):
        raise ActionRefused("decision/closed")
    answers = options.answers_to(state, table, side, action.asked)
    if action.answer not in answers:
        raise ActionRefused("decision/answer", names=answers)
    return e.DecisionAnswerSealed(side, action.asked, action.answer, visible=side)


def press(state: State, table: GameTable, side: Side, action: a.PressReading) -> e.AnyEvent:
    """Say how one person takes an act; until the team has sealed its reading the person can say it again."""
    person = clean(action.by, lines=False).strip()
    if not 0 < len(person) <= LONGEST_LABEL:
        raise ActionRefused("reading/nobody")
    readable(state, side, action.item, action.hostility)
    item = state.team(side).inbox[action.item - 1]
    if item.hostility is not None:
        raise ActionRefused("reading/sealed")
    return e.ReadingPressed(side, item.act, action.hostility, person, visible=side)


def readable(state: State, side: Side, item: int, hostility: int) -> None:
    """Raise ActionRefused unless something came to that place of the inbox this turn, and the scale has the point."""
    inbox = state.team(side).inbox
    if not 1 <= item <= len(inbox) or inbox[item - 1].turn != state.turn:
        raise ActionRefused("reading/unknown")
    if not -3 <= hostility <= 3:
        raise ActionRefused("reading/hostility")


def agree(recorder: EventRecorder, seat: a.SeatName, action: a.AgreeToCard) -> None:
    """Put on record that somebody at a seat agrees; each who sits there says it for himself. Raises ActionRefused."""
    if seat == "facilitator":
        raise ActionRefused("consent/facilitator")
    person = clean(action.by, lines=False).strip()[:LONGEST_LABEL]
    side = next((side for side in SIDES if side == seat), None)
    recorder.tell(e.CardAgreed(seat, person, visible=side or "facilitator"))


def _reading(state: State, table: GameTable, side: Side, action: a.SealReading) -> e.AnyEvent:
    """Seal how we take something that reached us this turn; until readings are committed it can be sealed again."""
    inbox, item = state.team(side).inbox, action.item
    readable(state, side, item, action.hostility)
    if not 1 <= action.confidence <= 4:
        raise ActionRefused("reading/confidence")
    touches = action.touches
    if touches is not None and touches not in options.own_line_ids(state, side):
        raise ActionRefused("reading/line")
    crosses = action.crosses
    if crosses is True and (touches is None or not claimable(state, table, side, touches)):
        raise ActionRefused("reading/crossed")
    act, audience = inbox[item - 1].act, action.audience
    sent = state.acts[act]
    is_public = sent.act.visibility == "public"
    if table.asks_all and is_public and audience is UNSET:
        raise ActionRefused("reading/audience-unsaid")
    if not is_public and audience is not UNSET:
        raise ActionRefused("reading/audience")
    return e.ReadingSealed(
        side,
        act,
        action.hostility,
        action.confidence,
        touches,
        crosses,
        audience,
        True if sent.translation and sent.unclear is None else UNSET,
        visible=side,
    )


def _forecast(state: State, table: GameTable, side: Side, action: a.SealForecast) -> e.AnyEvent:
    """Seal how likely we think something; until forecasts are committed it can be sealed again."""
    playing(state, side, "readings" if asks_with_readings(state, table) else "forecasts")
    if action.forecast not in asked_after(table, state.turn):
        raise ActionRefused("forecast/unknown")
    if not 0 <= action.chance <= 100:
        raise ActionRefused("forecast/chance")
    return e.ForecastSealed(side, action.forecast, action.chance, visible=side)


def _makes_final(kind: type[e.ReadingsCommitted] | type[e.ForecastsCommitted]) -> Callable[..., e.AnyEvent]:
    """What a team has sealed of this kind is final."""
    return lambda state, table, side, action: kind(side, visible="everyone")


Sealing: TypeAlias = tuple[
    e.Phase | None,
    Callable[[State, GameTable, Side, Any], e.AnyEvent],  # Any: each has its own action
    Callable[[EventRecorder], None] | None,
]
"""The phase that an act of a team belongs to, what makes its event, and what follows once both teams have done it."""
SEAL_HANDLERS: Final[Mapping[type[a.Action], Sealing]] = {
    **dict.fromkeys(get_args(a.LineAction), (None, line_event, None)),
    a.PutPrinciple: (None, put_principle, None),
    a.AcceptPrinciple: (None, accept_principle, None),
    a.SealMove: ("moves", _seal, None),
    a.ReviseMove: ("moves", _revise, None),
    a.WithdrawMove: ("moves", _withdraw, None),
    a.SayInCall: (None, _say, None),
    a.EndCall: (None, _end_call, None),
    a.SealReadout: (None, _readout, None),
    a.StaySilent: ("moves", _stay_silent, None),
    a.AnswerDecision: ("moves", _decide, None),
    a.AskCloser: ("moves", closer.ask, None),
    a.AnswerCloser: ("moves", closer.answer, None),
    a.PressReading: ("readings", press, None),
    a.SealReading: ("readings", _reading, None),
    a.SealForecast: (None, _forecast, None),
    a.CommitMoves: ("moves", _commit_moves, finish_moves),
    a.CommitReadings: ("readings", _makes_final(e.ReadingsCommitted), finish_readings),
    a.CommitForecasts: ("forecasts", _makes_final(e.ForecastsCommitted), begin_turn),
}
"""How each act of a team is sealed; None where it belongs to no phase, or where nothing follows."""
