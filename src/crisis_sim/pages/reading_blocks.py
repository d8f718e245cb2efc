"""What reached us as blocks: a card with its words and the line that it touches, and how each was taken.

How single persons of a team take it is told here too: who has said so in play, and what they said in the hotwash.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.feed_items import ActItem, OwnActItem
from crisis_sim.engine.views.hotwash_facts import HotwashFacts, PairFacts
from crisis_sim.engine.views.seat_views import CardFacts, TeamView
from crisis_sim.pages.blocks import Block, Heading, Items, Paragraph, Quote, Row, Span, Spans, Table, line, prose
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.opening import name_of
from crisis_sim.pages.pending_blocks import COLUMNS, readout_blocks, received
from crisis_sim.pages.phrases import CONFIDENCE, format_hostility, taken_for
from crisis_sim.pages.translator import Translator, act_text, head_for, translated
from crisis_sim.rules.names import other
from crisis_sim.session.places import Occupant
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

RECENT: Final = 3
"""Acts of both sides that are told again beside a card."""


def card_blocks(card: CardFacts, touches: str, view: TeamView, say: Translator, lead: Spans = ()) -> Iterator[Block]:
    """A card: who and over what, what it answers, the words, what of ours it cites, which line we say it touches."""
    yield Paragraph(line(Span(received(card.act, say), "strong")), lead=lead)
    if card.answers is not None:
        request_head = head_for(card.answers, card.answers.side, say)
        words = act_text(card.answers, say)
        template = _("It answers what we asked: {head}: “{words}”") if words else _("It answers what we asked: {head}")
        yield prose(say(template, head=request_head, words=words), "quiet")
    blocks = tuple(readout_blocks(card.act, say))
    if not blocks:
        yield prose(say("No words came with it."), "quiet")
    yield from blocks
    if (
        ours := next(
            (
                citation.turn
                for citation in view.citations
                if (citation.side, citation.id) == (view.side, card.act.cites)
            ),
            0,
        )
    ) > 0:
        yield prose(say("We cited it ourselves, in turn {turn}, and are bound by it.", turn=ours), "strong")
    if touches:
        yield prose(say("touches our line: ") + touches, "strong")


def before_blocks(view: TeamView, say: Translator) -> Iterator[Block]:
    """The last acts of both sides before this turn, in the closing all, oldest first, with how theirs were taken."""
    acts = [item for item in by_hour(view.feed) if isinstance(item, OwnActItem | ActItem)]
    past = acts if view.phase == "closing" else [item for item in acts if item.turn < view.turn][-RECENT:]
    for item in past:
        ours = isinstance(item, OwnActItem)
        head = head_for(item.act, view.side, say)
        head = say("{side}: {text}", side=say("we"), text=head) if ours else head
        yield Paragraph(line(Span(head, view.side if ours else "strong")), lead=line(Span(f"T+{item.hour}", "quiet")))
        if words := act_text(item.act, say):
            yield Quote(words, depth=1)
        if translation := translated(item.act.translation, say):
            yield prose(translation, depth=1)
        if isinstance(item, ActItem) and item.hostility is not None:
            yield prose(say("read as {meant}", meant=format_hostility(item.hostility, say)), "quiet", depth=1)
    if not past:
        yield prose(say("Nothing has passed between us before."), "quiet")


def touched_line_text(view: TeamView, line: str | None, crosses: bool, say: Translator) -> str:
    """The words of the line that a card touches as we say, and that we hold it crossed; empty without one."""
    text = next((say.localize(entry.says) for entry in view.lines if entry.id == line), "")
    return crossed_line_text(text, say) if text and crosses else text


def crossed_line_text(text: str, say: Translator) -> str:
    """A line's words, and that we hold it crossed by the act at hand."""
    return say("{says}: held crossed by it", says=text)


