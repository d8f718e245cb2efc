"""One or a few fixed rows: header, tabs, footer. Drawn from a function like a pane, without scrolling or focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from crisis_sim.tui.pane_rows import PaneRow, fit
from crisis_sim.tui.widgets import ink


class FixedRows(Widget):
    """Rows that a function draws for the width at hand."""

    DEFAULT_CSS = "FixedRows { height: 1; width: 1fr; background: $ink-ground; color: $ink-text; }"

    def __init__(self, *, id: str | None = None, classes: str = "", most: int = 1, still: bool = False) -> None:
        """`most` is the greatest number of rows it may grow to; `still` is always that high, so that nothing moves."""
        super().__init__(id=id, classes=classes)
        self._draw: Callable[[int], Sequence[PaneRow]] = lambda width: ()
        self._most = most
        self._still = still
        self._rows: Sequence[PaneRow] = ()

    def show(self, draw: Callable[[int], Sequence[PaneRow]]) -> None:
        """Draw from `draw` from now on."""
        self._draw = draw
        self.redraw()

    def redraw(self) -> None:
        """Make the rows anew, and draw what differs."""
        if (width := self.size.width) <= 0:
            return
        rows, before = tuple(self._draw(width)), self._rows
        self._rows = rows[: self._most]
        if len(rows) > self._most:
            self._rows = (*rows[: self._most - 1], fit((*rows[self._most - 1], (" …", "")), width))
        height = self._most if self._still else max(len(self._rows), 1)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        if self._rows != before:
            self.refresh()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Draw for another width before anything is drawn in it."""
        before, sends = self._size.width, super()._size_updated(size, virtual_size, container_size, layout)
        if before != size.width:
            self.redraw()
        return sends

    def render_line(self, y: int) -> Strip:
        """One row, filled with the ground."""
        styles = ink.inks_of(self)
        return ink.strip(self._rows[y] if y < len(self._rows) else (), styles, self.size.width)
