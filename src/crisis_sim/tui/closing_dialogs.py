"""Once play is over: sentences on principles, one small question after the other."""

from __future__ import annotations

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closing_blocks import (
    own_principles,
    principle_says,
    to_accept,
    to_reword,
)
from crisis_sim.pages.closing_forms import OWN
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.dialogs import Choose, DialogOption
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.line_rows import PLUS
from crisis_sim.tui.pane_rows import PaneBlock, block, para


def closing_rows(view: TeamView, width: int, say: Teller) -> list[PaneBlock]:
    """The sentences before both teams, and the key that puts or accepts one."""
    drawn = laid_out(own_principles(view, say), width)
    if view.phase != "closing" or not drawn:
        return []
    words = say("Put a sentence, accept one, or put other words (p)")
    drawn.append(PaneBlock(tuple(para(words, width, "strong", first=PLUS)), "principles"))
    return [*drawn, block(()), block(*para(say("Our lines"), width, "head"))]


async def say_of_principles(screen: SeatScreen, view: TeamView, number: int = 0) -> bool:
    """Put a sentence, accept one, or put other words for one, picked of one list; false where nothing came of it.

    With a number it is about that sentence.
    """
    say, named = screen.say, [each for each in view.principles if number in (0, each.number)]
    ways = [
        (f"principle:{each.number}", "accept", say("accept: {text}", text=principle_says(each, say)))
        for each in to_accept(named, view.side)
    ]
    if not number:
        put = {principle_says(each, say) for each in view.principles}
        ways.append(("put", OWN, say("put a sentence of our own")))
        given = enumerate(map(say.of, say.dossier.sentences))
        ways += [("put", str(n), says) for n, says in given if says not in put]
    ways += [
        (f"principle:{each.number}", "reword", say("other words for: {text}", text=principle_says(each, say)))
        for each in to_reword(named)
    ]
    options = [DialogOption(str(place), says) for place, (_name, _which, says) in enumerate(ways)]
    picked = options[0].key if len(options) == 1 else None
    if picked is None and options:
        asked = Choose(say("Principles of crisis management"), options, say)
        picked = await screen.app.push_screen_wait(asked)
    if picked is None:
        return False
    name, which, _says = ways[int(picked)]
    return await screen.fill_in(name, {"which": which})
