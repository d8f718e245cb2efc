"""`crisis-sim salvage`: the sound part of a damaged log, in a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from crisis_sim.cli.language import language, say
from crisis_sim.cli.logs import LOG, log_named
from crisis_sim.cli.verbs import typed
from crisis_sim.wording import failure

if TYPE_CHECKING:
    from crisis_sim.session.salvage import Salvaged


def salvage(
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
    from crisis_sim.session.salvage import salvage as salvage_log

    damaged = log_named(log)
    saved = salvage_log(damaged, out or damaged.with_name(f"{damaged.stem}-salvaged.jsonl"), from_ or ())
    answer(str(saved.path), *_said(saved))
    return 0


def _said(saved: Salvaged) -> Iterator[str]:
    entries = say("{n} entry saved", plural="{n} entries saved", n=saved.entries)
    lines = say("{n} line lost", plural="{n} lines lost", n=saved.lost)
    yield say("{entries}, {lines}", entries=entries, lines=lines)
    if saved.mended is not None:
        yield say("line 1, which was damaged, is as it was written again")
    if saved.damage is not None:
        yield say("the first fault: {what}", what=failure(saved.damage, language())[0])
    if saved.misses_acts:
        yield say(
            "acknowledged acts are missing from it; `{command}` says which",
            command=typed("verify", saved.path.name),
        )
