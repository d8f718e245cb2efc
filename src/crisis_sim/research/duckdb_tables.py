"""The tables in DuckDB: read from CSV or Parquet as what `columns` says they are, and written as Parquet.

Types are stated and never guessed. Text comes back as it was before it was guarded against spreadsheets. What DuckDB
says of a mistake becomes a sentence with its place and the nearest name.
"""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from crisis_sim import __version__
from crisis_sim.errors import CrisisSimError, Sentence, UnreadableInput, commas
from crisis_sim.problems import Spot, meant, nearest, problem_at
from crisis_sim.research.columns import SHEETS, ColumnKind, ExportColumn, ExportTable, TableForm
from crisis_sim.text import clean, clipped

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, Error


MOST_MEMORY: Final = 1024**3
"""Bytes for the tables and for what a query makes of them, unless half of the machine's is less.

The tables of ten thousand sessions with a join over them take half of it.
"""
TYPES: Final[Mapping[ColumnKind, str]] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
_FORMULA: Final = "^''+[=+\\-@＝＋－＠]"
"""An apostrophe that was put before what might begin a formula, as SQL writes it."""

_DIALECT: Final = (
    "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', nullstr = ''"
)


def connected(**options: str) -> DuckDBPyConnection:
    """A database in memory that loads no extension, sees nothing of this program, and draws nothing of its own."""
    from duckdb import connect

    always = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }
    duck = connect(":memory:", config={**always, **options})
    duck.execute("SET enable_progress_bar = false")  # in a process of its own it takes itself for a console
    return duck


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def created(sheet: ExportTable) -> str:
    """SQL that makes an empty table."""
    columns = ", ".join(f'"{column.name}" {TYPES[column.kind]}' for column in sheet.columns)
    return f'CREATE TABLE "{sheet.name}" ({columns})'


def rows_in(sheet: ExportTable, folder: Path, form: TableForm) -> str:
    """SQL for the rows of a table's file."""
    path = quoted(glob.escape(str(folder / sheet.file(form))))
    if form == "parquet":
        return f"SELECT {', '.join(map(_typed, sheet.columns))} FROM read_parquet({path})"
    types = ", ".join(f"{quoted(column.name)}: {quoted(TYPES[column.kind])}" for column in sheet.columns)
    columns = ", ".join(map(_unguarded, sheet.columns))
    return f"SELECT {columns} FROM read_csv({path}, columns = {{{types}}}, {_DIALECT})"


def _typed(column: ExportColumn) -> str:
    return f'"{column.name}"::{TYPES[column.kind]} AS "{column.name}"'


def _unguarded(column: ExportColumn) -> str:
    name = f'"{column.name}"'
    if column.kind != "string":
        return name
    return f"CASE WHEN regexp_matches({name}, '{_FORMULA}') THEN substr({name}, 2) ELSE {name} END AS {name}"


def _for_pandas(sheet: ExportTable) -> str:
    """What pandas, and what reads by it, is to make of the columns: types in which a missing value is none of them.

    A plain double would turn null into NaN, which frictionless takes for a number that breaks its column's bounds.
    """
    columns = [
        {"name": each.name, "field_name": each.name, "pandas_type": of, "numpy_type": as_, "metadata": None}
        for each in sheet.columns
        for of, as_ in (_PANDAS[each.kind],)
    ]
    about = {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.0.0"}
    return json.dumps({**about, "creator": {"library": "crisis-sim", "version": __version__}})


_PANDAS: Final[Mapping[ColumnKind, tuple[str, str]]] = {
    "string": ("unicode", "object"),
    "integer": ("int64", "Int64"),
    "number": ("float64", "Float64"),
    "boolean": ("bool", "boolean"),
    "date": ("date", "object"),
}


def write_parquet(tables: Path, folder: Path) -> None:
    """The CSV tables in one folder as Parquet in another, rows in the same order. Raises CrisisSimError."""
    from duckdb import Error

    try:
        with connected() as duck:
            for sheet in SHEETS:
                to = quoted(str(folder / sheet.file("parquet")))
                options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{pandas: {quoted(_for_pandas(sheet))}}}"
                duck.execute(f"COPY ({rows_in(sheet, tables, 'csv')}) TO {to} ({options})")
    except Error as error:
        why = str(error).partition("\n")[0]
        what = Sentence("the tables cannot be written as Parquet ({why})", why=why)
        raise CrisisSimError("export/parquet", what, hint="look at the disk, or leave --parquet out") from error


LISTS: Final = Sentence("`crisis-sim query --tables` lists tables and columns")
EXPORT: Final = Sentence("export the logs again")
CLOSED: Final = Sentence("a query reads these tables and nothing else: no files, no network, no settings")
READS: Final = Sentence("a query reads tables and changes nothing: it begins with SELECT, WITH or FROM")
_NO_COLUMN: Final = re.compile(r'Table "[^"]*" does not have a column named "([^"]*)"')
_LONGEST: Final = 300


