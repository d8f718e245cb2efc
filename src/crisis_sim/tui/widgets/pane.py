"""A pane: a framed list of blocks, drawn line by line.

Everything that is read on a screen is one of these: the feed, boards, lists to pick from, briefs. A pane is given a
function from a width to blocks, keeps its place when they change, and says which block was picked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crisis_sim.tui.block_rows import DrawnPage
from crisis_sim.tui.pane_rows import PaneBlock, PaneRow
from crisis_sim.tui.widgets import ink

Draw = Callable[[int], Sequence[PaneBlock]]

CURSOR = "▌"
"""Stands beside the block that has the cursor, for eyes and terminals without colour."""
MARGIN = 1


@dataclass
class BlockMessage(Message):
    """Something about a block of a pane."""

    pane: Pane
    key: str

    @property
    def control(self) -> Pane:
        """The pane, for `@on` selectors."""
        return self.pane


class Pane(ScrollView, can_focus=True):
    """A scrolling list of blocks; those with a key can be picked."""

    DEFAULT_CSS = """
    Pane {
        border: round $ink-edge;
        background: $ink-panel; color: $ink-text; padding: 0; height: 1fr;
        scrollbar-size: 0 1; scrollbar-gutter: stable;
        overflow-x: hidden; scrollbar-color: $ink-edge; scrollbar-background: $ink-panel;
        scrollbar-color-hover: $ink-focus; scrollbar-color-active: $ink-focus;
        scrollbar-background-hover: $ink-panel; scrollbar-background-active: $ink-panel;
    }
    Pane.-bare { border: none; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "down", "Down", show=False),
        Binding("up,k", "up", "Up", show=False),
        Binding("enter", "pick", "Pick", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home", "edge(0)", "Top", show=False),
        Binding("end", "edge(1)", "End", show=False),
    ]

    class Picked(BlockMessage):
        """Enter was pressed on a block, or it was clicked."""

    class Moved(BlockMessage):
        """The cursor came to a block."""

    def __init__(
        self, title: str = "", *, id: str | None = None, classes: str = "", cursor: bool = False, newest: bool = False
    ) -> None:
        """With `cursor`, it shows even while keys go elsewhere; with `newest`, it stays on top when more comes."""
        super().__init__(id=id, classes=classes)
        self._title = title
        self._draw: Draw = lambda width: ()
        self._always = cursor
        self._newest = newest
        self._width = -1
        self._lines: list[tuple[PaneRow, int]] = []
        self._blocks: Sequence[PaneBlock] = ()
        self._starts: list[int] = []
        self._cursor = -1
        self._wanted = ""
        self._is_lit = False

    def light(self, is_lit: bool) -> None:
        """Frame it as what has the keys, where a screen takes them all itself."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.refresh()

    def title(self, title: str) -> None:
        """Name the frame; `title` is shown as it is."""
        if title != self._title:
            self._title = title
            self.refresh_lines(self.scroll_offset.y - 1)

    def show(self, draw: Draw, *, key: str | None = None) -> None:
        """Draw from `draw` from now on; the cursor stays on its block, or goes to `key` or first.

        A page that is drawn already stays as it is.
        """
        is_drawn = isinstance(draw, DrawnPage) and draw == self._draw and 0 < self._width == self.room
        if is_drawn and key in (None, self.key):
            if self._cursor >= 0:
                self.post_message(self.Moved(self, self.key))
            return
        wanted = key if key is not None else self.key
        place = self._cursor if key is None else -1
        if self._newest and place == self._first():
            wanted, place = "", -1
        self._draw = draw
        self._lay_out(wanted, place)

    @property
    def key(self) -> str:
        """The key under the cursor; empty if nothing can be picked."""
        return self._blocks[self._cursor].key if 0 <= self._cursor < len(self._blocks) else ""

    @property
    def keys(self) -> list[str]:
        """Every key that can be picked, in order."""
        return [block.key for block in self._blocks if block.key]

    @property
    def room(self) -> int:
        """Cells that a row has."""
        return self.scrollable_content_region.width - MARGIN

    def move_to(self, key: str) -> None:
        """Put the cursor on a block, or leave word for when it is drawn."""
        self._wanted = "" if key in self.keys else key
        for index, block in enumerate(self._blocks):
            if block.key == key:
                self._put(index)

    # drawing

    def _lay_out(self, wanted: str, place: int, *, is_drawn: bool = False) -> None:
        """Draw the blocks; with `is_drawn` all of the pane is drawn anyway."""
        if self._width != self.room:
            self._lines = []
            if not is_drawn:
                self.refresh()  # as long as it was in the other width
        self._width, before = self.room, self._seen()
        if self._width <= 0:
            self._wanted = wanted or self._wanted
            return
        self._take(self._draw(self._width))
        self._cursor = self._find(self._wanted if self._wanted in self.keys else wanted, place)
        self._wanted = ""
        self._be_as_long()
        if not is_drawn:
            self._draw_changed(before)
        if self._cursor >= 0:
            self.call_after_refresh(self._keep_in_view, is_drawn=True)
            self.post_message(self.Moved(self, self.key))

    def _take(self, blocks: Sequence[PaneBlock]) -> None:
        self._blocks = blocks
        self._lines, self._starts = [], []
        for index, block in enumerate(blocks):
            self._starts.append(len(self._lines))
            self._lines.extend((row, index) for row in block.rows)

    def _be_as_long(self) -> None:
        """Scroll over what there is; nothing else on the screen moves, unless the pane is as high as what it holds."""
        size = Size(self._width, len(self._lines))
        if self.styles.is_auto_height:
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(ScrollView.virtual_size, size)
            self._scroll_update(size)

    def _seen(self) -> list[tuple[PaneRow, bool]]:
        """Each line, and whether it is of the block that has the cursor."""
        return [(row, index == self._cursor) for row, index in self._lines]

    def _draw_changed(self, before: Sequence[tuple[PaneRow, bool]]) -> None:
        """Draw the lines anew that are not as they were, and whatever lies between them."""
        lines = zip_longest(before, self._seen())
        changed = [line for line, (was, now) in enumerate(lines) if was != now]
        if changed:
            self.refresh_lines(changed[0], changed[-1] - changed[0] + 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that the blocks take at `width`, for panes that are as high as what they hold."""
        room = width - self.scrollbar_gutter.width - MARGIN
        return sum(len(block.rows) for block in self._draw(room)) if room > 0 else 0

    def _first(self) -> int:
        return next((index for index, block in enumerate(self._blocks) if block.key), -1)

    def _find(self, wanted: str, place: int) -> int:
        pickable = [index for index, block in enumerate(self._blocks) if block.key]
        if not pickable:
            return -1
        for index in pickable:
            if self._blocks[index].key == wanted:
                return index
        return min(pickable, key=lambda index: abs(index - place)) if place >= 0 else pickable[0]

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Lay the blocks out for another width before anything is drawn in it."""
        sends = super()._size_updated(size, virtual_size, container_size, layout)
        if self.room != self._width:
            self._lay_out(self.key, self._cursor, is_drawn=True)
        return sends

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Frame and cursor show where keys go."""
        self.refresh()

    def _draw_again(self, index: int) -> None:
        """Draw one block anew, and leave the others as they are."""
        if 0 <= index < len(self._blocks):
            self.refresh_lines(self._starts[index], len(self._blocks[index].rows))

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is in view with its frame; Textual would take ten times as long around each line."""
        styles, (width, height) = ink.inks_of(self), self.outer_size
        edge = "" if not self.styles.border_top[0] else "focus" if self.has_focus or self._is_lit else "edge"
        room, frame, first = self.room + MARGIN, int(edge != ""), self.scroll_offset.y
        within, lights = width - 2 * frame, self.has_focus or self._always
        drawn: list[Strip] = []
        for y in crop.line_range:
            line = y - frame + first
            if edge and y in (0, height - 1):
                drawn.append(ink.end_of_frame("" if y else self._title, styles, width, edge, is_top=not y))
            else:
                row, index = self._lines[line] if line < len(self._lines) else ((), -1)
                is_chosen = lights and 0 <= index == self._cursor
                mark: PaneRow = () if index < 0 else ((CURSOR if is_chosen else " ", "key"),)
                drawn.append(ink.strip((*mark, *row), styles, room, within, edge, is_chosen=is_chosen))
        return drawn if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in drawn]

    # moving

    def action_down(self) -> None:
        """The next block that can be picked; without any, the next line."""
        self._step(1)

    def action_up(self) -> None:
        """The block before; without any, the line before."""
        self._step(-1)

    def action_page(self, way: int) -> None:
        """A page on or back."""
        self.scroll_relative(y=way * max(self.size.height - 2, 1), animate=False)

    def action_edge(self, which: int) -> None:
        """The first or the last."""
        pickable = [index for index, block in enumerate(self._blocks) if block.key]
        if pickable:
            self._put(pickable[-1 if which else 0])
        elif which:
            self.scroll_end(animate=False)
        else:
            self.scroll_home(animate=False)

    def action_pick(self) -> None:
        """Pick the block under the cursor."""
        if self.key:
            self.post_message(self.Picked(self, self.key))

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; on the block that has it already, pick it."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= (line := offset.y + self.scroll_offset.y) < len(self._lines):
            return
        index = self._lines[line][1]
        if not self._blocks[index].key:
            return
        if index == self._cursor:
            self.action_pick()
        else:
            self._put(index)

    def _step(self, way: int) -> None:
        if self._cursor >= 0 and self._starts[self._cursor] >= self.scroll_offset.y + self.size.height:
            self._put(self._cursor)  # it has not been seen
            return
        index = self._cursor + way
        while self._cursor >= 0 and 0 <= index < len(self._blocks):
            if self._blocks[index].key:
                self._put(index)
                return
            index += way
        self.scroll_relative(y=way, animate=False)

    def _put(self, index: int) -> None:
        before, self._cursor = self._cursor, index
        for block in {before, index}:
            self._draw_again(block)
        self._keep_in_view()
        self.post_message(self.Moved(self, self.key))

    def _keep_in_view(self, *, is_drawn: bool = False) -> None:
        """Scroll to the block under the cursor, and to the short heading above it.

        What is drawn with the newest on top begins at the top, where nobody has gone further down.
        """
        if not 0 <= self._cursor < len(self._blocks):
            return
        first = self._starts[self._cursor]
        end = first + len(self._blocks[self._cursor].rows)
        before = self._cursor - 1
        while before >= 0 and not self._blocks[before].key:
            before -= 1
        heading = self._starts[before + 1]
        if before < 0 and (end <= self.scrollable_content_region.height or (is_drawn and self._newest)):
            heading = first = 0
        top = heading if first - heading <= 3 else first
        self.scroll_to_region(Region(0, top, 1, end - top), animate=False, force=True)
