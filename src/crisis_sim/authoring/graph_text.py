"""A graph as text for other programs to draw: Mermaid for Markdown pages, DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from crisis_sim.authoring.graph import Edge, EdgeKind, Graph, Node, NodeKind
from crisis_sim.text import clean, clipped, wrapped
from crisis_sim.wording import Say, _, speaker

LABEL: Final = 32
"""Cells in a line of a label."""
_ROWS = 5

VERBS: Final[Mapping[EdgeKind, str]] = {
    "needs": _("allows", "of a tie"),
    "unless": _("forestalls", "of a tie"),
    "brings": _("brings", "of a tie"),
    "sets": _("makes true", "of a tie"),
    "unsets": _("makes false", "of a tie"),
    "matches": _("is judged by", "of a tie"),
    "presses": _("presses", "of a tie"),
    "relieves": _("relieves", "of a tie"),
    "crosses": _("crosses", "of a tie"),
    "proposes": _("proposes to have crossed", "of a tie"),
    "leads-to": _("leads to", "of a tie"),
    "helps": _("helps", "of a tie"),
    "hurts": _("hurts", "of a tie"),
}
"""What each kind of edge says between its two ends."""
DASHED: Final = frozenset({"unless", "relieves", "proposes"})
"""Kinds of edges that keep something away, or that do nothing by themselves."""

_SHAPES: Final[Mapping[NodeKind, tuple[str, str, str]]] = {
    # Mermaid's brackets, and Graphviz's shape
    "inject": ("[", "]", "box"),
    "act": ("(", ")", "box"),
    "rule": ("{{", "}}", "hexagon"),
    "pink": ("([", "])", "oval"),
    "red": ("[[", "]]", "box"),
    "track": ("[/", "/]", "parallelogram"),
    "fact": ("((", "))", "ellipse"),
    "commitment": ("[(", ")]", "cylinder"),
    "channel": (">", "]", "cds"),
}
COLOURS: Final[Mapping[NodeKind, tuple[str, str]]] = {
    "inject": ("#eef2f7", "#42526b"),
    "act": ("#ffffff", "#7a828c"),
    "rule": ("#f4f0e4", "#7a6a35"),
    "pink": ("#fbe6ec", "#a3405f"),
    "red": ("#f6d2cd", "#9c2516"),
    "track": ("#e3f1e6", "#2f6b3c"),
    "fact": ("#efe9f6", "#5d4384"),
    "commitment": ("#e4f1f3", "#2a6570"),
    "channel": ("#f2f2f2", "#555555"),
}
"""Ground and edge of each kind of node, in pictures on white."""


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart, injects grouped by the turn in which they are due."""
    names, say = _names(graph), speaker(graph.language)
    lines = ["---", f"title: {_yaml(graph.title)}", "---", "flowchart LR"]
    for hour, nodes in _turns(graph):
        lines += [f'  subgraph t{hour}["{say("T+{hour}h", hour=hour)}"]', "    direction TB"]
        lines += [f"    {_mermaid_node(names, node)}" for node in nodes]
        lines.append("  end")
    lines += [f"  t{before} ~~~ t{hour}" for before, hour in pairwise(hour for hour, _ in _turns(graph))]
    lines += [f"  {_mermaid_node(names, node)}" for node in graph.nodes if node.kind != "inject"]
    lines += [f"  {_mermaid_edge(names, edge, say)}" for edge in graph.ties()]
    for kind, (ground, edge) in COLOURS.items():
        members = ",".join(names[node.id] for node in graph.nodes if node.kind == kind)
        if members:
            lines += [f"  classDef {kind} fill:{ground},stroke:{edge},color:#1b1f24", f"  class {members} {kind}"]
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """The graph in Graphviz's language, injects of one turn beneath each other."""
    names, say = _names(graph), speaker(graph.language)
    lines = [
        "digraph scenario {",
        f"  label={_quoted(graph.title)}; labelloc=t; fontname=sans; fontsize=18; rankdir=LR; newrank=true;",
        "  node [fontname=sans, fontsize=10, style=filled];",
        '  edge [fontname=sans, fontsize=9, color="#5a6370", fontcolor="#3b424b"];',
    ]
    for hour, nodes in _turns(graph):
        head, colour = _quoted(say("T+{hour}h", hour=hour)), _quoted("#c3c8cf")
        lines.append(f"  subgraph cluster_{hour} {{ label={head}; color={colour};")
        lines += [f"    {_dot_node(names, node)}" for node in nodes]
        lines.append("  }")
    firsts = [names[nodes[0].id] for _, nodes in _turns(graph)]
    lines += [f"  {before} -> {after} [style=invis, weight=20, minlen=2];" for before, after in pairwise(firsts)]
    lines += [f"  {_dot_node(names, node)}" for node in graph.nodes if node.kind != "inject"]
    lines += [f"  {_dot_edge(names, edge, say)}" for edge in graph.ties()]
    return "\n".join([*lines, "}"]) + "\n"


