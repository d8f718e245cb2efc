"""What events about the session itself do to the state: seats, phases, turns, lines, the facilitator's own doings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Principle, State, with_team, without
from crisis_sim.engine.turn_events import TurnEvents
from crisis_sim.rules.names import Side

Guesses: TypeAlias = tuple[e.Guess, ...]


def _written(state: State, event: e.NoteTaken | e.Bookmarked) -> State:
    return replace(state, written=(*state.written, event))


def _seat_taken(state: State, event: e.SeatTaken) -> State:
    return replace(state, seats={**state.seats, event.seat: (event.occupant, event.policy)})


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
        latency=tuple(change for change in state.latency if change.until >= turn),
        odds=tuple(change for change in state.odds if change.until >= turn),
        turn_events=(*state.turn_events, TurnEvents()),
        us=replace(state.us, drafts=()),
        china=replace(state.china, drafts=()),
    )


def _paused(state: State, event: e.Paused) -> State:
    return replace(state, paused=True)


def _unpaused(state: State, event: e.Unpaused) -> State:
    return replace(state, paused=False)


def _extended(state: State, event: e.Extended) -> State:
    return replace(state, extra_minutes=state.extra_minutes + event.minutes)


def _lines_adopted(state: State, event: e.LinesAdopted) -> State:
    return with_team(state, event.side, replace(state.team(event.side), adopted=event.lines))


def _line_written(state: State, event: e.LineWritten) -> State:
    team, line = state.team(event.side), event.line
    if line.line == "pink":
        state = replace(state, pressure={**state.pressure, f"{event.side}/{line.id}": 0})
    team = replace(team, own_lines=(*team.own_lines, line), lines_written=team.lines_written + 1)
    return with_team(state, event.side, team)


def _line_dropped(state: State, event: e.LineDropped) -> State:
    team = state.team(event.side)
    kept = tuple(line for line in team.own_lines if line.id != event.line)
    name = f"{event.side}/{event.line}"
    pressure = {line: value for line, value in state.pressure.items() if line != name}
    return with_team(replace(state, pressure=pressure), event.side, replace(team, own_lines=kept))


def _line_guessed(state: State, event: e.LineGuessed) -> State:
    return _guessing(state, event.side, f"guesses_{event.stage}", lambda made: (*made, event.guess))


def _guess_dropped(state: State, event: e.GuessDropped) -> State:
    return _guessing(state, event.side, f"guesses_{event.stage}", lambda made: without(made, event.number))


def _guess_expected(state: State, event: e.GuessExpected) -> State:
    return _guessing(state, event.side, f"expected_{event.stage}", lambda made: (*made, event.guess))


def _expected_dropped(state: State, event: e.ExpectedDropped) -> State:
    return _guessing(state, event.side, f"expected_{event.stage}", lambda made: without(made, event.number))


def _guessing(state: State, side: Side, made: str, changed: Callable[[Guesses], Guesses]) -> State:
    """A team with one of its four lists of guesses changed: of their lines or of theirs of ours, before or after."""
    team = state.team(side)
    return with_team(state, side, replace(team, **{made: changed(getattr(team, made))}))


def _offences_ordered(state: State, event: e.OffencesOrdered) -> State:
    return with_team(state, event.side, replace(state.team(event.side), order=event.order))


def _pre_authorised(state: State, event: e.ChannelsPreAuthorised) -> State:
    return with_team(state, event.side, replace(state.team(event.side), pre_authorised=event.channels))


def _instruction_judged(state: State, event: e.InstructionJudged) -> State:
    return with_team(state, event.side, replace(state.team(event.side), card_met=event.met))


def _order_guessed(state: State, event: e.OrderGuessed) -> State:
    team = state.team(event.side)
    return with_team(state, event.side, replace(team, **{f"order_guess_{event.stage}": event.order}))


def _share_claimed(state: State, event: e.ShareClaimed) -> State:
    return with_team(state, event.side, replace(state.team(event.side), share=event.share))


def _principle_put(state: State, event: e.PrinciplePut) -> State:
    at, put = event.number - 1, state.principles
    first = put[at].put_by if at < len(put) else event.side
    sentence = Principle(says=event.says, put_by=first, by=event.side)
    return replace(state, principles=(*put[:at], sentence, *put[event.number :]))


def _principle_accepted(state: State, event: e.PrincipleAccepted) -> State:
    at, put = event.number - 1, state.principles
    return replace(state, principles=(*put[:at], replace(put[at], stands=True), *put[event.number :]))


def _lines_sealed(state: State, event: e.LinesSealed) -> State:
    return with_team(state, event.side, replace(state.team(event.side), committed=True))


TABLE: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each case has its own kind
    e.SeatTaken: _seat_taken,
    e.PhaseOpened: _phase_opened,
    e.TurnOpened: _turn_opened,
    e.Paused: _paused,
    e.Unpaused: _unpaused,
    e.Extended: _extended,
    e.NoteTaken: _written,
    e.Bookmarked: _written,
    e.LinesAdopted: _lines_adopted,
    e.LineWritten: _line_written,
    e.LineDropped: _line_dropped,
    e.LineGuessed: _line_guessed,
    e.GuessDropped: _guess_dropped,
    e.GuessExpected: _guess_expected,
    e.ExpectedDropped: _expected_dropped,
    e.OffencesOrdered: _offences_ordered,
    e.ChannelsPreAuthorised: _pre_authorised,
    e.OrderGuessed: _order_guessed,
    e.ShareClaimed: _share_claimed,
    e.PrinciplePut: _principle_put,
    e.PrincipleAccepted: _principle_accepted,
    e.InstructionJudged: _instruction_judged,
    e.LinesSealed: _lines_sealed,
}
"""Seats, phases, turns, lines, and what the facilitator notes and shows."""
