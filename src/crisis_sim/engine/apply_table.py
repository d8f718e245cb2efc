"""What events about the session itself do to the state: seats, phases, turns, lines, the facilitator's own doings.

What people agree to and say alone, translations and the led hotwash are among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_cases import StateAfter, append_case, change_item_case, remove_key, set_key_case
from crisis_sim.engine.state import Lead, Principle, State, TeamState, remove_at, with_team
from crisis_sim.rules.names import Side


def _phase_opened(state: State, event: e.PhaseOpened) -> State:
    """Nobody has committed anything in a new phase."""
    us, china = state.us, state.china
    return replace(
        state,
        phase=event.phase,
        us=replace(us, committed=False) if us.committed else us,
        china=replace(china, committed=False) if china.committed else china,
    )


def _turn_opened(state: State, event: e.TurnOpened) -> State:
    """Lists are empty, and what was to last until the turn before has passed."""
    turn = event.turn
    return replace(
        state,
        turn=turn,
        hour=event.hour,
        ends=event.ends,
        extra_minutes=0,
        used=frozenset(),
        tracks_before=state.tracks,
        meters_before=(*state.meters_before[-1:], (state.standing, state.trust)),
        latency=tuple(change for change in state.latency if change.until >= turn),
        odds=tuple(change for change in state.odds if change.until >= turn),
        turn_events=(*state.turn_events, ()),
        us=_begun(state.us),
        china=_begun(state.china),
    )


def _begun(team: TeamState) -> TeamState:
    """Its list is empty, what it forecast for the turn stands, and nothing has reached it in the turn."""
    forecasts = (*team.forecasts, *team.coming)
    return replace(team, drafts=(), forecasts=forecasts, coming=(), read_before=len(team.inbox))


def _sets_team_field(part: str, event_field: str) -> StateAfter:
    """What an event says is what a team has in this part from here on."""
    return lambda state, event: _with(state, event.side, part, getattr(event, event_field))


def _guessed(state: State, event: e.LineGuessed) -> State:
    """One more guess of a team's, of the briefing or of the closing."""
    name = f"guesses_{event.stage}"
    return _with(state, event.side, name, (*getattr(state.team(event.side), name), event.guess))


def _guess_dropped(state: State, event: e.GuessDropped) -> State:
    name = f"guesses_{event.stage}"
    return _with(state, event.side, name, remove_at(getattr(state.team(event.side), name), event.number))


def _with(state: State, side: Side, part: str, value: object) -> State:
    """A team with something else in one part."""
    return with_team(state, side, replace(state.team(side), **{part: value}))


def _committed(
    state: State, event: e.MovesCommitted | e.ReadingsCommitted | e.ForecastsCommitted | e.LinesSealed
) -> State:
    """What the phase asks of a team is committed."""
    if event.side == "us":
        return replace(state, us=replace(state.us, committed=True))
    return replace(state, china=replace(state.china, committed=True))


def _line_written(state: State, event: e.LineWritten) -> State:
    team, line = state.team(event.side), event.line
    if line.line == "pink":
        state = replace(state, pressure={**state.pressure, f"{event.side}/{line.id}": 0})
    team = replace(team, own_lines=(*team.own_lines, line), lines_written=team.lines_written + 1)
    return with_team(state, event.side, team)


def _line_dropped(state: State, event: e.LineDropped) -> State:
    team = state.team(event.side)
    remaining = tuple(line for line in team.own_lines if line.id != event.line)
    pressure = remove_key(state.pressure, f"{event.side}/{event.line}")
    return with_team(replace(state, pressure=pressure), event.side, replace(team, own_lines=remaining))


def _order_guessed(state: State, event: e.OrderGuessed) -> State:
    return _with(state, event.side, f"order_guess_{event.stage}", event.order)


