"""Writing lines and guesses, one small question after the other."""

from __future__ import annotations

from typing import Literal, TypeAlias

from crisis_sim.engine.actions import AdoptLines, ExpectGuess, GuessLine, WriteLine
from crisis_sim.pages.line_choices import expected_of, expecting, left_of
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import GuessView, LineView
from crisis_sim.tui.dialogs import Choose, Option, Write
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.rows import Block, Piece, block, para, row
from crisis_sim.tui.wording import Say
from crisis_sim.wording import _

Kind: TypeAlias = Literal["red", "pink"]
PLUS = row(("+ ", "key"))
"""Stands before what adds something."""


def own_line_blocks(view: TeamPage, width: int, say: Say) -> list[Block]:
    """Our lines, those of the scenario to take or set aside, and those written here."""
    drawn = [block(*para(say("Only we see these. Space takes a line or sets it aside."), width, "dim"))]
    for line in view.lines:
        mark = "[x] " if line.adopted else "[ ] "
        face = row((mark, "key"), _kind(line.kind, say))
        rows = para(line.says, width, "" if line.adopted else "dim", indent=6, first=face)
        told = [line.concern, say("written here") if line.ours else ""]
        if line.leads_to_says:
            told.append(say("leads to: {line}").format(line=line.leads_to_says))
        rows.extend(para(say(", ").join(each for each in told if each), width, "dim", indent=6))
        drawn.append(Block(tuple(rows), f"line:{line.id}"))
    if not view.lines_sealed and view.phase == "briefing":
        drawn.append(Block((row(("+ ", "key"), (say("Write a line of our own (w)"), "strong")),), "write"))
    return drawn


def guess_blocks(view: TeamPage, width: int, say: Say, *, is_open: bool) -> list[Block]:
    """Our guesses of theirs; in the closing also those made before play, until they are made once more."""
    drawn = [block(*para(say("What would they not accept? The debrief lays it beside what they wrote."), width, "dim"))]
    drawn.extend(_guess_block(guess, width, say, "guess") for guess in view.guesses)
    before = left_of(view.guesses_before, view.guesses)
    if before:
        told = say("Before play we guessed; enter keeps one:") if is_open else say("Before play we guessed:")
        drawn.append(block((), *para(told, width, "dim")))
        for guess in before:
            kept = _guess_block(guess, width, say, "before", dim=True)
            drawn.append(kept if is_open else Block(kept.rows))
    if is_open:
        drawn.append(Block((row(("+ ", "key"), (say("Guess a line of theirs (g)"), "strong")),), "guess"))
    return drawn


def expected_blocks(view: TeamPage, width: int, say: Say, *, is_open: bool) -> list[Block]:
    """Our lines, marked where we think that they guess them, and what else we think they guess."""
    asked = say("What do they think our lines are? Space marks one of ours that they will have guessed.")
    drawn = [block(*para(asked, width, "strong")), block(*para(say("Only we see this."), width, "dim"), ())]
    left = list(view.expected)
    for line in view.lines:
        if line.adopted:
            guess = expected_of(line, left)
            if guess is not None:
                left.remove(guess)
            face = row(("[x] " if guess else "[ ] ", "key"), _kind(line.kind, say))
            rows = para(line.says, width, "" if guess else "dim", indent=6, first=face)
            weighed = say("{concern}, weight {weight}", concern=line.concern, weight=guess.weight) if guess else ""
            rows.extend(para(weighed or line.concern, width, "dim", indent=6))
            drawn.append(Block(tuple(rows), f"ours:{line.id}"))
    if left:
        drawn.append(block((), *para(say("We also think that they guess:"), width, "dim")))
        drawn.extend(_guess_block(guess, width, say, "expected") for guess in left)
    if is_open:
        add = para(say("Add a line that they wrongly think we have (e)"), width, "strong", indent=2, first=PLUS)
        drawn.append(Block(tuple(add), "expect"))
    return drawn


def _kind(kind: Kind, say: Say) -> Piece:
    return say(kind) + " ", "bad" if kind == "red" else "head"


