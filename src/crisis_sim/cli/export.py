"""`crisis-sim export`: sessions as tidy tables for research, or a scenario's MSEL as a table for planners."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.logs import Workers
from crisis_sim.cli.naming import Key, Named
from crisis_sim.cli.sealed import Open


def export(
    what: Annotated[
        list[str], Argument(metavar="WHAT...", help="Logs, or folders of logs; or one scenario, with --msel.")
    ],
    msel: Annotated[
        Literal["csv", "xlsx"] | None, Option("--msel", help="The plan of injects, as CSV or as an Excel workbook.")
    ] = None,
    out: Annotated[
        Path | None,
        Option(
            "--out", "-o", help="Where it goes: a folder for sessions, a file for an MSEL; here if nothing is said."
        ),
    ] = None,
    lang: Annotated[
        Literal["en", "zh"], Option("--lang", help="Language of what is said, and of an MSEL's headings and texts.")
    ] = "en",
    bots: Annotated[bool, Option("--bots", help="Of sessions: those in which a bot plays a team too.")] = False,
    named: Named = False,
    key: Key = None,
    dates: Annotated[bool, Option("--dates", help="Of sessions: with the days on which they were played.")] = False,
    open_: Open = False,
    parquet: Annotated[
        bool,
        Option("--parquet", help="Of sessions: as typed Parquet tables in place of CSV; needs the extra research."),
    ] = False,
    licence: Annotated[
        str, Option(metavar="ID", help="Of sessions: the licence of the tables, such as CC-BY-4.0.", show_default=False)
    ] = "notspecified",
    workers: Workers = None,
    force: Annotated[bool, Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Write sessions as tidy tables with a codebook, for research; or the MSEL of a scenario, for planners.

    Sessions: one folder with a table each for sessions, turns, tracks, moves, readings, forecasts, lines, rules that
    applied and CAMEO events, a codebook, and datapackage.json. Anonymous: no free text, no dates, names that lead to
    nobody. Sessions that have not come to their hotwash are left out, unless --open takes them in. docs/research.md
    says more. MSEL: one row an inject; docs/msel.md describes the columns, and `crisis-sim
    import` brings a table back.
    """
    from crisis_sim.cli.exporting import export_msel, export_sessions
    from crisis_sim.cli.naming import key_of
    from crisis_sim.research.sources import Wanted

    if msel is not None:
        return export_msel(what, msel, out, lang, force=force)
    folder = out or Path("export")
    wanted = Wanted(key_of(key, named=named, out=folder), bots, open_, dates)
    return export_sessions(what, folder, wanted, parquet=parquet, licence=licence, workers=workers, force=force)