def verb_of(edge: EdgeKind, say: Say) -> str:
    """What an edge says between its two ends."""
    return say(VERBS[edge], "of a tie")


def word_of(edge: Edge, say: Say) -> str:
    """What stands on an edge."""
    verb = verb_of(edge.kind, say)
    return say("{does} {label}", does=verb, label=edge.label) if edge.label else verb


def _names(graph: Graph) -> dict[str, str]:
    return {node.id: f"n{place}" for place, node in enumerate(graph.nodes)}


def _turns(graph: Graph) -> list[tuple[int, list[Node]]]:
    """Injects by the turn at whose beginning they are due, if that turn is played."""
    found: dict[int, list[Node]] = {}
    for node in graph.nodes:
        if node.kind == "inject":
            found.setdefault(turn_of(graph, node), []).append(node)
    return sorted(found.items())


def turn_of(graph: Graph, node: Node) -> int:
    """The hour at which the first turn begins in which an inject can come."""
    return next((hour for hour in graph.turns if node.hour is not None and hour >= node.hour), graph.turns[-1])


def _rows(node: Node) -> list[str]:
    rows = wrapped(clean(node.title, lines=False), LABEL)
    return rows if len(rows) <= _ROWS else [*rows[: _ROWS - 1], clipped(rows[_ROWS - 1] + " …", LABEL)]


def _mermaid_node(names: Mapping[str, str], node: Node) -> str:
    left, right, _ = _SHAPES[node.kind]
    text = "<br/>".join(_mermaid_text(row) for row in _rows(node))
    return f'{names[node.id]}{left}"{text}"{right}'


def _mermaid_edge(names: Mapping[str, str], edge: Edge, say: Say) -> str:
    arrow = "-.->" if edge.kind in DASHED else "==>" if edge.kind == "crosses" else "-->"
    return f'{names[edge.start]} {arrow}|"{_mermaid_text(word_of(edge, say))}"| {names[edge.end]}'


def _mermaid_text(text: str) -> str:
    """Text that Mermaid shows as it is: what it or the page could take for code goes by number."""
    return "".join(char if char.isalnum() or char in " .,;:+-–—'’“”()·…?!/" else f"#{ord(char)};" for char in text)


def _yaml(text: str) -> str:
    """A quoted title; angles become look-alikes, since a page may take them for markup."""
    text = text.replace("<", "‹").replace(">", "›")
    return "'" + clean(text, lines=False).replace("'", "''") + "'"


def _dot_node(names: Mapping[str, str], node: Node) -> str:
    ground, edge = COLOURS[node.kind]
    label = r"\n".join(_escaped(row) for row in _rows(node))
    shape = _SHAPES[node.kind][2]
    twice = ", peripheries=2" if node.kind == "red" else ""
    return f'{names[node.id]} [label="{label}", shape={shape}, fillcolor="{ground}", color="{edge}"{twice}];'


def _dot_edge(names: Mapping[str, str], edge: Edge, say: Say) -> str:
    style = ", style=dashed" if edge.kind in DASHED else ", penwidth=2" if edge.kind == "crosses" else ""
    return f"{names[edge.start]} -> {names[edge.end]} [label={_quoted(word_of(edge, say))}{style}];"


def _quoted(text: str) -> str:
    return f'"{_escaped(clean(text, lines=False))}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
