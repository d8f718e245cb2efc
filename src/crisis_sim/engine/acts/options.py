"""What a team may do now: which moves, over which channels, with which terms, and why not.

`decide` refuses by these answers and `sight` shows them, so that a screen never offers what would be refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Literal, TypeAlias

from msgspec import UNSET, UnsetType

from crisis_sim.engine.actions import LONGEST_TEXT, Draft
from crisis_sim.engine.dealing_plans import DECISION, tellable
from crisis_sim.engine.judging.at_home import asks, is_call
from crisis_sim.engine.judging.decisions import asked_decisions
from crisis_sim.engine.state import Exchange, Request, State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.problems import nearest
from crisis_sim.rules.base_settings import TakerSettings
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import PURPOSES, Side, Taker, owner_of

LONGEST_NAME = 60
"""Characters of an unknown name that a refusal repeats."""


def check_disclosure(table: GameTable, side: Side, draft: Draft) -> None:
    """Refuse a telling that cannot be, with a code and its parts."""
    fact, ours = (
        draft.discloses,
        tuple([name for name, fact_plan in table.private_facts.items() if fact_plan.side == side]),
    )
    if isinstance(fact, UnsetType):
        raise ActionRefused("fact/none")
    if fact not in ours:
        raise ActionRefused("fact/unknown", private=fact[:LONGEST_NAME], privates=ours)
    if not tellable(table.private_facts, side, table.moves[draft.move]):
        raise ActionRefused("fact/unfit", move=draft.move)
    plan = table.private_facts[fact]
    if draft.backed is UNSET or draft.truth is UNSET:
        raise ActionRefused("fact/how")
    if draft.backed not in plan.backings:
        raise ActionRefused("fact/host", private=fact)
    if draft.truth == "part" and draft.truth not in plan.words:
        raise ActionRefused("fact/part", private=fact)
    if draft.truth not in plan.words:
        raise ActionRefused("fact/untrue", private=fact)
    if draft.truth == "untrue" and draft.backed != "word":
        raise ActionRefused("fact/backed-untrue")


Hindrance: TypeAlias = tuple[Literal["answer", "calls", "suspended", "nowhere"], str]
"""A move only answers, or would be a call too many, or what carries it is suspended, or nothing carries it; and the
suspended channel."""
AFTER_TALK = frozenset({"readings", "results", "forecasts"})
"""Phases that are left of a turn in which the teams have talked."""


def open_channels(state: State, table: GameTable, move_id: str) -> tuple[str, ...]:
    """Channels that can carry a move now, by the move's own order of kinds; at least one visibility fits."""
    able = table.carriers[move_id]
    return tuple([channel for channel in able if channel not in state.suspended]) if state.suspended else able


def find_hindrance(state: State, table: GameTable, move_id: str, answering: frozenset[str]) -> Hindrance | None:
    """Why a team could not make this move now, and the channel that is missing; `answering` is what it is asked for."""
    move = table.moves[move_id]
    if move_id not in answering and move.only_as_answer:
        return "calls" if calls_spent(state, table) and _takes_calls(table, move_id) else "answer", ""
    if move.exchange and calls_spent(state, table):
        return "calls", ""
    if open_channels(state, table, move_id):
        return None
    kinds = table.moves[move_id].over
    channels = table.scenario.channels.items()
    suspended = [channel for channel, settings in channels if settings.kind in kinds and channel in state.suspended]
    return ("suspended", suspended[0]) if suspended else ("nowhere", "")


def answering_moves(state: State, table: GameTable, requests: Iterable[Request]) -> frozenset[str]:
    """Moves that accept, decline or hold something that was asked of a team and waits."""
    move_ids, spent = set[str](), calls_spent(state, table)
    for request in requests:
        move = table.moves[state.sent(request.act).act.move]
        if move.asks is not None:
            move_ids |= {move.asks.decline, table.base.holding}
            move_ids |= set() if move.exchange and spent else {move.asks.accept}
    return frozenset(move_ids)


def calls_spent(state: State, table: GameTable) -> bool:
    """The session has had all the calls and meetings that one of its length has."""
    limit = table.workload.calls
    return 0 < limit <= len(state.exchanges)


