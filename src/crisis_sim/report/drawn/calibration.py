"""Chances given against how often it happened, by steps of chances."""

from __future__ import annotations

from typing import Final

import altair as alt

from crisis_sim.report.drawn.layers import EDGE, STROKES, Margins, label, layered, plot_data, text
from crisis_sim.report.drawn.svg import ChartWords
from crisis_sim.report.pictures import Calibration

WIDE: Final = 360
HIGH: Final = 250
MARGINS: Final = Margins(64, 336, 30, 44)
MARKS: Final = (0, 25, 50, 75, 100)


def calibration(shows: Calibration, words: ChartWords) -> alt.LayerChart:
    """A mark for each step of each side, with the number of forecasts in it; the diagonal is well calibrated."""
    x = alt.X("given:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False, zero=False))
    y = alt.Y("came:Q", axis=None, scale=alt.Scale(domain=[0, 100], nice=False, zero=False))
    lines = [{"given": mark, "came": mark} for mark in MARKS]
    layers = [
        plot_data(lines).mark_rule(color="#d4d8dd").encode(x=alt.value(0), x2=alt.value(WIDE), y=y),
        plot_data([lines[0], lines[-1]]).mark_line(color=EDGE, strokeWidth=1, strokeDash=[1, 3]).encode(x=x, y=y),
    ]
    beneath = [{"given": mark, "came": -6, "word": words(f"{mark} %")} for mark in MARKS]
    y_labels = [{"given": -2.2, "came": mark, "word": words(f"{mark} %")} for mark in MARKS]
    layers += [
        text(beneath).encode(x=x, y=y, text="word:N"),
        text(y_labels, align="right").encode(x=x, y=y, text="word:N"),
        label(words, f"{shows.came} ↑", 0, -18),
        label(words, f"{shows.chance_label} →", WIDE, HIGH + 34, align="right"),
    ]
    for place, (side, (ink, dashes, mark)) in enumerate(zip(shows.sides, STROKES[1:], strict=False)):
        data = [
            {"given": chance / 100, "came": came / 100, "word": words(f"n = {count}")}
            for chance, came, count in side.points
        ]
        line = plot_data(data).mark_line(color=ink, strokeWidth=2, strokeDash=list(dashes))
        point = plot_data(data).mark_point(shape=mark, filled=True, color=ink, opacity=1, size=80)
        count_label = text(data, ink, 11, align="left", right=8, down=-10 + 20 * place, bold=True)
        layers += [line.encode(x=x, y=y), point.encode(x=x, y=y), count_label.encode(x=x, y=y, text="word:N")]
        legend_y = HIGH / 2 - 12 + 24 * place
        key = [{"came": 0}]
        layers += [
            plot_data(key)
            .mark_rule(color=ink, strokeWidth=2, strokeDash=list(dashes))
            .encode(x=alt.value(WIDE + 40), x2=alt.value(WIDE + 70), y=alt.value(legend_y)),
            plot_data(key)
            .mark_point(shape=mark, filled=True, color=ink, opacity=1, size=80)
            .encode(x=alt.value(WIDE + 55), y=alt.value(legend_y)),
            label(words, side.name, WIDE + 80, legend_y, ink=ink, size=12, bold=True),
        ]
    return layered(layers, WIDE, HIGH, MARGINS)
