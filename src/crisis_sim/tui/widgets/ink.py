"""How rows become what Textual draws: the only place where text turns into segments.

Text is made inert here once more, whatever the caller promised: no character that a terminal would obey gets through,
and none is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from crisis_sim.text import inert
from crisis_sim.tui.rows import TONES, Row

CLASSES = {f"ink--{tone}" for tone in TONES} | {"ink--cursor"}

SHEET = "\n".join(
    (
        "& > .ink--dim { color: $ink-dim; }",
        "& > .ink--strong { color: $ink-strong; text-style: bold; }",
        "& > .ink--head { color: $ink-head; text-style: bold; }",
        "& > .ink--new { color: $ink-new; text-style: bold; }",
        "& > .ink--us { color: $ink-us; text-style: bold; }",
        "& > .ink--china { color: $ink-china; text-style: bold; }",
        "& > .ink--good { color: $ink-good; }",
        "& > .ink--bad { color: $ink-bad; text-style: bold; }",
        "& > .ink--now { color: $ink-now; background: $ink-now-ground; text-style: bold; }",
        "& > .ink--key { color: $ink-key; text-style: bold; }",
        "& > .ink--chosen { color: $ink-now; background: $ink-now-ground; text-style: bold; }",
        "& > .ink--cursor { background: $ink-cursor; }",
    )
)
"""Rules for a widget's own style sheet."""


def palette(widget: Widget) -> Mapping[str, Style]:
    """The style of each tone on `widget`, over its own ground; `""` is the plain one."""
    plain = widget.rich_style
    styles: dict[str, Style] = {
        tone: plain + widget.get_component_rich_style(f"ink--{tone}", partial=True) for tone in TONES
    }
    styles[""] = plain
    styles["cursor"] = widget.get_component_rich_style("ink--cursor", partial=True)
    return styles


def strip(row: Row, styles: Mapping[str, Style], width: int, *, cursor: bool = False) -> Strip:
    """One line of the screen, exactly `width` cells."""
    under = styles["cursor"] if cursor else None
    segments = []
    for text, tone in row:
        style = styles[tone]
        if under is not None and tone not in ("chosen", "now"):
            style = style + under
        segments.append(Segment(inert(text), style))
    ground = styles[""] + under if under is not None else styles[""]
    return Strip(segments).adjust_cell_length(width, ground)
