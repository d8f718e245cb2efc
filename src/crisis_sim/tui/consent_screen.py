"""The card before the first act, over the whole screen: whoever sits there agrees to it, or leaves."""

from __future__ import annotations

from collections.abc import Iterable

from textual import work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import AgreeToCard
from crisis_sim.engine.sight.views import View
from crisis_sim.pages.consent_card import DUTY, TITLE, agree_words, card_blocks
from crisis_sim.tui.block_rows import inert, laid_out
from crisis_sim.tui.frame import DeskChanged, SeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, block, row
from crisis_sim.tui.telling_screen import TellingPane


class ConsentScreen(SeatScreen):
    """What is recorded, who may see it."""

    KEYS = (
        KeyBinding("a", "agree", "agree", "We have read this, and agree"),
        KeyBinding("space,enter", "on", "read on", "What stands below"),
        KeyBinding("l", "go", "leave", "Leave; nothing of ours is kept"),
    )
    TIMED = False
    DEFAULT_CSS = """
    ConsentScreen {
        #consent { height: 1fr; align: center middle; }
        #page { width: 100%; max-width: 84; height: auto; max-height: 100%; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """The card, in the middle."""
        yield Container(TellingPane(id="page"), id="consent")

    def on_mount(self) -> None:
        """Begin at its head."""
        self.pane("page").focus()

    def now(self, view: View) -> str:
        """What people are asked to do with the card."""
        return self.say(DUTY)

    def draw(self, view: View) -> None:
        """The card, and what to press."""
        self.pane("page").show(self._page)

    def _page(self, width: int) -> list[PaneBlock]:
        say = self.say
        head = block(row((say(TITLE), "head")), BLANK)
        press = row(("a  ", "key"), (agree_words(self.seat), "strong"), "   ", ("l  ", "key"), (say("leave"), ""))
        return [head, *inert(laid_out(card_blocks(say), width, air=1)), block(BLANK, press)]

    def action_on(self) -> None:
        """Turn to the next page of the card."""
        self.pane("page").action_page(1)

    @work
    async def action_agree(self) -> None:
        """Agree; the seat's own screen follows."""
        if await self.send(AgreeToCard()):
            self.post_message(DeskChanged())

    async def action_go(self) -> None:
        """Leave, after one question."""
        await self.app.run_action("leave")
