"""Curves over the turns on the rungs of tension, with the red lines that were crossed."""

from __future__ import annotations

from typing import Final

import altair as alt

from crisis_sim.report.drawn.layers import INK, QUIET, STROKES, WIDE, Margins, label, layered, plot_data, text
from crisis_sim.report.drawn.svg import ChartWords
from crisis_sim.report.pictures import Curves

HIGH: Final = 216
MARGINS: Final = Margins(40, 176, 36, 44)
PLOT: Final = WIDE - MARGINS.left - MARGINS.right
LEAD: Final = 92
"""Left of the first turn stand the names of the rungs."""
CROSS: Final = "M-1,-1L1,1M1,-1L-1,1"
APART: Final = 17
"""Between the names of two curves."""


def curves(shows: Curves, words: ChartWords) -> alt.LayerChart:
    """Up to three curves, each with its name and its last value at its end."""
    minimum, maximum = _span(shows)
    last = max(1, len(shows.turns) - 1)
    x = alt.X("turn:Q", axis=None, scale=alt.Scale(domain=[0, last], range=[LEAD, PLOT - 12], nice=False, zero=False))
    y = alt.Y("tension:Q", axis=None, scale=alt.Scale(domain=[minimum, maximum], nice=False, zero=False))
    layers = [*_rungs(shows, words, y, minimum, maximum), *_turns(shows, words, x), *_crossed(shows, words, x, y)]
    for curve, (ink, dashes, mark) in zip(shows.curves, STROKES, strict=False):
        data = [{"turn": turn, "tension": value / 100} for turn, value in enumerate(curve.values)]
        line = plot_data(data).mark_line(color=ink, strokeWidth=2.2, strokeDash=list(dashes))
        layers += [line.encode(x=x, y=y), _marked(plot_data(data), mark, ink).encode(x=x, y=y)]
    layers += _names(shows, words, y, APART * (maximum - minimum) / HIGH)
    return layered(layers, PLOT, HIGH, MARGINS)


def _span(shows: Curves) -> tuple[float, float]:
    """The whole rungs that the curves run through."""
    values = [value for curve in shows.curves for value in curve.values]
    edges = sorted({0, 10_000, *(threshold for threshold, _ in shows.rungs)})
    minimum = max((edge for edge in edges if edge <= min(values)), default=min(values))
    maximum = min((edge for edge in edges if edge >= max(values) and edge > minimum), default=max(values) + 100)
    return minimum / 100, maximum / 100


def _rungs(shows: Curves, words: ChartWords, y: alt.Y, minimum: float, maximum: float) -> list[alt.Chart]:
    """The rungs as ground, each with its name and with the number at which it begins."""
    starts = [threshold / 100 for threshold, _ in shows.rungs]
    bands = [
        {"tension": max(start, minimum), "top": min(end, maximum), "word": words(name, 14)}
        for (_, name), start, end in zip(shows.rungs, starts, [*starts[1:], maximum], strict=True)
        if end > minimum and start < maximum
    ]
    edges = sorted({minimum, maximum, *(start for start in starts if minimum < start < maximum)})
    marks = [{"tension": edge, "word": words(f"{edge:g}")} for edge in edges]
    across = {"x": alt.value(0), "x2": alt.value(PLOT)}
    grounds = [
        plot_data(bands[place::2]).mark_rect(color=ink).encode(**across, y=y, y2="top:Q")
        for place, ink in ((0, "#f6f7f8"), (1, "#e9ebee"))
        if bands[place::2]
    ]
    return [
        *grounds,
        plot_data(marks).mark_rule(color="#c3c8ce").encode(**across, y=y),
        text(bands, QUIET, 11, align="left", down=11).encode(
            x=alt.value(7), y=alt.Y("top:Q", axis=None), text="word:N"
        ),
        text(marks, align="right").encode(x=alt.value(-7), y=y, text="word:N"),
    ]


def _turns(shows: Curves, words: ChartWords, x: alt.X) -> list[alt.Chart]:
    """The turns beneath, with their hours."""
    data = [
        {"turn": place, "word": words(turn.name, 8), "hour": words(turn.hour, 8)}
        for place, turn in enumerate(shows.turns)
    ]
    return [
        text(data, bold=True).encode(x=x, y=alt.value(HIGH + 15), text="word:N"),
        text(data, QUIET, 11).encode(x=x, y=alt.value(HIGH + 32), text="hour:N"),
        label(words, shows.axis, 7, HIGH + 15),
    ]


def _crossed(shows: Curves, words: ChartWords, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A rule, a cross on the first curve, and whose lines, above the turns in which red lines were crossed."""
    places = [place for place, turn in enumerate(shows.turns) if turn.crossed]
    if not places:
        return []
    data = [{"turn": place, "tension": shows.curves[0].values[place] / 100} for place in places]
    rule = plot_data(data).mark_rule(color=INK, strokeDash=[1, 3], strokeWidth=1.4)
    cross = plot_data(data).mark_point(shape=CROSS, filled=False, size=150, strokeWidth=2.4, color=INK, opacity=1)
    layers = [rule.encode(x=x, y=alt.value(-2), y2=alt.value(HIGH)), cross.encode(x=x, y=y)]
    for up in (0, 1):
        labels = [
            {"turn": place, "word": words(f"× {turn.crossed[up]}", 12)}
            for place, turn in enumerate(shows.turns)
            if len(turn.crossed) > up
        ]
        if labels:
            layers.append(text(labels, size=11, bold=True).encode(x=x, y=alt.value(-10 - 14 * up), text="word:N"))
    return layers


def _names(shows: Curves, words: ChartWords, y: alt.Y, apart: float) -> list[alt.Chart]:
    """The name and last value of each curve beside its end, moved apart where they would touch."""
    layers: list[alt.Chart] = []
    place = float("inf")
    for curve, (ink, dashes, mark) in sorted(
        zip(shows.curves, STROKES, strict=False), key=lambda pair: -pair[0].values[-1]
    ):
        value = curve.values[-1] / 100
        place = min(place - apart, value)
        data = [{"tension": place, "word": words(f"{curve.name} {value:g}", 24)}]
        line = plot_data(data).mark_rule(color=ink, strokeWidth=2.2, strokeDash=list(dashes))
        layers += [
            line.encode(x=alt.value(PLOT + 6), x2=alt.value(PLOT + 30), y=y),
            _marked(plot_data(data), mark, ink).encode(x=alt.value(PLOT + 18), y=y),
            text(data, ink, align="left", bold=True).encode(x=alt.value(PLOT + 36), y=y, text="word:N"),
        ]
    return layers


def _marked(chart: alt.Chart, mark: str, ink: str) -> alt.Chart:
    marked: alt.Chart = chart.mark_point(shape=mark, filled=True, color=ink, opacity=1, size=64)
    return marked
