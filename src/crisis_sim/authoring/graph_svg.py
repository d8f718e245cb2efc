"""A graph as a picture that any browser shows: SVG from the files alone, with nothing to install.

Where things stand is `graph_layout`'s. Every picture says in words what it shows, and each box tells the rest of what
it knows when the pointer rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from crisis_sim.authoring.graph import EdgeKind, Graph, NodeKind
from crisis_sim.authoring.graph_layout import EDGE, HEAD, PAD, ROW, WIDE, Box, GraphPicture, Wire, laid_out
from crisis_sim.authoring.graph_text import BOXES, TIES, verb_of, word_of
from crisis_sim.text import cells, clean
from crisis_sim.wording import Say, speaker

_TIE: Final = (38, 26)
"""Pixels before and after a word that says what a line means."""
_THING: Final = (26, 24)
"""The same for a box."""
_STYLE = (
    "text{font-family:Helvetica,Arial,'Liberation Sans','Noto Sans','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif;fill:#1b1f24}.title{font-size:18px;font-weight:600}"
    ".head{font-size:12px;font-weight:600;fill:#5a626c}.name{font-size:12px;font-weight:600}"
    ".more{font-size:10.5px;fill:#3b424b}.word{font-size:10.5px;fill:#3b424b}"
)


def svg(graph: Graph) -> str:
    """The graph as an SVG document."""
    picture, say = laid_out(graph), speaker(graph.language)
    ties = dict.fromkeys(wire.edge.kind for wire in picture.wires)
    things = dict.fromkeys(box.node.kind for box in picture.boxes)
    legend, boxes = [verb_of(kind, say) for kind in ties], [say(BOXES[kind].name, "of a box") for kind in things]
    picture = picture._replace(across=_across(picture, clean(graph.title, lines=False), legend, boxes))
    root = ET.Element("svg", _root(picture))
    ET.SubElement(root, "title").text = clean(graph.title, lines=False)
    ET.SubElement(root, "desc").text = _described(graph)
    ET.SubElement(root, "style").text = _STYLE
    _arrows(root)
    ET.SubElement(root, "rect", {"width": f"{picture.across:g}", "height": f"{picture.down:g}", "fill": "#ffffff"})
    _write(root, EDGE, 26, clean(graph.title, lines=False), "title")
    for x, head in picture.heads:
        _write(root, x, HEAD - 12, head, "head")
    for wire in picture.wires:
        _draw_wire(root, wire, say)
    for box in picture.boxes:
        _draw_box(root, box)
    _legend(root, picture.down - 40, zip(ties, legend, strict=True))
    _kinds(root, picture.down - 18, zip(things, boxes, strict=True))
    return ET.tostring(root, encoding="unicode") + "\n"


def _across(picture: GraphPicture, title: str, ties: Iterable[str], things: Iterable[str]) -> float:
    """Wide enough for the boxes, for the title, and for the two rows that say what is what."""
    rows = (sum(_wide(word, _TIE) for word in ties), sum(_wide(word, _THING) for word in things))
    return max(picture.across, 2 * EDGE + 10 * cells(title), *(EDGE + row for row in rows))


def _wide(word: str, sign: tuple[int, int]) -> int:
    """Pixels that a word and its sign take in the rows that say what is what."""
    return sum(sign) + 6 * cells(word)


def _root(picture: GraphPicture) -> dict[str, str]:
    size = {"width": f"{picture.across:g}", "height": f"{picture.down:g}"}
    box = f"0 0 {picture.across:g} {picture.down:g}"
    return {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": box, **size}


def _described(graph: Graph) -> str:
    """The picture in words, for whoever cannot see it."""
    say = speaker(graph.language)
    names = {node.id: clean(node.title, lines=False).rstrip(".。") for node in graph.nodes}
    said = (
        say("{start} {does} {end}.", start=names[tie.start], does=word_of(tie, say), end=names[tie.end])
        for tie in graph.ties()
    )
    return clean(" ".join(said), lines=False)


def _arrows(root: ET.Element) -> None:
    """An arrow's head for each colour."""
    defs = ET.SubElement(root, "defs")
    size = {"markerWidth": "8", "markerHeight": "8", "refX": "7", "refY": "3.5", "orient": "auto"}
    for colour in dict.fromkeys(look.colour for look in TIES.values()):
        looks = {"id": f"a{colour[1:]}", "viewBox": "0 0 8 7", "markerUnits": "userSpaceOnUse", **size}
        ET.SubElement(ET.SubElement(defs, "marker", looks), "path", {"d": "M0 0 L8 3.5 L0 7 z", "fill": colour})


