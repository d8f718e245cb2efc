"""`crisis-sim export`: sessions as tidy tables for research, or a scenario's MSEL as a table for planners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, Literal

from typer import Argument, Option

from crisis_sim.cli.answer import answer, write_new
from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import requested_language, say
from crisis_sim.cli.logs import collect, key_of, logs_of, require_duckdb
from crisis_sim.cli.shared_options import OpenOption
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.load import load_material
from crisis_sim.errors import Sentence, UnreadableInput, why_not
from crisis_sim.research.columns import TableForm
from crisis_sim.research.log_sources import WantedSessions
from crisis_sim.research.package import ExportTables, appearing, files_of_exports, tables_in, write_descriptions
from crisis_sim.rules.names import Language
from crisis_sim.text import clean
from crisis_sim.wording import _

FEW: Final = 10
"""Sessions under which names that are made up hide little."""
_FEW: Final = _(
    "can be told apart by whoever knows of the workshops, names or no names, and a participant knows his own by what he"
    " did: hand so few on as you would the logs"
)


def export(
    names: Annotated[
        list[str], Argument(metavar="WHAT", help="Logs, or folders of logs; or one scenario, with --msel.")
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
    bots: Annotated[bool, Option("--bots", help="Of sessions: those in which a bot plays a team too.")] = False,
    keeps_ids: Annotated[
        bool, Option("--named", help="Of sessions: under their own ids, not under made-up names.")
    ] = False,
    key: Annotated[
        Path | None,
        Option(
            "--key",
            metavar="FILE",
            help="Of made-up names: the file of their secret, for the same names another time; made if it is not"
            " there.",
        ),
    ] = None,
    dates: Annotated[bool, Option("--dates", help="Of sessions: with the days on which they were played.")] = False,
    open_: OpenOption = False,
    parquet: Annotated[
        bool,
        Option("--parquet", help="Of sessions: as typed Parquet tables in place of CSV; needs the extra research."),
    ] = False,
    licence: Annotated[
        str, Option(metavar="ID", help="Of sessions: the licence of the tables, such as CC-BY-4.0.", show_default=False)
    ] = "notspecified",
    workers: Annotated[
        int | None, Option(metavar="K", help="Processes that read side by side; one for each core.")
    ] = None,
    force: Annotated[bool, Option("--force", help="Write over files that are there.")] = False,
) -> int:
    """Write sessions as tidy tables with a codebook, for research; or the MSEL of a scenario, for planners.

    Sessions: one folder of tables of sessions, people, turns, moves, readings, lines and more, with a codebook and
    datapackage.json. Anonymous: no free text, no dates, names that lead to nobody. Sessions that have not come to
    their hotwash are left out, unless --open takes them in. docs/research.md says more. MSEL: one row an inject, with
    headings and texts in the language that --lang names; docs/msel.md describes the columns, and `crisis-sim new
    injects` brings a table back.
    """
    if msel is not None:
        return _msel(names, msel, out, requested_language() or "en", force=force)
    folder = out or Path("export")
    wanted = WantedSessions(key_of(key, keeps_ids=keeps_ids, out=folder), bots, open_, dates)
    return _sessions(names, folder, wanted, parquet=parquet, licence=licence, workers=workers, force=force)


def _msel(names: list[str], form: Literal["csv", "xlsx"], out: Path | None, language: Language, *, force: bool) -> int:
    """Write the MSEL of one scenario, and print where."""
    from crisis_sim.authoring.msel import msel_file

    if len(names) != 1:
        raise UnreadableInput("usage/export", "an MSEL is of one scenario", hint="name one, and export the others next")
    material = load_material(names[0])
    path = out or Path(f"{material.scenario.id}-msel.{form}")
    write_new(path, msel_file(material, form, language), force=force)
    answer(str(path))
    return 0


def _sessions(
    names: list[str],
    folder: Path,
    wanted: WantedSessions,
    *,
    parquet: bool,
    licence: str,
    workers: int | None,
    force: bool,
) -> int:
    """Write the tables of sessions into a folder, and print where; exit code 1 where a log could not be used."""
    form: TableForm = "parquet" if parquet else "csv"
    if parquet:
        require_duckdb("`crisis-sim export --parquet`")
    _refuse_licence(licence)
    _refuse_scenarios(names)
    paths = logs_of(names)
    if not force:
        _refuse_another(folder)
    try:
        with appearing(folder) as hidden:
            with _tables(hidden, form) as tables:
                passed = collect(paths, wanted, tables, workers)
            write_descriptions(hidden, tables.rows, keeps_ids=wanted.key is None, form=form, licence=licence, say=say)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if wanted.key is not None and tables.rows["sessions"] < FEW:
        tell(say("note: {sessions} {few}", sessions=_sessions_of(tables), few=say(_FEW)))
    acts = say("{n:,} act", plural="{n:,} acts", n=tables.rows["moves"])
    answer(say("{sessions}, {acts}: {folder}", sessions=_sessions_of(tables), acts=acts, folder=folder))
    return 1 if any(log.is_damaged for log in passed) else 0


def _sessions_of(tables: ExportTables) -> str:
    return say("{n:,} session", plural="{n:,} sessions", n=tables.rows["sessions"])


@contextmanager
def _tables(folder: Path, form: TableForm) -> Iterator[ExportTables]:
    """CSV tables in `folder`, to be written; as Parquet at the end, if that is wanted."""
    if form == "csv":
        with tables_in(folder) as tables:
            yield tables
        return
    from crisis_sim.research.duckdb_tables import write_parquet

    with TemporaryDirectory(prefix="crisis-sim-") as name:
        with tables_in(Path(name)) as tables:
            yield tables
        write_parquet(Path(name), folder)


def _refuse_licence(licence: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}", licence):
        sentence = Sentence("'{licence}' is no id of a licence", licence=clean(licence, lines=False)[:60])
        raise UnreadableInput("usage/export", sentence, hint="such as CC-BY-4.0; spdx.org/licenses lists them")


def _refuse_scenarios(names: list[str]) -> None:
    for name in names:
        if _is_scenario(name):
            sentence = Sentence(
                "nothing says what to export of the scenario '{name}'", name=clean(name, lines=False)[:60]
            )
            raise UnreadableInput("usage/export", sentence, hint="--msel csv, or --msel xlsx")


def _is_scenario(name: str) -> bool:
    try:
        return scenario_file(name).suffix in (".yaml", ".yml")
    except UnreadableInput:
        return False


def _refuse_another(folder: Path) -> None:
    """Raise UnreadableInput where files of an export are in `folder` already."""
    existing_name = next((name for name in files_of_exports() if (folder / name).exists()), None)
    if existing_name is not None:
        sentence = Sentence("{folder} is there already", folder=clean(str(folder / existing_name), lines=False))
        hint = Sentence("name another folder with --out, or write over it with --force")
        raise UnreadableInput("output/exists", sentence, hint=hint)


def _unwritable(folder: Path, error: OSError) -> UnreadableInput:
    reason = why_not(error)
    sentence = Sentence(
        "{folder} cannot be written to: {reason}", folder=clean(str(folder), lines=False), reason=reason
    )
    return UnreadableInput("output/unwritable", sentence, hint="name another folder with --out")
