"""What a team is shown: its own part of the table, and of the other's only what reached it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import (
    CardFacts,
    CommitmentFacts,
    DraftFacts,
    ExchangeFacts,
    NoteFacts,
    RequestFacts,
    TeamView,
)
from crisis_sim.pages.channel_board import channel_views
from crisis_sim.pages.line_parts import guess_views, line_views
from crisis_sim.pages.move_options import move_options
from crisis_sim.pages.phrases import hostility, meter_word, signed, visibility
from crisis_sim.pages.score_parts import forecast_scores
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import (
    CommitmentView,
    DraftView,
    ExchangeView,
    ForecastView,
    MoveOption,
    ReadingCard,
    RequestView,
)
from crisis_sim.pages.telling import (
    account_words,
    channel_name,
    head_for,
    in_language,
    move_label,
    promise_says,
    words_for,
)
from crisis_sim.rules.names import Language, Side
from crisis_sim.wording import speaker


def team_page(
    view: TeamView,
    common: dict[str, Any],  # Any: fields of a page
    options: tuple[MoveOption, ...],
    dossier: Dossier,
    language: Language,
) -> TeamPage:
    """The page of one team; `options` is the catalogue as it always is."""
    team, side = dossier.team, view.side
    assert team is not None
    return TeamPage(
        **common,
        side=side,
        name=in_language(team.name, language),
        part=in_language(team.part, language),
        brief=in_language(team.brief, language),
        aims=tuple(in_language(aim, language) for aim in team.aims),
        standing=view.standing,
        standing_word=meter_word(language, view.standing),
        trust=view.trust,
        trust_word=meter_word(language, view.trust),
        concerns=tuple((name, in_language(says, language)) for name, says in dossier.concerns.items()),
        lines=line_views(view.lines, dossier, language),
        guesses=guess_views(view.guesses, dossier, language),
        guesses_before=guess_views(view.guesses_before, dossier, language),
        second_order=dossier.second_order,
        expected=guess_views(view.expected, dossier, language),
        lines_sealed=view.lines_sealed,
        channels=channel_views(view.channels, dossier, language),
        moves=move_options(options, view.channels, view.blocked, view.advice, dossier, language),
        moves_least=dossier.moves_least,
        moves_most=dossier.moves_most,
        drafts=draft_views(view.drafts, dossier, language),
        committed=view.committed,
        other_committed=view.other_committed,
        requests=request_views(view.requests, side, dossier, language),
        to_read=tuple(_card(card, side, dossier, language) for card in view.to_read),
        exchanges=tuple(_exchange(exchange, side, dossier, language) for exchange in view.exchanges),
        commitments=commitment_views(view.commitments, dossier, language),
        forecasts=tuple(
            ForecastView(id=asked.id, ask=in_language(dossier.forecasts[asked.id], language), chance=asked.chance)
            for asked in view.forecasts
        ),
        forecast_scores=forecast_scores(view.forecast_scores, dossier, language),
        notes=note_lines(view.notes),
    )


def draft_views(drafts: Iterable[DraftFacts], dossier: Dossier, language: Language) -> tuple[DraftView, ...]:
    """A team's list of this turn."""
    return tuple(
        DraftView(number=each.number, draft=each.draft, head=_draft_head(each.draft, dossier, language))
        for each in drafts
    )


def _draft_head(draft: Draft, dossier: Dossier, language: Language) -> str:
    """A draft in a line."""
    say = speaker(language)
    head = say(
        "{move} → {channel}, {visibility}; meant {value} {word}",
        move=move_label(dossier, draft.move, language),
        channel=channel_name(dossier, draft.channel, language),
        visibility=visibility(say, draft.visibility),
        value=signed(draft.intent),
        word=hostility(language, draft.intent),
    )
    return say("answer: ") + head if draft.answers is not None else head


def request_views(
    requests: Iterable[RequestFacts], side: Side, dossier: Dossier, language: Language
) -> tuple[RequestView, ...]:
    """What was asked of a team and can still be answered."""
    return tuple(_request(request, side, dossier, language) for request in requests)


def _request(request: RequestFacts, side: Side, dossier: Dossier, language: Language) -> RequestView:
    act = request.act
    return RequestView(
        number=request.number,
        head=head_for(act, dossier, side, language),
        text=words_for(act, dossier, language),
        channel=act.channel,
        visibility=act.visibility,
        due_hour=request.due_hour,
        accept=request.accept,
        accept_label=move_label(dossier, request.accept, language),
        decline=request.decline,
        decline_label=move_label(dossier, request.decline, language),
        hold=dossier.holding,
        hold_label=move_label(dossier, dossier.holding, language),
        held=request.held,
        drafted=request.drafted,
    )


def _card(card: CardFacts, side: Side, dossier: Dossier, language: Language) -> ReadingCard:
    """An act to be read."""
    act = card.act
    return ReadingCard(
        number=card.number,
        head=head_for(act, dossier, side, language),
        text=words_for(act, dossier, language),
        channel=channel_name(dossier, act.channel, language),
        visibility=visibility(speaker(language), "public" if card.public else "private"),
        move=act.move,
        hostility=card.hostility,
        confidence=card.confidence,
        touches=card.touches,
    )


def _exchange(exchange: ExchangeFacts, side: Side, dossier: Dossier, language: Language) -> ExchangeView:
    """A private exchange with our own account of it."""
    ours = ""
    if exchange.ours is not None:
        ours = speaker(language)("{outcome}, {tone} {word}", **account_words(exchange.ours, language))
    head = head_for(exchange.act, dossier, side, language)
    return ExchangeView(number=exchange.number, head=head, ours=ours, open=exchange.open)


def commitment_views(
    commitments: Iterable[CommitmentFacts], dossier: Dossier, language: Language
) -> tuple[CommitmentView, ...]:
    """Promises on the record."""
    return tuple(
        CommitmentView(
            id=each.id,
            says=promise_says(dossier, each.id, language),
            by=each.by,
            bound=each.bound,
            broken_by=each.broken_by,
        )
        for each in commitments
    )


def note_lines(notes: Iterable[NoteFacts]) -> tuple[str, ...]:
    """What a seat wrote down, each with its turn."""
    return tuple(f"{note.turn}: {note.text}" for note in notes)