def _draw_box(root: ET.Element, box: Box) -> None:
    look = BOXES[box.node.kind]
    group = ET.SubElement(root, "g")
    node = box.node
    told = filter(None, (node.title, node.how, node.says, *node.follows, node.place))
    ET.SubElement(group, "title").text = clean("\n".join(told), lines=True)
    shape = {"x": f"{box.x:g}", "y": f"{box.y:g}", "width": str(WIDE), "height": f"{box.high:g}"}
    looks = {"rx": "2" if node.kind == "inject" else "9", "fill": look.ground, "stroke": look.edge}
    if node.kind == "inject" and not node.by_clock:
        looks["stroke-dasharray"] = "5 3"
    if node.kind == "red":
        looks["stroke-width"] = "2.5"
    ET.SubElement(group, "rect", shape | looks)
    for place, (row, kind) in enumerate(box.rows):
        _write(group, box.x + PAD, box.y + PAD + 11 + place * ROW, row, kind)


def _draw_wire(root: ET.Element, wire: Wire, say: Say) -> None:
    _says, colour, width, dashes = TIES[wire.edge.kind]
    looks = {"d": _path(wire), "fill": "none", "stroke": colour, "stroke-width": width}
    looks |= {"marker-end": f"url(#a{colour[1:]})", "opacity": "0.8"} | _dashed(dashes)
    said = f"{wire.start.node.title} {word_of(wire.edge, say)} {wire.end.node.title}"
    ET.SubElement(ET.SubElement(root, "path", looks), "title").text = clean(said, lines=False)


def _path(wire: Wire) -> str:
    """Along its lane; or a curve to the next column, and round by the right to a box that stands above or below."""
    start, end = wire.start, wire.end
    from_y, to_y = start.y + start.high / 2, end.y + end.high / 2
    if wire.lane is not None:
        out, into = start.x + WIDE + wire.aside, end.x - wire.aside
        return f"M{start.x + WIDE:g} {from_y:g} H{out:g} V{wire.lane:g} H{into:g} V{to_y:g} H{end.x:g}"
    if start.x == end.x:
        x = start.x + WIDE
        return f"M{x:g} {from_y:g} C{x + 46:g} {from_y:g} {x + 46:g} {to_y:g} {x:g} {to_y:g}"
    ahead = start.x < end.x
    from_x, to_x = (start.x + WIDE, end.x) if ahead else (start.x, end.x + WIDE)
    bend = max(36.0, abs(to_x - from_x) / 2) * (1 if ahead else -1)
    return f"M{from_x:g} {from_y:g} C{from_x + bend:g} {from_y:g} {to_x - bend:g} {to_y:g} {to_x:g} {to_y:g}"


def _legend(root: ET.Element, y: float, kinds: Iterable[tuple[EdgeKind, str]]) -> None:
    """What each kind of line says."""
    x = float(EDGE)
    for kind, word in kinds:
        _says, colour, width, dashes = TIES[kind]
        place = {"x1": f"{x:g}", "x2": f"{x + 30:g}", "y1": f"{y - 4:g}", "y2": f"{y - 4:g}"}
        looks = {"stroke": colour, "stroke-width": width, "marker-end": f"url(#a{colour[1:]})"} | _dashed(dashes)
        ET.SubElement(root, "line", place | looks)
        _write(root, x + _TIE[0], y, word, "word")
        x += _wide(word, _TIE)


def _kinds(root: ET.Element, y: float, kinds: Iterable[tuple[NodeKind, str]]) -> None:
    """What each kind of box is."""
    x = float(EDGE)
    for kind, word in kinds:
        look = BOXES[kind]
        place = {"x": f"{x:g}", "y": f"{y - 10:g}", "width": "18", "height": "12"}
        ET.SubElement(root, "rect", place | {"rx": "3", "fill": look.ground, "stroke": look.edge})
        _write(root, x + _THING[0], y, word, "word")
        x += _wide(word, _THING)


def _dashed(dashes: str) -> dict[str, str]:
    return {"stroke-dasharray": dashes} if dashes else {}


def _write(root: ET.Element, x: float, y: float, text: str, kind: str) -> None:
    ET.SubElement(root, "text", {"x": f"{x:g}", "y": f"{y:g}", "class": kind}).text = text
