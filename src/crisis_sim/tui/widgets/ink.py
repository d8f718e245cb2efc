"""How rows become what Textual draws: the only place where text turns into segments.

Text is made inert here once more, whatever the caller promised: no character that a terminal would obey gets through,
and none is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from crisis_sim.text import inert
from crisis_sim.tui.pane_rows import TONES, PaneRow

ON_GROUND = ("now", "chosen")
"""Tones that stand on a ground of their own."""
STRONG = frozenset({"strong", "head", "new", "us", "china", "bad", "now", "key", "chosen"})


def palette(widget: Widget) -> Mapping[str, Style]:
    """The style of each tone on `widget`, over its own ground; `""` is the plain one.

    Taken from the theme's colours at once: a style sheet's component classes cost ten times as much to set up.
    """
    variables = widget.app.theme_variables
    return _palette(
        widget.rich_style, tuple(variables[f"ink-{name}"] for name in (*TONES[:-1], "cursor", "now-ground"))
    )


@lru_cache(maxsize=32)
def _palette(plain: Style, colours: tuple[str, ...]) -> Mapping[str, Style]:
    *inks, cursor, ground = colours
    styles: dict[str, Style] = {"": plain, "cursor": Style(bgcolor=cursor)}
    for tone, colour in zip(TONES[:-1], inks, strict=True):
        back = ground if tone in ON_GROUND else None
        styles[tone] = plain + Style(color=colour, bgcolor=back, bold=tone in STRONG or None)
    styles["chosen"] = styles["now"]
    return styles


def strip(row: PaneRow, styles: Mapping[str, Style], width: int, *, cursor: bool = False) -> Strip:
    """One line of the screen, exactly `width` cells."""
    under = styles["cursor"] if cursor else None
    segments = []
    for text, tone in row:
        style = styles[tone]
        if under is not None and tone not in ON_GROUND:
            style = style + under
        segments.append(Segment(inert(text), style))
    ground = styles[""] + under if under is not None else styles[""]
    return Strip(segments).adjust_cell_length(width, ground)
