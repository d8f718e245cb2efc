"""The state after an event. One total match: every event has a case, and none is refused.

Numbers are moved only here, and only by what the event itself says, so replay needs no rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, assert_never

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.folding import GATHERED, Folding
from crisis_sim.engine.state import (
    HELD,
    SKIPPED,
    Crossing,
    Exchange,
    Promise,
    Readout,
    Received,
    Request,
    Sent,
    State,
    Team,
    with_team,
)

T = TypeVar("T")


def apply(state: State, event: e.AnyEvent) -> State:
    """The state after `event`."""
    match event:
        case e.ActWeighed() | e.NumberMoved() | e.LinePressed() | e.RuleFired():
            return _gathered(state, event)
        case e.TurnJudged():
            return replace(state, curve=(*state.curve, (state.tension, state.us.felt, state.china.felt)))
        case e.SeatTaken(seat=seat, occupant=occupant, policy=policy):
            return replace(state, seats={**state.seats, seat: (occupant, policy)})
        case e.PhaseOpened(phase=phase):
            return _opened(state, phase)
        case e.TurnOpened(turn=turn, hour=hour, ends=ends):
            return _turned(state, turn, hour, ends)
        case e.Paused():
            return replace(state, paused=True)
        case e.Unpaused():
            return replace(state, paused=False)
        case e.Extended(minutes=minutes):
            return replace(state, extra_minutes=state.extra_minutes + minutes)
        case e.Revealed(act=act):
            return _told(_with_sent(state, replace(state.sent(act), revealed=True)), event)
        case (
            e.LinesAdopted() | e.LineWritten() | e.LineDropped() | e.LineGuessed() | e.GuessDropped() | e.LinesSealed()
        ):
            return _lines(state, event)
        case (
            e.MoveSealed()
            | e.MoveRevised()
            | e.MoveWithdrawn()
            | e.MovesCommitted()
            | e.ReadingSealed()
            | e.ReadingsCommitted()
            | e.ForecastSealed()
            | e.ForecastsCommitted()
            | e.ForecastResolved()
        ):
            return _team_event(state, event)
        case (
            e.ActSent()
            | e.ActArrived()
            | e.RequestOpened()
            | e.RequestAnswered()
            | e.RequestUnanswered()
            | e.ExchangeHeld()
            | e.ReadoutSealed()
            | e.ReadoutsCompared()
            | e.CommitmentMade()
            | e.CommitmentBroken()
        ):
            return _told(_traffic(state, event), event)
        case _:
            return _world(state, event)


def fold(state: State, events: Iterable[e.AnyEvent]) -> State:
    """The state after all of `events`, the same as applying one after another."""
    folding: Folding | None = None
    for event in events:
        if type(event) in GATHERED:
            folding = folding or Folding(state)
            folding.add(event)
        else:
            state = apply(folding.done() if folding else state, event)
            folding = None
    return folding.done() if folding else state


def _told(state: State, event: e.AnyEvent) -> State:
    """Keep the event for feeds and traces."""
    *before, last = state.story
    return replace(state, story=(*before, (*last, event)))


def _gathered(state: State, event: e.AnyEvent) -> State:
    """The state after one event of the kinds that can be gathered."""
    folding = Folding(state)
    folding.add(event)
    return folding.done()


def _opened(state: State, phase: e.Phase) -> State:
    """A new phase: nobody has committed anything in it."""
    return replace(
        state,
        phase=phase,
        us=replace(state.us, committed=False),
        china=replace(state.china, committed=False),
    )


def _turned(state: State, turn: int, hour: int, ends: int) -> State:
    """A new turn: lists are empty and what was to last until the turn before has passed."""
    return replace(
        state,
        turn=turn,
        hour=hour,
        ends=ends,
        extra_minutes=0,
        used=frozenset(),
        tracks_before=state.tracks,
        latency=tuple(change for change in state.latency if change.until >= turn),
        odds=tuple(change for change in state.odds if change.until >= turn),
        story=(*state.story, ()),
        us=replace(state.us, drafts=()),
        china=replace(state.china, drafts=()),
    )


def _with_sent(state: State, sent: Sent) -> State:
    """The record with one act replaced."""
    return replace(state, acts={**state.acts, sent.act.key: sent})


def _lines(
    state: State,
    event: e.LinesAdopted | e.LineWritten | e.LineDropped | e.LineGuessed | e.GuessDropped | e.LinesSealed,
) -> State:
    """Lines and guesses of one team."""
    return with_team(state, event.side, _team_lines(state.team(event.side), event))


def _team_lines(
    team: Team,
    event: e.LinesAdopted | e.LineWritten | e.LineDropped | e.LineGuessed | e.GuessDropped | e.LinesSealed,
) -> Team:
    match event:
        case e.LinesAdopted(lines=lines):
            return replace(team, adopted=lines)
        case e.LineWritten(line=line):
            pressure = {**team.pressure, line.id: 0} if line.line == "pink" else team.pressure
            return replace(
                team, own_lines=(*team.own_lines, line), lines_written=team.lines_written + 1, pressure=pressure
            )
        case e.LineDropped(line=dropped):
            kept = tuple(line for line in team.own_lines if line.id != dropped)
            pressure = {line: value for line, value in team.pressure.items() if line != dropped}
            return replace(team, own_lines=kept, pressure=pressure)
        case e.LineGuessed(guess=guess, stage="before"):
            return replace(team, guesses_before=(*team.guesses_before, guess))
        case e.LineGuessed(guess=guess):
            return replace(team, guesses_after=(*team.guesses_after, guess))
        case e.GuessDropped(number=number, stage="before"):
            return replace(team, guesses_before=_without(team.guesses_before, number))
        case e.GuessDropped(number=number):
            return replace(team, guesses_after=_without(team.guesses_after, number))
        case e.LinesSealed():
            return replace(team, committed=True)
        case _:
            assert_never(event)


def _without(items: tuple[T, ...], number: int) -> tuple[T, ...]:
    """The items without the one at a place from 1."""
    return (*items[: number - 1], *items[number:])


def _team_event(
    state: State,
    event: e.MoveSealed
    | e.MoveRevised
    | e.MoveWithdrawn
    | e.MovesCommitted
    | e.ReadingSealed
    | e.ReadingsCommitted
    | e.ForecastSealed
    | e.ForecastsCommitted
    | e.ForecastResolved,
) -> State:
    """What one team sealed or committed."""
    team = state.team(event.side)
    match event:
        case e.MoveSealed(draft=draft):
            team = replace(team, drafts=(*team.drafts, draft))
        case e.MoveRevised(number=number, draft=draft):
            team = replace(team, drafts=(*team.drafts[: number - 1], draft, *team.drafts[number:]))
        case e.MoveWithdrawn(number=number):
            team = replace(team, drafts=_without(team.drafts, number))
        case e.ReadingSealed():
            team = replace(team, inbox=tuple(_read(item, event) for item in team.inbox))
        case e.ForecastSealed(forecast=forecast, chance=chance):
            others = tuple(kept for kept in team.forecasts if kept[0] != forecast)
            team = replace(team, forecasts=(*others, (forecast, chance)))
        case e.ForecastResolved(forecast=forecast, turn=turn, chance=chance, happened=happened):
            left = tuple(kept for kept in team.forecasts if kept[0] != forecast)
            team = replace(team, forecasts=left, scored=(*team.scored, (forecast, turn, chance, happened)))
        case e.MovesCommitted() | e.ReadingsCommitted() | e.ForecastsCommitted():
            team = replace(team, committed=True)
        case _:
            assert_never(event)
    return with_team(state, event.side, team)


def _read(item: Received, event: e.ReadingSealed) -> Received:
    """An inbox item with its reading, if it is the one read."""
    if item.act != event.act:
        return item
    return replace(item, hostility=event.hostility, confidence=event.confidence, touches=event.touches)


def _traffic(
    state: State,
    event: e.ActSent
    | e.ActArrived
    | e.RequestOpened
    | e.RequestAnswered
    | e.RequestUnanswered
    | e.ExchangeHeld
    | e.ReadoutSealed
    | e.ReadoutsCompared
    | e.CommitmentMade
    | e.CommitmentBroken,
) -> State:
    """What passes between the teams."""
    match event:
        case e.ActSent(act=act):
            sent = Sent(act, event.text, event.due_turn, event.due_hour, event.weight, event.unclear)
            return _with_sent(state, sent)
        case e.ActArrived(act=key, to=side, hour=hour):
            sent = state.sent(key)
            team = state.team(side)
            state = replace(_with_sent(state, replace(sent, arrived=state.turn)), used=state.used | {sent.act.channel})
            return with_team(state, side, replace(team, inbox=(*team.inbox, Received(key, state.turn, hour))))
        case e.RequestOpened(act=key, due_hour=due_hour):
            return replace(state, requests=(*state.requests, Request(key, due_hour)))
        case e.RequestAnswered(request=key, answer=answer, how="holding"):
            return _with_request(state, key, held=True, answer=answer)
        case e.RequestAnswered(request=key, answer=answer, how=how):
            return _with_request(state, key, status="answered", answer=answer, how=how)
        case e.RequestUnanswered(act=key, lost=lost):
            return _with_request(state, key, status="silent", lost=lost)
        case e.ExchangeHeld(request=request, answer=answer):
            return replace(state, exchanges=(*state.exchanges, Exchange(request, answer, state.turn)))
        case e.ReadoutSealed(side=side, exchange=number):
            readout = Readout(event.outcome, event.tone, event.text)
            return _with_exchange(state, number, **{side: readout})
        case e.ReadoutsCompared(exchange=number, result=result):
            return _with_exchange(state, number, result=result, closed=True)
        case e.CommitmentMade(commitment=commitment, side=side, act=act):
            return replace(state, promises=(*state.promises, Promise(commitment, side, act, state.turn)))
        case e.CommitmentBroken(commitment=commitment, side=side):
            promises = tuple(
                replace(kept, broken=True) if (kept.commitment, kept.side) == (commitment, side) else kept
                for kept in state.promises
            )
            return replace(state, promises=promises)
        case _:
            assert_never(event)


def _with_request(state: State, key: e.Key, **changes: object) -> State:
    """The requests with one changed."""
    requests = tuple(replace(kept, **changes) if kept.act == key else kept for kept in state.requests)
    return replace(state, requests=requests)


def _with_exchange(state: State, number: int, **changes: object) -> State:
    """The exchanges with one changed, by its place from 1."""
    exchanges = tuple(
        replace(kept, **changes) if place == number else kept for place, kept in enumerate(state.exchanges, 1)
    )
    return replace(state, exchanges=exchanges)


def _world(
    state: State,
    event: e.InjectDelivered
    | e.InjectHeld
    | e.InjectSkipped
    | e.InjectDue
    | e.Improvised
    | e.NearMiss
    | e.LineCrossed
    | e.ChannelSuspended
    | e.ChannelReopening
    | e.ChannelReopened
    | e.FactSet
    | e.FlagRaised
    | e.TrackMarked
    | e.Overridden
    | e.NoteTaken
    | e.Bookmarked
    | e.RolledBack,
) -> State:
    """What the situation, the channels and the facilitator did."""
    state = _told(state, event)
    match event:
        case e.InjectDelivered(inject=inject):
            due = tuple(kept for kept in state.due_injects if kept != inject)
            return replace(state, injects={**state.injects, inject: state.turn}, due_injects=due)
        case e.InjectSkipped(inject=inject):
            return replace(state, injects={**state.injects, inject: SKIPPED})
        case e.InjectHeld(inject=inject):
            return replace(state, injects={**state.injects, inject: HELD})
        case e.InjectDue(inject=inject):
            return replace(state, due_injects=(*state.due_injects, inject))
        case e.LineCrossed():
            crossing = Crossing(event.side, event.line, event.by, event.through, state.turn)
            return replace(state, crossings=(*state.crossings, crossing))
        case e.ChannelSuspended(channel=channel, by=by):
            reopening = {name: turn for name, turn in state.reopening.items() if name != channel}
            return replace(state, suspended={**state.suspended, channel: by}, reopening=reopening)
        case e.ChannelReopening(channel=channel, turn=turn):
            return replace(state, reopening={**state.reopening, channel: turn})
        case e.ChannelReopened(channel=channel):
            return replace(
                state,
                suspended={name: by for name, by in state.suspended.items() if name != channel},
                reopening={name: turn for name, turn in state.reopening.items() if name != channel},
            )
        case e.FactSet(fact=fact, of=of, to=to):
            truths = {name: since for name, since in state.truths.items() if name != (fact, of)}
            return replace(state, truths={**truths, (fact, of): state.hour} if to else truths)
        case e.FlagRaised(flag=flag):
            return replace(state, flags=(*state.flags, (state.turn, flag)))
        case e.TrackMarked(track=track, mark=mark):
            return replace(state, marked=state.marked | {(track, mark)})
        case e.Overridden(meter=meter, of=of, after=after):
            folding = Folding(state)
            folding.numbers[meter, of] = after
            return folding.done()
        case e.Improvised() | e.NearMiss() | e.NoteTaken() | e.Bookmarked() | e.RolledBack():
            return state
        case _:
            assert_never(event)
