"""What reached us as blocks: a card with its words and the line that it touches, and how each was taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.blocks import Block, Paragraph, Row, Span, Table, line, prose
from crisis_sim.pages.desk_blocks import COLUMNS, received, said_blocks
from crisis_sim.pages.phrases import CONFIDENCE, taken_for, valued
from crisis_sim.pages.teller import Teller, spoken


def card_blocks(card: CardFacts, place: int, of: int, touches: str, say: Teller) -> Iterator[Block]:
    """A card: its place, who and over what, the words, and which line of ours we say it touches."""
    lead = line(Span(say("card {n} of {m}", n=place, m=of), "quiet"))
    yield Paragraph(line(Span(received(card.act, say), "strong")), lead=lead)
    if not spoken(card.act, say):
        yield prose(say("No words came with it."), "quiet")
    yield from said_blocks(card.act, say)
    if touches:
        yield prose(say("touches our line: ") + touches, "strong")


def touched(view: TeamView, line: str | None, crosses: bool, say: Teller) -> str:
    """The words of the line that a card touches as we say, and that we hold it crossed; empty without one."""
    says = next((say.of(each.says) for each in view.lines if each.id == line), "")
    return held_crossed(says, say) if says and crosses else says


def held_crossed(says: str, say: Teller) -> str:
    """A line's words, and that we hold it crossed by the act at hand."""
    return say("{says}: held crossed by it", says=says.rstrip(".。"))


def card_list(cards: Iterable[CardFacts], say: Teller) -> Iterator[Block]:
    """All cards with how they were taken."""
    rows = []
    for place, card in enumerate(cards, 1):
        status, head = taken(card, say), received(card.act, say)
        said = say("{head}: {text}", head=f"{place}. {head}", text=status.text)
        rows.append(Row((Span(f"{place} {head}"), status), said, str(card.number)))
    if rows:
        yield Table(COLUMNS, tuple(rows))


def cards_taken(cards: Iterable[CardFacts], say: Teller) -> Iterator[Block]:
    """All cards with their words and how they were taken."""
    for card in cards:
        yield prose(received(card.act, say), "strong")
        yield from said_blocks(card.act, say, 1)
        yield Paragraph(line(taken(card, say)), depth=1)


def taken(card: CardFacts, say: Teller) -> Span:
    """How a card was taken, and how sure we were."""
    if card.hostility is None:
        return Span(say("not read yet"), "quiet")
    says = valued(card.hostility, say)
    if card.confidence is not None and 0 < card.confidence <= len(CONFIDENCE):
        says = say("{read}, {sure}", read=says, sure=say(CONFIDENCE[card.confidence - 1]))
    if card.audience is not None:
        says = say("{read}, {audience}", read=says, audience=taken_for(card.audience, say))
    return Span(says, "good")
