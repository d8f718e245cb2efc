"""What reached us as blocks: a card with its words and the line that it touches, and how each was taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.pages.blocks import Block, Paragraph, Quote, Row, Span, Table, line
from crisis_sim.pages.desk_blocks import COLUMNS
from crisis_sim.pages.phrases import CONFIDENCE, valued
from crisis_sim.pages.seat_parts import ReadingCard
from crisis_sim.wording import Say


def card_blocks(card: ReadingCard, place: int, of: int, touches: str, say: Say) -> Iterator[Block]:
    """A card: its place, who and over what, the words, and which line of ours we say it touches."""
    yield Paragraph(line(Span(card.head, "strong")), lead=line(Span(say("card {n} of {m}", n=place, m=of), "quiet")))
    if card.text:
        yield Quote(card.text)
    else:
        yield Paragraph(line(Span(say("No words came with it."), "quiet")))
    if touches:
        yield Paragraph(line(Span(say("touches our line: ") + touches, "strong")))


def card_list(cards: Iterable[ReadingCard], say: Say) -> Iterator[Block]:
    """All cards with how they were taken."""
    rows = []
    for place, card in enumerate(cards, 1):
        status = taken(card, say)
        said = say("{head}: {text}", head=f"{place}. {card.head}", text=status.text)
        rows.append(Row((Span(f"{place} {card.head}"), status), said, str(card.number)))
    if rows:
        yield Table(COLUMNS, tuple(rows))


def cards_taken(cards: Iterable[ReadingCard], say: Say) -> Iterator[Block]:
    """All cards with their words and how they were taken."""
    for card in cards:
        yield Paragraph(line(Span(card.head, "strong")))
        if card.text:
            yield Quote(card.text, depth=1)
        yield Paragraph(line(taken(card, say)), depth=1)


def taken(card: ReadingCard, say: Say) -> Span:
    """How a card was taken, and how sure we were."""
    if card.hostility is None:
        return Span(say("not read yet"), "quiet")
    says = valued(card.hostility, say)
    if card.confidence is not None and 0 < card.confidence <= len(CONFIDENCE):
        says = say("{read}, {sure}", read=says, sure=say(CONFIDENCE[card.confidence - 1]))
    return Span(says, "good")
