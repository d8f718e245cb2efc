"""A scrollbar in the right half of its column: what is written beside it never touches it."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender

HALF = "▐"


class HalfBar(ScrollBarRender):
    """Half a cell wide, whole cells high."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]

    @classmethod
    def render_bar(cls, *size: Any, **how: Any) -> Segments:
        """Where Textual fills a cell, fill its right half."""
        drawn = super().render_bar(*size, **how)
        half = Style(color=how["bar_color"], bgcolor=how["back_color"])
        for at, (_, style, _) in enumerate(drawn.segments):
            if style is not None and style.reverse:
                drawn.segments[at] = Segment(HALF, half + Style(meta=style.meta))
        return drawn


def draw_half_bars() -> None:
    """Draw every scrollbar so, in this process from now on."""
    ScrollBar.renderer = HalfBar
