"""What a team sees: its own part of the table, and of the other's only what reached it."""

from __future__ import annotations

from functools import partial
from typing import Any

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.facts import arrived_in
from crisis_sim.engine.keeping import fixed, kept, unless_changed
from crisis_sim.engine.options import open_requests
from crisis_sim.engine.phrases import METER_WORDS, hostility, say, signed, stretch
from crisis_sim.engine.sight_channels import channel_views
from crisis_sim.engine.sight_common import file_text
from crisis_sim.engine.sight_hotwash import forecast_scores
from crisis_sim.engine.sight_lines import guess_views, line_views
from crisis_sim.engine.sight_moves import move_options
from crisis_sim.engine.sight_notes import notes_of
from crisis_sim.engine.state import Exchange, Request, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, head_for, is_public, move_label, words_for
from crisis_sim.engine.views import (
    CommitmentView,
    DraftView,
    ExchangeView,
    ForecastView,
    ReadingCard,
    RequestView,
    TeamView,
)
from crisis_sim.rules.names import Language, Side, other


def team_view(
    state: State,
    table: Table,
    side: Side,
    common: dict[str, Any],  # Any: fields of a view
    language: Language,
) -> TeamView:
    """The view of one team."""
    team, limits = state.team(side), table.scenario.moves_a_turn
    again = state.phase == "closing"
    guesses = team.guesses_after if again else team.guesses_after or team.guesses_before
    expected = team.expected_after if again else team.expected_after or team.expected_before
    return TeamView(
        **common,
        **_told_beforehand(table, side, language),
        side=side,
        standing=team.standing,
        standing_word=stretch(METER_WORDS[language], team.standing, 1_000),
        trust=team.trust,
        trust_word=stretch(METER_WORDS[language], team.trust, 1_000),
        lines=line_views(state, table, side, language),
        guesses=guess_views(table, guesses, language),
        guesses_before=guess_views(table, team.guesses_before, language) if again else (),
        second_order=table.second_order,
        expected=guess_views(table, expected, language),
        lines_sealed=team.committed or state.phase not in {"briefing", "closing"},
        channels=channel_views(state, table, language),
        moves=move_options(state, table, side, language),
        moves_least=limits.least,
        moves_most=limits.most,
        drafts=draft_views(state, table, side, language),
        committed=team.committed,
        other_committed=state.team(other(side)).committed,
        requests=request_views(state, table, side, language),
        to_read=_cards(state, table, side, language),
        exchanges=_exchanges(state, table, side, language),
        commitments=commitment_views(state, table, language),
        forecasts=_forecasts(state, table, side, language),
        forecast_scores=forecast_scores(state, table, side, language),
        notes=notes_of(state, table, side),
    )


@fixed
def _told_beforehand(table: Table, side: Side, language: Language) -> dict[str, Any]:  # Any: fields of a view
    """What a team is told before play and does not change."""
    authored = table.scenario.teams.of(side)
    return {
        "name": authored.name.in_(language),
        "part": authored.part.in_(language),
        "brief": file_text(table, authored.brief, language),
        "aims": tuple(aim.in_(language) for aim in authored.aims),
        "concerns": tuple((name, says.in_(language)) for name, says in table.material.concerns.items()),
    }


@kept(own=("drafts",))
def draft_views(state: State, table: Table, side: Side, language: Language) -> tuple[DraftView, ...]:
    """A team's list of this turn."""
    return tuple(
        DraftView(number=number, draft=draft, head=_draft_head(table, draft, language))
        for number, draft in enumerate(state.team(side).drafts, 1)
    )


def _draft_head(table: Table, draft: Draft, language: Language) -> str:
    """A draft in a line."""
    head = say(
        language,
        "draft",
        move=move_label(table, draft.move, language),
        channel=channel_name(table, draft.channel, language),
        visibility=say(language, draft.visibility),
        value=signed(draft.intent),
        word=hostility(language, draft.intent),
    )
    return say(language, "draft-answer") + head if draft.answers is not None else head


@kept("requests", "acts", "turn", own=("drafts", "inbox"))
def request_views(state: State, table: Table, side: Side, language: Language) -> tuple[RequestView, ...]:
    """What was asked of a team and can still be answered."""
    drafted = {draft.answers for draft in state.team(side).drafts}
    found = []
    for number, item, request in open_requests(state, table, side):
        pieces = request, state.sent(item.act), number in drafted
        make = partial(_request, table, side, language, number, *pieces)
        view = unless_changed(table, (_request, side, language, number), pieces, make)
        if view is not None:
            found.append(view)
    return tuple(found)


