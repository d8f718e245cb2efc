"""Lines beside the guesses of them: first what was guessed, then what there was, joined; and what nobody imagined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.engine.views.hotwash_facts import HotwashFacts, LineComparisonFacts
from crisis_sim.engine.views.shared_facts import GuessFacts, LineFacts
from crisis_sim.pages.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Row,
    Span,
    Spans,
    Table,
    line,
    listed,
    prose,
    words,
)
from crisis_sim.pages.line_blocks import word_of
from crisis_sim.pages.opening import CROSSED_PLACE, ORDER_GUESSES_PLACE, ORDERS_PLACE, Opening, has_guessed_orders
from crisis_sim.pages.order_blocks import guessed_orders_blocks, orders_blocks
from crisis_sim.pages.phrases import end_sentence
from crisis_sim.pages.record_words import describe_conclusion, describe_crossing, describe_line_disclosure
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import other
from crisis_sim.wording import quote_text
from crisis_sim.wording.labels import SEATS, SIDES

NAMELESS = (Column(""), Column("", is_wide=True))
"""Of tables whose rows begin with a kind."""


def line_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """The team at hand, or all of it."""
    for number, comparison in enumerate(view.lines):
        if opening.all_open or opening.place // 2 == number:
            is_open = opening.is_open(2 * number + 1)
            if not is_open or (opening.all_open and _is_guessed(comparison)):
                yield from guessed_blocks(comparison, say)
            if is_open:
                yield from opened_blocks(comparison, say)
    if opening.all_open or opening.place == CROSSED_PLACE:
        yield from _crossed(view, say)
    if opening.all_open or opening.place >= ORDER_GUESSES_PLACE:
        is_told = opening.is_open(ORDERS_PLACE) or not has_guessed_orders(view)
        if not is_told or (opening.all_open and has_guessed_orders(view)):
            yield from guessed_orders_blocks(view, say)
        if is_told:
            yield from orders_blocks(view, say)


def guessed_blocks(comparison: LineComparisonFacts, say: Translator) -> Iterator[Block]:
    """What the other team guessed of a team's lines, before and after play."""
    guesser = other(comparison.side)
    yield Heading(say("{team}: what it guessed of the other's lines", team=say(SEATS[guesser])), tone=guesser)
    if not _is_guessed(comparison):
        yield _quiet(say("Nothing was guessed."))
        return
    yield from _guesses(say("Guessed before play:"), comparison.guesses_before, say) or [
        _quiet(say("Nothing was guessed before play."))
    ]
    yield from _guesses(say("Guessed after play:"), comparison.guesses_after, say) or [
        _quiet(say("Nothing was guessed after play."))
    ]


def _is_guessed(comparison: LineComparisonFacts) -> bool:
    return bool(comparison.guesses_before or comparison.guesses_after)


def _quiet(text: str) -> Paragraph:
    return prose(text, "quiet")


def _guesses(head: str, guesses: Iterable[GuessFacts], say: Translator) -> list[Block]:
    """Guesses under their head; nothing where there are none."""
    rows = tuple(_guess(guess, say) for guess in guesses)
    return [prose(head, "strong"), Table(NAMELESS, rows)] if rows else []


def _guess(guess: GuessFacts, say: Translator) -> Row:
    parts = {"kind": say(guess.kind), "concern": say.concern(guess.concern), "weight": guess.weight, "says": guess.says}
    sentence = say("{kind} ({concern}), weight {weight}: {says}", **parts)
    return Row((_kind(guess.kind, say), Span(guess.says)), sentence)


def _kind(kind: str, say: Translator) -> Span:
    return Span(say(kind), "bad" if kind == "red" else "strong")


def opened_blocks(comparison: LineComparisonFacts, say: Translator) -> Iterator[Block]:
    """A team's lines, each with what it came to and the guess of it; then the guesses of lines that there were not."""
    lines = [entry for entry in comparison.lines if entry.adopted]
    yield Heading(say("{team}: its lines", team=say(SEATS[comparison.side])), tone=comparison.side)
    yield prose(_hits(comparison, len(lines), say), "strong")
    yield Table(NAMELESS, tuple(_line(entry, comparison, say) for entry in lines))
    alone = tuple(_guess(guess, say) for guess in _alone(comparison))
    if alone:
        yield Heading(say("Guessed, and no line of this kind and concern"))
        yield Table(NAMELESS, alone)


