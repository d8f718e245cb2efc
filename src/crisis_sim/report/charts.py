"""The pictures of a report as inline SVG: curves, pressures by turn, and the two lanes of acts.

Plain values in, a drawing out. Nothing depends on colour alone: series differ in dashes and marks, cells in grey and in
the number they hold. What a picture shows stands beside it in a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from crisis_sim.numbers import Points
from crisis_sim.text import clean, clipped

WIDE: Final = 720
INK: Final = "#1b1f24"
FAINT: Final = "#d4d8dd"

STROKES: Final = (("#1b1f24", "", "circle"), ("#1f4e9c", "7 4", "square"), ("#9c2516", "2 4", "triangle"))
"""Colour, dashes and mark of the first, second and third series."""

SHADES: Final = (("#ffffff", INK), ("#e9ebee", INK), ("#cdd1d6", INK), ("#a3a9b1", INK), ("#32383f", "#ffffff"))
"""Ground and ink from nothing to full; each pair has a contrast of seven and more."""


STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000_000)
"""Distances between the lines of a scale, the first that leaves at most seven of them."""


class Series(NamedTuple):
    """A curve: its name and a value for each turn, hundredths."""

    name: str
    values: tuple[Points, ...]


class Row(NamedTuple):
    """A row of a grid: its name, and for each turn what the cell says and how full it is, 0–4."""

    name: str
    cells: tuple[tuple[str, int], ...]


class Act(NamedTuple):
    """A box in a lane: its number, what was meant and taken, and how wide the gap is."""

    turn: int
    name: str
    says: str
    shade: int
    """0–4 as the gap grows."""
    known: bool
    """It was read, and both meanings can be told."""
    title: str


def curves(series: Sequence[Series], turns: Sequence[str], title: str) -> ET.Element:
    """Up to three curves over the turns, each with its name at its end."""
    low = min(min(each.values) for each in series) // 100
    high = -(-max(max(each.values) for each in series) // 100)
    low, high = (low, high) if high > low else (low, low + 1)
    left, right, top, bottom = 40, WIDE - 150, 12, 228
    svg = _svg(262, title)

    def at(place: int, value: Points) -> tuple[float, float]:
        across = (right - left) * place / max(1, len(turns) - 1)
        return left + across, bottom - (bottom - top) * (value - low * 100) / ((high - low) * 100)

    step = next(each for each in STEPS if each * 6 >= high - low)
    for number in range(-(-low // step) * step, high + 1, step):
        y = at(0, number * 100)[1]
        _line(svg, left, y, right, y, FAINT)
        _say(svg, left - 8, y + 4, str(number), "end")
    for place, turn in enumerate(turns):
        _say(svg, at(place, 0)[0], bottom + 20, turn, "middle")
    ends = []
    for each, (colour, dashes, mark) in zip(series, STROKES, strict=False):
        points = [at(place, value) for place, value in enumerate(each.values)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        looks = {"points": path, "fill": "none", "stroke": colour, "stroke-width": "2"}
        ET.SubElement(svg, "polyline", looks | ({"stroke-dasharray": dashes} if dashes else {}))
        for x, y in points:
            _mark(svg, x, y, colour, mark)
        ends.append((points[-1], each.name, colour, mark))
    _names(svg, ends, right)
    return svg


def _names(svg: ET.Element, ends: list[tuple[tuple[float, float], str, str, str]], right: int) -> None:
    """The name of each curve beside its end, moved apart where they would touch."""
    lowest = -100.0
    for (_, y), name, colour, mark in sorted(ends):
        place = max(y, lowest + 17)
        lowest = place
        _mark(svg, right + 16, place, colour, mark)
        _say(svg, right + 26, place + 4, clipped(clean(name, lines=False), 20), "start", colour)


def grid(rows: Sequence[Row], turns: Sequence[str], title: str) -> ET.Element:
    """One row a line, one cell a turn; the fuller, the darker."""
    left, high = 316, 24
    wide = (WIDE - left - 4) / max(1, len(turns))
    svg = _svg(26 + high * len(rows) + 4, title)
    for place, turn in enumerate(turns):
        _say(svg, left + wide * (place + 0.5), 16, turn, "middle")
    for down, row in enumerate(rows):
        y = 26 + high * down
        _say(svg, 2, y + 16, clipped(clean(row.name, lines=False), 50), "start")
        for place, (says, shade) in enumerate(row.cells):
            ground, ink = SHADES[shade]
            _box(svg, left + wide * place, y, wide, high, ground)
            _say(svg, left + wide * (place + 0.5), y + 16, says, "middle", ink)
    return svg


def lanes(
    us: Sequence[Act], china: Sequence[Act], names: tuple[str, str], turns: Sequence[str], title: str
) -> ET.Element:
    """Two lanes of boxes, one for each act in the column of its turn; between them the turns."""
    left, high = 56, 38
    wide = (WIDE - left - 2) / max(1, len(turns))
    deep = [max([1, *(_stack(lane, turn) for turn in range(1, len(turns) + 1))]) for lane in (us, china)]
    middle = 6 + deep[0] * high
    svg = _svg(middle + 26 + deep[1] * high + 6, title)
    _line(svg, 0, middle + 2, WIDE, middle + 2, "#5a626c")
    _line(svg, 0, middle + 22, WIDE, middle + 22, "#5a626c")
    for place, turn in enumerate(turns):
        _say(svg, left + wide * (place + 0.5), middle + 16, turn, "middle")
    for lane, name, y, way in ((us, names[0], middle - high, -high), (china, names[1], middle + 26, high)):
        _say(svg, 2, y + 22, name, "start")
        seen: dict[int, int] = {}
        for act in lane:
            down = seen[act.turn] = seen.get(act.turn, -1) + 1
            _act(svg, act, left + wide * (act.turn - 1) + 2, y + way * down, min(wide - 4, 96))
    return svg


def _stack(lane: Sequence[Act], turn: int) -> int:
    return sum(act.turn == turn for act in lane)


def _act(svg: ET.Element, act: Act, x: float, y: float, wide: float) -> None:
    ground, ink = SHADES[act.shade]
    group = ET.SubElement(svg, "g")
    ET.SubElement(group, "title").text = clean(act.title, lines=False)
    box = _box(group, x, y, wide, 34, ground)
    if not act.known:
        box.set("stroke-dasharray", "3 3")
    _say(group, x + wide / 2, y + 14, act.name, "middle", ink)
    _say(group, x + wide / 2, y + 28, act.says, "middle", ink)


def _svg(high: float, title: str) -> ET.Element:
    said = clean(title, lines=False)
    svg = ET.Element("svg", {"viewBox": f"0 0 {WIDE} {high:g}", "role": "img", "aria-label": said, "font-size": "12"})
    ET.SubElement(svg, "title").text = said
    return svg


def _say(parent: ET.Element, x: float, y: float, text: str, anchor: str, ink: str = INK) -> None:
    looks = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "fill": ink}
    ET.SubElement(parent, "text", looks).text = clean(text, lines=False)


def _line(parent: ET.Element, x1: float, y1: float, x2: float, y2: float, ink: str) -> None:
    place = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}", "stroke": ink}
    ET.SubElement(parent, "line", place)


def _box(parent: ET.Element, x: float, y: float, wide: float, high: float, ground: str) -> ET.Element:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{wide:.1f}", "height": f"{high:.1f}"}
    return ET.SubElement(parent, "rect", place | {"fill": ground, "stroke": "#5a626c"})


def _mark(parent: ET.Element, x: float, y: float, ink: str, mark: str) -> None:
    if mark == "circle":
        ET.SubElement(parent, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "3.5", "fill": ink})
    elif mark == "square":
        place = {"x": f"{x - 3.5:.1f}", "y": f"{y - 3.5:.1f}", "width": "7", "height": "7"}
        ET.SubElement(parent, "rect", place | {"fill": ink})
    else:
        ET.SubElement(parent, "path", {"d": f"M{x:.1f} {y - 4.5:.1f} l4.5 8 h-9 z", "fill": ink})


def shade(part: Points, whole: Points) -> int:
    """How full a cell is, 0–4: nothing, up to a third, up to two thirds, under the whole, the whole."""
    if part <= 0 or whole <= 0:
        return 0
    return 4 if part >= whole else 1 + min(2, part * 3 // whole)
