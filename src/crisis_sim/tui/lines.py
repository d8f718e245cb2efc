"""Writing lines and guesses, one small question after the other."""

from __future__ import annotations

from typing import Literal, TypeAlias

from crisis_sim.engine.actions import AdoptLines, GuessLine, WriteLine
from crisis_sim.engine.views import GuessView, LineView, TeamView
from crisis_sim.tui.dialogs import Choose, Option, Write
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.rows import Block, block, para, row
from crisis_sim.tui.wording import Say

Kind: TypeAlias = Literal["red", "pink"]


def own_line_blocks(view: TeamView, width: int, say: Say) -> list[Block]:
    """Our lines, those of the scenario to take or set aside, and those written here."""
    drawn = [block(*para(say("Only we see these. Space takes a line or sets it aside."), width, "dim"))]
    for line in view.lines:
        mark = "[x] " if line.adopted else "[ ] "
        face = row((mark, "key"), (say(line.kind) + " ", "bad" if line.kind == "red" else "head"))
        rows = para(line.says, width, "" if line.adopted else "dim", indent=6, first=face)
        told = [line.concern, say("written here") if line.ours else ""]
        if line.leads_to_says:
            told.append(say("leads to: {line}").format(line=line.leads_to_says))
        rows.extend(para(", ".join(each for each in told if each), width, "dim", indent=6))
        drawn.append(Block(tuple(rows), f"line:{line.id}"))
    if not view.lines_sealed and view.phase == "briefing":
        drawn.append(Block((row(("+ ", "key"), (say("Write a line of our own (w)"), "strong")),), "write"))
    return drawn


def guess_blocks(guesses: tuple[GuessView, ...], width: int, say: Say, *, is_open: bool) -> list[Block]:
    """Our guesses of theirs."""
    drawn = [block(*para(say("What would they not accept? The debrief lays it beside what they wrote."), width, "dim"))]
    for guess in guesses:
        face = row((f"{guess.number} ", "key"), (say(guess.kind) + " ", "bad" if guess.kind == "red" else "head"))
        rows = para(guess.says, width, indent=6, first=face)
        rows.extend(para(f"{guess.concern}, {say('weight')} {guess.weight}", width, "dim", indent=6))
        drawn.append(Block(tuple(rows), f"guess:{guess.number}"))
    if is_open:
        drawn.append(Block((row(("+ ", "key"), (say("Guess a line of theirs (g)"), "strong")),), "guess"))
    return drawn


def toggled(lines: tuple[LineView, ...], line_id: str) -> AdoptLines:
    """The scenario's lines that are ours after taking one or setting it aside."""
    kept = [line.id for line in lines if not line.ours and line.adopted != (line.id == line_id)]
    return AdoptLines(lines=tuple(kept))


async def ask_for_line(screen: SeatScreen, view: TeamView) -> WriteLine | None:
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


async def ask_for_guess(screen: SeatScreen, view: TeamView) -> GuessLine | None:
    """A guess of one of theirs; None if somebody went back."""
    asked = await _ask(screen, view, "guess", screen.say("Guess a line of theirs"))
    if asked is None:
        return None
    kind, concern, says, weight = asked
    return GuessLine(line=kind, concern=concern, says=says, weight=weight)


async def _ask(screen: SeatScreen, view: TeamView, about: str, title: str) -> tuple[Kind, str, str, int] | None:
    say = screen.say
    says = await screen.app.push_screen_wait(
        Write(title, say, screen.papers.written, about, short=True, sentence=say("One sentence: what must not happen?"))
    )
    if says is None:
        return None
    kinds = (
        Option("red", say("red"), say("Crossing it changes everything at once.")),
        Option("pink", say("pink"), say("Each step is small; together they lead to a red line.")),
    )
    answers = [say("A red or a pink line?"), say("What is it about?"), say("How much does it matter?")]
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
    words = {10: "more than anything", 8: "very much", 6: "much", 4: "somewhat", 2: "a little", 0: "not at all"}
    return [(number, say(words.get(number, ""))) for number in (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)]