def _hits(comparison: LineComparisonFacts, line_count: int, say: Translator) -> str:
    """How many of the lines were guessed, in words."""
    counts = {"guesser": say(SIDES[other(comparison.side)]), "n": len(comparison.matched_before), "m": line_count}
    if not _is_guessed(comparison):
        return say("{guesser} guessed nothing.", guesser=counts["guesser"])
    if not comparison.guesses_after:
        return say("{guesser} guessed {n} of {m}.", **counts)
    hits_after = len(comparison.matched_after)
    return say("{guesser} guessed {n} of {m} before play, {k} of {m} after.", k=hits_after, **counts)


def _line(entry: LineFacts, comparison: LineComparisonFacts, say: Translator) -> Row:
    """One line, what it came to, and the guess of it."""
    notes = tuple(_notes(entry, comparison, say))
    word, text = word_of(entry, say), say.localize(entry.says)
    sentence = say(
        "{kind} ({concern}): {says} It ended {word}.",
        kind=say(entry.kind),
        concern=say.concern(entry.concern),
        says=end_sentence(text, say),
        word=word,
    )
    for note in notes:
        sentence = say("{one} {two}", one=sentence, two=words(note))
    shown = text + say(" ({word})", word=word)
    return Row((_kind(entry.kind, say), Span(shown)), sentence, notes=notes)


def _notes(entry: LineFacts, comparison: LineComparisonFacts, say: Translator) -> Iterator[Spans]:
    """Whether it was guessed."""
    old_match, new_match = dict(comparison.matched_before).get(entry.id), dict(comparison.matched_after).get(entry.id)
    if old_match is None and new_match is None:
        guesser = say(SIDES[other(comparison.side)])
        yield line(Span(say("{guesser} guessed none of this kind and concern.", guesser=guesser), "bad"))
    else:
        when = say("Guessed before and after") if old_match and new_match else ""
        when = when or (say("Guessed before") if old_match else say("Guessed after"))
        guess = _find_text(comparison.guesses_after, new_match) or _find_text(comparison.guesses_before, old_match)
        yield line(Span(say("{head}: {text}", head=when, text=quote_text(guess)), "good"))


def _find_text(guesses: Iterable[GuessFacts], number: int | None) -> str:
    return next((guess.says for guess in guesses if guess.number == number), "")


def _alone(comparison: LineComparisonFacts) -> list[GuessFacts]:
    """Guesses of lines that there were not; one that was made twice stands once."""
    joined_before = {number for _line, number in comparison.matched_before}
    joined_after = {number for _line, number in comparison.matched_after}
    alone = [guess for guess in comparison.guesses_before if guess.number not in joined_before]
    alone += [guess for guess in comparison.guesses_after if guess.number not in joined_after]
    return list({(guess.kind, guess.says): guess for guess in alone}.values())


def _crossed(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """Lines that were crossed, conclusions that were drawn, and lines that came near their limit."""
    yield Heading(say("Crossed"), tone="bad" if view.crossings else "")
    if view.crossings:
        yield listed(describe_crossing(crossing, say) for crossing in view.crossings)
    elif view.claims:
        yield _quiet(say("No red line is on record as crossed."))
    elif view.near_misses or view.conclusions:
        yield _quiet(say("No red line was crossed."))
    else:
        yield _quiet(say("No red line was crossed, and none came near its limit."))
    if view.claims:
        yield Heading(say("Held crossed by their own team"), tone="bad")
        yield listed(describe_crossing(claim, say) for claim in view.claims)
    if view.conclusions:
        yield Heading(say("Conclusions drawn"), tone="bad")
        yield listed(describe_conclusion(conclusion, say) for conclusion in view.conclusions)
    if view.tellings:
        yield Heading(say("Lines told"))
        yield listed(describe_line_disclosure(disclosure, say) for disclosure in view.tellings)
    if view.near_misses:
        yield Heading(say("Near misses"), tone="bad")
        yield listed(describe_crossing(near_miss, say) for near_miss in view.near_misses)
