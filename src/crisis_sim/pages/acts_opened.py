"""Acts as the hotwash opens them: what was said, then what was meant, then how it was taken, and how far apart."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.numbers import shown
from crisis_sim.pages.blocks import Block, Column, Heading, Items, Mark, Paragraph, Quote, Row, Scale, Span, Table, line
from crisis_sim.pages.hotwash_page import HotwashPage, MeaningPair, Quoted
from crisis_sim.pages.opening import MEANT, TAKEN, Opening
from crisis_sim.pages.phrases import confidence, signed, valued
from crisis_sim.rules.names import Language, other
from crisis_sim.wording import Say, _, speaker
from crisis_sim.wording.names import SEATS, SIDES

FAR = 2
"""Steps between meant and taken from which a gap stands out."""


def cover_blocks(view: HotwashPage, language: Language) -> Iterator[Block]:
    """Before the first act: what will be opened, and three rules for the talk."""
    say = speaker(language)
    meant = say("What each meant, and what the other took it to mean; the largest gap first")
    yield Paragraph(line(Span(meant, "strong")))
    acts = say(
        "{n} act was sealed, with what it was meant as and, if it was read, with how it was taken.",
        plural="{n} acts were sealed, each with what it was meant as, and most with how it was taken.",
        n=len(view.pairs),
    )
    yield Paragraph(line(acts))
    rules = (
        say("Ask what made a reading reasonable, not whose fault it was."),
        say("Stay with acts that are on the record."),
        say("Let both readings stand. The point is the distance."),
    )
    yield Items(tuple(map(line, rules)), numbered=True)
    yield Paragraph(line(say("One word from each first: how did it feel from where you sat?")))


def act_blocks(pair: MeaningPair, number: int, of: int, far: int, language: Language) -> Iterator[Block]:
    """One act of so many, as far as it is open."""
    say = speaker(language)
    counted = say("Act {n} of {m}, turn {turn}: {team}", n=number, m=of, turn=pair.turn, team=say(SEATS[pair.side]))
    yield Heading(counted, tone=pair.side)
    yield from _quoted(pair.said or Quoted(head=pair.head, text=pair.text))
    yield _scale(pair, far, language)
    if far >= TAKEN:
        yield from _came_to(pair, say)


def _quoted(quote: Quoted) -> Iterator[Block]:
    """Who and over what, then the words, and beneath what is not in anybody's words."""
    yield Paragraph(line(quote.head), depth=1)
    if quote.text:
        yield Quote(quote.text, 1)
    if quote.more:
        yield Paragraph(line(Span(quote.more, "quiet")), depth=1)


def _scale(pair: MeaningPair, far: int, language: Language) -> Scale:
    """Meant and taken on the same scale, as far as they are open."""
    say, hearer = speaker(language), other(pair.side)
    sealed = line(Span(say("sealed"), "quiet"))
    meant = Mark(say("{team} meant it as", team=say(SIDES[pair.side])), sealed, None, pair.side)
    took = Mark(say("{team} took it as", team=say(SIDES[hearer])), sealed, None, hearer)
    if far >= MEANT:
        meant = meant._replace(says=line(Span(valued(pair.intent, say), "strong")), value=pair.intent)
    if far >= TAKEN:
        name = took.name if pair.reading is not None else say(SIDES[hearer])
        took = Mark(name, line(Span(_reading(pair, language), "strong")), pair.reading, hearer)
    return Scale((meant, took), -3, 3, (say("friendly"), say("hostile")))


def _reading(pair: MeaningPair, language: Language) -> str:
    """How an act was taken, and how sure; an act that nobody had is no fault of its reader."""
    say = speaker(language)
    if pair.reading is None:
        return say("It was not read.") if pair.arrived else say("It did not arrive.")
    told = valued(pair.reading, say)
    return say("{word}, {sure}", word=told, sure=confidence(language, pair.confidence)) if pair.confidence else told


