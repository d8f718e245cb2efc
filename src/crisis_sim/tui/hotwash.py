"""The hotwash: everything is open, one thing at a time, for a room that talks."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import Advance, TakeNote
from crisis_sim.engine.views import View
from crisis_sim.session.seat import Seat
from crisis_sim.tui import hotwash_rows
from crisis_sim.tui.dialogs import Confirm, Write
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.head import tab_row
from crisis_sim.tui.keys import Key
from crisis_sim.tui.papers import Papers
from crisis_sim.tui.rows import READING, Block
from crisis_sim.tui.widgets.line import Rows
from crisis_sim.tui.widgets.pane import Pane

PAGES = ("One by one", "All acts", "Lines", "Forecasts", "Channels", "Curves", "Questions")
SHORT = ("Pairs", "All", "Lines", "Forecasts", "Channels", "Curves", "Ask")
ABOUT = {"gaps": 0, "lines": 2, "forecasts": 3, "channels": 4, "silence": 4, "readouts": 4, "tracks": 5, "standing": 5}
"""The page that a question is about."""


class HotwashScreen(SeatScreen):
    """Meant and read, lines and guesses, forecasts, channels, questions."""

    KEYS = (
        Key("right,space", "turn(1)", "next", "The next act or question"),
        Key("left", "turn(-1)", "before", "The act or question before"),
        Key("tab", "page(1)", "next page", "The next page"),
        Key("shift+tab", "page(-1)", "page before", "The page before", foot=False),
        *(Key(str(n), f"open({n})", name, f"Open page {n}: {name}", foot=False) for n, name in enumerate(PAGES, 1)),
        Key("w", "note", "note", "Write a note for the debrief"),
        Key("a", "about", "on the record", "Open what the question is about", foot=False),
        Key("n", "close", "close the session", "Close the session; its log stays", foot=False),
    )
    CSS = "HotwashScreen { #page { height: 1fr; max-width: 92; } #pages { height: 1fr; align-horizontal: center; } }"

    def __init__(self, seat: Seat, papers: Papers) -> None:
        """Begin with the largest gap."""
        super().__init__(seat, papers)
        self._open_page = 0
        self._pair = 0
        self._question = 0

    def body(self) -> Iterable[Widget]:
        """Names of the pages and the open one."""
        yield Rows(id="names")
        yield Container(Pane(id="page"), id="pages")

    def on_mount(self) -> None:
        """Open the first page."""
        self.query_one("#names", Rows).show(
            lambda width: [tab_row(PAGES if width >= 96 else SHORT, self._open_page, width, self.say)]
        )
        self.pane("page").focus()

    def draw(self, view: View) -> None:
        """The open page."""
        self.pane("page").title(self.say(PAGES[self._open_page]))
        self.pane("page").show(self._blocks)
        self.query_one("#names", Rows).redraw()

    def _blocks(self, width: int) -> list[Block]:
        view, say = self.look.hotwash, self.say
        if view is None:
            return []
        reading = min(width, READING)
        match self._open_page:
            case 0:
                pair = view.pairs[self._pair] if self._pair < len(view.pairs) else None
                return hotwash_rows.pair_blocks(pair, self._pair + 1, len(view.pairs), reading, say)
            case 1:
                return hotwash_rows.table_blocks(view, width, say)
            case 2:
                return hotwash_rows.line_blocks(view, reading, say)
            case 3:
                return hotwash_rows.forecast_blocks(view, reading, say)
            case 4:
                return hotwash_rows.channel_blocks(view, reading, say)
            case 5:
                return hotwash_rows.score_blocks(view, reading, say)
            case _:
                return hotwash_rows.question_blocks(view, self._question, reading, say)

    def can(self, action: str) -> bool:
        """Turning where there is something to turn; closing for the facilitator."""
        if action == "close":
            return self.seat.name == "facilitator" and self.look.phase == "hotwash"
        if action.startswith("turn"):
            return self._open_page in (0, 6)
        if action == "about":
            return self._open_page == 6
        return True

    def action_turn(self, way: int) -> None:
        """The next pair or question."""
        view = self.look.hotwash
        if view is None:
            return
        if self._open_page == 0 and view.pairs:
            self._pair = (self._pair + way) % len(view.pairs)
        elif self._open_page == 6 and view.questions:
            self._question = (self._question + way) % len(view.questions)
        self.draw(self.look)
        self.pane("page").scroll_home(animate=False)

    def action_page(self, way: int) -> None:
        """The next page."""
        self.action_open((self._open_page + way) % len(PAGES) + 1)

    def action_open(self, number: int) -> None:
        """Open a page by its number, from 1."""
        self._open_page = number - 1
        self.draw(self.look)
        self.redraw_frame()
        self.pane("page").scroll_home(animate=False)

    def action_about(self) -> None:
        """Open what the question is about."""
        view = self.look.hotwash
        if view is not None and view.questions:
            self.action_open(ABOUT.get(view.questions[self._question].about, 0) + 1)

    @on(Pane.Picked, "#page")
    def _picked(self, event: Pane.Picked) -> None:
        kind, _, number = event.key.partition(":")
        if kind == "pair":
            self._pair = int(number)
            self.action_open(1)

    @work
    async def action_note(self) -> None:
        """A note for the debrief."""
        text = await self.app.push_screen_wait(
            Write(self.say("A note for the debrief"), self.say, self.papers.written, "note")
        )
        if text is not None and not await self.send(TakeNote(text=text)):
            self.papers.written["note"] = text

    @work
    async def action_close(self) -> None:
        """Close the session."""
        say = self.say
        sentence = say("Nothing more can be added. The log stays, and can be replayed and exported.")
        if await self.app.push_screen_wait(Confirm(say("Close the session?"), [sentence], say, yes="close", no="stay")):
            await self.send(Advance())
