"""Pages to read: the guide and the briefs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.sight.views import View
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.reader import Reader
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.foot import tab_row
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.prose_rows import prose_blocks
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import plain


class ReaderScreen(SeatScreen):
    """One page at a time."""

    KEYS = (
        KeyBinding("escape", "back", "back", "Back to where we were"),
        KeyBinding("tab,right", "turn(1)", "next page", "The next page"),
        KeyBinding("shift+tab,left", "turn(-1)", "page before", "The page before"),
        *(KeyBinding(str(n), f"open({n})", f"page {n}", f"Open page {n}", foot=False) for n in range(1, 7)),
    )
    DEFAULT_CSS = (
        "ReaderScreen { #page { height: 1fr; max-width: 84; } #pages { height: 1fr; align-horizontal: center; } }"
    )

    def __init__(
        self, seat: Reader, unsealed: UnsealedWork, pages: Sequence[tuple[str, str | Sequence[Block]]]
    ) -> None:
        """Titles, with texts or blocks."""
        super().__init__(seat, unsealed)
        self._pages = pages
        self._place = 0

    def body(self) -> Iterable[Widget]:
        """Names of the pages, and the open one."""
        yield FixedRows(id="names")
        yield Container(Pane(id="page"), id="pages")

    def on_mount(self) -> None:
        """Open the first."""
        names = [name for name, _ in self._pages]
        self.query_one("#names", FixedRows).show(lambda width: [tab_row(names, self._place, width, plain)])
        self.pane("page").focus()

    def now(self, view: View) -> str:
        """What to do now: read, or go back."""
        return self.say("Reading; esc goes back.")

    def draw(self, view: View) -> None:
        """The open page."""
        title, text = self._pages[self._place]
        self.pane("page").title(title)
        self.pane("page").show(partial(prose_blocks, text) if isinstance(text, str) else draws(text))
        self.query_one("#names", FixedRows).redraw()

    def action_turn(self, way: int) -> None:
        """Turn the page."""
        self.action_open((self._place + way) % len(self._pages) + 1)

    def action_open(self, number: int) -> None:
        """Open a page by number, from 1."""
        if 1 <= number <= len(self._pages):
            self._place = number - 1
            self.draw(self.look)
            self.pane("page").scroll_home(animate=False)

    def action_back(self) -> None:
        """Close the pages."""
        self.dismiss(None)
