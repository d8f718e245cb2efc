"""A scenario as a graph says what its files say, whole, and in forms that other programs can draw."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.engine.play import shipped, varied
from tests.small import SMALL, small_material

from crisis_sim.authoring.graph import Edge, Graph, Node, graph_of
from crisis_sim.authoring.graph_text import dot, mermaid
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material

SHIPPED = [listing.id for listing in list_scenarios()]
HOSTILE = '</text><script>alert(1)</script> "]); n0 --> x; [\\" \x1b[31m{{ & \' ` |'


def small() -> Graph:
    return graph_of(small_material())


def ends(graph: Graph, kind: str) -> set[tuple[str, str]]:
    return {(edge.start, edge.end) for edge in graph.edges if edge.kind == kind}


def test_a_condition_and_an_effect_of_an_inject_are_ties() -> None:
    """The tug offer is forestalled by an offer of help, and makes the host's consent true."""
    graph = small()
    offer = next(node for node in graph.nodes if node.id == "inject/tug-offer")
    assert offer.style.startswith("with no “")
    assert {start for start, end in ends(graph, "unless") if end == offer.id} == {"act/“Offer help”"}
    assert (offer.id, "fact/host-consent") in ends(graph, "sets")


def test_an_inject_is_tied_to_the_thing_that_it_waits_for() -> None:
    """What turned out to be more, or less, than it was seen as stands in the picture by its name."""

    def change(tree: dict[str, Any]) -> None:
        tree["msel"][-1] |= {"when": {"asset": {"id": "rescue-ship", "turned_out": "more"}}, "until": "90h"}

    material = varied("bottomed-submarine", change)
    drawn, last = graph_of(material), material.scenario.msel[-1].id
    (node,) = (node for node in drawn.nodes if node.kind == "asset")
    assert node.label == "Rescue ship with its vehicle"
    assert Edge("asset/rescue-ship", f"inject/{last}", "needs", "") in drawn.edges
    assert "component" in dot(drawn)


def test_lines_are_tied_to_what_presses_and_crosses_them_and_to_where_they_lead() -> None:
    """The author's own sentence names what a line watches for; a rule on a concern proposes and does not cross."""
    graph = small()
    pressing = {edge for edge in graph.edges if edge.end == "line/china/public-blame" and edge.kind == "presses"}
    assert "We are blamed before the cameras." in {graph.node(edge.start).label for edge in pressing}
    assert "+0.5" in {edge.label for edge in pressing}
    assert ("line/china/public-blame", "line/china/forced-removal") in ends(graph, "leads-to")
    crossing = {graph.node(start).label for start, end in ends(graph, "crosses") if end == "line/us/boarding"}
    assert crossing == {"Their units are on the ferry."}
    assert {graph.node(start).label for start, _ in ends(graph, "proposes")} == {"force crosses"}


def test_a_track_is_helped_or_hurt_by_what_moves_it() -> None:
    """Which of the two goes by what is good news for the track."""
    graph = small()
    assert {graph.node(start).label for start, _ in ends(graph, "helps")} == {"A tow line is across."}
    assert {graph.node(start).label for start, _ in ends(graph, "hurts")} == {"The tugs stand off."}


@pytest.mark.parametrize("scenario", SHIPPED)
def test_every_tie_has_two_ends_and_every_inject_and_line_is_there(scenario: str) -> None:
    """In the whole graph and in both of its pictures; nothing else is lost on the way."""
    material = shipped(scenario)
    whole = graph_of(material)
    for graph in (whole, whole.plan(), whole.lines()):
        known = {node.id for node in graph.nodes}
        assert all(edge.start in known and edge.end in known for edge in graph.edges)
    assert {f"inject/{inject.id}" for inject in material.scenario.msel} <= {node.id for node in whole.plan().nodes}
    lines = {node.id for node in whole.nodes if node.kind in ("pink", "red")}
    assert lines == {node.id for node in whole.lines().nodes if node.kind in ("pink", "red")}
    assert len(lines) == len(material.scenario.teams.us.lines) + len(material.scenario.teams.china.lines)


def test_an_inject_that_presses_a_line_is_in_the_picture_of_lines() -> None:
    """With what it presses; other injects are not."""
    lines = graph_of(shipped("lost-airliner")).lines()
    injects = {node.id for node in lines.nodes if node.kind == "inject"}
    assert "inject/sonobuoys" in injects
    assert injects == {edge.start for edge in lines.edges if edge.start.startswith("inject/")}


def hostile() -> Graph:
    nodes = (Node("inject/a", "inject", HOSTILE, HOSTILE, 0, HOSTILE), Node("fact/b", "fact", HOSTILE))
    return Graph(HOSTILE, (0, 24), nodes, (Edge("inject/a", "fact/b", "sets", HOSTILE),))


def test_hostile_text_stays_text_in_mermaid_and_dot() -> None:
    """A label cannot end its quotes, begin a node or carry markup."""
    for line in mermaid(hostile()).split("\n"):
        assert line.count('"') in (0, 2) or line.startswith("title: '"), line
        assert "<script" not in line
        assert "\x1b" not in line
    text = dot(hostile()).replace("\\\\", "").replace('\\"', "")
    assert all(line.count('"') % 2 == 0 for line in text.split("\n"))
    assert "\x1b" not in text