def distance(gap: int | None, say: Say) -> str:
    """The gap in words."""
    if gap is None:
        return say("It was not read.")
    if gap == 0:
        return say("Taken as it was meant.")
    return say(
        "One step more hostile than meant." if gap > 0 else "One step friendlier than meant.",
        plural="{n} steps more hostile than meant." if gap > 0 else "{n} steps friendlier than meant.",
        n=abs(gap),
    )


def _came_to(pair: MeaningPair, say: Say) -> Iterator[Block]:
    """The distance, how the act came to the other side, and what that side made of it."""
    hearer, tone = say(SIDES[other(pair.side)]), other(pair.side)
    if pair.gap is not None:
        yield Paragraph(line(Span(distance(pair.gap, say), "bad" if abs(pair.gap) >= FAR else "strong")))
    if pair.fared:
        yield Heading(say("On its way"))
        yield Paragraph(line(pair.fared), depth=1)
    if pair.seen is not None:
        yield Heading(say("{team} saw only", team=hearer), tone=tone)
        yield from _quoted(pair.seen)
    if pair.touched:
        yield Heading(say("{team} felt its line touched", team=hearer), tone=tone)
        yield Paragraph(line(pair.touched), depth=1)
    if pair.replies:
        yield Heading(say("What followed"))
        for reply in pair.replies:
            yield from _quoted(reply)


# all acts


def acts_blocks(view: HotwashPage, opening: Opening, language: Language) -> Iterator[Block]:
    """Every act in a row, the largest gap first, as far as each is open; the means once all of it is."""
    say = speaker(language)
    far = [opening.how_far(pair) for pair in view.pairs]
    if all(each == TAKEN for each in far):
        yield from mean_blocks(view, say)
    else:
        text = say("{n} of {m} acts are open.", n=far.count(TAKEN), m=len(far))
        yield Paragraph(line(Span(text, "quiet")))
    columns = (
        Column(say("turn"), is_number=True),
        Column(say("act"), is_wide=True),
        Column(say("meant"), is_number=True),
        Column(say("read", "a reading"), is_number=True),
        Column(say("gap"), is_number=True),
    )
    rows = (
        _row(pair, open_to == TAKEN, f"pair:{number}")
        for number, (pair, open_to) in enumerate(zip(view.pairs, far, strict=True))
    )
    yield Table(columns, tuple(rows))


def _row(pair: MeaningPair, is_open: bool, key: str) -> Row:
    """One act: `?` is sealed, `·` has no reading."""
    if is_open:
        meant, read, gap = signed(pair.intent), _signed(pair.reading), _signed(pair.gap)
    else:
        meant = read = gap = "?"
    far = is_open and pair.gap is not None and abs(pair.gap) >= FAR
    numbers = (Span(meant), Span(read), Span(gap, "bad" if far else ""))
    return Row((Span(str(pair.turn), pair.side), Span(pair.head), *numbers), key=key)


def _signed(number: int | None) -> str:
    return "·" if number is None else signed(number)


def mean_blocks(view: HotwashPage, say: Say) -> Iterator[Block]:
    """How each side was taken on average, and the turns in which neither saw it."""
    means = (("us", view.mean_gap_us), ("china", view.mean_gap_china))
    told = [_mean(say(SIDES[side]), gap, say) for side, gap in means if gap is not None]
    if told:
        yield Items(tuple(map(line, told)))
    if view.blind_turns:
        turns = say(", ").join(map(str, view.blind_turns))
        blind = say("Turns in which both meant well and took the other as hostile: {turns}.", turns=turns)
        yield Paragraph(line(Span(blind, "bad")))


def _mean(side: str, gap: int, say: Say) -> str:
    if not gap:
        return say("{side} acts were taken, on average, as they were meant.", side=side)
    if gap > 0:
        told = _("{side} acts were taken, on average, {gap} more hostile than they were meant.")
    else:
        told = _("{side} acts were taken, on average, {gap} friendlier than they were meant.")
    return say(told, side=side, gap=shown(abs(gap)))
