"""What events of play do to the state: injects, lists of moves, what passes between the teams, readings, forecasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import UnsetType
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_stands import STANDS
from crisis_sim.engine.state import (
    HELD,
    SKIPPED,
    Concluded,
    Crossing,
    Disclosed,
    Pledge,
    Received,
    Request,
    State,
    with_last,
    with_team,
    without,
)
from crisis_sim.engine.state_parts import CloserQuestion, Exchange, Readout, SaidLine, Voice, changed
from crisis_sim.rules.names import BELIEFS, Pledged, Side


def _inject_delivered(state: State, event: e.InjectDelivered) -> State:
    due = tuple([kept for kept in state.due_injects if kept != event.inject])
    injects = {**state.injects, event.inject: state.turn}
    return replace(state, injects=injects, due_injects=due)


def _inject_held(state: State, event: e.InjectHeld) -> State:
    return replace(state, injects={**state.injects, event.inject: HELD})


def _inject_skipped(state: State, event: e.InjectSkipped) -> State:
    """Where it has come already, its question is taken back."""
    if state.injects.get(event.inject, 0) > 0:
        return replace(state, voices=changed(state.voices, event.inject, answer="", ended=state.turn))
    return replace(state, injects={**state.injects, event.inject: SKIPPED})


def _inject_due(state: State, event: e.InjectDue) -> State:
    return replace(state, due_injects=(*state.due_injects, event.inject))


def _move_sealed(state: State, event: e.MoveSealed) -> State:
    side = event.side
    team = state.us if side == "us" else state.china
    return with_team(state, side, replace(team, drafts=with_last(team.drafts, event.draft)))


def _move_revised(state: State, event: e.MoveRevised) -> State:
    team, number = state.team(event.side), event.number
    drafts = (*team.drafts[: number - 1], event.draft, *team.drafts[number:])
    return with_team(state, event.side, replace(team, drafts=drafts))


def _move_withdrawn(state: State, event: e.MoveWithdrawn) -> State:
    team = state.team(event.side)
    return with_team(state, event.side, replace(team, drafts=without(team.drafts, event.number)))


def _request_opened(state: State, event: e.RequestOpened) -> State:
    return replace(state, requests=(*state.requests, Request(event.act, event.due_hour)))


def _request_answered(state: State, event: e.RequestAnswered) -> State:
    """A holding note keeps it open."""
    if event.how == "holding":
        return _with_request(state, event.request, held=True, answer=event.answer)
    return _with_request(state, event.request, status="answered", answer=event.answer, how=event.how)


def _request_unanswered(state: State, event: e.RequestUnanswered) -> State:
    return _with_request(state, event.act, status="silent", lost=event.lost)


def _case_stood(state: State, event: e.CaseStood) -> State:
    return _with_request(state, event.act, status="answered", how="accept")


def _with_request(state: State, key: e.ActKey, **changes: object) -> State:
    """The requests with one changed."""
    requests = tuple([replace(kept, **changes) if kept.act == key else kept for kept in state.requests])
    return replace(state, requests=requests)


def _exchange_held(state: State, event: e.ExchangeHeld) -> State:
    exchanges = (*state.exchanges, Exchange(event.request, event.answer, state.turn))
    return replace(state, exchanges=exchanges)


def _said_in_call(state: State, event: e.SaidInCall) -> State:
    said = (*state.exchanges[event.exchange - 1].said, SaidLine(event.side, event.text))
    return _with_exchange(state, event.exchange, said=said)


def _readout_sealed(state: State, event: e.ReadoutSealed) -> State:
    readout = Readout(event.outcome, event.tone, event.text)
    return _with_exchange(state, event.exchange, **{event.side: readout})


def _readouts_compared(state: State, event: e.ReadoutsCompared) -> State:
    return _with_exchange(state, event.exchange, result=event.result, closed=True)


def _with_exchange(state: State, number: int, **changes: object) -> State:
    """The exchanges with one changed, by its place from 1."""
    exchanges = tuple(
        replace(kept, **changes) if place == number else kept for place, kept in enumerate(state.exchanges, 1)
    )
    return replace(state, exchanges=exchanges)


def _reading_sealed(state: State, event: e.ReadingSealed) -> State:
    side, act = event.side, event.act
    team = state.us if side == "us" else state.china
    inbox = team.inbox
    place = len(inbox)
    for item in reversed(inbox):
        place -= 1
        if item.act == act:
            audience = None if isinstance(event.audience, UnsetType) else event.audience
            read = (event.hostility, event.confidence, event.touches, event.crosses is True, audience)
            taken = Received(act, item.turn, item.hour, *read, event.translated is True)
            return with_team(state, side, replace(team, inbox=(*inbox[:place], taken, *inbox[place + 1 :])))
    return state


def _forecast_sealed(state: State, event: e.ForecastSealed) -> State:
    side, forecast = event.side, event.forecast
    team = state.us if side == "us" else state.china
    if forecast in BELIEFS:
        return with_team(state, side, team.believing(forecast, state.turn, event.chance))
    is_early = state.phase == "readings"
    said = team.coming if is_early else team.forecasts
    kept = [each for each in said if each[0] != forecast]  # what is sealed again stands last
    told = (*kept, (forecast, event.chance))
    return with_team(state, side, replace(team, coming=told) if is_early else replace(team, forecasts=told))


def _forecast_resolved(state: State, event: e.ForecastResolved) -> State:
    return resolved(state, event.side, [event])


def resolved(state: State, side: Side, due: Sequence[e.ForecastResolved]) -> State:
    """Forecasts of one team have come due."""
    team, left = state.team(side), dict(state.team(side).forecasts)
    for event in due:
        left.pop(event.forecast, None)
    scored = [(event.forecast, event.turn, event.chance, event.happened) for event in due]
    return with_team(state, side, replace(team, forecasts=tuple(left.items()), scored=(*team.scored, *scored)))


def _turn_judged(state: State, event: e.TurnJudged) -> State:
    """The results of a turn are complete."""
    return replace(state, curve=(*state.curve, (state.tension, state.felt["us"], state.felt["china"])))


def _line_crossed(state: State, event: e.LineCrossed | e.CrossingDeclared) -> State:
    through = event.through if isinstance(event, e.LineCrossed) else None
    crossing = Crossing(event.side, event.line, event.by, through, state.turn, event.act)
    concluded = {
        name: replace(kept, on_alert=False)
        if kept.leads_to == event.line and name.startswith(f"{event.side}/")
        else kept
        for name, kept in state.concluded.items()
    }
    return replace(state, crossings=(*state.crossings, crossing), concluded=concluded)


def _crossing_claimed(state: State, event: e.CrossingClaimed) -> State:
    claim = Crossing(event.side, event.line, event.act[0], None, state.turn, event.act)
    return replace(state, claims=(*state.claims, claim))


def _conclusion_drawn(state: State, event: e.ConclusionDrawn) -> State:
    name = f"{event.side}/{event.line}"
    before = state.concluded.get(name)
    drawn = Concluded(
        leads_to=event.leads_to,
        turn=state.turn,
        felt=event.felt,
        trust=event.trust,
        credited=before is not None and before.credited,
        eased=before is not None and before.eased,
    )
    answered = {said: answer for said, answer in state.answered.items() if said != name}
    return replace(state, concluded={**state.concluded, name: drawn}, answered=answered)


def _answer_sealed(state: State, event: e.DecisionAnswerSealed) -> State:
    return replace(state, answered={**state.answered, f"{event.side}/{event.asked}": event.answer})


def _closer_asked(state: State, event: e.CloserAsked) -> State:
    by = None if isinstance(event.by, UnsetType) else event.by
    state = replace(state, closer=(*state.closer, CloserQuestion(event.side, state.turn, by)))
    return state if by is None else with_team(state, by, replace(state.team(by), asks_closer=""))


def _closer_answered(state: State, event: e.CloserAnswerSealed | e.CloserAnswered) -> State:
    turn = state.turn if isinstance(event, e.CloserAnswered) else 0
    open_ = state.question_to(event.side)
    said = [
        replace(of, acts=event.acts, concern=event.concern, said=of.said or not turn, answered=turn)
        if of is open_
        else of
        for of in state.closer
    ]
    return replace(state, closer=tuple(said))


def _voice_raised(state: State, event: e.VoiceRaised) -> State:
    """A team that has committed its moves of the turn is asked in the next one."""
    if not isinstance(event.inject, UnsetType):
        is_late = state.phase != "situation" and (state.phase != "moves" or state.team(event.side).committed)
        asked = Voice(event.side, state.turn + is_late, inject=event.inject)
        return replace(state, voices=(*state.voices, asked))
    answered = {said: answer for said, answer in state.answered.items() if said != f"{event.side}/"}
    return replace(state, voices=(*state.voices, Voice(event.side, state.turn)), answered=answered)


def _voice_answered(state: State, event: e.VoiceAnswered) -> State:
    if not isinstance(event.inject, UnsetType):
        name = f"{event.side}/inject/{event.inject}"
        state = replace(state, answered={said: answer for said, answer in state.answered.items() if said != name})
        if event.answer == "wait":
            return replace(state, voices=changed(state.voices, event.inject, waited=True))
        more = {} if event.said else {"delays": 2}
        return replace(
            state,
            voices=changed(state.voices, event.inject, answer=event.answer, said=event.said, ended=state.turn, **more),
        )
    ended = Voice(event.side, state.turn, event.answer, event.said, ended=state.turn)
    asked = (event.side, state.turn, "")
    return replace(
        state, voices=tuple([ended if (of.side, of.turn, of.inject) == asked else of for of in state.voices])
    )


def _answer_delayed(state: State, event: e.AnswerDelayed) -> State:
    return replace(state, voices=changed(state.voices, event.inject, delays=1))


def _concession_spared(state: State, event: e.ConcessionSpared) -> State:
    return replace(state, spared=(*state.spared, event.act))


def _pledge_bound(state: State, event: e.PledgeBound) -> State:
    """A word given again while it binds is the same pledge, with another stake and another time."""
    if (at := _bound(state, event.side, event.pledge)) is not None:
        kept = replace(state.pledges[at], act=event.act, stake=event.stake, due=event.due)
        return replace(state, pledges=(*state.pledges[:at], kept, *state.pledges[at + 1 :]))
    kept = Pledge(event.side, event.pledge, event.act, event.stake, event.due, state.turn)
    return replace(state, pledges=(*state.pledges, kept))


def _pledge_settled(state: State, event: e.PledgeSettled) -> State:
    at = _bound(state, event.side, event.pledge)
    if at is None:
        return state
    kept = replace(state.pledges[at], how=event.how, settled=state.turn)
    return replace(state, pledges=(*state.pledges[:at], kept, *state.pledges[at + 1 :]))


def _bound(state: State, side: Side, pledge: Pledged) -> int | None:
    """The place of the pledge of a kind by which a side is bound."""
    places = range(len(state.pledges))
    return next((at for at in places if state.pledges[at].binds(side, pledge)), None)


def _asset_concealed(state: State, event: e.AssetConcealed) -> State:
    return replace(state, concealed=(*state.concealed, event))


def _asset_found_out(state: State, event: e.AssetFoundOut) -> State:
    concealed = tuple([kept for kept in state.concealed if kept.act != event.act])
    out = [kept for kept in state.concealed if kept.act == event.act]
    return replace(state, concealed=concealed, found_out=(*state.found_out, *out))


def _asset_cleared_up(state: State, event: e.AssetClearedUp) -> State:
    return replace(state, cleared_up=(*state.cleared_up, event.asset))


def _fact_disclosed(state: State, event: e.FactDisclosed) -> State:
    return replace(state, disclosed=(*state.disclosed, Disclosed(event)))


def _fact_came_out(state: State, event: e.FactCameOut) -> State:
    kept = [
        Disclosed(each.told, state.turn, event.by_itself) if each.told.act == event.act else each
        for each in state.disclosed
    ]
    return replace(state, disclosed=tuple(kept))


def _channel_suspended(state: State, event: e.ChannelSuspended) -> State:
    suspended = {**state.suspended, event.channel: event.by}
    reopening = {name: turn for name, turn in state.reopening.items() if name != event.channel}
    return replace(state, suspended=suspended, reopening=reopening)


def _channel_reopening(state: State, event: e.ChannelReopening) -> State:
    return replace(state, reopening={**state.reopening, event.channel: event.turn})


def _channel_reopened(state: State, event: e.ChannelReopened) -> State:
    suspended = {name: by for name, by in state.suspended.items() if name != event.channel}
    reopening = {name: turn for name, turn in state.reopening.items() if name != event.channel}
    return replace(state, suspended=suspended, reopening=reopening)


def _fact_set(state: State, event: e.FactSet) -> State:
    truths = {name: since for name, since in state.truths.items() if name != (event.fact, event.of)}
    if event.to:
        truths[event.fact, event.of] = state.hour
    return replace(state, truths=truths)


def _flag_raised(state: State, event: e.FlagRaised) -> State:
    return replace(state, flags=(*state.flags, (state.turn, event.flag, event.rule)))


def _track_marked(state: State, event: e.TrackMarked) -> State:
    return replace(state, marked=state.marked | {(event.track, event.mark)})


SEALED: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each case has its own kind
    e.MoveSealed: _move_sealed,
    e.MoveRevised: _move_revised,
    e.MoveWithdrawn: _move_withdrawn,
    e.ReadingSealed: _reading_sealed,
    e.ForecastSealed: _forecast_sealed,
    e.ForecastResolved: _forecast_resolved,
    e.TurnJudged: _turn_judged,
    e.DecisionAnswerSealed: _answer_sealed,
    e.CloserAnswerSealed: _closer_answered,
}
"""What teams seal and have scored; no feed and no trace is told of it."""
PLAY: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: as above
    e.InjectDelivered: _inject_delivered,
    e.InjectHeld: _inject_held,
    e.InjectSkipped: _inject_skipped,
    e.InjectDue: _inject_due,
    e.RequestOpened: _request_opened,
    e.RequestAnswered: _request_answered,
    e.RequestUnanswered: _request_unanswered,
    e.CaseStood: _case_stood,
    e.ExchangeHeld: _exchange_held,
    e.SaidInCall: _said_in_call,
    e.ReadoutSealed: _readout_sealed,
    e.ReadoutsCompared: _readouts_compared,
    e.ConclusionDrawn: _conclusion_drawn,
    e.PledgeBound: _pledge_bound,
    e.PledgeSettled: _pledge_settled,
    e.CloserAsked: _closer_asked,
    e.CloserAnswered: _closer_answered,
    e.VoiceRaised: _voice_raised,
    e.VoiceAnswered: _voice_answered,
    e.AnswerDelayed: _answer_delayed,
    **STANDS,
    e.ConcessionSpared: _concession_spared,
    e.LineCrossed: _line_crossed,
    e.CrossingDeclared: _line_crossed,
    e.CrossingClaimed: _crossing_claimed,
    e.AssetConcealed: _asset_concealed,
    e.AssetFoundOut: _asset_found_out,
    e.AssetClearedUp: _asset_cleared_up,
    e.FactDisclosed: _fact_disclosed,
    e.FactCameOut: _fact_came_out,
    e.ChannelSuspended: _channel_suspended,
    e.ChannelReopening: _channel_reopening,
    e.ChannelReopened: _channel_reopened,
    e.FactSet: _fact_set,
    e.FlagRaised: _flag_raised,
    e.TrackMarked: _track_marked,
}
"""What comes of it and passes between the teams, of which feeds and traces are told."""
