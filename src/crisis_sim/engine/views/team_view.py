"""What a team sees: its own part of the table, what it may choose among, and of the other's only what reached it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

from msgspec import UNSET

from crisis_sim.engine.acts.closer import ways_to_ask
from crisis_sim.engine.acts.delivery import channel_word, hours_over
from crisis_sim.engine.acts.options import (
    answering_moves,
    can_account,
    find_hindrance,
    open_decisions,
    open_requests,
)
from crisis_sim.engine.dealing_plans import DECISION
from crisis_sim.engine.instructions import asked_after, asks_with_readings
from crisis_sim.engine.state import Request, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import act_views
from crisis_sim.engine.views.act_views import card_facts
from crisis_sim.engine.views.advice_view import advice_facts
from crisis_sim.engine.views.asset_views import asset_facts, private_fact_stories
from crisis_sim.engine.views.closer_views import closer_facts
from crisis_sim.engine.views.decision_views import asked_facts
from crisis_sim.engine.views.record_opened import course_facts
from crisis_sim.engine.views.score_views import meters_moved
from crisis_sim.engine.views.seat_views import (
    BlockedMove,
    ChannelFacts,
    DecisionFacts,
    DraftFacts,
    ExchangeFacts,
    ForecastFacts,
    RequestFacts,
)
from crisis_sim.engine.views.shared_facts import CommitmentFacts
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import HERE_FOR_MORE, Side, other

T = TypeVar("T")
BEFORE_RESULTS = frozenset({"situation", "moves", "readings"})
"""Phases of a turn in which the forecasts for it still stand."""
DOUBTFUL = 10
"""Percent chance of not being taken up from which the board speaks of it."""


def _latest_by_team(state: State, opening_items: tuple[T, ...], closing_items: tuple[T, ...]) -> tuple[T, ...]:
    """What a team last said; in the closing, where it is asked again, only what it says there."""
    return closing_items if state.phase == "closing" else closing_items or opening_items


def _said_before_play(state: State, items: tuple[T, ...]) -> tuple[T, ...]:
    """In the closing what a team said before play, to keep or change."""
    return items if state.phase == "closing" else ()


def channel_facts(state: State, table: GameTable) -> tuple[ChannelFacts, ...]:
    """Every channel of the scenario. Luck and what the other side's end is like are not told."""
    pieces = (state.readiness, state.suspended, state.reopening, state.latency, state.hour, state.ends)
    channels = table.scenario.channels
    return table.cache_by_identity(
        "channels", pieces, lambda: tuple([_channel(state, table, channel) for channel in channels])
    )


def _channel(state: State, table: GameTable, channel: str) -> ChannelFacts:
    word = channel_word(state, table, channel)
    latency = hours_over(state, table, channel, word)
    suspended = channel in state.suspended
    return ChannelFacts(
        id=channel,
        state="reopening" if channel in state.reopening else "suspended" if suspended else "open",
        readiness=state.readiness[channel],
        latency=latency,
        late=state.hour + latency > state.ends > 0,
        doubtful=word.unanswered >= DOUBTFUL and not table.base.channels.takers,
    )


def draft_facts(state: State, table: GameTable, side: Side) -> tuple[DraftFacts, ...]:
    """A team's list of this turn."""
    return tuple(
        [
            DraftFacts(
                number=number,
                draft=draft,
                line=None if draft.line is UNSET else act_views.line_words(state, table, side, draft.line),
            )
            for number, draft in enumerate(state.team(side).drafts, 1)
        ]
    )


def request_facts(state: State, table: GameTable, side: Side) -> tuple[RequestFacts, ...]:
    """What was asked of a team and can still be answered."""
    requests = _asked_of(state, table, side)
    drafted = frozenset([draft.answers for draft in state.team(side).drafts if draft.answers is not None])
    drafted = table.cache_by_equality(f"drafted/{side}", drafted)
    return table.cache_by_identity(
        f"requests/{side}",
        (requests, drafted, state.translated),
        lambda: tuple(_requests(state, table, side, requests, drafted)),
    )


def _asked_of(state: State, table: GameTable, side: Side) -> tuple[Request, ...]:
    pieces = (state.requests, state.turn)
    requests = table.cache_by_identity(f"asked/{side}", pieces, lambda: open_requests(state, side))
    return table.cache_by_equality(f"open/{side}", requests)


