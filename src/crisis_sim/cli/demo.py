"""`crisis-sim demo`: two bots play a short game, and each step is explained as it happens."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated

SCENARIO, LENGTH, SEED = "bottomed-submarine", 45, 1
US, CHINA = "salami", "salami"


def demo(
    fast: Annotated[bool, Option("--fast", help="Do not wait between paragraphs.")] = False,
    log: Annotated[
        Path | None, Option(metavar="PATH", help="Where the log goes: a new file that ends in .jsonl, or a folder.")
    ] = None,
) -> int:
    """Watch two bots play a short game, with everything explained as it happens.

    It takes about five minutes. Enter goes on at once, q and Enter stop. Nothing is sealed here: the demo shows what
    the two teams of a real session would only see in the debrief.
    """
    from crisis_sim.cli.narration import Narration
    from crisis_sim.cli.pace import Pace, Stopped
    from crisis_sim.cli.play import log_place
    from crisis_sim.cli.seating import begun
    from crisis_sim.tui.choice import Choice

    choice = Choice(do="start", scenario=SCENARIO, length=LENGTH, us=US, china=CHINA, facilitator="auto", seed=SEED)
    seated = begun(choice, place=log_place(log), show="all")
    with seated.session:
        pace = Pace(fast=fast)
        with suppress(Stopped):
            Narration(seated, pace).play()
        _farewell(seated)
    return 0


def _farewell(seated: Seated) -> None:
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.language import say
    from crisis_sim.text import cells

    rows = {
        say("The log of this game:"): str(seated.session.path),
        say("Play it yourself:"): f"crisis-sim play {SCENARIO} --china mirror",
        say("The menu:"): "crisis-sim",
    }
    widest = max(map(cells, rows))
    answer("\n" + "\n".join(f"{head}{' ' * (widest - cells(head))} {row}" for head, row in rows.items()))
