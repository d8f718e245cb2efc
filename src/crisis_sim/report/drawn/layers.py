"""What the charts are made of: data, texts, inks, and layers put together within margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import altair as alt

from crisis_sim.report.drawn.svg import ChartWords

WIDE: Final = 760
"""Of a picture that takes the whole width, in units of the drawing."""
INK: Final = "#1b1f24"
QUIET: Final = "#3b424b"
EDGE: Final = "#5a626c"

STROKES: Final = ((INK, (1, 0), "circle"), ("#1f4e9c", (7, 4), "square"), ("#9c2516", (2, 3), "triangle-up"))
"""Ink, dashes and mark of tension, of the US and of China."""

SHADES: Final = (("#ffffff", INK), ("#e9ebee", INK), ("#cdd1d6", INK), ("#abb0b8", INK), ("#32383f", "#ffffff"))
"""Ground and ink from nothing to full; each pair has a contrast of seven and more."""

Shades: TypeAlias = Mapping[int, tuple[str, str]]
FULL: Final[Shades] = dict(enumerate(SHADES))
GAPS: Final[Shades] = {
    -4: ("#0b4f47", "#ffffff"),
    -3: ("#7fc2b7", INK),
    -2: ("#b5ddd6", INK),
    -1: ("#dff1ee", INK),
    0: SHADES[0],
    1: ("#fdebd9", INK),
    2: ("#f9cfa3", INK),
    3: ("#f0aa5f", INK),
    4: ("#7a3d00", "#ffffff"),
}
"""The same by the sign of a gap: cool where an act was taken as friendlier, warm where as more hostile."""

Align: TypeAlias = Literal["left", "center", "right"]
Datum: TypeAlias = Mapping[str, Any]  # Any: JSON values


class Margins(NamedTuple):
    """Room around the plot, in units of the drawing."""

    left: int
    right: int
    top: int
    bottom: int


def plot_data(data: Sequence[Datum]) -> alt.Chart:
    """A chart of these values."""
    return alt.Chart(alt.InlineData(values=[dict(datum) for datum in data]))


def text(
    data: Sequence[Datum],
    ink: str = INK,
    size: int = 12,
    *,
    align: Align = "center",
    right: int = 0,
    down: int = 0,
    bold: bool = False,
) -> alt.Chart:
    """Texts, centred on their places from top to bottom, and as wide as they are."""
    texts: alt.Chart = plot_data(data).mark_text(
        align=align,
        baseline="middle",
        color=ink,
        fontSize=size,
        fontWeight="bold" if bold else "normal",
        dx=right,
        dy=down,
        limit=0,
    )
    return texts


def label(
    words: ChartWords,
    caption: str,
    x: float,
    y: float,
    *,
    ink: str = QUIET,
    size: int = 11,
    align: Align = "left",
    bold: bool = False,
) -> alt.Chart:
    """One text at a place of the plot in units of the drawing."""
    data = [{"word": words(caption)}]
    return text(data, ink, size, align=align, bold=bold).encode(x=alt.value(x), y=alt.value(y), text="word:N")


def heads(turns: Sequence[str], words: ChartWords, x: alt.X, label_y: float, axis: str) -> list[alt.Chart]:
    """The names of the turns in a row, after what a turn is called."""
    data = [{"turn": place, "word": words(turn, 8)} for place, turn in enumerate(turns)]
    row = text(data, bold=True).encode(x=x, y=alt.value(label_y), text="word:N")
    return [row, label(words, axis, -8, label_y, align="right")]


def turns_in_bands(count: int, gap: float = 0) -> alt.X:
    """Turns from left to right, each as wide as the others."""
    scale = alt.Scale(domain=list(range(count)), paddingInner=gap, paddingOuter=gap / 2)
    return alt.X("turn:O", axis=None, scale=scale)


def grounds(shades: Shades = FULL) -> alt.Color:
    """The ground of a cell by its shade."""
    scale = alt.Scale(domain=list(shades), range=[ground for ground, _ in shades.values()])
    return alt.Color("shade:O", legend=None, scale=scale)


def by_shade(
    data: Sequence[Datum], size: int, shades: Shades = FULL, *, down: int = 0, bold: bool = False
) -> list[alt.Chart]:
    """Texts on cells, in the ink that goes with each ground: a chart for each ink that is needed."""
    layers = []
    for ink in dict.fromkeys(ink for _, ink in shades.values()):
        ink_data = [datum for datum in data if shades[int(datum["shade"])][1] == ink]
        if ink_data:
            layers.append(text(ink_data, ink, size, down=down, bold=bold))
    return layers


def layered(layers: Sequence[alt.Chart], wide: float, high: float, margins: Margins) -> alt.LayerChart:
    """One picture of these layers, the first beneath."""
    whole: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=wide, height=high, padding=margins._asdict(), autosize=alt.AutoSizeParams(type="none"))
        .configure_view(stroke=None)
    )
    return whole
