"""Lines, guesses and orders as rows of a screen, and what a key on one of them asks for."""

from __future__ import annotations

from crisis_sim.engine.actions import AdoptLines
from crisis_sim.engine.sight.shared_facts import LineFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.line_blocks import guess_blocks, guesses_before, lines_to_keep
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import READING, PaneBlock, block, para, row
from crisis_sim.wording import _

PLUS = row(("+ ", "key"))
"""Stands before what adds something."""


def own_line_rows(view: TeamView, width: int, say: Teller) -> list[PaneBlock]:
    """Our lines to take or set aside, and the key that writes one; once they are sealed, to look at."""
    is_open, width = not view.lines_sealed and view.phase == "briefing", min(width, READING)
    hint = _("Only we see these. Space takes a line or sets it aside.") if is_open else _("Only we see these.")
    drawn = [block(*para(say(hint), width, "dim")), *laid_out(lines_to_keep(view.lines, say), width)]
    if is_open:
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Write a line of our own (w)"), "strong")),), "write"))
    drawn += laid_out(own_order(view, say), width)
    if say.dossier.offences and not view.lines_sealed and view.phase == "briefing":
        drawn.append(PaneBlock((row(("+ ", "key"), (say("Order these acts (o)"), "strong")),), "order"))
    return drawn


def guess_rows(view: TeamView, width: int, say: Teller, *, is_open: bool) -> list[PaneBlock]:
    """Our guesses of theirs; in the closing also those made before play, until they are made once more."""
    width = min(width, READING)
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


def toggled(lines: tuple[LineFacts, ...], line_id: str) -> AdoptLines:
    """The scenario's lines that are ours after taking one or setting it aside."""
    kept = [line.id for line in lines if not line.ours and line.adopted != (line.id == line_id)]
    return AdoptLines(lines=tuple(kept))
