"""What lies on a team's desk as blocks: what is asked of it, exchanges to give an account of, its list of this turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import UnsetType

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.views.seat_views import DraftFacts, ExchangeFacts, RequestFacts, TeamView, View
from crisis_sim.engine.views.shared_facts import ActFacts
from crisis_sim.pages.blocks import Block, Column, Quote, Row, Span, Table, Tone, prose
from crisis_sim.pages.phrases import PURPOSES, meant_for, sealed_meaning, visibility
from crisis_sim.pages.translator import (
    Translator,
    account_words,
    act_text,
    describe_taker,
    describe_wording,
    head_for,
    parts_of,
    with_translation,
)
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import HERE_FOR_MORE, AccountsCompared, AnswerKind, other
from crisis_sim.wording import _
from crisis_sim.wording.labels import TOLD_HOW

BREAKS: Final[Mapping[AccountsCompared, str]] = {
    "one-sided": _("We have promised: {promise}. If we publish an account and they do not, that breaks it."),
    "differ": _("We have promised: {promise}. If our account and theirs differ, that breaks it."),
}
"""What breaks a promise, by how the two accounts of an exchange compare."""
COLUMNS = (Column("", is_wide=True), Column(""))
"""What it is, and how far it has come."""


def request_blocks(
    requests: Iterable[RequestFacts], now: View, say: Translator, *, detailed: bool = False
) -> Iterator[Block]:
    """What was asked of us and waits, with by when; with its words if asked."""
    for request in requests:
        status, tone = request_status(request, now, say)
        head = received(request.act, say)
        label = head if detailed else say("{side}: {move}", **parts_of(request.act, say))
        sentence = say("{head}; {text}", head=label, text=status)
        row = Row((Span(head), Span(status, tone)), sentence, f"request:{request.number}")
        yield Table(COLUMNS, (row,))
        if detailed:
            yield from readout_blocks(request.act, say, 1)


def readout_blocks(act: ActFacts, say: Translator, depth: int = 0) -> Iterator[Block]:
    """An act's words as its sender's own, and apart from them how it was put."""
    if text := act_text(act, say):
        yield Quote(text, depth)
    if note := describe_wording(act, say):
        yield prose(note, "quiet", depth=depth)


def received(act: ActFacts, say: Translator) -> str:
    """An act in a line, for the side that it reached."""
    return head_for(act, other(act.side), say)


def quoted(act: ActFacts, say: Translator) -> str:
    """An act in a line with its words, for the side that it reached."""
    head, words = received(act, say), act_text(act, say)
    sentence = say("{head}: “{text}”", head=head, text=words) if words else head
    return with_translation(sentence, act.translation, say)


def request_status(request: RequestFacts, now: View, say: Translator) -> tuple[str, Tone]:
    """How far an answer has come, and by when it is due."""
    deadline = format_deadline(request, now, say)
    if request.drafted:
        return say("answer on our list"), "good"
    if request.stays_silent:
        return say("we say nothing, {by}", by=deadline), "quiet"
    if request.held:
        return say("holding note sent, {by}", by=deadline), "quiet"
    if _is_late(request, now):
        return say("not answered in time, {by}", by=deadline), "bad"
    return say("no answer yet, {by}", by=deadline), "bad"


def _is_late(request: RequestFacts, now: View) -> bool:
    """Its time is past, and these moves are not the first that can answer it."""
    return now.hour > request.due_hour and request.arrived != now.turn - 1


def has_answer(request: RequestFacts) -> bool:
    """Whether it is answered, put off or left unanswered by our own choice."""
    return request.drafted or request.held or request.stays_silent


def format_deadline(request: RequestFacts, now: View, say: Translator) -> str:
    """By when an answer is due, or was: its time may be past, and it can still be given.

    Turns count and no hours: where no later moves come in time it is due with these, however long its channel takes. So
    is what came so late that these moves are the first that can answer it.
    """
    if _is_late(request, now):
        return say("was due T+{hour}; it can still be answered", hour=request.due_hour)
    is_last = now.turn == now.turns or request.due_hour < now.next_hour
    if is_last or now.hour > request.due_hour:
        return say("due with these moves")
    return say("due T+{hour}", hour=request.due_hour)


def exchange_blocks(exchanges: Iterable[ExchangeFacts], say: Translator, *, detailed: bool = False) -> Iterator[Block]:
    """Private exchanges of which we may still give our account, or put it otherwise; what is published is news.

    With our words to the press if asked.
    """
    for exchange in exchanges:
        if exchange.open:
            account = our_account(exchange, say)
            status = say("{says}; it comes out with these moves", says=account) if account else say("not sealed yet")
            note = Span(status, "good" if account else "strong")
            head = say("readout: ") + head_for(exchange.act, say.dossier.side, say)
            row = Row((Span(head), note), say("{head}: {text}", head=head, text=status), f"exchange:{exchange.number}")
            yield Table(COLUMNS, (row,))
            if detailed and exchange.ours is not None and exchange.ours.text:
                yield Quote(exchange.ours.text, depth=1)


def our_account(exchange: ExchangeFacts, say: Translator) -> str:
    """Our sealed readout in words; empty if we have given none."""
    return "" if exchange.ours is None else say("{outcome}, {tone} {word}", **account_words(exchange.ours, say))


def account_warnings(view: TeamView, say: Translator) -> list[str]:
    """Promises of ours that an account of an exchange can break, recalled before we seal one."""
    sentences = []
    for commitment in view.commitments:
        ended_sides = (*commitment.broken_by, *commitment.kept_by, *commitment.void_for)
        accounts = say.dossier.commitments[commitment.id].accounts
        if view.side in commitment.bound and view.side not in ended_sides:
            sentences += [
                say(BREAKS[comparison], promise=say.promise(commitment.id))
                for comparison in accounts
                if comparison in BREAKS
            ]
    return sentences


def move_called(move: str, answer_kind: AnswerKind | None, say: Translator) -> str:
    """What a move of ours is called: a holding note is one, whatever it is in the catalogue."""
    return say("Holding note") if answer_kind == "holding" else say.move(move)


def draft_named(draft: Draft, say: Translator) -> str:
    """A move of the list: over what, and for whose ears."""
    return say(
        "{move} → {channel}, {visibility}",
        move=move_called(draft.move, draft.how, say),
        channel=say.channel(draft.channel),
        visibility=visibility(say, draft.visibility),
    )


def draft_head(draft: Draft, say: Translator) -> str:
    """A move of the list in a line: besides, what is meant, and how we expect it to be taken."""
    meaning = sealed_meaning(draft.intent, value_or_none(draft.expected), say)
    head = say("{head}; {audience}", head=draft_named(draft, say), audience=meaning)
    if not isinstance(draft.audience, UnsetType):
        head = say("{head}; {audience}", head=head, audience=meant_for(draft.audience, say))
    if not isinstance(draft.taker, UnsetType):
        head = say(
            "{head}; {audience}", head=head, audience=say("taken by: {who}", who=describe_taker(draft.taker, say))
        )
    if not isinstance(draft.purpose, UnsetType) and not isinstance(draft.their_purpose, UnsetType):
        wants = {"ours": say(PURPOSES[draft.purpose][0]), "theirs": say(PURPOSES[draft.their_purpose][0])}
        head = say("{head}; {audience}", head=head, audience=say("we want {ours}; they, we think, {theirs}", **wants))
    return say("answer: ") + head if draft.answers is not None else head


def draft_blocks(
    drafts: Iterable[DraftFacts],
    say: Translator,
    request_heads: Mapping[int, str] | None = None,
    *,
    final: bool = False,
    detailed: bool = False,
) -> Iterator[Block]:
    """This turn's list: how far each move has come, its thing, terms and promise; with its words if asked."""
    for draft in drafts:
        head = draft_head(draft.draft, say)
        row = Row(
            (Span(f"{draft.number} {head}"), Span(say("final") if final else say("sealed"), "good")),
            f"{draft.number}. {head}",
            "" if final else f"draft:{draft.number}",
        )
        yield Table(COLUMNS, (row,))
        if detailed and (request_head := (request_heads or {}).get(draft.draft.answers or 0)):
            yield prose(say("answering: {what}", what=request_head), "quiet", depth=1)
        if detailed and draft.draft.text:
            yield Quote(draft.draft.text, depth=1)
        elif detailed and not final:
            yield prose(say("No words of ours go with it."), "bad", depth=1)
        if note := draft_put(draft, say):
            yield prose(note, "quiet", depth=1)


