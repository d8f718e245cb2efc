"""A scrollbar in the right half of its column: what is written beside it never touches it.

It has nothing around it and mostly stands where it stood, so its lines are drawn at once, and once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from rich.segment import Segment, Segments
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

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


_LINES = ScrollBar.render_lines


def _lines(bar: ScrollBar, crop: Region) -> list[Strip]:
    """Lines of a bar that is in view."""
    drawn = bar.render()
    if not (bar.vertical and isinstance(drawn, HalfBar) and isinstance(drawn.style, Style)):
        return _LINES(bar, crop)
    scrolled = (drawn.virtual_size, drawn.window_size, drawn.position)
    return _drawn(*bar.size, *scrolled, drawn.style, tuple(bar.get_line_filters()))[crop.y : crop.bottom]


@lru_cache(maxsize=64)
def _drawn(
    width: int, height: int, of: int, seen: int, at: float, style: Style, filters: tuple[LineFilter, ...]
) -> list[Strip]:
    """A bar where so many lines of all are seen, from one on."""
    assert style.color is not None and style.bgcolor is not None  # as every bar's
    colours = {"back_color": style.bgcolor, "bar_color": style.color}
    lines = [Strip([each], width) for each in HalfBar.render_bar(height, of, seen, at, width, **colours).segments]
    for each in filters:
        lines = [line.apply_filter(each, Color.from_rich_color(style.bgcolor)) for line in lines]
    return lines


def draw_half_bars() -> None:
    """Draw every scrollbar so, in this process from now on."""
    ScrollBar.renderer = HalfBar
    ScrollBar.render_lines = _lines  # type: ignore[method-assign,assignment]  # as meant