def _request(
    table: Table, side: Side, language: Language, number: int, request: Request, sent: Sent, drafted: bool
) -> RequestView | None:
    """One request, which came with an act; None where its move asks for nothing."""
    asks = table.moves[sent.act.move].asks
    if asks is None:
        return None
    return RequestView(
        number=number,
        head=head_for(table, sent, side, language),
        text=words_for(table, sent, side, language),
        channel=sent.act.channel,
        visibility=sent.act.visibility,
        due_hour=request.due_hour,
        accept=asks.accept,
        accept_label=move_label(table, asks.accept, language),
        decline=asks.decline,
        decline_label=move_label(table, asks.decline, language),
        hold=table.base.holding,
        hold_label=move_label(table, table.base.holding, language),
        held=request.held,
        drafted=drafted,
    )


@kept("phase", "turn", "acts", own=("inbox",))
def _cards(state: State, table: Table, side: Side, language: Language) -> tuple[ReadingCard, ...]:
    """What reached a team this turn, to be read."""
    if state.phase != "readings":
        return ()
    cards, come = [], arrived_in(state, side)
    for number, item in enumerate(come, len(state.team(side).inbox) - len(come) + 1):
        sent = state.sent(item.act)
        cards.append(
            ReadingCard(
                number=number,
                head=head_for(table, sent, side, language),
                text=words_for(table, sent, side, language),
                channel=channel_name(table, sent.act.channel, language),
                visibility=say(language, "public" if is_public(sent) else "private"),
                move=sent.act.move if sent.unclear is None else "",
                hostility=item.hostility,
                confidence=item.confidence,
                touches=item.touches,
            )
        )
    return tuple(cards)


@kept("exchanges", "acts", "phase", "turn")
def _exchanges(state: State, table: Table, side: Side, language: Language) -> tuple[ExchangeView, ...]:
    """Private exchanges and our own accounts of them."""
    found = []
    for number, exchange in enumerate(state.exchanges, 1):
        is_open = state.phase == "moves" and not exchange.closed and exchange.turn < state.turn
        pieces = exchange, state.sent(exchange.request), is_open
        make = partial(_exchange, table, side, language, number, *pieces)
        found.append(unless_changed(table, (_exchange, side, language, number), pieces, make))
    return tuple(found)


def _exchange(
    table: Table, side: Side, language: Language, number: int, exchange: Exchange, asked: Sent, is_open: bool
) -> ExchangeView:
    """One private exchange, which an act asked for."""
    readout = exchange.us if side == "us" else exchange.china
    ours = ""
    if readout is not None:
        tone, word = signed(readout.tone), hostility(language, readout.tone)
        ours = f"{say(language, readout.outcome)}, {tone} {word}"
    return ExchangeView(number=number, head=head_for(table, asked, side, language), ours=ours, open=is_open)


@kept("promises")
def commitment_views(state: State, table: Table, language: Language) -> tuple[CommitmentView, ...]:
    """Promises on the record."""
    names = dict.fromkeys(promise.commitment for promise in state.promises)
    return tuple(_commitment_view(state, table, name, language) for name in names)


def _commitment_view(state: State, table: Table, name: str, language: Language) -> CommitmentView:
    """One promise with its sides, each named once; the act that makes a promise of both is the answer to its offer."""
    of, given = table.commitments[name], [promise for promise in state.promises if promise.commitment == name]
    makers = (promise.act[0] if of.binds == "maker" else other(promise.act[0]) for promise in given)
    return CommitmentView(
        id=name,
        says=of.says.in_(language),
        by=tuple(dict.fromkeys(makers)),
        bound=tuple(dict.fromkeys(promise.side for promise in given)),
        broken_by=tuple(dict.fromkeys(promise.side for promise in given if promise.broken)),
    )


@kept(own=("forecasts",))
def _forecasts(state: State, table: Table, side: Side, language: Language) -> tuple[ForecastView, ...]:
    """The forecasts asked of a team."""
    given = dict(state.team(side).forecasts)
    return tuple(
        ForecastView(id=forecast.id, ask=forecast.ask.in_(language), chance=given.get(forecast.id))
        for forecast in table.scenario.forecasts
    )
