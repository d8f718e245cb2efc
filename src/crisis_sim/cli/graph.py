"""`crisis-sim graph`: a scenario as text that Mermaid or Graphviz draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from typer import Argument, Option

GraphSubject: TypeAlias = Literal["plan", "lines"]
GraphForm: TypeAlias = Literal["mermaid", "dot"]


def graph(
    scenario: Annotated[str, Argument(metavar="SCENARIO", help="Its id, its folder, or its file.")],
    what: Annotated[
        GraphSubject, Argument(metavar="[plan|lines]", help="Injects in time, or acts and lines.")
    ] = "plan",
    form: Annotated[GraphForm, Option("--format", help="Text for Mermaid or for Graphviz.")] = "mermaid",
    output: Annotated[Path | None, Option("--output", "-o", help="A file to write; otherwise it is printed.")] = None,
) -> int:
    """Describe SCENARIO for drawing: its plan (injects in time, and what they wait for), or its lines (what presses
    and crosses them).

    Mermaid text can stand in Markdown pages, and DOT is drawn by Graphviz. `crisis-sim preview` shows the same ties.
    """
    from crisis_sim.authoring.graph import graph_of
    from crisis_sim.authoring.graph_text import dot, mermaid
    from crisis_sim.cli.answer import answer, write_answer
    from crisis_sim.cli.language import language
    from crisis_sim.content.load import load_material

    whole = graph_of(load_material(scenario), language())
    part = whole.plan() if what == "plan" else whole.lines()
    drawn = mermaid(part) if form == "mermaid" else dot(part)
    if output is None:
        answer(drawn.rstrip("\n"))
    else:
        write_answer(output, drawn)
    return 0
