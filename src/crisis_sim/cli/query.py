"""`crisis-sim query`: SQL over the tables of many sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Option

from crisis_sim.cli.logs import Workers
from crisis_sim.cli.naming import Key, Named
from crisis_sim.cli.sealed import Open


def query(
    sql: Annotated[
        str, Argument(metavar="[SQL]", help='What to ask, such as "select * from sessions"; - reads it from stdin.')
    ] = "",
    what: Annotated[
        list[str] | None, Argument(metavar="WHAT...", help="Logs, or folders of logs; or one folder of an export.")
    ] = None,
    tables: Annotated[bool, Option("--tables", help="List tables and columns, with what they say.")] = False,
    form: Annotated[
        Literal["csv", "json", "parquet"] | None,
        Option("--format", help="For programs, in place of a table to read; the ending of --out says it too."),
    ] = None,
    out: Annotated[Path | None, Option("--out", "-o", help="The file that the answer goes to.")] = None,
    rows: Annotated[int, Option(metavar="N", help="Rows of a table to read; files hold all.")] = 100,
    bots: Annotated[bool, Option("--bots", help="Of logs: sessions in which a bot plays a team too.")] = False,
    named: Named = False,
    key: Key = None,
    dates: Annotated[bool, Option("--dates", help="Of logs: with the days on which they were played.")] = False,
    open_: Open = False,
    workers: Workers = None,
    seconds: Annotated[float, Option(metavar="S", help="The longest that an answer may take.")] = 300,
    force: Annotated[bool, Option("--force", help="Write over a file that is there.")] = False,
) -> int:
    """Answer a question in SQL from the tables that `export` writes: of logs, or of a folder that it wrote.

    The tables are sessions, turns, tracks, moves, readings, forecasts, lines, firings and cameo. Who is in them is as
    for `export`. A query reads the tables and nothing else: no files, no network, no settings. Needs the extra
    research. docs/research.md has examples.
    """
    from crisis_sim.cli.querying import Answer, Who, asked, listed

    if tables:
        return listed()
    return asked(sql, what or [], Who(bots, named, key, dates, open_), Answer(form, out, rows, force), workers, seconds)
