"""The pictures of a report as Altair charts, drawn by vl-convert: importing any of it needs the `report` extra.

Nothing depends on colour alone: series differ in dashes and marks, cells in grey and in the number that they hold.
Every place is set by these modules, so that no text moves another.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

import altair as alt

from crisis_sim.report.drawn.calibration import calibration
from crisis_sim.report.drawn.cells import grid, squares
from crisis_sim.report.drawn.curves import curves
from crisis_sim.report.drawn.lanes import lanes
from crisis_sim.report.drawn.svg import Words, drawn
from crisis_sim.report.pictures import Calibration, Curves, Grid, Lanes, Picture, Squares


def drawing(shows: Picture) -> ET.Element:
    """A picture as an SVG element for an HTML page."""
    words = Words()
    return drawn(_chart(shows, words), words)


def _chart(shows: Picture, words: Words) -> alt.LayerChart:
    match shows:
        case Curves():
            return curves(shows, words)
        case Grid():
            return grid(shows, words)
        case Lanes():
            return lanes(shows, words)
        case Squares():
            return squares(shows, words)
        case Calibration():
            return calibration(shows, words)
