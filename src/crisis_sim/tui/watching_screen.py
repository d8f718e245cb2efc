"""What an observer sees: the situation as it is public."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.sight.views import View
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.frame import PANE_KEYS, SeatScreen
from crisis_sim.tui.prose_rows import prose_blocks
from crisis_sim.wording import _


class WatchingScreen(SeatScreen):
    """An observer's screen: what happened, what is public, what is at stake."""

    TABS = (("feed", _("What happened")), ("public", _("The situation")), ("tracks", _("At stake")))
    KEYS = (*PANE_KEYS,)
    DEFAULT_CSS = """
    WatchingScreen {
        #watch { height: 1fr; }
        &.-wide #watch { layout: grid; grid-size: 2 2; grid-columns: 3fr 2fr; grid-rows: 1fr auto; }
        &.-wide #feed { row-span: 2; }
        &.-wide #tracks { height: auto; min-height: 4; max-height: 12; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """Three panels."""
        yield Container(*(self.folded(name) for name, _ in self.TABS), id="watch")

    def on_mount(self) -> None:
        """Begin with the feed."""
        self.call_after_refresh(self.pane("feed").focus)

    def draw(self, view: View) -> None:
        """Fill the panels."""
        say = self.say
        self.pane("feed").show(draws(feed_blocks(newest_first(view.feed), say, turn=view.turn)))
        self.pane("public").show(lambda width: prose_blocks(say.of(say.dossier.brief), width))
        self.pane("tracks").show(draws(track_blocks(view.tracks, say)))
