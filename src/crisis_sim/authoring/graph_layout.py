"""Where the boxes of a picture stand: injects in a column for each turn, or a band for each line.

No wire runs behind a box, where it would seem to lead to it: one that goes further than to the next column has a lane
above all boxes, which it shares with others of its kind from the same box.

Texts are wrapped by the width of their characters in terminal cells, which is near enough for a sans serif, and right
for Chinese. How boxes and edges look is `crisis_sim.authoring.graph_svg`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from crisis_sim.authoring.graph import Edge, Graph, Node
from crisis_sim.authoring.graph_text import turn_of
from crisis_sim.text import cells, clean, clipped, wrapped
from crisis_sim.wording import _, speaker

WIDE: Final = 236
"""Pixels across a box."""
ROW: Final = 15
"""Pixels from one line of text to the next."""
PAD: Final = 8
EDGE: Final = 40
HEAD: Final = 64
"""Pixels above the first box."""
_BETWEEN = 92
_GAP = 14
_BAND_GAP = 30
_CHARS = int((WIDE - 2 * PAD) / 6.6)
_MOST_ROWS = 7
LANE: Final = 7
"""Pixels from one lane to the next."""


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
    lane: float | None = None
    """How high it runs, if not straight."""
    aside: float = 0
    """How far from the boxes it goes up and down."""


class GraphPicture(NamedTuple):
    """Everything that is drawn."""

    across: float
    down: float
    heads: tuple[tuple[float, str], ...]
    """Where each column begins, and what it is called."""
    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]


def laid_out(graph: Graph) -> GraphPicture:
    """The picture of a graph: in time if it has injects, in bands if it has none."""
    return _in_time(graph) if graph.by == "time" else _in_bands(graph)


def _column(place: int) -> float:
    return EDGE + place * (WIDE + _BETWEEN)


def _box(node: Node, place: int, y: float) -> Box:
    rows = _text(node)
    return Box(node, rows, _column(place), y, len(rows) * ROW + 2 * PAD)


def _text(node: Node) -> tuple[tuple[str, str], ...]:
    rows = [(row, "name") for row in wrapped(clean(node.title, lines=False), _CHARS)]
    more = node.how if node.kind in ("inject", "act") else node.says
    if more and not node.by_clock:
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


def _in_time(graph: Graph) -> GraphPicture:
    columns = _turn_columns(graph)
    highest = max((_height(nodes) for _head, nodes in columns), default=0.0)
    boxes: dict[str, Box] = {}
    for place, (_head, nodes) in enumerate(columns):
        slack = min(60.0, (highest - _height(nodes)) / (len(nodes) + 1)) if place else 0.0
        boxes |= {box.node.id: box for box in _stacked(nodes, place, HEAD + slack, slack)}
    edges = [tie for tie in graph.ties() if tie.start in boxes and tie.end in boxes and tie.start != tie.end]
    lanes = _lanes([Wire(edge, boxes[edge.start], boxes[edge.end]) for edge in edges])
    down = LANE * (max(lanes.values(), default=-1) + 2)
    boxes = {name: box._replace(y=box.y + down) for name, box in boxes.items()}
    wires = tuple(_wired(edge, boxes, lanes) for edge in edges)
    return _picture([head for head, _ in columns], list(boxes.values()), wires)


def _lanes(wires: Sequence[Wire]) -> dict[tuple[str, str], int]:
    """A lane for each box and kind of wire that goes further than to the next column; lanes are shared end to end."""
    spans: dict[tuple[str, str], list[float]] = {}
    for wire in wires:
        if not 0 <= wire.end.x - wire.start.x <= WIDE + _BETWEEN:
            spans.setdefault((wire.start.node.id, wire.edge.kind), [wire.start.x]).append(wire.end.x)
    taken: list[list[tuple[float, float]]] = []
    found: dict[tuple[str, str], int] = {}
    for key, ends in sorted(spans.items(), key=lambda item: (min(item[1]), item[0])):
        low, high = min(ends) - _BETWEEN, max(ends) + WIDE + _BETWEEN
        lane = next((n for n, others in enumerate(taken) if all(high < a or b < low for a, b in others)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found[key] = lane
    return found


def _wired(edge: Edge, boxes: Mapping[str, Box], lanes: Mapping[tuple[str, str], int]) -> Wire:
    start, end = boxes[edge.start], boxes[edge.end]
    if 0 <= end.x - start.x <= WIDE + _BETWEEN:
        return Wire(edge, start, end)
    lane = lanes[edge.start, edge.kind]
    return Wire(edge, start, end, HEAD + LANE * (lane + 0.5), 10 + lane * 5 % (_BETWEEN - 30))


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
    say = speaker(graph.language)
    columns = [(say("What they wait for"), before)]
    columns += [(say("Turn at T+{hour}h", hour=hour), turns[hour]) for hour in sorted(turns)]
    columns.append((say("What they change"), after))
    return [(head, nodes) for head, nodes in columns if nodes]


# a band for each line


_BANDS: Final = (
    *(_("Acts that rules judge"), _("What presses or relieves"), _("Pink lines"), _("Red lines")),
    _("What crosses it, or proposes to"),
)


def _in_bands(graph: Graph) -> GraphPicture:
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
    return _picture([*map(speaker(graph.language), _BANDS)], boxes, tuple(wires))


class _Band:
    """A pink line with all that bears on it, and the red line that it leads to."""

    def __init__(self, graph: Graph, head: Node, shown: set[str]) -> None:
        nodes = {node.id: node for node in graph.nodes}
        self._edges = graph.ties()
        red = next((edge.end for edge in self._edges if edge.start == head.id and edge.kind == "leads-to"), None)
        if head.kind == "red":
            red = head.id
        self._pink = [head] if head.kind == "pink" else []
        self._red = [nodes[red]] if red is not None else []
        self._near = _once(nodes[edge.start] for edge in self._to(head.id, "presses", "relieves"))
        crossing = [] if red is None or red in shown else self._to(red, "crosses", "proposes")
        self._crossing = _once(nodes[edge.start] for edge in crossing)
        self._far = _once(nodes[edge.start] for node in self._near for edge in self._to(node.id, "matches"))
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
        boxes = [box for column in found for box in column]
        at: dict[str, list[Box]] = {}
        for box in boxes:
            at.setdefault(box.node.id, []).append(box)
        wires = [
            Wire(edge, start, end)
            for edge in self._edges
            for start in at.get(edge.start, ())
            for end in at.get(edge.end, ())
            if abs(end.x - start.x) <= WIDE + _BETWEEN
        ]
        return boxes, wires, y + high


def _once(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in their order: what bears on a line in two ways has one box."""
    return list(dict.fromkeys(nodes))


def _picture(heads: Sequence[str], boxes: Sequence[Box], wires: tuple[Wire, ...]) -> GraphPicture:
    across = EDGE * 2 + max(len(heads), 1) * (WIDE + _BETWEEN) - _BETWEEN
    down = max((box.y + box.high for box in boxes), default=HEAD) + EDGE + 50
    return GraphPicture(
        across, down, tuple((_column(place), head) for place, head in enumerate(heads)), tuple(boxes), wires
    )
