"""`crisis-sim salvage`: the sound part of a damaged log, in a new one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from crisis_sim.cli.resume import LOG


def salvaged(
    log: Annotated[str, Argument(metavar="LOG", help=LOG)],
    out: Annotated[
        Path | None, Argument(metavar="[OUT]", help="The new log; beside the old one if nothing is said.")
    ] = None,
    from_: Annotated[
        list[str] | None,
        Option(
            "--from",
            metavar="LOG|SCENARIO",
            help="Where to find a damaged first line again: a copy of the log, a branch of it, or the scenario. By "
            "itself it is looked for in the logs beside it and the shipped scenarios.",
        ),
    ] = None,
) -> int:
    """Write what is sound of the damaged LOG to the new log OUT. LOG stays as it is."""
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.logs import log_named
    from crisis_sim.session.salvage import salvage

    damaged = log_named(log)
    saved = salvage(damaged, out or damaged.with_name(f"{damaged.stem}-salvaged.jsonl"), from_ or ())
    again = "line 1, which was damaged, is as it was written again" if saved.mended is not None else ""
    why = f"the first fault: {saved.damage}" if saved.damage is not None else ""
    name = saved.path.name
    less = f"acknowledged acts are missing from it; `crisis-sim verify {name}` says which" if saved.misses_acts else ""
    answer(f"{saved.path}", f"{saved.entries} entries saved, {saved.lost} lines lost", again, why, less)
    return 0
