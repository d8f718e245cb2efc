"""Cells that are the darker the fuller they are, each with its number: pressures by turn, and meant against taken.

Acts that were taken as more hostile than they were meant stand above the diagonal on warm grounds, as friendlier
beneath it on cool ones.
"""

from __future__ import annotations

from typing import Final

import altair as alt

from crisis_sim.pages.phrases import format_signed
from crisis_sim.report.drawn.layers import (
    EDGE,
    FULL,
    GAPS,
    INK,
    QUIET,
    WIDE,
    Margins,
    Shades,
    by_shade,
    grounds,
    heads,
    label,
    layered,
    plot_data,
    text,
    turns_in_bands,
)
from crisis_sim.report.drawn.svg import ChartWords
from crisis_sim.report.pictures import GridChart, Squares

SCALE: Final = range(-3, 4)
"""Of intents and readings."""
SIDE: Final = 35
"""Of a cell in a square of meant and taken."""
NAME: Final = 50
"""Cells of text in a line of a row's name."""
NEXT: Final = 11
"""Cells from the start of one square to that of the next."""
GREY: Final = 10
"""Where the shades begin of acts that were taken as they were meant."""
WAYS: Final[Shades] = {**GAPS, **{GREY + place: shade for place, shade in FULL.items()}}


def grid(shows: GridChart, words: ChartWords) -> alt.LayerChart:
    """One row a line, one cell a turn."""
    margins, high = Margins(292, 58, 24, 4), 46 * len(shows.rows)
    wide = WIDE - margins.left - margins.right
    x = turns_in_bands(len(shows.turns))
    rows = list(range(len(shows.rows)))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(domain=rows, paddingInner=0.1, paddingOuter=0))
    cells = [
        {"turn": turn, "row": row, "shade": shade, "word": words(cell_text, 8)}
        for row, grid_row in enumerate(shows.rows)
        for turn, (cell_text, shade) in enumerate(grid_row.cells)
    ]
    layers = [plot_data(cells).mark_rect(stroke=EDGE, strokeWidth=1).encode(x=x, y=y, color=grounds())]
    layers += [chart.encode(x=x, y=y, text="word:N") for chart in by_shade(cells, 12)]
    names = [words.lines(row.name, NAME, 3) for row in shows.rows]
    for line, down in enumerate((-13, 1, 15)):
        data = [{"row": row, "word": name[line]} for row, name in enumerate(names)]
        layers.append(text(data, size=11, align="left", down=down).encode(x=alt.value(-290), y=y, text="word:N"))
    behind = [{"row": row, "word": words(grid_row.behind, 8)} for row, grid_row in enumerate(shows.rows)]
    layers.append(text(behind, align="right").encode(x=alt.value(wide + 54), y=y, text="word:N"))
    layers.append(label(words, shows.behind, wide + 54, -10, align="right"))
    return layered([*layers, *heads(shows.turns, words, x, -10, shows.axis)], wide, high, margins)


def squares(shows: Squares, words: ChartWords) -> alt.LayerChart:
    """How many acts were meant so and taken so, a square for each side; the diagonal is framed."""
    margins, cells = Margins(84, 4, 58, 46), len(SCALE)
    wide, high = SIDE * (NEXT + cells), SIDE * cells
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-3.5, NEXT + 3.5], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-3.5, 3.5], nice=False, zero=False))
    data = [
        {"x": meant + offset - 0.5, "y": reading - 0.5, "x2": meant + offset + 0.5, "y2": reading + 0.5}
        | {"shade": _shade(meant, reading, count)}
        for panel, offset in zip(shows.panels, (0, NEXT), strict=True)
        for meant in SCALE
        for reading in SCALE
        for count in [panel.pairs.count((meant, reading))]
    ]
    numbers = [
        {"x": meant + offset, "y": reading, "shade": _shade(meant, reading, count), "word": words(str(count))}
        for panel, offset in zip(shows.panels, (0, NEXT), strict=True)
        for meant, reading in sorted(set(panel.pairs))
        for count in [panel.pairs.count((meant, reading))]
    ]
    diagonal = [
        {"x": step + offset - 0.5, "y": step - 0.5, "x2": step + offset + 0.5, "y2": step + 0.5}
        for offset in (0, NEXT)
        for step in SCALE
    ]
    layers = [
        plot_data(data)
        .mark_rect(stroke="#c3c8ce", strokeWidth=1)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=grounds(WAYS)),
        plot_data(diagonal).mark_rect(filled=False, stroke=INK, strokeWidth=1.6).encode(x=x, y=y, x2="x2:Q", y2="y2:Q"),
        *(chart.encode(x=x, y=y, text="word:N") for chart in by_shade(numbers, 12, WAYS, bold=True)),
    ]
    layers += [chart.encode(x=x, y=y, text="word:N") for chart in _around(shows, words)]
    return layered(layers, wide, high, margins)


def _around(shows: Squares, words: ChartWords) -> list[alt.Chart]:
    """The heads of the squares, and the scales at their edges."""
    heads, beneath, row_labels, names = [], [], [], []
    for panel, offset in zip(shows.panels, (0, NEXT), strict=True):
        heads.append({"x": offset - 3.5, "y": 4.7, "word": words(panel.head)})
        names.append({"x": offset - 3.7, "y": 3.9, "word": words(f"{shows.reading_label} ↑", 20)})
        names.append({"x": offset + 3.5, "y": -4.5, "word": words(f"{shows.meant} →", 20)})
        for step in SCALE:
            beneath.append({"x": offset + step, "y": -3.93, "word": words(format_signed(step))})
            row_labels.append({"x": offset - 3.75, "y": step, "word": words(format_signed(step))})
    return [
        text(heads, align="left", bold=True),
        text(names, QUIET, 11, align="right"),
        text(beneath),
        text(row_labels, align="right"),
    ]


def _shade(meant: int, reading: int, count: int) -> int:
    """The shade of a cell that holds so many acts: warm above the diagonal, cool beneath it, grey on it."""
    filled = _filled(count)
    return GREY + filled if reading == meant else filled if reading > meant else -filled


def _filled(count: int) -> int:
    """How full a cell is that holds so many acts, 0–4."""
    return min(count, 2) if count < 3 else 3 if count < 5 else 4
