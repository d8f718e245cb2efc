"""`crisis-sim check`: mistakes in authored files, all at once, and again at every save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from crisis_sim.cli.reports import Format

if TYPE_CHECKING:
    from typer import Argument, Option

    from crisis_sim.authoring.check import Checked


def check(
    paths: Annotated[
        list[str] | None,
        Argument(metavar="[PATHS]...", help="Scenarios and rule packs: files, folders, or names of shipped ones."),
    ] = None,
    format: Annotated[
        Format,
        Option("--format", help="For people, for programs (docs/check.md), or as annotations of a GitHub workflow."),
    ] = "text",
    every: Annotated[bool, Option("--all", help="List every problem, not only the first twenty.")] = False,
    watch: Annotated[bool, Option("--watch", help="Check again at every save, until ctrl+c.")] = False,
) -> int:
    """Look for mistakes in PATHS, or in everything that comes with crisis-sim.

    Every mistake is listed with its file, line and column. The exit code is 1 if there is an error; a warning is
    allowed, and probably not meant.
    """
    import gc
    import sys

    from crisis_sim.authoring.check import Checker
    from crisis_sim.cli.reports import report

    checker = Checker(paths or [])
    if watch:
        from crisis_sim.cli.watching import watched

        return watched(checker, format, every=every, after=bring_schemas_up_to_date)
    gc.disable()  # what is made from here on is kept to the end of the process, or gone without a search
    found = checker.check()
    sys.stdout.write(report(found, format, every=every))
    return 1 if found.problems.errors else 0


def bring_schemas_up_to_date(checked: Checked) -> None:
    """Let editors know the ids of what was changed, where a schema lies beside it."""
    from crisis_sim.authoring.schema import refresh_schema

    for file in checked.again:
        refresh_schema(Path(file))