def _principle_put(state: State, event: e.PrinciplePut) -> State:
    index, principles = event.number - 1, state.principles
    first = principles[index].put_by if index < len(principles) else event.side
    sentence = Principle(says=event.says, put_by=first, by=event.side)
    return replace(state, principles=(*principles[:index], sentence, *principles[event.number :]))


TABLE_CASES: Final[Mapping[type[e.Event], StateAfter]] = {
    e.SeatTaken: set_key_case("seats", lambda state, event: (event.seat, (event.occupant, event.policy))),
    e.PhaseOpened: _phase_opened,
    e.TurnOpened: _turn_opened,
    e.Paused: lambda state, event: replace(state, paused=True),
    e.Unpaused: lambda state, event: replace(state, paused=False),
    e.Extended: lambda state, event: replace(state, extra_minutes=state.extra_minutes + event.minutes),
    **dict.fromkeys((e.NoteTaken, e.Bookmarked), append_case("notes", lambda state, event: event)),
    e.ModelReported: append_case("models", lambda state, event: event),
    e.LinesAdopted: _sets_team_field("adopted", "lines"),
    e.LineWritten: _line_written,
    e.LineDropped: _line_dropped,
    e.LineGuessed: _guessed,
    e.GuessDropped: _guess_dropped,
    e.OffencesOrdered: _sets_team_field("order", "order"),
    e.OrderGuessed: _order_guessed,
    e.PrinciplePut: _principle_put,
    e.PrincipleAccepted: change_item_case("principles", "number", lambda principle, event: {"stands": True}),
    e.InstructionJudged: _sets_team_field("card_met", "met"),
    **dict.fromkeys((e.LinesSealed, e.MovesCommitted, e.ReadingsCommitted, e.ForecastsCommitted), _committed),
    e.CloserAskSealed: _sets_team_field("asks_closer", "channel"),
}
"""Seats, phases, turns, lines, what teams commit, and what the facilitator notes and shows."""


def _agreed(state: State, event: e.CardAgreed) -> State:
    """The first of a seat counts for it."""
    return state if event.seat in state.agreed else replace(state, agreed=(*state.agreed, event.seat))


def _pressed(state: State, event: e.ReadingPressed) -> State:
    """The last that a person said of an act counts."""
    team = state.team(event.side)
    remaining = tuple([reading for reading in team.pressed if (reading.act, reading.by) != (event.act, event.by)])
    return with_team(state, event.side, replace(team, pressed=(*remaining, event)))


def _act_translated(state: State, event: e.ActTranslated) -> State:
    acts = {**state.acts, event.act: replace(state.acts[event.act], translation=event.text)}
    return replace(state, acts=acts, translated=(*state.translated, event.act))


def _led(state: State, event: e.HotwashLed) -> State:
    """What has been opened stays open."""
    lead = state.lead or Lead(event.page, event.act)
    places, furthest, acts = lead.places, lead.furthest, lead.acts
    if event.page != "pairs":
        places = {**places, event.page: event.place}
        furthest = {**furthest, event.page: max(event.place, furthest.get(event.page, 0))}
    elif event.act:
        acts = {**acts, event.act: max(event.opened, acts.get(event.act, 0))}
    is_all_open = event.everything or lead.everything
    return replace(state, lead=Lead(event.page, event.act, places, furthest, acts, is_all_open))


ROOM_CASES: Final[Mapping[type[e.Event], StateAfter]] = {
    e.CardAgreed: _agreed,
    e.CallEnded: change_item_case("exchanges", "exchange", lambda exchange, event: {"ended": event.side}),
    e.ReadingPressed: _pressed,
    e.ActTranslated: _act_translated,
    e.LineTranslated: change_item_case(
        "exchanges",
        "exchange",
        lambda exchange, event: {
            "said": tuple(
                [
                    line._replace(translation=event.text) if place == event.line else line
                    for place, line in enumerate(exchange.said, 1)
                ]
            )
        },
    ),
    e.HotwashLed: _led,
}
"""They make their state at once, and no feed is told of them as such."""