def draft_put(draft: DraftFacts, say: Translator) -> str:
    """What goes out with the words of a move on the list: with what, how it is put, a promise, what it is about."""
    move = draft.draft
    act = ActFacts(
        side=say.dossier.side or "us",
        channel=move.channel,
        visibility=move.visibility,
        terms=move.terms,
        promise=move.promise,
        cites=value_or_none(move.cites),
        about=move.about,
        asset=value_or_none(move.asset),
        told=say.dossier.private_facts[move.discloses].words[move.truth] if move.discloses and move.truth else None,
        backed=value_or_none(move.backed),
        line=draft.line,
    )
    sealed = [say("sealed: {how}", how=say(TOLD_HOW[move.truth]))] if move.truth else []
    return "\n".join(filter(None, (describe_wording(act, say), *sealed)))


def waiting(view: TeamView, say: Translator, *, detailed: bool = False) -> Iterator[Block]:
    """What waits for our answer, or that nothing does."""
    if not view.requests:
        yield prose(say("Nothing waits for an answer."), "quiet")
    yield from request_blocks(view.requests, view, say, detailed=detailed)


def our_list(view: TeamView, say: Translator, *, detailed: bool = False) -> Iterator[Block]:
    """Our list of this turn, or that it is empty."""
    if not view.drafts:
        yield prose(say("Our list is empty."), "quiet")
    request_heads = {request.number: received(request.act, say) for request in view.requests}
    yield from draft_blocks(view.drafts, say, request_heads, final=view.committed, detailed=detailed)


def while_waiting(view: TeamView, say: Translator) -> Iterator[Block]:
    """A team's own work while it waits for others: what it would ask them, and what it believes of the whole."""
    yield prose(say("Committed. While we wait, for us alone:"), "strong")
    asks = say("What would we ask them, if they had to answer truly? Why has it not been asked?")
    note = say("note it: enter")
    row = Row((Span(asks), Span(note, "strong")), say("{head}: {text}", head=asks, text=note), "note")
    yield Table(COLUMNS, (row,))
    for belief in (forecast for forecast in view.asked_now or view.forecasts if forecast.id == HERE_FOR_MORE):
        chance = belief.before if belief.chance is None else belief.chance
        status = say("not said yet") if chance is None else say("we last said {chance} of 100", chance=chance)
        head = say.forecast(belief.id)
        yield Table(COLUMNS, (Row((Span(head), Span(status, "quiet")), say("{head}: {text}", head=head, text=status)),))
