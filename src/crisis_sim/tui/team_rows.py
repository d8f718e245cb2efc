"""This turn's list on a team's screen: what lies on the desk, the move that is half written, and the next to make."""

from __future__ import annotations

from crisis_sim.engine.actions import own_moves
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block, Paragraph, prose
from crisis_sim.pages.closer_words import closer_blocks
from crisis_sim.pages.decision_blocks import decision_blocks
from crisis_sim.pages.desk_blocks import draft_blocks, exchange_blocks, request_blocks, while_waiting
from crisis_sim.pages.disclosure_words import facts_recalled
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import PaneBlock, block, row, spread
from crisis_sim.tui.unsealed import Composing
from crisis_sim.wording import quote_text


def todo_rows(
    view: TeamView, composing: Composing | None, width: int, say: Teller, *, has_room: bool = False
) -> list[PaneBlock]:
    """What is asked of us, our moves, and the next thing to do; where there is room, what we alone know beneath."""
    drawn = _list_rows(view, composing, width, say)
    if not has_room or view.phase != "moves":
        return drawn
    empty = _quiet(say("What we seal stands here. Once committed it goes out, and they read it."))
    is_empty = not (view.drafts or composing or view.committed)
    beneath = [*([empty] if is_empty else []), *facts_recalled(view.private_facts, say)]
    return [*drawn, *([block(())] if beneath else []), *laid_out(beneath, width)]


def _list_rows(view: TeamView, composing: Composing | None, width: int, say: Teller) -> list[PaneBlock]:
    page: list[Block] = [
        *closer_blocks(view, say),
        *decision_blocks(view.decisions, say),
        *request_blocks(view.requests, view, say),
        *exchange_blocks(view.exchanges, say),
    ]
    if view.committed and view.phase in ("readings", "forecasts"):
        return laid_out([*while_waiting(view, say), *page], width)
    if view.phase != "moves":
        return laid_out(page or [_quiet(say("Nothing to do here until the next moves."))], width)
    if view.committed:  # what can still be done stands first
        return laid_out([*while_waiting(view, say), *page, *draft_blocks(view.drafts, say, final=True)], width)
    page += draft_blocks(view.drafts, say)
    drawn = laid_out(page, width)
    if composing is not None:
        drawn.append(_composing_row(view, composing, width, say))
        return drawn
    own, most = own_moves(each.draft for each in view.drafts), say.dossier.moves_most
    limit = say("{n} of {most} of our own; answers come on top", n=own, most=most)
    if own >= most:
        return [*drawn, *laid_out([_quiet(limit)], width)]
    new = say("New move") + "  "
    return [*drawn, PaneBlock((row(("+ ", "key"), (new, "strong"), (limit, "dim")),), key="new")]


def _quiet(sentence: str) -> Paragraph:
    return prose(sentence, "quiet")


def _composing_row(view: TeamView, composing: Composing, width: int, say: Teller) -> PaneBlock:
    label = say.move(composing.move) if composing.move else say("no move chosen yet")
    text = " " + quote_text(composing.text) if composing.text else ""
    left = row(("✎ ", "key"), label, (text, "dim"))
    return PaneBlock((spread(left, row((say("half written: enter"), "head")), width),), key="go-on")