@pytest.mark.parametrize("scenario", SHIPPED)
def test_graphviz_would_read_every_shipped_graph(scenario: str) -> None:
    """Braces and quotes are balanced and every edge joins two named nodes; Graphviz itself is asked where it is."""
    for part in (graph_of(shipped(scenario)).plan(), graph_of(shipped(scenario)).lines()):
        text = dot(part)
        assert text.count("{") == text.count("}")
        named = {line.split(" [")[0].strip() for line in text.split("\n") if " [label=" in line and "->" not in line}
        for line in (line for line in text.split("\n") if "->" in line):
            start, _, end = line.strip().split(" ")[:3]
            assert {start, end} <= named
        if shutil.which("dot"):
            subprocess.run(["dot", "-Tcanon"], input=text, text=True, capture_output=True, check=True)


def test_the_graph_follows_the_language(tmp_path: Path) -> None:
    """Labels are in Chinese where they have been written in it."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    graph = graph_of(load_material(tmp_path / "scenarios" / "small-test"), "zh")
    assert graph.title == "小测试"
    assert graph.node("inject/alert").label == "求救"
    assert graph.node("inject/rumour").label == "A rumour"


ODD = {
    "nothing at all": Graph("", (0, 24), (), ()),
    "no inject": Graph("空", (0, 24), (Node("fact/a", "fact", "a"),), ()),
    "one inject": Graph("One", (0, 24), (Node("inject/a", "inject", "A", hour=0),), ()),
    "an inject past the end": Graph("Late", (0, 24), (Node("inject/a", "inject", "A", hour=999_999),), ()),
    "one that waits for itself": Graph(
        "Round", (0,), (Node("inject/a", "inject", "A", hour=0),), (Edge("inject/a", "inject/a", "brings"),)
    ),
    "two that wait for each other": Graph(
        "Round",
        (0, 24, 48),
        (Node("inject/a", "inject", "A", hour=0), Node("inject/b", "inject", "B", hour=48)),
        (Edge("inject/a", "inject/b", "needs"), Edge("inject/b", "inject/a", "unless")),
    ),
    "long names without a space": Graph(
        "长" * 200,
        (0, 24),
        (Node("inject/a", "inject", "n" * 3_000, "条" * 9_000, 0, "w" * 9_000), Node("fact/b", "fact", "f" * 3_000)),
        (Edge("inject/a", "fact/b", "sets", "9" * 300),),
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_scenario_can_be_drawn(name: str) -> None:
    """In both forms, whole or in part."""
    for graph in (ODD[name], ODD[name].lines(), ODD[name].plan()):
        assert mermaid(graph).startswith("---\ntitle: '") and dot(graph).startswith("digraph")


def test_a_line_that_nothing_bears_on_is_in_the_picture_of_lines() -> None:
    """A red line that nobody watches for is shown too."""
    alone = Node("line/us/alone", "red", "alone", to="us")
    lines = Graph("T", (0, 24), (alone, Node("inject/a", "inject", "A", hour=0)), ()).lines()
    assert lines.nodes == (alone,)


def test_a_voice_asks_and_what_its_question_leads_to_is_tied_to_it() -> None:
    """An answer that makes a fact true ties its inject to it, and the inject says what each answer comes to."""

    def change(tree: dict[str, Any]) -> None:
        (asks,) = (each for each in tree["msel"] if each["id"] == "hearing")
        answer = next(iter(asks["decide"].values()))
        answer["then"] = {"press": [{"line": line.id, "by": 1, "whose": "china"}]}

    asks = shipped("bottomed-submarine").scenario.msel
    voice = next(each.from_ for each in asks if each.id == "hearing")
    line = next(line for line in shipped("bottomed-submarine").scenario.teams.china.lines if line.kind == "pink")
    graph = graph_of(varied("bottomed-submarine", change))
    assert (f"voice/{voice}", "inject/hearing") in ends(graph, "asks")
    assert ("inject/hearing", f"line/china/{line.id}") in ends(graph, "presses")
    assert sum("answered “" in each for each in graph.node("inject/hearing").follows) == 3
    assert not [each for each in graph.node("track/host-confidence").follows if ".," in each.replace(" ", "")]
    assert "voice" in mermaid(graph) and graph.node(f"voice/{voice}").says


def test_a_private_fact_eases_lines_of_the_other_team_and_injects_call_for_it() -> None:
    """What one team alone knows is tied to what it can relieve, to what asks for it and to what waits for it."""

    def change(tree: dict[str, Any]) -> None:
        extra = {"id": "after-the-log", "when": {"disclosed": "passing-log"}, "calls_for": ["passing-log"]}
        tree["msel"].append({**tree["msel"][0], **extra})

    graph = graph_of(varied("bottomed-submarine", change))
    fact = graph.node("private-fact/passing-log")
    assert fact.label == "The log of a submarine that passed" and fact.to == "us" and fact.place
    eased = {end for start, end in ends(graph, "relieves") if start == fact.id}
    lines = shipped("bottomed-submarine").scenario.teams.china.lines
    assert eased == {f"line/china/{line.id}" for line in lines if line.kind == "pink" and line.concern == "blame"}
    assert ("inject/after-the-log", fact.id) in ends(graph, "asks")
    assert (fact.id, "inject/after-the-log") in ends(graph, "needs")
    assert "private-fact" in mermaid(graph) and "The log of a" in mermaid(graph)