def _takes_calls(table: GameTable, move_id: str) -> bool:
    return any(move.exchange and move.asks is not None and move.asks.accept == move_id for move in table.moves.values())


def open_requests(state: State, side: Side) -> tuple[Request, ...]:
    """Requests in a team's inbox that can still be answered, by their numbers; a late answer is still an answer."""
    turn = max(state.turn, 1)
    requests = [
        request
        for request in state.requests
        if request.act[0] != side and request.status != "answered" and 0 < request.arrived < turn
    ]
    return tuple(sorted(requests, key=attrgetter("number")))


def request_numbered(state: State, side: Side, number: int) -> Request:
    """The request with that place in a team's inbox, if it can still be answered. Raises ActionRefused."""
    request = next((request for request in open_requests(state, side) if request.number == number), None)
    if request is None:
        raise ActionRefused("answer/closed")
    return request


def open_decisions(state: State, table: GameTable, side: Side) -> tuple[str, ...]:
    """What asks a team in these moves what it does.

    A hard voice at home, which has no name; decisions, by `inject/` and the id of their inject; conclusions, by their
    pink line.
    """
    if state.phase != "moves" or not (state.concluded or state.voices):
        return ()
    voice = ("",) if asks(state, side) else ()
    decisions = tuple([f"{DECISION}{decision.inject}" for decision in asked_decisions(state, side)])
    return voice + decisions + open_conclusions(state, table, side)


def can_account(state: State, table: GameTable, exchange: Exchange) -> bool:
    """A team may give its account: from the talk on, until the next lists go out; after the last turn none do."""
    if exchange.closed or exchange.turn == table.turns:
        return False
    return state.phase in (AFTER_TALK if exchange.turn == state.turn else ("moves",))


def can_talk(state: State, exchange: Exchange) -> bool:
    """Both can still say something in it: until one ends it, through its turn, or until the next lists."""
    later = state.turn - exchange.turn
    if exchange.ended is not None:
        return False
    return state.phase in AFTER_TALK if later == 0 else later == 1 and state.phase in ("situation", "moves")


def answers_to(state: State, table: GameTable, side: Side, question: str) -> tuple[str, ...]:
    """What a team may answer to something that asks; a voice is asked to wait once."""
    answers = tuple(table.answers_to(question))
    waited = [
        decision.waited for decision in asked_decisions(state, side) if f"{DECISION}{decision.inject}" == question
    ]
    return tuple([answer for answer in answers if answer != "wait"]) if any(waited) else answers


def open_conclusions(state: State, table: GameTable, side: Side) -> tuple[str, ...]:
    """The pink lines of a team whose conclusions ask it in these moves what it does with them."""
    return tuple(
        name.partition("/")[2]
        for name, conclusion in state.concluded.items()
        if table.answers and conclusion.on_alert and conclusion.turn == state.turn - 1 and owner_of(name) == side
    )


def check_draft(state: State, table: GameTable, side: Side, draft: Draft, replacing: int | None = None) -> None:
    """Refuse a draft that can't be made, with a code and its parts."""
    move = table.moves.get(draft.move)
    if move is None:
        near = nearest(draft.move, table.moves) or ""
        raise ActionRefused("move/unknown", move=draft.move[:LONGEST_NAME], near=near)
    if draft.move in table.left_out:
        raise ActionRefused("move/left-out", length=table.length)
    if draft.intent is None or not -3 <= draft.intent <= 3:
        raise ActionRefused("move/intent")
    if draft.expected is UNSET:
        if table.asks_all:
            raise ActionRefused("move/expected-unsaid")
    elif not -3 <= draft.expected <= 3:
        raise ActionRefused("move/expected")
    if len(draft.text) > LONGEST_TEXT:
        raise ActionRefused("move/text", most=LONGEST_TEXT)
    if move.exchange and calls_spent(state, table):
        raise ActionRefused("call/spent", n=len(state.exchanges), length=table.length)
    _check_channel(state, table, draft, move)
    if table.asks_all and draft.visibility == "public" and draft.audience is UNSET:
        raise ActionRefused("move/audience-unsaid")
    if draft.visibility == "private" and draft.audience is not UNSET:
        raise ActionRefused("move/audience")
    _check_trimmings(table, draft, move)
    if draft.cites is not UNSET:
        _check_cites(state, table, side, draft, replacing)
    if move.tells or draft.line is not UNSET:
        _check_line(state, table, side, draft, move)
    if table.assets:
        _check_asset(table, side, draft)
    if draft.discloses is not UNSET or draft.backed is not UNSET or draft.truth is not UNSET:
        check_disclosure(table, side, draft)
    if move.needs_consent_or is not None:
        _check_consent(state, table, draft, move.needs_consent_or)
    _check_answer(state, table, side, draft, move, replacing)