def card_list(cards: Iterable[CardFacts], say: Translator) -> Iterator[Block]:
    """All cards with how they were taken."""
    rows = []
    for place, card in enumerate(cards, 1):
        status, head = reading_span(card, say), received(card.act, say)
        text = say("{head}: {text}", head=f"{place}. {head}", text=status.text)
        rows.append(Row((Span(f"{place} {head}"), status), text, str(card.number)))
    if rows:
        yield Table(COLUMNS, tuple(rows))


def cards_taken(cards: Iterable[CardFacts], say: Translator) -> Iterator[Block]:
    """All cards with their words and how they were taken."""
    for card in cards:
        yield prose(received(card.act, say), "strong")
        yield from readout_blocks(card.act, say, 1)
        yield Paragraph(line(reading_span(card, say)), depth=1)


def reading_span(card: CardFacts, say: Translator) -> Span:
    """How a card was taken, and how sure we were."""
    if card.hostility is None:
        return Span(say("not read yet"), "quiet")
    text = format_hostility(card.hostility, say)
    if card.confidence is not None and 0 < card.confidence <= len(CONFIDENCE):
        text = say("{read}, {sure}", read=text, sure=say(CONFIDENCE[card.confidence - 1]))
    if card.audience is not None:
        text = say("{read}, {audience}", read=text, audience=taken_for(card.audience, say))
    return Span(text, "good")


FEW: Final = 2
"""Persons of a team from which one is asked what each takes it for alone."""
ALONE: Final = _(
    "Before you talk, each alone: {key}, then 1 (friendly) to 7 (hostile). It stays sealed until the hotwash."
)


def labels_present(people: Iterable[Occupant], seat: SeatName) -> tuple[str, ...]:
    """Who of a team is there to be asked."""
    return tuple(occupant.label for occupant in people if occupant.seat == seat and occupant.presence == "here")


def describe_pressure(card: CardFacts, here: Collection[str], you: str, say: Translator) -> str:
    """How many of a team have said alone how they take a card, and whether whoever reads this has; empty for none.

    Of those who are there: nobody waits for somebody who has not come, nor for who has left without a word.
    """
    total = len({*here, *card.pressed})
    if total < FEW or card.hostility is not None:
        return ""
    text = say(
        "{n} of {of} has said alone how it takes this",
        plural="{n} of {of} have said alone how they take this",
        n=len(card.pressed),
        of=total,
    )
    yours = _("{told}, you among them.") if you in card.pressed else _("{told}; you have not.")
    return say(yours, told=text)


def alone_blocks(card: CardFacts, say: Translator) -> Iterator[Block]:
    """Who of a team has said alone how they take a card, where nobody knows how many they are or who reads this."""
    if card.pressed and card.hostility is None:
        names = say(", ").join(card.pressed)
        one, several = _("Alone, {who} has said how to take this."), _("Alone, {who} have said how to take this.")
        sentence = say(one if len(card.pressed) == 1 else several, who=names)
        yield prose(sentence, "quiet")


def spread_blocks(view: HotwashFacts, pair: PairFacts, say: Translator) -> Iterator[Block]:
    """What the persons who read an act had said alone, the friendliest first, and how far apart they were."""
    spread = next((entry for entry in view.spreads if entry.act == name_of(pair)), None)
    if spread is None:
        return
    reader = other(pair.side)
    yield Heading(say("{team}, each alone before the team sealed it", team=say(SIDES[reader])), tone=reader)
    lines = []
    for hostility, label in spread.said:
        reading = format_hostility(hostility, say)
        lines.append(line(say("{who}: {taken}", who=label, taken=reading) if label else reading))
    yield Items(tuple(lines), depth=1)
    apart = spread.said[-1][0] - spread.said[0][0]
    if len(spread.said) > 1 and apart:
        yield prose(say("One step apart.", plural="{n} steps apart.", n=apart), "strong", depth=1)
    elif len(spread.said) > 1:
        yield prose(say("All the same."), depth=1)