class _Account(msgspec.Struct):
    """What DuckDB says; numbers are written as text, and most is missing most of the time."""

    exception_type: str = ""
    exception_message: str = ""
    error_subtype: str = ""
    type: str = ""
    name: str = ""
    candidates: str = ""
    location: str = ""


def query_mistake(error: Error, sql: str, lead: int = 0) -> UnreadableInput:
    """What to say of `error`, which came of `sql` on a connection that gives errors as JSON.

    `lead` bytes stood before the query when it was run.
    """
    account = _account(str(error))
    if account.exception_type == "Permission" or "configuration has been locked" in account.exception_message:
        said = Sentence(_WITH_EXCERPT, what=CLOSED, excerpt=_excerpt(account, sql, lead))
        return UnreadableInput("query/closed", said, hint=LISTS)
    if account.exception_type == "Out of Memory":
        return out_of_memory()
    if "read-only mode" in account.exception_message:
        return UnreadableInput("query/reads", READS, hint=LISTS)
    what, hint = _said(account)
    said = Sentence(_WITH_EXCERPT, what=what, excerpt=_excerpt(account, sql, lead))
    return UnreadableInput("query/sql", said, hint=hint)


_WITH_EXCERPT: Final = "{what}{excerpt}"


def out_of_memory() -> UnreadableInput:
    """What to say of a query that cannot be answered with so much memory."""
    said = Sentence(
        "the query needs more memory than it may have: {gigabytes} GB, or half of the machine's if that is less",
        gigabytes=MOST_MEMORY // 1024**3,
    )
    return UnreadableInput("query/memory", said, hint=Sentence("group or filter sooner, or take fewer columns"))


def not_exported(error: Error, path: Path) -> UnreadableInput:
    """What to say of a table's file that is not what an export writes."""
    name = clean(path.name, lines=False)
    if not path.is_file():
        return UnreadableInput("query/table", "{name} is missing from the exported folder", hint=EXPORT, name=name)
    first = clean(_account(str(error)).exception_message.partition("\n")[0], lines=False)
    said = Sentence(
        "{name} does not hold what an export of this version writes ({first})",
        name=name,
        first=clipped(first, _LONGEST),
    )
    return UnreadableInput("query/table", said, hint=EXPORT)


def _account(message: str) -> _Account:
    kind, _, told = message.partition(": ")
    try:
        return msgspec.json.decode(told, type=_Account)
    except msgspec.MsgspecError:
        return _Account(exception_type=kind.removesuffix(" Error"), exception_message=told or message)


def _said(account: _Account) -> tuple[Sentence, Sentence]:
    """The sentence and the hint."""
    name = clipped(clean(account.name, lines=False), 60)
    if account.error_subtype == "MISSING_ENTRY" and account.type == "Table":
        return Sentence("there is no table '{name}'", name=name), _near(name, (sheet.name for sheet in SHEETS))
    if account.error_subtype == "COLUMN_NOT_FOUND":
        return Sentence("there is no column '{name}' in what the query reads", name=name), _column(name)
    if found := _NO_COLUMN.match(account.exception_message):
        name = clipped(clean(found[1], lines=False), 60)
        return Sentence("there is no column '{name}' in that table", name=name), _column(name)
    if account.error_subtype == "MISSING_ENTRY" and account.type.endswith("Function"):
        near = account.candidates.partition(",")[0]
        return Sentence("there is no function '{name}'", name=name), meant(near) if near else LISTS
    first = clipped(clean(account.exception_message.partition("\n")[0], lines=False), _LONGEST).rstrip("!. ")
    return Sentence("the query cannot be answered: {why}", why=f"{first[:1].lower()}{first[1:]}"), LISTS


def _near(name: str, choices: Iterable[str]) -> Sentence:
    close = nearest(name, choices)
    return meant(close) if close else LISTS


def _column(name: str) -> Sentence:
    """Where a column of this name is, or the nearest name."""
    tables = [sheet.name for sheet in SHEETS if name in sheet.names]
    if tables:
        return Sentence("'{name}' is a column of {tables}", name=name, tables=commas(tables))
    return _near(name, (column for sheet in SHEETS for column in sheet.names))


def _excerpt(account: _Account, sql: str, lead: int) -> str:
    """The line of the query with a caret under the place, if DuckDB names one; it counts in bytes."""
    numbers = re.fullmatch(r"\[([0-9]{1,9}),([0-9]{1,9})\]", account.location)
    if numbers is None:
        return ""
    start, width = max(0, int(numbers[1]) - lead), int(numbers[2])
    data = sql.encode()
    before = data[:start].decode(errors="ignore")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    under = len(data[start : start + width].decode(errors="ignore").partition("\n")[0])
    spot = Spot("", line, column, under, sql.split("\n")[line - 1])
    _, *shown = problem_at(spot, "error", "", code="query/sql").shown().split("\n")
    return "".join(f"\n{row}" for row in shown)
