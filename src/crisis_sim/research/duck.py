"""The tables in DuckDB: read from CSV or Parquet as what `columns` says they are, and written as Parquet.

Types are stated and never guessed. Text comes back as it was before it was guarded against spreadsheets.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crisis_sim import __version__
from crisis_sim.errors import CrisisSimError
from crisis_sim.research.columns import SHEETS, Column, Kind, Sheet
from crisis_sim.research.package import Form, file_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPES: Final[Mapping[Kind, str]] = {
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


def created(sheet: Sheet) -> str:
    """SQL that makes an empty table."""
    columns = ", ".join(f'"{column.name}" {TYPES[column.kind]}' for column in sheet.columns)
    return f'CREATE TABLE "{sheet.name}" ({columns})'


def rows_in(sheet: Sheet, folder: Path, form: Form) -> str:
    """SQL for the rows of a table's file."""
    path = quoted(glob.escape(str(folder / file_of(sheet, form))))
    if form == "parquet":
        return f"SELECT {', '.join(map(_typed, sheet.columns))} FROM read_parquet({path})"
    types = ", ".join(f"{quoted(column.name)}: {quoted(TYPES[column.kind])}" for column in sheet.columns)
    columns = ", ".join(map(_unguarded, sheet.columns))
    return f"SELECT {columns} FROM read_csv({path}, columns = {{{types}}}, {_DIALECT})"


def _typed(column: Column) -> str:
    return f'"{column.name}"::{TYPES[column.kind]} AS "{column.name}"'


def _unguarded(column: Column) -> str:
    name = f'"{column.name}"'
    if column.kind != "string":
        return name
    return f"CASE WHEN regexp_matches({name}, '{_FORMULA}') THEN substr({name}, 2) ELSE {name} END AS {name}"


def _for_pandas(sheet: Sheet) -> str:
    """What pandas, and what reads by it, is to make of the columns: whole numbers stay whole beside what is missing."""
    columns = [
        {"name": each.name, "field_name": each.name, "pandas_type": of, "numpy_type": as_, "metadata": None}
        for each in sheet.columns
        for of, as_ in (_PANDAS[each.kind],)
    ]
    about = {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.0.0"}
    return json.dumps({**about, "creator": {"library": "crisis-sim", "version": __version__}})


_PANDAS: Final[Mapping[Kind, tuple[str, str]]] = {
    "string": ("unicode", "object"),
    "integer": ("int64", "Int64"),
    "number": ("float64", "float64"),
    "boolean": ("bool", "boolean"),
    "date": ("date", "object"),
}


def write_parquet(tables: Path, folder: Path) -> None:
    """The CSV tables in one folder as Parquet in another, rows in the same order. Raises CrisisSimError."""
    from duckdb import Error

    try:
        with connected() as duck:
            for sheet in SHEETS:
                to = quoted(str(folder / file_of(sheet, "parquet")))
                options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{pandas: {quoted(_for_pandas(sheet))}}}"
                duck.execute(f"COPY ({rows_in(sheet, tables, 'csv')}) TO {to} ({options})")
    except Error as error:
        why = str(error).partition("\n")[0]
        what = f"the tables cannot be written as Parquet ({why})"
        raise CrisisSimError("export/parquet", what, hint="look at the disk, or leave --parquet out") from error
