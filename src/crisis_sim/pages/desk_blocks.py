"""What lies on a team's desk as blocks: what is asked of it, exchanges to give an account of, its list of this turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.pages.blocks import Block, Column, Paragraph, Quote, Row, Span, Table, Tone, line
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import DraftView, ExchangeView, RequestView
from crisis_sim.wording import Say

COLUMNS = (Column("", is_wide=True), Column(""))
"""What it is, and how far it has come."""


def counted(view: TeamPage) -> int:
    """Moves on the list that count towards a turn's most and least; a holding note is none."""
    return sum(each.draft.how != "holding" for each in view.drafts)


def request_blocks(requests: Iterable[RequestView], hour: int, say: Say, *, detailed: bool = False) -> Iterator[Block]:
    """What was asked of us and waits, with by when; with its words if asked."""
    for request in requests:
        status, tone = request_status(request, hour, say)
        said = say("{head}: {text}", head=request.head, text=status)
        row = Row((Span(request.head), Span(status, tone)), said, f"request:{request.number}")
        yield Table(COLUMNS, (row,))
        if detailed and request.text:
            yield Quote(request.text, depth=1)


def request_status(request: RequestView, hour: int, say: Say) -> tuple[str, Tone]:
    """How far an answer has come, and by when it is due."""
    by = due(request, hour, say)
    if request.drafted:
        return say("answer on our list"), "good"
    if request.held:
        return say("holding note sent, {by}", by=by), "quiet"
    return say("no answer yet, {by}", by=by), "bad"


def due(request: RequestView, hour: int, say: Say) -> str:
    """By when an answer is due, or was: at the game hour `hour` its time may be past, and it can still be given."""
    return say("due T+{hour}" if hour <= request.due_hour else "was due T+{hour}", hour=request.due_hour)


def exchange_blocks(exchanges: Iterable[ExchangeView], say: Say) -> Iterator[Block]:
    """Private exchanges of which we may give an account, or have."""
    for exchange in exchanges:
        if exchange.open or exchange.ours:
            note = Span(exchange.ours or say("no readout yet"), "good" if exchange.ours else "strong")
            head = say("readout: ") + exchange.head
            key = f"exchange:{exchange.number}" if exchange.open else ""
            yield Table(COLUMNS, (Row((Span(head), note), say("{head}: {text}", head=head, text=note.text), key),))


def draft_blocks(
    drafts: Iterable[DraftView], say: Say, *, final: bool = False, detailed: bool = False
) -> Iterator[Block]:
    """This turn's list, with how far each move has come; with every word that goes out if asked."""
    for draft in drafts:
        row = Row(
            (Span(f"{draft.number} {draft.head}"), Span(say("final") if final else say("sealed"), "good")),
            f"{draft.number}. {draft.head}",
            "" if final else f"draft:{draft.number}",
        )
        yield Table(COLUMNS, (row,))
        if detailed and draft.draft.text:
            yield Quote(draft.draft.text, depth=1)


def waiting(view: TeamPage, say: Say, *, detailed: bool = False) -> Iterator[Block]:
    """What waits for our answer, or that nothing does."""
    if not view.requests:
        yield Paragraph(line(Span(say("Nothing waits for an answer."), "quiet")))
    yield from request_blocks(view.requests, view.hour, say, detailed=detailed)


def our_list(view: TeamPage, say: Say, *, detailed: bool = False) -> Iterator[Block]:
    """Our list of this turn, or that it is empty."""
    if not view.drafts:
        yield Paragraph(line(Span(say("Our list is empty."), "quiet")))
    yield from draft_blocks(view.drafts, say, final=view.committed, detailed=detailed)
