"""How rows become what Textual draws: the only place where text turns into segments.

Text is made inert here once more, whatever the caller promised: no character that a terminal would obey gets through,
and none is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from crisis_sim.text import cells, clipped, inert
from crisis_sim.tui.pane_rows import TONES, PaneRow

ON_GROUND = ("now", "chosen")
"""Tones that stand on a ground of their own."""
STRONG = frozenset({"strong", "head", "new", "us", "china", "bad", "now", "key", "chosen"})
BOLD = Style(bold=True)


class Inks:
    """The style of each tone over one ground; it is equal to itself alone, so that what was drawn in it is found."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        """`""` is the plain style; beside tones there are those of a cursor's ground, of frames and of their titles."""
        self._styles = styles

    def __getitem__(self, tone: str) -> Style:
        """The style of a tone."""
        return self._styles[tone]


def inks_of(widget: Widget) -> Inks:
    """The style of each tone on `widget`, over its own ground, as the terminal has colours.

    Taken from the theme's colours at once: a style sheet's component classes cost ten times as much to set up.
    """
    variables = widget.app.theme_variables
    colours = tuple(variables[f"ink-{name}"] for name in (*TONES[:-1], "edge", "focus", "cursor", "now-ground"))
    return _inks(widget.rich_style, colours, tuple(widget.get_line_filters()))


@lru_cache(maxsize=32)
def _inks(plain: Style, colours: tuple[str, ...], filters: tuple[LineFilter, ...]) -> Inks:
    *inks, edge, focus, cursor, ground = colours
    styles: dict[str, Style] = {"": plain, "cursor": Style(bgcolor=cursor)}
    for tone, colour in zip(TONES[:-1], inks, strict=True):
        back = ground if tone in ON_GROUND else None
        styles[tone] = plain + Style(color=colour, bgcolor=back, bold=tone in STRONG or None)
    styles["chosen"] = styles["now"]
    styles |= {name: plain + Style(color=colour) for name, colour in (("edge", edge), ("focus", focus))}
    styles |= {"edge-title": styles["dim"] + BOLD, "focus-title": styles["focus"] + BOLD}
    below = Color.parse("black") if plain.bgcolor is None else Color.from_rich_color(plain.bgcolor)
    shown = [Segment(tone, style) for tone, style in styles.items()]
    for each in filters:
        shown = each.apply(shown, below)
    return Inks({tone: style or plain for tone, style, _ in shown})


@lru_cache(maxsize=1024)
def strip(row: PaneRow, styles: Inks, room: int, width: int = 0, edge: str = "", *, is_chosen: bool = False) -> Strip:
    """A row in as many cells as it has room, and then more up to a width, between the edges of a frame if there is one.

    It is the same for the same, wherever it stands: what Textual knows of how to cut and send it stays known.
    """
    under = styles["cursor"] if is_chosen else Style.null()
    line = [Segment(inert(text), styles[tone] + (under if tone not in ON_GROUND else None)) for text, tone in row]
    line = Segment.adjust_line_length(line, room, styles[""] + under)
    if width > room:
        line.append(Segment(" " * (width - room), styles[""]))
    side = [Segment("│", styles[edge])] if edge else []
    return Strip([*side, *line, *side])


@lru_cache(maxsize=256)
def end_of_frame(title: str, styles: Inks, width: int, edge: str, *, is_top: bool) -> Strip:
    """The line above or below what stands in a frame, with what it is called."""
    first, last = "╭╮" if is_top else "╰╯"
    name = clipped(inert(title), width - 6)
    label = [Segment(f"{first}─", styles[edge]), Segment(f" {name} ", styles[f"{edge}-title"])] if name else []
    rest = width - 1 - sum(cells(text) for text, *_ in label)
    return Strip([*label, Segment("─" * rest + last if label else first + "─" * (rest - 1) + last, styles[edge])])
