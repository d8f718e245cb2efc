"""The telling: what has happened, over the whole screen, one thing at a time; it ends with what is left and asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.telling import TellingPage, telling_due, telling_now, telling_pages
from crisis_sim.tui.block_rows import inert, laid_out
from crisis_sim.tui.frame import DeskChanged, TeamSeatScreen
from crisis_sim.tui.key_bindings import FACTS, KeyBinding
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.pane import Pane


class TellingScreen(TeamSeatScreen):
    """One thing at a time."""

    KEYS = (
        KeyBinding("space,enter,right", "on", "go on", "The next thing, and after the last our table"),
        KeyBinding("left,backspace", "before", "back", "The thing before"),
        KeyBinding("escape", "leave", "to the table", "Leave the rest; it stays in the list of what happened"),
        KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
        FACTS,
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
    )
    TIMED = False
    DEFAULT_CSS = """
    TellingScreen {
        #telling { height: 1fr; align: center middle; }
        #page { width: 100%; max-width: 84; height: auto; max-height: 100%; }
    }
    """

    def __init__(self, seat: Reader, unsealed: UnsealedWork, *, again: bool = False) -> None:
        """With `again` it was asked for, and closes where it was opened."""
        super().__init__(seat, unsealed)
        self._again = again
        self._place = 0
        self._pages: tuple[TellingPage, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The page, in the middle."""
        yield Container(Pane(id="page"), id="telling")

    def on_mount(self) -> None:
        """Begin with the first thing."""
        self.pane("page").focus()

    def now(self, view: View) -> str:
        """How far it is told."""
        return telling_now(view, self._place, len(self._pages), self.say)

    def draw(self, view: View) -> None:
        """The thing at hand, of what is to be told."""
        self._pages = telling_pages(cast(TeamView, view), self.say)
        self._open(min(self._place, len(self._pages) - 1))

    def _open(self, place: int) -> None:
        self._place = place
        self.pane("page").show(lambda width: inert(laid_out(self._pages[place], width, air=1)))

    def _turn(self, way: int) -> None:
        self._open(self._place + way)
        self.pane("page").scroll_home(animate=False)
        self.redraw_frame()

    def action_on(self) -> None:
        """What stands below, the next thing, or the end."""
        pane = self.pane("page")
        if pane.scroll_y < pane.max_scroll_y:
            pane.action_page(1)
        elif self._place + 1 < len(self._pages):
            self._turn(1)
        else:
            self.action_leave()

    def action_before(self) -> None:
        """The thing before."""
        if self._place:
            self._turn(-1)

    def action_leave(self) -> None:
        """Close, and go on to the screen of the turn."""
        if self._again:
            self.dismiss(None)
            return
        self.unsealed.told = telling_due(self.look)
        self.post_message(DeskChanged())
