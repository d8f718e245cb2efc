"""`crisis-sim graph`: pictures of a scenario, for a page, a paper, or a wall."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Argument, Option

GraphSubject: TypeAlias = Literal["plan", "lines"]
GraphForm: TypeAlias = Literal["svg", "mermaid", "dot"]


def graph(
    scenario: Annotated[str, Argument(metavar="SCENARIO", help="Its id, its folder, or its file.")],
    what: Annotated[
        GraphSubject, Argument(metavar="[plan|lines]", help="Injects in time, or acts and lines.")
    ] = "plan",
    form: Annotated[GraphForm, Option("--format", help="SVG for browsers, or text for Mermaid or Graphviz.")] = "svg",
    output: Annotated[Path | None, Option("--output", "-o", help="A file to write; otherwise it is printed.")] = None,
) -> int:
    """Draw SCENARIO: its plan (injects in time, and what they wait for), or its lines (what presses and crosses them).

    A picture in SVG opens in every browser; a box tells more when the pointer rests on it. Mermaid text can stand in
    Markdown pages, and DOT is drawn by Graphviz. On a screen, `crisis-sim preview` shows the same ties.
    """
    from crisis_sim.authoring.graph import graph_of
    from crisis_sim.authoring.graph_svg import svg
    from crisis_sim.authoring.graph_text import dot, mermaid
    from crisis_sim.cli.answer import answer, write_answer
    from crisis_sim.cli.language import language
    from crisis_sim.content.load import load_material

    whole = graph_of(load_material(scenario), language())
    part = whole.plan() if what == "plan" else whole.lines()
    drawn = {"svg": svg, "mermaid": mermaid, "dot": dot}[form](part)
    if output is None:
        answer(drawn.rstrip("\n"))
    else:
        write_answer(output, drawn)
    return 0
