"""Once play is over: how much of it our side did, and sentences on principles, one small question after the other."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.engine.actions import AcceptPrinciple, ClaimShare, PutPrinciple
from crisis_sim.engine.sight.shared_facts import PrincipleFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closing_blocks import (
    WHAT_IS_ASKED,
    own_closing,
    share_typed,
    to_accept,
    to_reword,
)
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Side
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.dialogs import Choose, DialogOption, Write
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.line_dialogs import PLUS
from crisis_sim.tui.pane_rows import PaneBlock, block, para

NEW = "new"


def closing_rows(view: TeamView, width: int, say: Teller, *, is_open: bool) -> list[PaneBlock]:
    """What our side has said at the end, and the keys that say it."""
    drawn = laid_out(own_closing(view, say), width)
    if view.phase != "closing" or not drawn:
        return []
    if say.dossier.asks_share and is_open:
        drawn.append(PaneBlock(tuple(para(say("Say how much our side did (c)"), width, "strong", first=PLUS)), "share"))
    if say.dossier.asks_principles:
        words = say("Put a sentence, accept one, or put other words (p)")
        drawn.append(PaneBlock(tuple(para(words, width, "strong", first=PLUS)), "principles"))
    return [*drawn, block(()), block(*para(say("Our lines"), width, "head"))]


async def ask_for_share(screen: SeatScreen) -> ClaimShare | None:
    """How much of it our side did; None if somebody went back."""
    say, kept = screen.say, screen.unsealed.written
    typed = await screen.app.push_screen_wait(
        Write(say("Who did how much?"), say, kept, "share", short=True, sentence=say(WHAT_IS_ASKED))
    )
    return None if typed is None else ClaimShare(share=share_typed(typed))


async def ask_for_principle(
    screen: SeatScreen, principles: Sequence[PrincipleFacts], side: Side, number: int = 0
) -> PutPrinciple | AcceptPrinciple | None:
    """A sentence to put, one to accept, or other words for one; None if somebody went back.

    With a number it is about that sentence.
    """
    say = screen.say
    options = [
        DialogOption(f"accept:{each.number}", say("accept: {text}", text=each.says))
        for each in to_accept(principles, side)
        if number in (0, each.number)
    ]
    if not number:
        options.append(DialogOption(NEW, say("put a sentence of our own")))
        put = {each.says for each in principles}
        given = enumerate(map(say.of, say.dossier.sentences))
        options += [DialogOption(f"given:{n}", says) for n, says in given if says not in put]
    options += [
        DialogOption(f"reword:{each.number}", say("other words for: {text}", text=each.says))
        for each in to_reword(principles)
        if number in (0, each.number)
    ]
    if not options:
        return None
    chosen = options[0].key if len(options) == 1 else None
    if chosen is None:
        chosen = await screen.app.push_screen_wait(Choose(say("Principles of crisis management"), options, say))
    kind, _, which = (chosen or "").partition(":")
    match kind:
        case "accept":
            return AcceptPrinciple(number=int(which))
        case "given":
            return PutPrinciple(says=say.of(say.dossier.sentences[int(which)]))
        case "reword" | "new":
            of = next((each for each in principles if str(each.number) == which), None)
            return await _worded(screen, of)
        case _:
            return None


async def _worded(screen: SeatScreen, of: PrincipleFacts | None) -> PutPrinciple | None:
    """A sentence in our words, new or in the place of one."""
    say, kept = screen.say, screen.unsealed.written
    about = "principle" if of is None else f"principle/{of.number}/{of.says}"
    if of is not None:
        kept.setdefault(about, of.says)
    asked = say("One sentence that both sides could keep to in the next crisis.")
    says = await screen.app.push_screen_wait(
        Write(say("Principles of crisis management"), say, kept, about, short=True, sentence=asked)
    )
    return None if says is None else PutPrinciple(says=says, number=None if of is None else of.number)
