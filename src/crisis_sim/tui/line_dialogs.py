"""Writing lines and guesses, one small question after the other."""

from __future__ import annotations

from typing import Literal, TypeAlias

from crisis_sim.engine.actions import AdoptLines, ExpectGuess, GuessLine, PreAuthorise, WriteLine
from crisis_sim.engine.sight.shared_facts import LineFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.channel_blocks import own_leave
from crisis_sim.pages.line_blocks import expected_blocks, expecting, guess_blocks, guesses_before, lines_to_keep
from crisis_sim.pages.line_forms import weight_options
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.dialogs import Choose, DialogOption, Write
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.pane_rows import PaneBlock, block, para, row
from crisis_sim.wording import _

LineKind: TypeAlias = Literal["red", "pink"]
PLUS = row(("+ ", "key"))
"""Stands before what adds something."""


def own_line_rows(view: TeamView, width: int, say: Teller) -> list[PaneBlock]:
    """Our lines to take or set aside, and the key that writes one; once they are sealed, to look at."""
    is_open = not view.lines_sealed and view.phase == "briefing"
    hint = _("Only we see these. Space takes a line or sets it aside.") if is_open else _("Only we see these.")
    drawn = [block(*para(say(hint), width, "dim")), *laid_out(lines_to_keep(view.lines, say), width)]
    if is_open:
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Write a line of our own (w)"), "strong")),), "write"))
    drawn += laid_out(own_leave(view, say), width)
    drawn += laid_out(own_order(view, say), width)
    if say.dossier.offences and not view.lines_sealed and view.phase == "briefing":
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Order these acts (o)"), "strong")),), "order"))
    return drawn


def guess_rows(view: TeamView, width: int, say: Teller, *, is_open: bool) -> list[PaneBlock]:
    """Our guesses of theirs; in the closing also those made before play, until they are made once more."""
    hint = para(say("What would they not accept? The debrief lays it beside what they wrote."), width, "dim")
    drawn = [block(*hint), *(laid_out(guess_blocks(view.guesses, say), width) if view.guesses else ())]
    before = laid_out(guesses_before(view, say, is_open=is_open), width)
    if before and is_open:
        before.insert(1, block(*para(say("Enter on one guesses it again."), width, "dim")))
    drawn += before
    if not (view.guesses or before or is_open):
        drawn.append(block(*para(say("Nothing of theirs was guessed."), width, "dim")))
    if is_open:
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Guess a line of theirs (g)"), "strong")),), "guess"))
    drawn += laid_out(their_order(view, say), width)
    if say.dossier.offences and (is_open or view.phase == "briefing"):
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Guess their order (o)"), "strong")),), "their-order"))
    return drawn


def expected_rows(view: TeamView, width: int, say: Teller, *, is_open: bool) -> list[PaneBlock]:
    """Our lines, marked where we think that they guess them, and what else we think they guess."""
    marks = _("What do they think our lines are? Space marks one of ours that they will have guessed.")
    asked = say(marks if is_open else _("What do they think our lines are?"))
    drawn = [block(*para(asked, width, "strong")), block(*para(say("Only we see this."), width, "dim"), ())]
    drawn += laid_out(expected_blocks(view, say), width)
    if is_open:
        add = para(say("Add a line that they wrongly think we have (e)"), width, "strong", indent=2, first=PLUS)
        drawn.append(PaneBlock(tuple(add), "expect"))
    return drawn


def toggled(lines: tuple[LineFacts, ...], line_id: str) -> AdoptLines:
    """The scenario's lines that are ours after taking one or setting it aside."""
    kept = [line.id for line in lines if not line.ours and line.adopted != (line.id == line_id)]
    return AdoptLines(lines=tuple(kept))


def with_leave(channels: tuple[str, ...], channel: str) -> PreAuthorise:
    """The channels over which we need no leave after naming one, or taking it off."""
    if channel in channels:
        return PreAuthorise(channels=tuple(each for each in channels if each != channel))
    return PreAuthorise(channels=(*channels, channel))


async def ask_for_line(screen: SeatScreen, view: TeamView) -> WriteLine | None:
    """A line of our own; None if somebody went back."""
    asked = await _ask(screen, view, "line", screen.say("Write a line of our own"))
    if asked is None:
        return None
    kind, concern, says, weight = asked
    reds = [
        DialogOption(line.id, screen.say.of(line.says)) for line in view.lines if line.kind == "red" and line.adopted
    ]
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


async def ask_for_order(screen: SeatScreen, view: TeamView, *, ours: bool) -> tuple[str, ...] | None:
    """The acts of the card by how gravely we take them, or think that they do; None if somebody went back."""
    from crisis_sim.tui.ordering_screen import OrderingScreen

    say, acts = screen.say, tuple(screen.say.dossier.offences)
    if ours:
        title, order = say("What do we take most gravely?"), view.order
        why = say("By this order we feel what they do, and our own lines are pressed. Tension takes no notice of it.")
    else:
        title, order = say("What do they take most gravely?"), view.order_guess or view.order_guess_before
        why = say("Only we see this. The debrief lays it beside their own order.")
    return await screen.app.push_screen_wait(OrderingScreen(title, why, order or acts, say))


async def ask_for_expected(screen: SeatScreen, view: TeamView) -> ExpectGuess | None:
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


async def ask_for_mark(screen: SeatScreen, line: LineFacts) -> ExpectGuess | None:
    """That they will have guessed a line of ours, and how much they think it matters; None if somebody went back."""
    say = screen.say
    options = [DialogOption(each.name, each.label) for each in weight_options(say)]
    choose = Choose(
        say("How much do they think it matters to us?"), options, say, sentence=say.of(line.says), by_key=True
    )
    weight = await screen.app.push_screen_wait(choose)
    if weight is None:
        return None
    return expecting(line, int(weight), say)


async def _ask(
    screen: SeatScreen, view: TeamView, about: str, title: str, *, sentence: str = "", weight: str = ""
) -> tuple[LineKind, str, str, int] | None:
    say = screen.say
    sentence = sentence or say("One sentence: what must not happen?")
    says = await screen.app.push_screen_wait(
        Write(title, say, screen.unsealed.written, about, short=True, sentence=sentence)
    )
    if says is None:
        return None
    kinds = (
        DialogOption("red", say("red"), say("Crossing it changes everything at once.")),
        DialogOption("pink", say("pink"), say("Each step is small; together they lead to a red line.")),
    )
    answers = [say("A red or a pink line?"), say("What is it about?"), weight or say("How much does it matter?")]
    weights = [DialogOption(each.name, each.label) for each in weight_options(say)]
    questions = [kinds, [DialogOption(name, say.concern(name)) for name in say.dossier.concerns], weights]
    given: list[str] = []
    for question, options in zip(answers, questions, strict=True):
        choose = Choose(question, options, say, sentence=says, by_key=options is weights)
        answer = await screen.app.push_screen_wait(choose)
        if answer is None:
            screen.unsealed.written[about] = says
            return None
        given.append(answer)
    return "red" if given[0] == "red" else "pink", given[1], says, int(given[2])