def _check_channel(state: State, table: GameTable, draft: Draft, move: Move) -> None:
    """The channel exists, is open, and carries this move in this way."""
    channel = table.scenario.channels.get(draft.channel)
    if channel is None:
        near = nearest(draft.channel, table.scenario.channels) or ""
        raise ActionRefused("channel/unknown", channel=draft.channel[:LONGEST_NAME], near=near)
    if draft.channel in state.suspended:
        raise ActionRefused("channel/suspended", channel=draft.channel)
    if channel.kind not in move.over:
        open_now = open_channels(state, table, draft.move)
        raise ActionRefused("channel/unfit", channel=draft.channel, instead=open_now[0] if open_now else "")
    if draft.visibility not in move.visibility:
        raise ActionRefused("move/visibility", visibility=move.visibility[0])
    if draft.visibility not in channel.visibility:
        raise ActionRefused("channel/visibility", channel=draft.channel, visibility=channel.visibility[0])


def _check_trimmings(table: GameTable, draft: Draft, move: Move) -> None:
    """Terms, promise and the channel it is about fit the move."""
    for term in draft.terms:
        if term not in table.terms[draft.move]:
            raise ActionRefused("move/term", term=term[:LONGEST_NAME])
        visibility = table.material.terms[term].heard
        if visibility not in (None, draft.visibility):
            raise ActionRefused("move/term-heard", term=term, visibility=f"{visibility}")
    if draft.terms and len(set(draft.terms)) != len(draft.terms):
        raise ActionRefused("move/term-twice")
    if draft.promise is not None:
        commitment = table.commitments.get(draft.promise)
        if commitment is None or draft.move not in commitment.with_moves:
            raise ActionRefused("move/promise")
    if move.about_channel and draft.about is None:
        raise ActionRefused("move/about")
    if draft.about is not None and draft.about not in table.scenario.channels:
        raise ActionRefused("move/about-unknown")


def _check_cites(state: State, table: GameTable, side: Side, draft: Draft, replacing: int | None) -> None:
    """It cites an instrument of the scenario that its team has not cited yet."""
    instrument, names = draft.cites, tuple(table.instruments)
    assert not isinstance(instrument, UnsetType)
    if not names:
        raise ActionRefused("cite/none")
    if instrument not in names:
        raise ActionRefused("cite/unknown", instrument=instrument[:LONGEST_NAME], names=names)
    if draft.move not in table.instruments[instrument].with_moves:
        raise ActionRefused("cite/move", move=draft.move)
    drafts = enumerate(state.team(side).drafts, 1)
    if any((citation.side, citation.instrument) == (side, instrument) for citation in state.citations) or any(
        other_draft.cites == instrument and place != replacing for place, other_draft in drafts
    ):
        raise ActionRefused("cite/again", instrument=instrument)


def _check_line(state: State, table: GameTable, side: Side, draft: Draft, move: Move) -> None:
    """A move that tells of a line names one of its team's own, and no other move does."""
    if not move.tells:
        raise ActionRefused("move/no-line")
    if draft.line is UNSET:
        raise ActionRefused("move/line")
    if draft.line not in own_line_ids(state, side):
        raise ActionRefused("reading/line")


