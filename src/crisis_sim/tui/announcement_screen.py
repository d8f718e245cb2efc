"""What a team is told when a turn begins, one thing a key: what came of the turn before, the news, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.announcements import TellingPage, announcement_pages, current_announcement, due_announcement
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.page_screen import TEAM_KEYS, PageScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import WorkChanged

TELLING_KEYS: Final = (
    KeyBinding("space,enter,right", "on", "go on", "The next thing, and after the last our table"),
    KeyBinding("left,backspace", "before", "back", "The thing before"),
    KeyBinding("escape", "leave", "to the table", "Leave the rest; it stays in the list of what happened"),
    *(key for key in TEAM_KEYS if key.action in ("briefs", "facts", "hand_over")),
)


class AnnouncementScreen(PageScreen):
    """One thing at a time."""

    TIMED = False
    DEFAULT_CSS = """
    AnnouncementScreen #story { height: 1fr; align: center middle; }
    AnnouncementScreen Pane#thing {
        display: block; width: 100%; max-width: 84; height: auto; max-height: 100%; border: none;
    }
    """
    _place = 0
    _pages: tuple[TellingPage, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The thing at hand, in the middle."""
        yield Container(Pane(id="thing"), id="story")

    def on_mount(self) -> None:
        """Arrows scroll it."""
        self.pane("thing").focus()

    def _begin(self) -> None:
        """Nothing opens by itself here."""

    def now(self) -> str:
        """How far it is told."""
        return current_announcement(self.look, self._place, len(self._pages), self.say)

    def draw(self) -> None:
        """The thing at hand."""
        if isinstance(self.look, TeamView):
            self._pages = announcement_pages(self.look, self.say)
        self._place = min(self._place, max(len(self._pages) - 1, 0))
        self.pane("thing").show(self._pages[self._place] if self._pages else (), air=True)

    def own_keys(self) -> Sequence[KeyBinding]:
        """Leafing, and what can be looked at."""
        return [key for key in TELLING_KEYS if self.can(key.action) and (key.action != "before" or self._place)]

    def _turn(self, way: int) -> None:
        self._place += way
        self.pane("thing").scroll_home(animate=False)
        self.redraw()

    def action_on(self) -> None:
        """What stands below, the next thing, or the end."""
        if self.pane("thing").page_down():
            return
        if self._place + 1 < len(self._pages):
            self._turn(1)
        else:
            self.action_leave()

    def action_before(self) -> None:
        """The thing before."""
        if self._place:
            self._turn(-1)

    def action_leave(self) -> None:
        """Go on to the page of the turn."""
        self.desk.announcement_read = due_announcement(self.look)
        self.post_message(WorkChanged())