def _requests(
    state: State, table: GameTable, side: Side, requests: Iterable[Request], drafted: frozenset[int]
) -> Iterator[RequestFacts]:
    for request in requests:
        sent = state.sent(request.act)
        asks = table.moves[sent.act.move].asks
        if asks is not None:
            yield RequestFacts(
                number=request.number,
                act=act_views.act_for(table, sent, side),
                accept=asks.accept,
                decline=asks.decline,
                due_hour=request.due_hour,
                held=request.held,
                drafted=request.number in drafted,
                arrived=sent.arrived,
                stays_silent=request.stays_silent,
            )


def _exchanges(state: State, table: GameTable, side: Side) -> Iterator[ExchangeFacts]:
    """Private exchanges with what we sealed of each, and our own accounts of them."""
    for number, exchange in enumerate(state.exchanges, 1):
        request, agreed = (state.sent(key) for key in exchange.acts)
        own = next(sent.act for sent in (request, agreed) if sent.act.side == side)
        yield ExchangeFacts(
            number=number,
            act=act_views.act_for(table, request, side),
            ours=act_views.account_of(exchange, side),
            open=can_account(state, table, exchange),
            turn=exchange.turn,
            answer=act_views.act_for(table, agreed, side),
            purpose=value_or_none(own.purpose),
            guess=value_or_none(own.their_purpose),
            said=exchange.said,
            ended=exchange.ended,
        )


def decision_facts(state: State, table: GameTable, side: Side) -> tuple[DecisionFacts, ...]:
    """What asks a team in these moves what it does: a hard voice at home, decisions, and its conclusions."""
    if not (asking := open_decisions(state, table, side)):
        return ()
    decisions = {f"{DECISION}{voice.inject}": voice for voice in state.voices if voice.inject}
    facts = []
    for question in asking:
        voice, conclusion = decisions.get(question), state.concluded.get(f"{side}/{question}")
        facts.append(
            DecisionFacts(
                asked=question,
                says={} if conclusion is None else act_views.line_words(state, table, side, question),
                leads_to={} if conclusion is None else act_views.line_words(state, table, side, conclusion.leads_to),
                answer=state.answered.get(f"{side}/{question}"),
                ask=None if voice is None else asked_facts(state, table, voice),
            )
        )
    return tuple(facts)


def commitment_facts(state: State, table: GameTable) -> tuple[CommitmentFacts, ...]:
    """Promises on the record, each with its sides named once."""
    return table.cache_by_identity("commitments", (state.promises,), lambda: tuple(_commitments(state, table)))


def _commitments(state: State, table: GameTable) -> Iterator[CommitmentFacts]:
    for name in dict.fromkeys([promise.commitment for promise in state.promises]):
        yield _commitment(state, table, name)


def _commitment(state: State, table: GameTable, name: str) -> CommitmentFacts:
    """One promise; the act that makes a promise of both is the answer to its offer."""
    commitment, promises = (
        table.commitments[name],
        [promise for promise in state.promises if promise.commitment == name],
    )
    makers = (promise.act[0] if commitment.binds == "maker" else other(promise.act[0]) for promise in promises)
    return CommitmentFacts(
        id=name,
        by=tuple(dict.fromkeys(makers)),
        bound=tuple(dict.fromkeys(promise.side for promise in promises)),
        broken_by=tuple(dict.fromkeys(promise.side for promise in promises if promise.broken)),
        kept_by=tuple(dict.fromkeys(promise.side for promise in promises if promise.ended == "kept")),
        void_for=tuple(dict.fromkeys(promise.side for promise in promises if promise.ended == "void")),
    )


def _forecasts(state: State, table: GameTable, side: Side) -> tuple[ForecastFacts, ...]:
    """The forecasts asked of a team that stand."""
    team, before_results = state.team(side), state.phase in BEFORE_RESULTS
    chances = team.forecasts if before_results else (*team.forecasts, *team.coming)
    return _asked_after(state, table, side, state.turn - before_results, chances)


def _asked_now(state: State, table: GameTable, side: Side) -> tuple[ForecastFacts, ...]:
    """Those that are asked of it in the phase at hand."""
    if state.phase == "forecasts":
        return _forecasts(state, table, side)
    if not asks_with_readings(state, table):
        return ()
    return _asked_after(state, table, side, state.turn, state.team(side).coming)


