"""`crisis-sim preview`: walk through a scenario as its people will meet it, without a session."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from typer import Argument, Option


def preview(
    scenario: Annotated[str, Argument(metavar="SCENARIO", help="Its id, its folder, or its file.")],
    inject: Annotated[str | None, Argument(metavar="[INJECT]", help="An inject to begin with, by its id.")] = None,
    length: Annotated[int | None, Option("--length", help="Minutes: 45, 90 or 150.")] = None,
    seat: Annotated[
        Literal["us", "china", "facilitator", "observer"] | None,
        Option("--as", help="Show the screen of one seat, as a turn opens."),
    ] = None,
    turn: Annotated[int, Option("--turn", help="The turn for --as, from 1; 0 is the briefing.")] = 1,
    plain: Annotated[bool, Option("--plain", help="Print it as text, as where there is no terminal.")] = False,
) -> int:
    """Walk through SCENARIO turn by turn and inject by inject, without a session.

    Nothing is played or kept. In a terminal a screen opens with the plan, what is tied to what, and the numbers; there
    `u`, `c` and `f` show a turn as the US, China or the facilitator sees it. Elsewhere the plan, or INJECT, is printed.
    """
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.language import language
    from crisis_sim.cli.previewing import look_around, told, usual_length
    from crisis_sim.content.ready import ready_material

    material = ready_material(scenario)
    at = usual_length(material) if length is None else length
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        return look_around(scenario, at, language(), inject, seat, turn)
    answer(told(material, at, language(), inject, seat, turn))
    return 0
