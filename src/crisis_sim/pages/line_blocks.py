"""Lines and guesses as blocks: those kept with what presses on them, those to keep, and what each side guesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.shared_facts import GuessFacts, LineFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Choice, Heading, MeterBar, Paragraph, Span, Spans, Tone, line, prose
from crisis_sim.pages.phrases import LINE_WORDS, one_after_another
from crisis_sim.pages.teller import Teller


def left_of(before: Sequence[GuessFacts], guesses: Iterable[GuessFacts]) -> list[GuessFacts]:
    """The guesses made before play that are not among those made once more."""
    kept = {(guess.kind, guess.concern, guess.says, guess.weight) for guess in guesses}
    return [guess for guess in before if (guess.kind, guess.concern, guess.says, guess.weight) not in kept]


def guessing(guess: GuessFacts) -> a.GuessLine:
    """The same guess of theirs once more."""
    return a.GuessLine(line=guess.kind, concern=guess.concern, says=guess.says, weight=guess.weight)


def line_blocks(lines: Iterable[LineFacts], say: Teller, *, detailed: bool = False) -> Iterator[Block]:
    """The lines that a team keeps, with pressure in a number and a word; with all that is known of each if asked."""
    kept = [each for each in lines if each.adopted]
    for each in kept:
        tone: Tone = "bad" if _presses(each) else "quiet"
        says = word_of(each, say)
        if each.kind == "pink":
            says = _pressed(each, say)
            if each.state == "concluded":
                says = say("{says}; conclusion drawn in turn {turn}", says=says, turn=each.concluded)
                if each.told:
                    says = say("{says}, they were told in turn {turn}", says=says, turn=each.told)
        yield MeterBar(
            say.of(each.says),
            line(Span(says, tone)),
            each.pressure,
            each.limit if each.kind == "pink" else 0,
            note=one_after_another(_known(each, say)) if detailed else "",
            key=f"line:{each.id}",
            lead=_kind(each, say),
        )
    if not kept:
        yield prose(say("We have no lines of our own yet."), "quiet")


def word_of(each: LineFacts, say: Teller) -> str:
    """How it stands with a line, in a word."""
    return say(LINE_WORDS[each.state])


def _pressed(each: LineFacts, say: Teller) -> str:
    """How far a pink line is full and a word for it: to a team in whole hundredths, to who sees both in points."""
    if say.dossier.side is not None:
        full = max(each.pressure * 100 // each.limit, min(each.pressure, 1))
        return say("{n} % full, {word}", n=full, word=word_of(each, say))
    pressed = {"value": points_printed(each.pressure), "most": points_printed(each.limit)}
    return say("{value} of {most}, {word}", word=word_of(each, say), **pressed)


def says_of(each: LineFacts | GuessFacts, say: Teller) -> str:
    """A line's or a guess's words."""
    return each.says if isinstance(each, GuessFacts) else say.of(each.says)


def line_named(each: LineFacts, say: Teller) -> str:
    """A line by kind and words, and how it stands with it."""
    return say("{told} ({change})", told=kind_and_words(each, say), change=word_of(each, say))


def _presses(each: LineFacts) -> bool:
    """It is nearly full, or crossed."""
    return each.pressure * 4 >= each.limit * 3 > 0 if each.kind == "pink" else each.pressure > 0


def kind_and_words(each: LineFacts | GuessFacts, say: Teller) -> str:
    """A line or a guess by kind and words."""
    return say("{kind}: {says}", kind=say(each.kind), says=says_of(each, say))


def _kind(each: LineFacts | GuessFacts, say: Teller) -> Spans:
    """Red or pink, and what stands between that and its words."""
    kind = say(each.kind)
    between = kind_and_words(each, say)[len(kind) : -len(says_of(each, say))]
    return line(Span(kind, "bad" if each.kind == "red" else "strong"), between)


def line_facts(each: LineFacts, say: Teller) -> list[str]:
    """Everything that is known of a line, in sentences."""
    facts = [say.of(each.says)]
    if each.kind == "pink":
        facts.append(say("Pressure: {says}.", says=_pressed(each, say)))
    return [*facts, *_known(each, say)]


def _known(each: LineFacts, say: Teller) -> Iterator[str]:
    yield say("About: {concern}.", concern=say.concern(each.concern))
    if each.leads_to_says is not None:
        yield say("It leads to the red line: {line}", line=say.of(each.leads_to_says))
    if each.state == "concluded":
        yield say("Since turn {turn} we believe that they are coming for that red line.", turn=each.concluded)
    if each.ours:
        yield say("We wrote it.")


def lines_to_keep(lines: Iterable[LineFacts], say: Teller) -> Iterator[Block]:
    """Those of the scenario to take or set aside, and those written here."""
    for each in lines:
        facts = [say.concern(each.concern), say("written here") if each.ours else ""]
        told_of = say(", ").join(filter(None, facts))
        if each.leads_to_says is not None:
            told_of = say("{about}; leads to: {line}", about=told_of, line=say.of(each.leads_to_says))
        yield Choice(f"line:{each.id}", kind_and_words(each, say), told_of, chosen=each.adopted)


def guess_blocks(guesses: Sequence[GuessFacts], say: Teller) -> Iterator[Block]:
    """Our guesses of theirs."""
    if not guesses:
        yield prose(say("We have guessed none of theirs."), "quiet")
    for guess in guesses:
        yield _guess(guess, say, "guess")


def guesses_before(view: TeamView, say: Teller, *, is_open: bool) -> Iterator[Block]:
    """What we guessed before play and have not guessed once more; it can be kept while that is open."""
    before = left_of(view.guesses_before, view.guesses)
    if before:
        yield Heading(say("Guessed before play, not yet again:"), 3)
    for guess in before:
        yield _guess(guess, say, "before" if is_open else "")


def _guess(guess: GuessFacts, say: Teller, about: str) -> Block:
    """One guess: its kind and words, then what it is about and how much it matters."""
    about_it = say("{concern}, weight {weight}", concern=say.concern(guess.concern), weight=guess.weight)
    weighed = say("{told} ({change})", told="", change=about_it)
    key = f"{about}:{guess.number}" if about else ""
    words = (*_kind(guess, say), Span(guess.says), Span(weighed, "quiet"))
    return Paragraph(words, key=key, lead=line(Span(str(guess.number), "quiet")))
