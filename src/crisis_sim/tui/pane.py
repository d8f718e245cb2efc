"""A pane: a titled region that scrolls, with a cursor over what in it can be opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crisis_sim.pages.blocks import Block
from crisis_sim.text import clean
from crisis_sim.tui.drawing import DrawnBlock, Ink, draw

FAR_ROWS = 4
"""Rows that one press scrolls where what can be picked next is out of sight."""


def _anywhere(key: str) -> bool:
    """A cursor can begin wherever something can be picked."""
    return True


class Piece(Static):
    """A part of a pane; one with a key can be picked."""

    def __init__(self, block: DrawnBlock) -> None:
        super().__init__(block.body, markup=False, classes="-keyed" if block.key else "")
        self.key = block.key

    def on_click(self) -> None:
        """Pick it, as enter does."""
        if self.key and isinstance(self.parent, Pane):
            self.parent.go_to(self.key)
            self.parent.action_pick()


class Pane(VerticalScroll, can_focus=True):
    """Blocks under a title."""

    DEFAULT_CSS = """
    Pane {
        height: 1fr; padding: 0 1; background: $ink-ground; border-left: blank;
        scrollbar-size: 1 1; scrollbar-gutter: stable;
        scrollbar-color: $ink-edge; scrollbar-background: $ink-ground;
        border-top: solid $ink-edge; border-title-color: $ink-dim; border-title-style: bold;
    }
    Pane:focus { border-top: heavy $ink-focus; border-title-color: $ink-focus; }
    Pane.-bare, Pane.-bare:focus { border: none; }
    Pane Piece { width: 100%; max-width: 82; height: auto; border-left: blank; padding: 0; }
    Pane:focus Piece.-at { border-left: outer $ink-focus; background: $ink-cursor; }
    """

    class Picked(Message):
        """Somebody picked what has a key."""

        def __init__(self, pane: Pane, key: str) -> None:
            """The pane and the key."""
            super().__init__()
            self.pane, self.key = pane, key

    class Moved(Message):
        """The cursor stands on something else."""

        def __init__(self, pane: Pane) -> None:
            """The pane."""
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> Pane:
            """The pane, for `@on` selectors."""
            return self.pane

    def __init__(self, title: str = "", *, id: str | None = None, classes: str = "") -> None:
        """An empty pane."""
        super().__init__(id=id, classes=classes)
        self.title = title
        self.key = ""
        self._pieces: list[Piece] = []
        self._shown: tuple[object, ...] = ()

    @property
    def title(self) -> str:
        """What stands in its upper edge."""
        return str(self.border_title or "").strip()

    @title.setter
    def title(self, title: str) -> None:
        self.border_title = Content(f"{clean(title, lines=False)} ") if title else None

    def show(
        self,
        blocks: Iterable[Block],
        opens: Collection[str] = (),
        *,
        air: bool = False,
        top: bool = False,
        can_begin_at: Callable[[str], bool] = _anywhere,
    ) -> None:
        """Show blocks; the cursor and how far it is scrolled stay, unless it is to begin at the top.

        The cursor begins at the first key, or where it cannot begin there, at none until somebody moves it.
        """
        page, theme = tuple(blocks), self.app.theme
        shown = (page, frozenset(opens), air, theme)
        if shown != self._shown:
            self._shown = shown
            self.remove_children()
            self._pieces = [Piece(block) for block in draw(page, Ink(theme), opens, air=air)]
            self.mount(*self._pieces)
            keys = self.keys
            begin = keys[0] if keys and can_begin_at(keys[0]) else ""
            self.go_to(self.key if self.key in keys else begin)
        if top:
            self.scroll_home(animate=False)

    @property
    def keys(self) -> list[str]:
        """What can be picked, from top to bottom."""
        return [piece.key for piece in self._pieces if piece.key]

    def go_to(self, key: str) -> None:
        """Put the cursor on what has that key."""
        if key != self.key:
            self.post_message(self.Moved(self))
        self.key = key
        for piece in self._pieces:
            piece.set_class(bool(key) and piece.key == key, "-at")

    def _step(self, way: int) -> bool:
        """Go to the next piece that can be picked; where none is near, scroll instead."""
        keyed = [piece for piece in self._pieces if piece.key]
        place = next((index for index, piece in enumerate(keyed) if piece.key == self.key), -1) + way
        if not 0 <= place < len(keyed):
            return False
        target = keyed[place]
        top, bottom = target.virtual_region.y, target.virtual_region.bottom
        if bottom <= self.scroll_y - FAR_ROWS or top >= self.scroll_y + self.size.height + FAR_ROWS:
            return False
        self.go_to(target.key)
        self.scroll_to_widget(target, animate=False)
        return True

    def action_scroll_down(self) -> None:
        """The next thing that can be picked, or further down."""
        if not self._step(1):
            self.scroll_relative(y=FAR_ROWS if self.keys else 1, animate=False)

    def action_scroll_up(self) -> None:
        """The thing before, or further up."""
        if not self._step(-1):
            self.scroll_relative(y=-(FAR_ROWS if self.keys else 1), animate=False)

    def action_scroll_home(self) -> None:
        """The first thing that can be picked, and the top."""
        self.go_to(next(iter(self.keys), ""))
        self.scroll_home(animate=False)

    def action_scroll_end(self) -> None:
        """The last thing that can be picked, and the bottom."""
        self.go_to(next(reversed(self.keys), ""))
        self.scroll_end(animate=False)

    def on_key(self, event: events.Key) -> None:
        """`j` and `k` move as the arrows do; enter picks."""
        does = {"j": self.action_scroll_down, "k": self.action_scroll_up}.get(event.key)
        if event.key == "enter" and self.keys:
            does = self.action_pick if self.key else self.action_scroll_home
        if does is not None:
            event.stop()
            does()

    def action_pick(self) -> None:
        """Open what is under the cursor."""
        if self.key:
            self.post_message(self.Picked(self, self.key))

    def page_down(self) -> bool:
        """Show what stands below; False where all has been seen."""
        if self.scroll_y >= self.max_scroll_y:
            return False
        bottom = self.scroll_y + self.scrollable_content_region.height
        self.scroll_to(y=bottom, animate=False, immediate=True)  # a key that is typed ahead reads on from there
        return True
