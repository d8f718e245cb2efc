"""A graph as text for other programs to draw: Mermaid for Markdown pages, DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from crisis_sim.authoring.graph import Edge, EdgeKind, Graph, Node, NodeKind
from crisis_sim.text import clean, clipped, wrapped
from crisis_sim.wording import Say, _, speaker

LABEL: Final = 32
"""Cells in a line of a label."""
_ROWS = 5


class BoxLook(NamedTuple):
    """How a kind of node is drawn."""

    opens: str
    """Mermaid's bracket."""
    closes: str
    shape: str
    """Graphviz's."""


BOXES: Final[Mapping[NodeKind, BoxLook]] = {
    "inject": BoxLook("[", "]", "box"),
    "act": BoxLook("(", ")", "plain"),
    "rule": BoxLook("{{", "}}", "hexagon"),
    "pink": BoxLook("([", "])", "oval"),
    "red": BoxLook("[[", "]]", "doubleoctagon"),
    "track": BoxLook("[/", "/]", "parallelogram"),
    "fact": BoxLook("((", "))", "ellipse"),
    "asset": BoxLook("[/", "\\]", "component"),
    "commitment": BoxLook("[(", ")]", "cylinder"),
    "voice": BoxLook(">", "]", "note"),
    "private-fact": BoxLook("((", "))", "egg"),
    "channel": BoxLook(">", "]", "cds"),
}
TIES: Final[Mapping[EdgeKind, str]] = {
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
    "asks": _("asks", "of a tie"),
    "hurts": _("hurts", "of a tie"),
}
"""What each kind of edge says between its two ends."""
DASHED: Final = frozenset({"unless", "relieves", "proposes"})
"""Kinds of edges that keep something away, or that do nothing by themselves."""


def mermaid(graph: Graph) -> str:
    """The graph as a Mermaid flowchart, injects grouped by the turn in which they are due."""
    names, say = _names(graph), speaker(graph.language)
    lines = ["---", f"title: {_yaml(graph.title)}", "---", "flowchart LR"]
    for hour, nodes in _turns(graph):
        lines += [f'  subgraph t{hour}["{say("T+{hour}h", hour=hour)}"]', "    direction TB"]
        lines += [f"    {_mermaid_node(names, node)}" for node in nodes]
        lines.append("  end")
    lines += [f"  t{previous} ~~~ t{hour}" for previous, hour in pairwise(hour for hour, _ in _turns(graph))]
    lines += [f"  {_mermaid_node(names, node)}" for node in graph.nodes if node.kind != "inject"]
    lines += [f"  {_mermaid_edge(names, edge, say)}" for edge in graph.ties()]
    for kind in BOXES:
        members = ",".join(names[node.id] for node in graph.nodes if node.kind == kind)
        lines += [f"  class {members} {kind}"] if members else []
    return "\n".join(lines) + "\n"


def dot(graph: Graph) -> str:
    """The graph in Graphviz's language, injects of one turn beneath each other."""
    names, say = _names(graph), speaker(graph.language)
    lines = [
        "digraph scenario {",
        f"  label={_quoted(graph.title)}; labelloc=t; rankdir=LR; newrank=true;",
    ]
    for hour, nodes in _turns(graph):
        lines.append(f"  subgraph cluster_{hour} {{ label={_quoted(say('T+{hour}h', hour=hour))};")
        lines += [f"    {_dot_node(names, node)}" for node in nodes]
        lines.append("  }")
    firsts = [names[nodes[0].id] for _, nodes in _turns(graph)]
    lines += [
        f"  {previous} -> {following} [style=invis, weight=20, minlen=2];" for previous, following in pairwise(firsts)
    ]
    lines += [f"  {_dot_node(names, node)}" for node in graph.nodes if node.kind != "inject"]
    lines += [f"  {_dot_edge(names, edge, say)}" for edge in graph.ties()]
    return "\n".join([*lines, "}"]) + "\n"


def verb_of(edge: EdgeKind, say: Say) -> str:
    """What an edge says between its two ends."""
    return say(TIES[edge], "of a tie")


def _label(edge: Edge, say: Say) -> str:
    verb = verb_of(edge.kind, say)
    return say("{does} {label}", does=verb, label=edge.label) if edge.label else verb


def _names(graph: Graph) -> dict[str, str]:
    return {node.id: f"n{place}" for place, node in enumerate(graph.nodes)}


def _turns(graph: Graph) -> list[tuple[int, list[Node]]]:
    """Injects by the turn at whose beginning they are due, if that turn is played."""
    nodes_by_hour: dict[int, list[Node]] = {}
    for node in graph.nodes:
        if node.kind == "inject":
            due_hour = node.hour
            begins = next((hour for hour in graph.turns if due_hour is not None and hour >= due_hour), graph.turns[-1])
            nodes_by_hour.setdefault(begins, []).append(node)
    return sorted(nodes_by_hour.items())


def _rows(node: Node) -> list[str]:
    rows = wrapped(clean(node.title, lines=False), LABEL)
    return rows if len(rows) <= _ROWS else [*rows[: _ROWS - 1], clipped(rows[_ROWS - 1] + " …", LABEL)]


def _mermaid_node(names: Mapping[str, str], node: Node) -> str:
    look, text = BOXES[node.kind], "<br/>".join(_mermaid_text(row) for row in _rows(node))
    return f'{names[node.id]}{look.opens}"{text}"{look.closes}'


def _mermaid_edge(names: Mapping[str, str], edge: Edge, say: Say) -> str:
    arrow = "-.->" if edge.kind in DASHED else "==>" if edge.kind == "crosses" else "-->"
    return f'{names[edge.start]} {arrow}|"{_mermaid_text(_label(edge, say))}"| {names[edge.end]}'


def _mermaid_text(text: str) -> str:
    """Text that Mermaid shows as it is: what it or the page could take for code goes by number."""
    return "".join(char if char.isalnum() or char in " .,;:+-–—'’“”()·…?!/" else f"#{ord(char)};" for char in text)


def _yaml(text: str) -> str:
    """A quoted title; angles become look-alikes, since a page may take them for markup."""
    text = text.replace("<", "‹").replace(">", "›")
    return "'" + clean(text, lines=False).replace("'", "''") + "'"


def _dot_node(names: Mapping[str, str], node: Node) -> str:
    look, label = BOXES[node.kind], r"\n".join(_escaped(row) for row in _rows(node))
    return f'{names[node.id]} [label="{label}", shape={look.shape}];'


def _dot_edge(names: Mapping[str, str], edge: Edge, say: Say) -> str:
    style = ", style=dashed" if edge.kind in DASHED else ", penwidth=2" if edge.kind == "crosses" else ""
    return f"{names[edge.start]} -> {names[edge.end]} [label={_quoted(_label(edge, say))}{style}];"


def _quoted(text: str) -> str:
    return f'"{_escaped(clean(text, lines=False))}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
