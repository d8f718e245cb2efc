"""Lines and guesses as blocks: those kept with what presses on them, those to keep, and what each side guesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import GuessFacts, LineFacts
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Choice, Heading, MeterBar, Paragraph, Span, Spans, Tone, line, prose
from crisis_sim.pages.phrases import LINE_WORDS, one_after_another
from crisis_sim.pages.translator import Translator


def left_of(old_guesses: Sequence[GuessFacts], guesses: Iterable[GuessFacts]) -> list[GuessFacts]:
    """The guesses made before play that are not among those made once more."""
    guess_keys = {(guess.kind, guess.concern, guess.says, guess.weight) for guess in guesses}
    return [guess for guess in old_guesses if (guess.kind, guess.concern, guess.says, guess.weight) not in guess_keys]


def guessing(guess: GuessFacts) -> a.GuessLine:
    """The same guess of theirs once more."""
    return a.GuessLine(line=guess.kind, concern=guess.concern, says=guess.says, weight=guess.weight)


def line_blocks(lines: Iterable[LineFacts], say: Translator, *, detailed: bool = False) -> Iterator[Block]:
    """The lines that a team keeps, with pressure in a number and a word; with all that is known of each if asked."""
    adopted_lines = [team_line for team_line in lines if team_line.adopted]
    for team_line in adopted_lines:
        tone: Tone = "bad" if _presses(team_line) else "quiet"
        label = word_of(team_line, say)
        if team_line.kind == "pink":
            label = _pressed(team_line, say)
            if team_line.state == "concluded":
                label = say("{says}; conclusion drawn in turn {turn}", says=label, turn=team_line.concluded)
                if team_line.told:
                    label = say("{says}, they were told in turn {turn}", says=label, turn=team_line.told)
        yield MeterBar(
            say.localize(team_line.says),
            line(Span(label, tone)),
            team_line.pressure,
            team_line.limit if team_line.kind == "pink" else 0,
            note=one_after_another(_list_facts(team_line, say)) if detailed else "",
            key=f"line:{team_line.id}",
            lead=_kind(team_line, say),
        )
    if not adopted_lines:
        yield prose(say("We have no lines of our own yet."), "quiet")


def word_of(team_line: LineFacts, say: Translator) -> str:
    """How it stands with a line, in a word."""
    return say(LINE_WORDS[team_line.state])


def _pressed(team_line: LineFacts, say: Translator) -> str:
    """How far a pink line is full and a word for it: to a team in whole hundredths, to who sees both in points."""
    if say.dossier.side is not None:
        full = max(team_line.pressure * 100 // team_line.limit, min(team_line.pressure, 1))
        return say("{n} % full, {word}", n=full, word=word_of(team_line, say))
    pressed = {"value": points_printed(team_line.pressure), "most": points_printed(team_line.limit)}
    return say("{value} of {most}, {word}", word=word_of(team_line, say), **pressed)


def says_of(entry: LineFacts | GuessFacts, say: Translator) -> str:
    """A line's or a guess's words."""
    return entry.says if isinstance(entry, GuessFacts) else say.localize(entry.says)


def line_named(entry: LineFacts, say: Translator) -> str:
    """A line by kind and words, and how it stands with it."""
    return say("{told} ({change})", told=kind_and_words(entry, say), change=word_of(entry, say))


def _presses(entry: LineFacts) -> bool:
    """It is nearly full, or crossed."""
    return entry.pressure * 4 >= entry.limit * 3 > 0 if entry.kind == "pink" else entry.pressure > 0


def kind_and_words(entry: LineFacts | GuessFacts, say: Translator) -> str:
    """A line or a guess by kind and words."""
    return say("{kind}: {says}", kind=say(entry.kind), says=says_of(entry, say))


def _kind(entry: LineFacts | GuessFacts, say: Translator) -> Spans:
    """Red or pink, and what stands between that and its words."""
    kind = say(entry.kind)
    between = kind_and_words(entry, say)[len(kind) : -len(says_of(entry, say))]
    return line(Span(kind, "bad" if entry.kind == "red" else "strong"), between)


def line_facts(entry: LineFacts, say: Translator) -> list[str]:
    """Everything that is known of a line, in sentences."""
    facts = [say.localize(entry.says)]
    if entry.kind == "pink":
        facts.append(say("Pressure: {says}.", says=_pressed(entry, say)))
    return [*facts, *_list_facts(entry, say)]


def _list_facts(entry: LineFacts, say: Translator) -> Iterator[str]:
    yield say("About: {concern}.", concern=say.concern(entry.concern))
    if entry.leads_to_says is not None:
        yield say("It leads to the red line: {line}", line=say.localize(entry.leads_to_says))
    if entry.state == "concluded":
        yield say("Since turn {turn} we believe that they are coming for that red line.", turn=entry.concluded)
    if entry.ours:
        yield say("We wrote it.")


def lines_to_keep(lines: Iterable[LineFacts], say: Translator) -> Iterator[Block]:
    """Those of the scenario to take or set aside, and those written here."""
    for entry in lines:
        facts = [say.concern(entry.concern), say("written here") if entry.ours else ""]
        told_of = say(", ").join(filter(None, facts))
        if entry.leads_to_says is not None:
            told_of = say("{about}; leads to: {line}", about=told_of, line=say.localize(entry.leads_to_says))
        yield Choice(f"line:{entry.id}", kind_and_words(entry, say), told_of, chosen=entry.adopted)


def guess_blocks(guesses: Sequence[GuessFacts], say: Translator) -> Iterator[Block]:
    """Our guesses of theirs."""
    if not guesses:
        yield prose(say("We have guessed none of theirs."), "quiet")
    for guess in guesses:
        yield _guess(guess, say, "guess")


def guesses_before(view: TeamView, say: Translator, *, is_open: bool) -> Iterator[Block]:
    """What we guessed before play and have not guessed once more; it can be kept while that is open."""
    old_guesses = left_of(view.guesses_before, view.guesses)
    if old_guesses:
        yield Heading(say("Guessed before play, not yet again:"), 3)
    for guess in old_guesses:
        yield _guess(guess, say, "before" if is_open else "")


def _guess(guess: GuessFacts, say: Translator, about: str) -> Block:
    """One guess: its kind and words, then what it is about and how much it matters."""
    about_it = say("{concern}, weight {weight}", concern=say.concern(guess.concern), weight=guess.weight)
    weighed = say("{told} ({change})", told="", change=about_it)
    key = f"{about}:{guess.number}" if about else ""
    words = (*_kind(guess, say), Span(guess.says), Span(weighed, "quiet"))
    return Paragraph(words, key=key, lead=line(Span(str(guess.number), "quiet")))