def _asked_after(
    state: State, table: GameTable, side: Side, after_turn: int, chances: tuple[tuple[str, int], ...]
) -> tuple[ForecastFacts, ...]:
    """What is asked of a team after a turn, with the chances that it has given."""
    team, names = state.team(side), asked_after(table, after_turn)

    def build_facts() -> tuple[ForecastFacts, ...]:
        current, earlier = dict(chances), dict[str, int]()
        for turn, chance in team.believed:
            (current if turn == after_turn else earlier)[HERE_FOR_MORE] = chance
        return tuple([ForecastFacts(id=name, chance=current.get(name), before=earlier.get(name)) for name in names])

    return table.cache_by_identity(f"forecasts/{side}/{after_turn}", (chances, team.believed, names), build_facts)


def _count_families(state: State, table: GameTable, side: Side) -> dict[str, int]:
    """Of the other's acts that reached a team, how many of each family, as far as it could tell what they were."""
    is_asked = state.phase == "forecasts" or asks_with_readings(state, table)
    if not is_asked or HERE_FOR_MORE not in asked_after(table, state.turn):
        return {}
    came = [state.acts[item.act] for item in state.team(side).inbox]
    return Counter([table.moves[sent.act.move].family for sent in came if sent.unclear is None])


def blocked_moves(state: State, table: GameTable, side: Side) -> tuple[BlockedMove, ...]:
    """Moves of the catalogue that a team can't make now, each with why."""
    requests = _asked_of(state, table, side)
    waits = (requests, state.exchanges)
    answering = table.cache_by_identity(f"answering/{side}", waits, lambda: answering_moves(state, table, requests))
    name = f"blocked/{' '.join(sorted(answering))}"  # most turns ask what turns before them asked
    return table.cache_by_identity(name, (state.suspended, state.exchanges), lambda: _blocked(state, table, answering))


def _blocked(state: State, table: GameTable, answering: frozenset[str]) -> tuple[BlockedMove, ...]:
    hindrances = ((move, find_hindrance(state, table, move, answering)) for move in table.moves)
    return tuple([BlockedMove(move=move, why=why[0], channel=why[1]) for move, why in hindrances if why is not None])


OF_TEAM: Final[Mapping[str, Callable[[State, GameTable, Side], Any]]] = {  # Any: each part is another field of the view
    "side": lambda state, table, side: side,
    "agreed": lambda state, table, side: side in state.agreed,
    "standing": lambda state, table, side: state.standing[side],
    "trust": lambda state, table, side: state.trust[side],
    "moved": lambda state, table, side: meters_moved(state, side),
    "lines": act_views.line_facts,
    "guesses": lambda state, table, side: act_views.guess_facts(
        _latest_by_team(state, state.team(side).guesses_before, state.team(side).guesses_after)
    ),
    "guesses_before": lambda state, table, side: act_views.guess_facts(
        _said_before_play(state, state.team(side).guesses_before)
    ),
    "order": lambda state, table, side: state.team(side).order,
    "order_guess": lambda state, table, side: _latest_by_team(
        state, state.team(side).order_guess_before, state.team(side).order_guess_after
    ),
    "order_guess_before": lambda state, table, side: _said_before_play(state, state.team(side).order_guess_before),
    "lines_sealed": lambda state, table, side: state.team(side).committed or state.phase not in {"briefing", "closing"},
    "channels": lambda state, table, side: channel_facts(state, table),
    "blocked": blocked_moves,
    "advice": advice_facts,
    "drafts": draft_facts,
    "committed": lambda state, table, side: state.team(side).committed,
    "other_committed": lambda state, table, side: state.team(other(side)).committed,
    "requests": request_facts,
    "to_read": lambda state, table, side: tuple(card_facts(state, table, side)),
    "exchanges": lambda state, table, side: tuple(_exchanges(state, table, side)),
    "decisions": decision_facts,
    "closer": closer_facts,
    "ways_to_ask": lambda state, table, side: ways_to_ask(state, table),
    "asks_closer": lambda state, table, side: state.team(side).asks_closer,
    "commitments": lambda state, table, side: commitment_facts(state, table),
    "pledges": act_views.pledge_facts,
    "principles": lambda state, table, side: act_views.principle_facts(state),
    "citations": lambda state, table, side: act_views.citation_facts(state),
    "spared": lambda state, table, side: any(act[0] == side for act in state.spared),
    "forecasts": _forecasts,
    "asked_now": _asked_now,
    "forecast_scores": act_views.forecast_scores,
    "notes": lambda state, table, side: act_views.notes_of(state, side),
    "assets": asset_facts,
    "private_facts": private_fact_stories,
    "expectation": lambda state, table, side: state.expectation.get(side),
    "seen": _count_families,
    "courses": lambda state, table, side: course_facts(state, table, side) if state.phase == "closing" else (),
}
"""What makes each part of a team's view, but for those that every seat sees."""
