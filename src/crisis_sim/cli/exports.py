"""`crisis-sim export`: a scenario's MSEL as a table for planners who live in a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option


def exported(
    what: Annotated[str, Argument(metavar="SCENARIO", help="Its id, its folder, or its file.")],
    msel: Annotated[
        Literal["csv", "xlsx"] | None, Option("--msel", help="The plan of injects, as CSV or as an Excel workbook.")
    ] = None,
    out: Annotated[
        Path | None, Option("--out", "-o", help="The file to write; ID-msel.csv or .xlsx here if nothing is said.")
    ] = None,
    lang: Annotated[Literal["en", "zh"], Option("--lang", help="The language of headings and texts.")] = "en",
    force: Annotated[bool, Option("--force", help="Write over a file that is there.")] = False,
) -> int:
    """Write the MSEL of SCENARIO as a table: one row an inject, with what planners expect in its columns.

    docs/msel.md describes the columns. `crisis-sim import` brings a table back.
    """
    from crisis_sim.authoring.msel import msel_file
    from crisis_sim.cli.answer import answer
    from crisis_sim.cli.files import write_new
    from crisis_sim.content.load import load_material
    from crisis_sim.errors import UnreadableInput

    if msel is None:
        raise UnreadableInput("usage/export", "nothing says what to export", hint="--msel csv, or --msel xlsx")
    material = load_material(what)
    path = out or Path(f"{material.scenario.id}-msel.{msel}")
    write_new(path, msel_file(material, msel, lang), force=force)
    answer(str(path))
    return 0
