"""`crisis-sim check`: mistakes in authored files, all at once."""

from __future__ import annotations

from typing import Annotated

from typer import Argument


def check(
    paths: Annotated[
        list[str] | None,
        Argument(metavar="[PATHS]...", help="Scenarios and rule packs: files, folders, or names of shipped ones."),
    ] = None,
) -> int:
    """Look for mistakes in PATHS, or in everything that comes with crisis-sim.

    Every mistake is listed with its file, line and column. The exit code is 1 if there is an error; a warning is
    allowed, and probably not meant.
    """
    from crisis_sim.authoring.check import check_paths
    from crisis_sim.cli.answer import answer

    problems = check_paths(paths or [])
    answer(problems.shown(100), problems.summary())
    return 1 if problems.errors else 0
