"""Where the boxes of a picture stand: injects in a column for each turn, or a band for each line.

Texts are wrapped by the width of their characters in terminal cells, which is near enough for a sans serif, and right
for Chinese. How boxes and edges look is `crisis_sim.authoring.graph_svg`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from crisis_sim.authoring.graph import Edge, Graph, Node
from crisis_sim.authoring.graph_text import label_of, together, turn_of
from crisis_sim.text import cells, clean, clipped, wrapped

WIDE: Final = 236
"""Pixels across a box."""
ROW: Final = 15
"""Pixels from one line of text to the next."""
PAD: Final = 8
EDGE: Final = 24
HEAD: Final = 64
"""Pixels above the first box."""
_BETWEEN = 92
_GAP = 14
_BAND_GAP = 30
_CHARS = int((WIDE - 2 * PAD) / 6.6)
_MOST_ROWS = 7


class Box(NamedTuple):
    """A node with its place on the picture, in pixels."""

    node: Node
    rows: tuple[tuple[str, str], ...]
    """Lines of text, each with its class: `name` or `more`."""
    x: float
    y: float
    high: float


class Wire(NamedTuple):
    """An edge between two boxes; a node may stand in several bands."""

    edge: Edge
    start: Box
    end: Box


class Picture(NamedTuple):
    """Everything that is drawn."""

    across: float
    down: float
    heads: tuple[tuple[float, str], ...]
    """Where each column begins, and what it is called."""
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def laid_out(graph: Graph) -> Picture:
    """The picture of a graph: in time if it has injects, in bands if it has none."""
    return _in_time(graph) if any(node.kind == "inject" for node in graph.nodes) else _in_bands(graph)


def _column(place: int) -> float:
    return EDGE + place * (WIDE + _BETWEEN)


def _box(node: Node, place: int, y: float) -> Box:
    rows = _text(node)
    return Box(node, rows, _column(place), y, len(rows) * ROW + 2 * PAD)


def _text(node: Node) -> tuple[tuple[str, str], ...]:
    rows = [(row, "name") for row in wrapped(clean(label_of(node), lines=False), _CHARS)]
    more = node.how if node.kind in ("inject", "act") else node.says
    if more and more != "by the clock":
        rows += [(row, "more") for row in wrapped(clean(more, lines=False), int(_CHARS * 1.12))]
    if len(rows) > _MOST_ROWS:
        last, kind = rows[_MOST_ROWS - 1]
        rows[_MOST_ROWS - 1 :] = [(clipped(f"{last} …", _CHARS) if cells(last) < _CHARS else f"{last[:-2]}…", kind)]
    return tuple(rows)


def _height(nodes: Iterable[Node]) -> float:
    return sum(len(_text(node)) * ROW + 2 * PAD + _GAP for node in nodes)


def _stacked(nodes: Sequence[Node], place: int, y: float, slack: float = 0) -> list[Box]:
    """Boxes beneath each other from `y` on."""
    boxes: list[Box] = []
    for node in nodes:
        boxes.append(_box(node, place, y))
        y += boxes[-1].high + _GAP + slack
    return boxes


# injects in time


def _in_time(graph: Graph) -> Picture:
    columns = _turn_columns(graph)
    highest = max(_height(nodes) for _, nodes in columns)
    boxes: dict[str, Box] = {}
    for place, (_, nodes) in enumerate(columns):
        slack = min(60.0, (highest - _height(nodes)) / (len(nodes) + 1)) if place else 0.0
        boxes |= {box.node.id: box for box in _stacked(nodes, place, HEAD + slack, slack)}
    edges = [edge for edge in together(graph.edges) if edge.start in boxes and edge.end in boxes]
    wires = tuple(Wire(edge, boxes[edge.start], boxes[edge.end]) for edge in edges)
    return _picture([head for head, _ in columns], list(boxes.values()), wires)


def _turn_columns(graph: Graph) -> list[tuple[str, list[Node]]]:
    turns: dict[int, list[Node]] = {}
    before: list[Node] = []
    after: list[Node] = []
    starts = {edge.start for edge in graph.edges}
    for node in graph.nodes:
        if node.kind == "inject":
            turns.setdefault(turn_of(graph, node), []).append(node)
        else:
            (before if node.id in starts else after).append(node)
    columns = [("What they wait for", before)]
    columns += [(f"Turn at T+{hour}h", turns[hour]) for hour in sorted(turns)]
    columns.append(("What they change", after))
    return [(head, nodes) for head, nodes in columns if nodes]


# a band for each line


def _in_bands(graph: Graph) -> Picture:
    boxes: list[Box] = []
    wires: list[Wire] = []
    y: float = HEAD
    led_to = {edge.end for edge in graph.edges if edge.kind == "leads-to"}
    heads = [node for node in graph.nodes if node.kind == "pink" or (node.kind == "red" and node.id not in led_to)]
    shown: set[str] = set()
    for node in heads:
        band = _Band(graph, node, shown)
        more, joined, y = band.placed(y)
        boxes += more
        wires += joined
        y += _BAND_GAP
    names = ["Acts that rules judge", "What presses or relieves", "Pink lines", "Red lines", "What crosses at once"]
    return _picture(names, boxes, tuple(wires))


class _Band:
    """A pink line with all that bears on it, and the red line that it leads to."""

    def __init__(self, graph: Graph, head: Node, shown: set[str]) -> None:
        nodes = {node.id: node for node in graph.nodes}
        self._edges = together(graph.edges)
        red = next((edge.end for edge in self._edges if edge.start == head.id and edge.kind == "leads-to"), None)
        if head.kind == "red":
            red = head.id
        self._pink = [head] if head.kind == "pink" else []
        self._red = [nodes[red]] if red is not None else []
        self._near = [nodes[edge.start] for edge in self._to(head.id) if edge.kind in ("presses", "relieves")]
        self._crossing = [] if red is None or red in shown else [nodes[edge.start] for edge in self._to(red, "crosses")]
        judged = [nodes[edge.start] for node in self._near for edge in self._to(node.id, "matches")]
        self._far = list(dict.fromkeys(judged))
        shown.add(red or "")

    def _to(self, ident: str, *kinds: str) -> list[Edge]:
        return [edge for edge in self._edges if edge.end == ident and (not kinds or edge.kind in kinds)]

    def placed(self, y: float) -> tuple[list[Box], list[Wire], float]:
        """The band's boxes and wires, and where it ends."""
        columns = [self._far, self._near, self._pink, self._red, self._crossing]
        high = max(_height(nodes) for nodes in columns)
        found = [
            _stacked(nodes, place, y + (high - _height(nodes)) / 2) for place, nodes in enumerate(columns) if nodes
        ]
        boxes = {(box.node.id, box.x): box for column in found for box in column}
        by_name = {box.node.id: box for box in boxes.values()}
        wires = [
            Wire(edge, by_name[edge.start], by_name[edge.end])
            for edge in self._edges
            if edge.start in by_name and edge.end in by_name
        ]
        return list(boxes.values()), wires, y + high


def _picture(heads: Sequence[str], boxes: Sequence[Box], wires: tuple[Wire, ...]) -> Picture:
    across = EDGE * 2 + len(heads) * WIDE + (len(heads) - 1) * _BETWEEN
    down = max((box.y + box.high for box in boxes), default=HEAD) + EDGE + 40
    return Picture(across, down, tuple((_column(place), head) for place, head in enumerate(heads)), tuple(boxes), wires)
