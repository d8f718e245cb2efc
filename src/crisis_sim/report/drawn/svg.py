"""A chart as inline SVG: what vl-convert drew from an Altair chart, built anew from what a page may hold.

The library never sees a word of a log: a chart holds the number of each word in its place, and the words come in as
text nodes once the drawing is done. So nothing that a word says can become a link, a format, an expression or an
element, nothing is left out because it is long, and the drawing has the same elements whatever its words are. Of the
library's drawing only shapes, places and inks are taken over; what is not listed here does not reach the page. It
fetches nothing.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from crisis_sim.text import clean, clipped, wrapped

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset({"path", "line", "rect", "text"})
_LOOKS: Final = frozenset(
    {
        *("d", "transform", "x", "y", "x2", "y2", "width", "height"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"),
        *("text-anchor", "font-size", "font-weight", "font-style"),
    }
)
_PLACED: Final = ("d", "transform", "x", "y", "x2", "y2", "width", "height", "stroke-width", "opacity")
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_WORD: Final = re.compile(r"word(\d+)")


class ChartWords:
    """The words of one chart; in the chart stands a number for each."""

    def __init__(self) -> None:
        self.put: list[str] = []

    def __call__(self, text: str, max_cells: int = 60) -> str:
        """What stands in the chart for `text`, which is cut to `most` cells."""
        self.put.append(clipped(clean(text, lines=False), max_cells))
        return f"word{len(self.put) - 1}"

    def lines(self, text: str, max_cells: int, count: int) -> list[str]:
        """The same for `text` broken into exactly `count` lines, empty ones at the end."""
        lines = wrapped(clean(text, lines=False), max_cells)
        padded_lines = (*lines[: count - 1], " ".join(lines[count - 1 :]), *[""] * count)
        return [self(line, max_cells) for line in padded_lines[:count]]

    def word(self, text: str | None) -> str | None:
        """The word that stands behind what the drawing says; None if there is none."""
        match = _WORD.fullmatch(text or "")
        return self.put[int(match[1])] if match else None


def rebuilt(drawing: str, words: ChartWords) -> ET.Element:
    """What the library drew as an SVG element for an HTML page, with the words in their places."""
    source = ET.fromstring(drawing)
    svg = ET.Element("svg", {"viewBox": source.attrib["viewBox"], "role": "img"})
    for group in source.findall(f"{_SVG}g"):
        _rebuild(group, svg, words)
    return svg


def _rebuild(source: ET.Element, parent: ET.Element, words: ChartWords) -> None:
    """`source` and what is in it, as new elements beneath `parent`; groups that only structure are passed through."""
    name = source.tag.removeprefix(_SVG)
    looks = {key: _rounded(key, value) for key, value in source.attrib.items() if key in _LOOKS}
    if name == "g":
        container = (
            ET.SubElement(parent, "g", looks)
            if looks.get("transform", "translate(0,0)") != "translate(0,0)"
            else parent
        )
        for child in source:
            _rebuild(child, container, words)
    elif name in _SHAPES and source.get("class") not in ("background", "foreground"):
        shape = ET.SubElement(parent, name, looks)
        title = words.word(source.get("aria-label"))
        if name == "text":
            text = "".join(source.itertext())
            word = words.word(text)
            shape.text = text if word is None else word
        elif title is not None:
            ET.SubElement(shape, "title").text = title


def _rounded(key: str, value: str) -> str:
    """Numbers with at most two decimals."""
    return _NUMBER.sub(lambda match: f"{round(float(match[0]), 2) + 0:g}", value) if key in _PLACED else value
