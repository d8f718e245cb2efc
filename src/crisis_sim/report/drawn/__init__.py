"""The pictures of a report as Altair charts: importing any of it needs the `report` extra.

Nothing depends on colour alone: series differ in dashes and marks, cells in grey and in the number that they hold.
Every place is set by these modules, so that no text moves another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
from altair.utils.schemapi import debug_mode

from crisis_sim.report import converter
from crisis_sim.report.drawn.calibration import calibration
from crisis_sim.report.drawn.curves import curves
from crisis_sim.report.drawn.lanes import lanes
from crisis_sim.report.drawn.shaded_cells import grid, squares
from crisis_sim.report.drawn.svg import ChartWords, rebuilt
from crisis_sim.report.pictures import Calibration, Chart, Curves, GridChart, Lanes, Squares


def drawings(pictures: Sequence[Chart]) -> list[ET.Element]:
    """Each picture as an SVG element for an HTML page, all of them drawn by one process. Raises NotDrawn."""
    words = [ChartWords() for _ in pictures]
    try:
        charts = [chart(shows, own) for shows, own in zip(pictures, words, strict=True)]
    except MemoryError as error:
        raise converter.DrawingFailed from error
    return [rebuilt(svg, own) for svg, own in zip(converter.apart(charts), words, strict=True)]


def chart(shows: Chart, words: ChartWords) -> dict[str, Any]:  # Any: a Vega-Lite chart as JSON
    """A picture as a chart that holds the number of each of its words.

    Altair would hold every piece of it to its schema, which takes as long as to draw it; a test does, once.
    """
    with debug_mode(False):
        spec: dict[str, Any] = _layers(shows, words).to_dict(validate=False)
    return spec


def _layers(shows: Chart, words: ChartWords) -> alt.LayerChart:
    match shows:
        case Curves():
            return curves(shows, words)
        case GridChart():
            return grid(shows, words)
        case Lanes():
            return lanes(shows, words)
        case Squares():
            return squares(shows, words)
        case Calibration():
            return calibration(shows, words)