def own_line_ids(state: State, side: Side) -> set[str]:
    """Ids of a team's lines, the scenario's and its own."""
    team = state.team(side)
    return {*team.adopted, *(line.id for line in team.own_lines)}


def _check_asset(table: GameTable, side: Side, draft: Draft) -> None:
    """It says with which thing of ours it is made, if we have one for it."""
    usable, asset = table.usable(side, draft.move), draft.asset
    if isinstance(asset, UnsetType):
        if usable:
            raise ActionRefused("asset/which", move=draft.move, assets=usable)
        return
    if asset not in usable:
        ours = asset in table.assets and table.assets[asset].side == side
        if not ours:
            raise ActionRefused("asset/unknown", asset=asset[:LONGEST_NAME], move=draft.move, assets=usable)
        raise ActionRefused("asset/unfit", asset=asset, move=draft.move, assets=usable)


def lacks_consent(state: State, table: GameTable, move: Move) -> bool:
    """The host has not accepted what a move brings, so that it can only go unasked."""
    consent = table.scenario.consent
    return move.needs_consent_or is not None and consent is not None and (consent.fact, None) not in state.truths


def _check_consent(state: State, table: GameTable, draft: Draft, unasked: str) -> None:
    """The host has given its word, or the draft says that it goes without."""
    if unasked not in draft.terms and lacks_consent(state, table, table.moves[draft.move]):
        consent = table.scenario.consent
        assert consent is not None
        raise ActionRefused("consent/missing", move=draft.move, fact=consent.fact, ask=consent.ask, term=unasked)


def _check_answer(state: State, table: GameTable, side: Side, draft: Draft, move: Move, replacing: int | None) -> None:
    """An answer answers something open, and in a way that the request allows."""
    if draft.answers is None:
        if move.only_as_answer or draft.how is not None or draft.taker is not UNSET:
            raise ActionRefused("answer/nothing")
        _check_purposes(table, draft, None)
        return
    request = request_numbered(state, side, draft.answers)
    for place, other_draft in enumerate(state.team(side).drafts, 1):
        if other_draft.answers == draft.answers and place != replacing:
            raise ActionRefused("answer/twice")
    asked_move = state.sent(request.act).act.move
    asks = table.moves[asked_move].asks
    assert asks is not None
    if draft.how == "accept" and table.moves[asked_move].exchange and calls_spent(state, table):
        raise ActionRefused("call/spent", n=len(state.exchanges), length=table.length)
    wanted = {"accept": asks.accept, "decline": asks.decline, "holding": table.base.holding}
    if draft.how is None:
        raise ActionRefused("answer/how")
    if draft.how in wanted and draft.move != wanted[draft.how]:
        raise ActionRefused("answer/move", how=draft.how, move=wanted[draft.how])
    _check_taker(table, draft, asked_move)
    if draft.how == "counter" and move.only_as_answer:
        raise ActionRefused("answer/counter")
    _check_purposes(table, draft, asked_move)


def _check_purposes(table: GameTable, draft: Draft, asked_move: str | None) -> None:
    """Whoever asks for a call or takes one says what it is for, and what the other side wants; nothing else does."""
    ours, theirs = draft.purpose is not UNSET, draft.their_purpose is not UNSET
    if table.calls is None or not is_call(table, draft.move, draft.how, asked_move):
        if ours or theirs:
            raise ActionRefused("call/unasked")
    elif table.asks_all and not (ours and theirs):
        raise ActionRefused("call/purpose", names=PURPOSES)


def takers_of(table: GameTable, asked_move: str) -> Mapping[Taker, TakerSettings]:
    """Who may take what a move asks for; nobody where that is no call or meeting, or is not asked."""
    return table.base.channels.takers if table.moves[asked_move].exchange else {}


def _check_taker(table: GameTable, draft: Draft, asked_move: str) -> None:
    """Whoever takes a call says who takes it, and nothing else does."""
    able = takers_of(table, asked_move) if draft.how == "accept" else {}
    if draft.taker is UNSET:
        if able and table.asks_all:
            raise ActionRefused("answer/taker", names=tuple(able))
    elif draft.taker not in able:
        raise ActionRefused("answer/taker-unfit")
