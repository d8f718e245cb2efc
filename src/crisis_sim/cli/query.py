"""`crisis-sim query`: SQL over the tables of many sessions.

The answer is a table to read that fits its terminal, CSV, JSON or Parquet. It is foreign text, and cleaned.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, time
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import copyfile, get_terminal_size
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, TextIO, TypeAlias

from typer import Argument, Option

from crisis_sim.cli.answer import WIDTH, answer, prose, table
from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import say
from crisis_sim.cli.logs import collect, logs_of, require_duckdb
from crisis_sim.cli.shared_options import OpenOption
from crisis_sim.errors import Sentence, UnreadableInput, why_not
from crisis_sim.playtest.workers import shielded
from crisis_sim.research.columns import SHEETS, ExportColumn, TableForm
from crisis_sim.research.log_sources import WantedSessions, new_key
from crisis_sim.research.package import tables_in
from crisis_sim.spreadsheets import guarded
from crisis_sim.text import cells, clean, clipped, wrapped

if TYPE_CHECKING:
    from crisis_sim.research.sql_query import AnswerColumn, RunningQuery

AnswerForm: TypeAlias = Literal["text", "csv", "json", "parquet"]

NARROWEST: Final = 8
"""Cells that a column keeps, however many there are."""
GAP: Final = "  "


class QueriedLogs(NamedTuple):
    """Which sessions of logs are asked, as it was typed."""

    bots: bool
    by_name: bool
    unended: bool


class Answer(NamedTuple):
    """What an answer is to be."""

    form: Literal["csv", "json", "parquet"] | None
    out: Path | None
    rows: int
    """Of a table to read."""
    force: bool
    """Write over a file that is there."""


def query(
    sql: Annotated[
        str, Argument(metavar="[SQL]", help='What to ask, such as "select * from sessions"; - reads it from stdin.')
    ] = "",
    names: Annotated[
        list[str] | None, Argument(metavar="WHAT", help="Logs, or folders of logs; or one folder of an export.")
    ] = None,
    tables: Annotated[bool, Option("--tables", help="List tables and columns, with what they say.")] = False,
    form: Annotated[
        Literal["csv", "json", "parquet"] | None,
        Option("--format", help="For programs, in place of a table to read; the ending of --out says it too."),
    ] = None,
    out: Annotated[Path | None, Option("--out", "-o", help="The file that the answer goes to.")] = None,
    rows: Annotated[int, Option(metavar="N", help="Rows of a table to read; files hold all.")] = 100,
    bots: Annotated[bool, Option("--bots", help="Of logs: sessions in which a bot plays a team too.")] = False,
    keeps_ids: Annotated[
        bool, Option("--named", help="Of logs: under their own ids, not under made-up names.")
    ] = False,
    open_: OpenOption = False,
    seconds: Annotated[float, Option(metavar="S", help="The longest that an answer may take.")] = 300,
    force: Annotated[bool, Option("--force", help="Write over a file that is there.")] = False,
) -> int:
    """Answer a question in SQL from the tables that `export` writes: of logs, or of a folder that it wrote.

    `--tables` lists them. Who is in them is as for `export`. A query reads the tables and nothing else: no files, no
    network, no settings. Needs the extra research. docs/research.md has examples.
    """
    if tables:
        return _listed()
    return _ask(sql, names or [], QueriedLogs(bots, keeps_ids, open_), Answer(form, out, rows, force), seconds)


def _listed() -> int:
    """Print every table with its columns and what they say."""
    for export_table in SHEETS:
        words = {
            "table": export_table.name,
            "what": say(export_table.rows, "codebook"),
            "columns": say(", ").join(export_table.key),
        }
        head = say("{table}: a row for each {what}. A row is named by {columns}.", **words)
        answer(
            prose(head),
            table([(column.name, column.kind, _describe_column(column)) for column in export_table.columns], 2) + "\n",
        )
    return 0


def _describe_column(column: ExportColumn) -> str:
    description, holds = say(column.description, "codebook"), column.holds(say)
    return say("{what} ({holds})", what=description, holds=holds) if holds else description


def _ask(sql: str, names: Sequence[str], selection: QueriedLogs, to: Answer, seconds: float) -> int:
    """Print or write the answer to `sql`; exit code 1 where a log could not be used."""

    require_duckdb("`crisis-sim query`")
    from crisis_sim.research.sql_query import LONGEST_SQL, Inquiry

    form = _form(to)
    _check_numbers(to, seconds)
    inquiry = Inquiry(sys.stdin.read(LONGEST_SQL + 1) if sql == "-" else sql.encode(errors="replace").decode(), seconds)
    with ExitStack() as stack:
        with shielded():
            stack.enter_context(inquiry)
        inquiry.check()
        _check(names, to)
        folder, kind, is_whole = stack.enter_context(_tables(names, selection))
        _answer(partial(inquiry.answer, folder, kind), form, to)
    return 0 if is_whole else 1


def _form(to: Answer) -> AnswerForm:
    """What was asked for, or what the ending of a file says."""
    if to.form is None and to.out is not None:
        ending = to.out.suffix.removeprefix(".").lower()
        if ending not in ("csv", "json", "parquet"):
            sentence = Sentence(
                "nothing says in which form {name} is to be written", name=clean(to.out.name, lines=False)
            )
            raise UnreadableInput("usage/query", sentence, hint="--format csv, json or parquet")
        return "csv" if ending == "csv" else "json" if ending == "json" else "parquet"
    if to.form == "parquet" and to.out is None:
        sentence = Sentence("Parquet is nothing to print")
        raise UnreadableInput("usage/query", sentence, hint="name a file with --out")
    return to.form or "text"


def _check_numbers(to: Answer, seconds: float) -> None:
    if not (0 < to.rows < 10**12 and 0 < seconds < 10**6):
        sentence = Sentence("--rows and --seconds are at least 1, and finite")
        raise UnreadableInput("usage/query", sentence, hint="leave them out for what is usual")


def _check(names: Sequence[str], to: Answer) -> None:
    if not names:
        sentence = Sentence("nothing says which sessions are asked")
        raise UnreadableInput(
            "usage/query", sentence, hint="name logs or a folder of logs, or a folder that export wrote"
        )
    if to.out is not None and to.out.exists() and not to.force:
        sentence = Sentence("{out} is there already", out=clean(str(to.out), lines=False))
        raise UnreadableInput("output/exists", sentence, hint="name another with --out, or write over it with --force")


@contextmanager
def _tables(names: Sequence[str], selection: QueriedLogs) -> Iterator[tuple[Path, TableForm, bool]]:
    """A folder of tables, their form, and whether every log could be used."""
    folders = [Path(name) for name in names if (Path(name) / "datapackage.json").is_file()]
    if folders:
        _refuse_others(folders[0], names, selection)
        yield folders[0], "parquet" if (folders[0] / "sessions.parquet").is_file() else "csv", True
        return
    wanted = WantedSessions(None if selection.by_name else new_key(), selection.bots, selection.unended)

    with TemporaryDirectory(prefix="crisis-sim-") as name:
        with tables_in(Path(name)) as tables:
            passed = collect(logs_of(names), wanted, tables, None)
        yield Path(name), "csv", not any(log.is_damaged for log in passed)


def _refuse_others(folder: Path, names: Sequence[str], selection: QueriedLogs) -> None:
    name = clean(str(folder), lines=False)
    if len(names) > 1:
        sentence = Sentence("{name} is an export, which is asked alone", name=name)
        raise UnreadableInput("usage/query", sentence, hint="export all the logs together, and ask that folder")
    if any(selection):
        sentence = Sentence("who is in {name} was decided when it was exported", name=name)
        raise UnreadableInput("usage/query", sentence, hint="give --bots, --named and --open to `crisis-sim export`")


def _answer(ask: Callable[..., Iterator[bytes]], form: AnswerForm, to: Answer) -> None:
    """Print or write what is answered, as it comes."""
    if form == "parquet" and to.out is not None:
        with TemporaryDirectory(prefix="crisis-sim-") as scratch_folder, _file(to.out) as path:
            made_there = Path(scratch_folder) / "answer.parquet"
            _pass_on(ask(partial(write_parquet, path=made_there), made_there), sys.stdout)
            copyfile(made_there, path)
        return
    write = {"csv": write_csv, "json": write_json}.get(form) or partial(write_table, max_rows=to.rows)
    if to.out is None:
        _pass_on(ask(write), sys.stdout)
    else:
        with _file(to.out) as path, path.open("w", encoding="utf-8", newline="") as file:
            _pass_on(ask(write), file)


def _pass_on(pieces: Iterator[bytes], out: TextIO) -> None:
    decoder = getincrementaldecoder("utf-8")("replace")
    for piece in pieces:
        out.write(decoder.decode(piece))


@contextmanager
def _file(out: Path) -> Iterator[Path]:
    """A hidden file that takes the name `out` when all is well. Raises UnreadableInput."""
    hidden = out.with_name(f".{out.name}.part")
    try:
        yield hidden
        hidden.replace(out)
    except OSError as error:
        reason = why_not(error)
        sentence = Sentence("{out} cannot be written: {reason}", out=clean(str(out), lines=False), reason=reason)
        raise UnreadableInput("output/unwritable", sentence, hint="name another with --out") from None
    finally:
        hidden.unlink(missing_ok=True)
    tell(say("wrote {path}", path=out))


def write_table(question: RunningQuery, out: TextIO, max_rows: int) -> None:
    """At most so many rows, as wide as the terminal; what is left out is said."""
    heads = question.heads()
    rows = question.rows()
    shown = [[_shown(value) for value in row] for row in islice(rows, max_rows)]
    has_more = next(rows, None) is not None
    names = [clean(head.name, lines=False) for head in heads]
    width = get_terminal_size((WIDTH, 24)).columns
    widths = _widths([max(map(cells, column)) for column in zip(names, *shown, strict=True)], width)
    for row in (names, ["-" * one for one in widths], *shown):
        out.write(_line(row, heads, widths) + "\n")
    for note in _notes(names[len(widths) :], len(shown), has_more):
        out.writelines(line + "\n" for line in wrapped(note, max(width, 40)))


def _shown(value: Any) -> str:  # Any: whatever a query gives
    """As people read it: six decimals are enough."""
    if isinstance(value, float) and math.isfinite(value) and abs(value) < 1e15:
        value = round(value, 6)
    return clean(_text(value)[:10_000], lines=False)


def _widths(wanted: list[int], width: int) -> list[int]:
    """Cells of each column: the widest get less than they want, and the last go where there is no room at all."""
    while len(wanted) > 1 and len(wanted) * (NARROWEST + len(GAP)) - len(GAP) > width:
        wanted = wanted[:-1]
    room = max(width - len(GAP) * (len(wanted) - 1), NARROWEST)
    limit = max(wanted, default=0)
    while limit > NARROWEST and sum(min(column_width, limit) for column_width in wanted) > room:
        limit -= 1
    return [min(column_width, limit) for column_width in wanted]


def _line(row: Sequence[str], heads: Sequence[AnswerColumn], widths: Sequence[int]) -> str:
    parts = []
    for text, head, width in zip(row, heads, widths, strict=False):
        text = clipped(text, width)
        blank = " " * (width - cells(text))
        parts.append(blank + text if head.is_number else text + blank)
    return GAP.join(parts).rstrip()


def _notes(hidden: Sequence[str], rows: int, has_more: bool) -> list[str]:
    if has_more:
        notes = [say("the first {n:,} rows; --rows shows more, and -o FILE.csv writes all", n=rows)]
    else:
        notes = [say("{n:,} row", plural="{n:,} rows", n=rows) if rows else say("no rows")]
    if hidden:
        columns = say(", ").join(hidden)
        notes.append(say("no room for {columns}; name fewer columns, or write all with -o FILE.csv", columns=columns))
    return notes


def write_csv(question: RunningQuery, out: TextIO) -> None:
    """All rows as `export` writes tables: true and false, a point, empty for what is not there, no formulas."""
    heads = question.heads()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(clean(head.name, lines=False).strip()) for head in heads])
    for row in question.rows():
        writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:  # Any: whatever a query gives
    text = _text(value)
    return text if isinstance(value, bool | int | float | Decimal) else guarded(clean(text, lines=False).strip())


def write_parquet(question: RunningQuery, out: TextIO, path: Path) -> None:
    """All rows, typed, into a file; `out` is left empty."""
    question.write_parquet(path)


def write_json(question: RunningQuery, out: TextIO) -> None:
    """All rows as one array of objects."""
    names = [clean(head.name, lines=False) for head in question.heads()]
    lead = "[\n"
    for row in question.rows():
        values = dict(zip(names, map(_plain, row), strict=True))
        out.write(lead + json.dumps(values, ensure_ascii=False))
        lead = ",\n"
    out.write("[]\n" if lead == "[\n" else "\n]\n")


def _text(value: Any) -> str:  # Any: whatever a query gives
    """A value in words."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, float):
        return repr(plain).removesuffix(".0")
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:  # Any: whatever a query gives, and JSON
    """A value as JSON has it; what it has no form for is text, and a number that is none is not there."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else clean(str(value), lines=True)