def _guess_block(guess: GuessView, width: int, say: Say, about: str, *, dim: bool = False) -> Block:
    """One guess, ours of theirs or theirs of ours as we expect it; `dim` if it does not stand."""
    first = row(("– ", "dim"), (say(guess.kind) + " ", "dim")) if dim else None
    first = first or row((f"{guess.number} ", "key"), _kind(guess.kind, say))
    rows = para(guess.says, width, "dim" if dim else "", indent=6, first=first)
    rows.extend(
        para(say("{concern}, weight {weight}", concern=guess.concern, weight=guess.weight), width, "dim", indent=6)
    )
    return Block(tuple(rows), f"{about}:{guess.number}")


def toggled(lines: tuple[LineView, ...], line_id: str) -> AdoptLines:
    """The scenario's lines that are ours after taking one or setting it aside."""
    kept = [line.id for line in lines if not line.ours and line.adopted != (line.id == line_id)]
    return AdoptLines(lines=tuple(kept))


async def ask_for_line(screen: SeatScreen, view: TeamPage) -> WriteLine | None:
    """A line of our own; None if somebody went back."""
    asked = await _ask(screen, view, "line", screen.say("Write a line of our own"))
    if asked is None:
        return None
    kind, concern, says, weight = asked
    reds = [Option(line.id, line.says) for line in view.lines if line.kind == "red" and line.adopted]
    leads_to = None
    if kind == "pink" and reds:
        leads_to = await screen.app.push_screen_wait(
            Choose(screen.say("Which red line of ours does it lead to?"), reds, screen.say, sentence=says)
        )
    return WriteLine(line=kind, concern=concern, says=says, weight=weight, leads_to=leads_to)


async def ask_for_guess(screen: SeatScreen, view: TeamPage) -> GuessLine | None:
    """A guess of one of theirs; None if somebody went back."""
    asked = await _ask(screen, view, "guess", screen.say("Guess a line of theirs"))
    if asked is None:
        return None
    kind, concern, says, weight = asked
    return GuessLine(line=kind, concern=concern, says=says, weight=weight)


async def ask_for_expected(screen: SeatScreen, view: TeamPage) -> ExpectGuess | None:
    """A line that they think we have; None if somebody went back."""
    say = screen.say
    asked = await _ask(
        screen,
        view,
        "expect",
        say("Add a line that they wrongly think we have"),
        sentence=say("One sentence: what do they think must not happen?"),
        weight=say("How much do they think it matters to us?"),
    )
    if asked is None:
        return None
    kind, concern, says, weight = asked
    return ExpectGuess(line=kind, concern=concern, says=says, weight=weight)


async def ask_for_mark(screen: SeatScreen, line: LineView) -> ExpectGuess | None:
    """That they will have guessed a line of ours, and how much they think it matters; None if somebody went back."""
    say = screen.say
    options = [Option(str(n), f"{n} {word}") for n, word in _weights(say)]
    choose = Choose(say("How much do they think it matters to us?"), options, say, sentence=line.says, by_key=True)
    weight = await screen.app.push_screen_wait(choose)
    if weight is None:
        return None
    return expecting(line, int(weight))


async def _ask(
    screen: SeatScreen, view: TeamPage, about: str, title: str, *, sentence: str = "", weight: str = ""
) -> tuple[Kind, str, str, int] | None:
    say = screen.say
    sentence = sentence or say("One sentence: what must not happen?")
    says = await screen.app.push_screen_wait(
        Write(title, say, screen.papers.written, about, short=True, sentence=sentence)
    )
    if says is None:
        return None
    kinds = (
        Option("red", say("red"), say("Crossing it changes everything at once.")),
        Option("pink", say("pink"), say("Each step is small; together they lead to a red line.")),
    )
    answers = [say("A red or a pink line?"), say("What is it about?"), weight or say("How much does it matter?")]
    weights = [Option(str(n), f"{n} {word}") for n, word in _weights(say)]
    questions = [kinds, [Option(name, words) for name, words in view.concerns], weights]
    given: list[str] = []
    for question, options in zip(answers, questions, strict=True):
        choose = Choose(question, options, say, sentence=says, by_key=options is weights)
        answer = await screen.app.push_screen_wait(choose)
        if answer is None:
            screen.papers.written[about] = says
            return None
        given.append(answer)
    return "red" if given[0] == "red" else "pink", given[1], says, int(given[2])


def _weights(say: Say) -> list[tuple[int, str]]:
    words = {
        10: _("more than anything"),
        8: _("very much"),
        6: _("much"),
        4: _("somewhat"),
        2: _("a little"),
        0: _("not at all"),
    }
    return [(number, say(words.get(number, ""))) for number in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)]
