"""What events of play do to the state: injects, lists of moves, what passes between the teams, readings, forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import UnsetType
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_cases import (
    ChangedFields,
    StateAfter,
    append_case,
    change_item_case,
    change_items,
    change_items_case,
    remove_key,
    set_key_case,
)
from crisis_sim.engine.state import (
    INJECT_HELD,
    SKIPPED,
    Citation,
    CloserQuestion,
    Concluded,
    Crossing,
    Disclosed,
    Exchange,
    Pledge,
    Promise,
    Received,
    Request,
    State,
    TalkLine,
    Voice,
    remove_at,
    with_team,
)
from crisis_sim.rules.names import HERE_FOR_MORE


def _inject_delivered(state: State, event: e.InjectDelivered) -> State:
    due_injects = tuple([inject for inject in state.due_injects if inject != event.inject])
    injects = {**state.injects, event.inject: state.turn}
    return replace(state, injects=injects, due_injects=due_injects)


def _inject_skipped(state: State, event: e.InjectSkipped) -> State:
    """Where it has come already, its question is taken back."""
    if state.injects.get(event.inject, 0) > 0:
        return replace(state, voices=_change_decision(state, event.inject, answer="", ended=state.turn))
    return replace(state, injects={**state.injects, event.inject: SKIPPED})


def _move_sealed(state: State, event: e.MoveSealed) -> State:
    side = event.side
    team = state.us if side == "us" else state.china
    return with_team(state, side, replace(team, drafts=(*team.drafts, event.draft)))


def _move_revised(state: State, event: e.MoveRevised) -> State:
    team, number = state.team(event.side), event.number
    drafts = (*team.drafts[: number - 1], event.draft, *team.drafts[number:])
    return with_team(state, event.side, replace(team, drafts=drafts))


def _move_withdrawn(state: State, event: e.MoveWithdrawn) -> State:
    team = state.team(event.side)
    return with_team(state, event.side, replace(team, drafts=remove_at(team.drafts, event.number)))


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
            sealed = Received(act, item.turn, item.hour, *read, event.translated is True)
            return with_team(state, side, replace(team, inbox=(*inbox[:place], sealed, *inbox[place + 1 :])))
    return state


def _forecast_sealed(state: State, event: e.ForecastSealed) -> State:
    side, forecast = event.side, event.forecast
    team = state.us if side == "us" else state.china
    if forecast == HERE_FOR_MORE:
        return with_team(state, side, team.believing(state.turn, event.chance))
    is_early = state.phase == "readings"
    forecasts = team.coming if is_early else team.forecasts
    remaining = [entry for entry in forecasts if entry[0] != forecast]  # what is sealed again stands last
    updated = (*remaining, (forecast, event.chance))
    return with_team(state, side, replace(team, coming=updated) if is_early else replace(team, forecasts=updated))


def _forecast_resolved(state: State, event: e.ForecastResolved) -> State:
    team = state.team(event.side)
    remaining = tuple([entry for entry in team.forecasts if entry[0] != event.forecast])
    scored = (*team.scored, (event.forecast, event.turn, event.chance, event.happened))
    return with_team(state, event.side, replace(team, forecasts=remaining, scored=scored))


def _line_crossed(state: State, event: e.LineCrossed | e.CrossingDeclared) -> State:
    crossing = Crossing(event.side, event.line, event.by, state.turn, event.act)
    concluded = {
        name: replace(conclusion, on_alert=False)
        if conclusion.leads_to == event.line and name.startswith(f"{event.side}/")
        else conclusion
        for name, conclusion in state.concluded.items()
    }
    return replace(state, crossings=(*state.crossings, crossing), concluded=concluded)


def _draw_conclusion(state: State, event: e.ConclusionDrawn) -> State:
    name = f"{event.side}/{event.line}"
    previous = state.concluded.get(name)
    conclusion = Concluded(
        leads_to=event.leads_to,
        turn=state.turn,
        felt=event.felt,
        trust=event.trust,
        credited=previous is not None and previous.credited,
        eased=previous is not None and previous.eased,
    )
    return replace(state, concluded={**state.concluded, name: conclusion}, answered=remove_key(state.answered, name))


def _closer_asked(state: State, event: e.CloserAsked) -> State:
    asker = None if isinstance(event.by, UnsetType) else event.by
    state = replace(state, closer=(*state.closer, CloserQuestion(event.side, state.turn, asker)))
    return state if asker is None else with_team(state, asker, replace(state.team(asker), asks_closer=""))


def _closer_answered(state: State, event: e.CloserAnswerSealed | e.CloserAnswered) -> State:
    turn = state.turn if isinstance(event, e.CloserAnswered) else 0
    if (question := state.question_to(event.side)) is None:
        return state
    answered = replace(question, acts=event.acts, concern=event.concern, said=question.said or not turn, answered=turn)
    return replace(state, closer=tuple([answered if entry is question else entry for entry in state.closer]))


def _voice_raised(state: State, event: e.VoiceRaised) -> State:
    """A team that has committed its moves of the turn is asked in the next one."""
    if not isinstance(event.inject, UnsetType):
        is_late = state.phase != "situation" and (state.phase != "moves" or state.team(event.side).committed)
        voice = Voice(event.side, state.turn + is_late, inject=event.inject)
        return replace(state, voices=(*state.voices, voice))
    voices = (*state.voices, Voice(event.side, state.turn))
    return replace(state, voices=voices, answered=remove_key(state.answered, f"{event.side}/"))


def _voice_answered(state: State, event: e.VoiceAnswered) -> State:
    if isinstance(event.inject, UnsetType):
        ended = Voice(event.side, state.turn, event.answer, event.said, ended=state.turn)
        key = (event.side, state.turn, "")
        voices = [ended if (voice.side, voice.turn, voice.inject) == key else voice for voice in state.voices]
        return replace(state, voices=tuple(voices))
    became = {"answer": event.answer, "said": event.said, "ended": state.turn} | ({} if event.said else {"delays": 2})
    updated = _change_decision(state, event.inject, **({"waited": True} if event.answer == "wait" else became))
    return replace(state, voices=updated, answered=remove_key(state.answered, f"{event.side}/inject/{event.inject}"))


def _change_decision(state: State, inject: str, **to: object) -> tuple[Voice, ...]:
    """The voices, with what asks for the decision that an inject asks for changed, while it is open."""
    return change_items(state.voices, lambda voice: voice.inject == inject and voice.answer is None, **to)


def _pledge_bound(state: State, event: e.PledgeBound) -> State:
    """A word given again while it binds is the same pledge, with another stake and another time."""
    if not any(pledge.binds(event.side, event.pledge) for pledge in state.pledges):
        pledge = Pledge(event.side, event.pledge, event.act, event.stake, event.due, state.turn)
        return replace(state, pledges=(*state.pledges, pledge))
    return _renew_pledge(state, event)


def _reveal_asset(state: State, event: e.AssetFoundOut) -> State:
    concealed = tuple([concealment for concealment in state.concealed if concealment.act != event.act])
    out = [concealment for concealment in state.concealed if concealment.act == event.act]
    return replace(state, concealed=concealed, found_out=(*state.found_out, *out))


def _channel_suspended(state: State, event: e.ChannelSuspended) -> State:
    suspended = {**state.suspended, event.channel: event.by}
    return replace(state, suspended=suspended, reopening=remove_key(state.reopening, event.channel))


def _channel_reopened(state: State, event: e.ChannelReopened) -> State:
    channel = event.channel
    return replace(
        state, suspended=remove_key(state.suspended, channel), reopening=remove_key(state.reopening, channel)
    )


def _fact_set(state: State, event: e.FactSet) -> State:
    fact = event.fact, event.of
    truths = remove_key(state.truths, fact)
    return replace(state, truths={**truths, fact: state.hour} if event.to else truths)


def _is_bound(promise: Promise, event: e.CommitmentBroken | e.CommitmentEnded) -> bool:
    """A promise still binds a side by this commitment."""
    return (promise.commitment, promise.side, promise.binds) == (event.commitment, event.side, True)


def _answered(state: State, event: e.RequestAnswered) -> ChangedFields:
    """A holding note keeps it open."""
    became = {"held": True} if event.how == "holding" else {"status": "answered", "how": event.how}
    return {"answer": event.answer, **became}


def _is_act(request: Request, event: e.RequestUnanswered | e.CaseStood | e.SilenceSealed) -> bool:
    return request.act == event.act


_renew_pledge: Final = change_items_case(
    "pledges",
    lambda pledge, event: pledge.binds(event.side, event.pledge),
    lambda state, event: {"act": event.act, "stake": event.stake, "due": event.due},
)
SEALED_CASES: Final[Mapping[type[e.Event], StateAfter]] = {
    e.MoveSealed: _move_sealed,
    e.MoveRevised: _move_revised,
    e.MoveWithdrawn: _move_withdrawn,
    e.ReadingSealed: _reading_sealed,
    e.ForecastSealed: _forecast_sealed,
    e.ForecastResolved: _forecast_resolved,
    e.TurnJudged: append_case("curve", lambda state, event: (state.tension, state.felt["us"], state.felt["china"])),
    e.DecisionAnswerSealed: set_key_case(
        "answered", lambda state, event: (f"{event.side}/{event.asked}", event.answer)
    ),
    e.CloserAnswerSealed: _closer_answered,
    e.SilenceSealed: change_items_case("requests", _is_act, lambda state, event: {"stays_silent": True}),
}
"""What teams seal and have scored; no feed and no trace is told of it."""
PLAY_CASES: Final[Mapping[type[e.Event], StateAfter]] = {
    e.InjectDelivered: _inject_delivered,
    e.InjectHeld: set_key_case("injects", lambda state, event: (event.inject, INJECT_HELD)),
    e.InjectSkipped: _inject_skipped,
    e.InjectDue: append_case("due_injects", lambda state, event: event.inject),
    e.RequestOpened: append_case("requests", lambda state, event: Request(event.act, event.due_hour)),
    e.RequestAnswered: change_items_case("requests", lambda request, event: request.act == event.request, _answered),
    e.RequestUnanswered: change_items_case(
        "requests", _is_act, lambda state, event: {"status": "silent", "lost": event.lost}
    ),
    e.CaseStood: change_items_case("requests", _is_act, lambda state, event: {"status": "answered", "how": "accept"}),
    e.ExchangeHeld: append_case("exchanges", lambda state, event: Exchange(event.request, event.answer, state.turn)),
    e.SaidInCall: change_item_case(
        "exchanges", "exchange", lambda exchange, event: {"said": (*exchange.said, TalkLine(event.side, event.text))}
    ),
    e.ReadoutSealed: change_item_case("exchanges", "exchange", lambda exchange, event: {event.side: event}),
    e.ReadoutsCompared: change_item_case(
        "exchanges", "exchange", lambda exchange, event: {"result": event.result, "closed": True}
    ),
    e.ConclusionDrawn: _draw_conclusion,
    e.PledgeBound: _pledge_bound,
    e.PledgeSettled: change_items_case(
        "pledges",
        lambda pledge, event: pledge.binds(event.side, event.pledge),
        lambda state, event: {"how": event.how, "settled": state.turn},
    ),
    e.CloserAsked: _closer_asked,
    e.CloserAnswered: _closer_answered,
    e.VoiceRaised: _voice_raised,
    e.VoiceAnswered: _voice_answered,
    e.AnswerDelayed: lambda state, event: replace(state, voices=_change_decision(state, event.inject, delays=1)),
    e.CommitmentMade: append_case(
        "promises", lambda state, event: Promise(event.commitment, event.side, event.act, state.turn)
    ),
    e.CommitmentBroken: change_items_case("promises", _is_bound, lambda state, event: {"broken": True}),
    e.CommitmentEnded: change_items_case("promises", _is_bound, lambda state, event: {"ended": event.how}),
    e.InstrumentCited: append_case(
        "citations", lambda state, event: Citation(event.side, event.instrument, event.act, state.turn)
    ),
    e.InstrumentBroken: change_items_case(
        "citations",
        lambda citation, event: (citation.side, citation.instrument) == (event.side, event.instrument),
        lambda state, event: {"broken": state.turn},
    ),
    e.ConcessionSpared: append_case("spared", lambda state, event: event.act),
    e.LineCrossed: _line_crossed,
    e.CrossingDeclared: _line_crossed,
    e.CrossingClaimed: append_case(
        "claims",
        lambda state, event: Crossing(event.side, event.line, event.act[0], state.turn, event.act),
    ),
    e.AssetConcealed: append_case("concealed", lambda state, event: event),
    e.AssetFoundOut: _reveal_asset,
    e.AssetClearedUp: append_case("cleared_up", lambda state, event: event.asset),
    e.FactDisclosed: append_case("disclosed", lambda state, event: Disclosed(event)),
    e.FactCameOut: change_items_case(
        "disclosed",
        lambda disclosure, event: disclosure.told.act == event.act,
        lambda state, event: {"out": state.turn, "by_itself": event.by_itself},
    ),
    e.ChannelSuspended: _channel_suspended,
    e.ChannelReopening: set_key_case("reopening", lambda state, event: (event.channel, event.turn)),
    e.ChannelReopened: _channel_reopened,
    e.FactSet: _fact_set,
    e.FlagRaised: append_case("flags", lambda state, event: (state.turn, event.flag, event.rule)),
    e.TrackMarked: lambda state, event: replace(state, marked=state.marked | {(event.track, event.mark)}),
}
"""What comes of it and passes between the teams, of which feeds and traces are told."""
