"""An export as a folder: a file for each table, a codebook for people, and `datapackage.json` for programs.

The form is Frictionless Data's Tabular Data Package; the tables are CSV, or Parquet in their place. All files appear at
the end, together: an export that was stopped leaves nothing behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TextIO

from crisis_sim import __version__
from crisis_sim.research.columns import SHEETS, ExportColumn, ExportTable, TableForm, codebook, head_of
from crisis_sim.research.log_sources import SessionLines
from crisis_sim.wording import Say, _, plain

DESCRIBED: Final = ("codebook.md", "datapackage.json")
"""Files beside the tables."""


class ExportTables:
    """CSV tables that are written session by session."""

    def __init__(self, files: Mapping[str, TextIO]) -> None:
        """The open file of each table, by the table's name; their heads are written."""
        self._files = files
        self.rows = dict.fromkeys(files, 0)
        """How many rows each has."""
        for table in SHEETS:
            files[table.name].write(head_of(table))

    def add(self, part: SessionLines) -> None:
        """Put a session behind those that are there."""
        for name, lines in part.lines.items():
            self._files[name].write(lines)
            self.rows[name] += part.rows[name]


@contextmanager
def tables_in(folder: Path) -> Iterator[ExportTables]:
    """CSV tables in `folder`, to be written."""
    with ExitStack() as stack:
        yield ExportTables(
            {
                table.name: stack.enter_context((folder / table.file("csv")).open("w", encoding="utf-8", newline=""))
                for table in SHEETS
            }
        )


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """A hidden folder inside `folder`, which is made, whose files take their places when all is well."""
    is_new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(dir=folder, prefix=".crisis-sim-") as name:
            hidden = Path(name)
            yield hidden
            _take_away_older(folder)
            for path in sorted(hidden.iterdir()):
                path.replace(folder / path.name)
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def _take_away_older(folder: Path) -> None:
    """Tables of an earlier export: those of another form would say something else than those beside them."""
    for name in files_of_exports():
        (folder / name).unlink(missing_ok=True)


def files_of_exports() -> Iterator[str]:
    """The name of every file that an export may write."""
    yield from DESCRIBED
    for table in SHEETS:
        yield table.file("csv")
        yield table.file("parquet")


_ABOUT: Final[Mapping[TableForm, str]] = {
    "csv": _("""Tables exported by crisis-sim {version}. Every table has a column `session`; `moves` and `readings`
are joined by session, turn, side and order. An empty cell is a value that is not there. A text that a spreadsheet might
take for a formula has an apostrophe before it. How each number comes about is told in docs/scoring.md and in
docs/measures.md.
"""),
    "parquet": _("""Tables exported by crisis-sim {version}. Every table has a column `session`; `moves` and `readings`
are joined by session, turn, side and order. What is not there is null. Strings are UTF-8, integers have 64 bits,
numbers are doubles, dates are days. How each number comes about is told in docs/scoring.md and in docs/measures.md.
"""),
}


VERSION: Final = "1.0.0"
"""Of what the tables hold: the first number changes where a column goes or says something else, the second where one
comes."""
UNSTATED: Final = "notspecified"
"""The licence where nobody has given one, as the Open Definition's list calls it."""
_PROGRAM: Final = f"crisis-sim {__version__}"


def _licence(name: str) -> dict[str, str]:
    if name != UNSTATED:
        return {"name": name}
    return {"name": name, "title": "None was given: ask whoever exported these sessions before you use them"}


def datapackage(rows: Mapping[str, int], *, keeps_ids: bool, form: TableForm = "csv", licence: str = UNSTATED) -> str:
    """The description that programs read; `rows` says how many each table has."""
    package = {
        "name": "crisis-sim-sessions",
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "title": "Sessions of crisis-sim",
        "version": VERSION,
        "licenses": [_licence(licence)],
        "sources": [{"title": _PROGRAM}],
        "citation": f"[Whoever held the sessions] ([year]). [Title] [Data set]. Tables {VERSION} of {_PROGRAM}.",
        "created_with": _PROGRAM,
        "anonymous": not keeps_ids,
        "resources": [_resource(table, rows[table.name], form) for table in SHEETS],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(table: ExportTable, rows: int, form: TableForm) -> dict[str, Any]:  # Any: JSON
    resource: dict[str, Any] = {
        "name": table.name,
        "path": table.file(form),
        "description": f"A row for each {table.rows}.",
        "rows": rows,
        **_FILE[form],
        "schema": {
            "fields": [_field(column, is_key=column.name in table.key) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(link.columns), "reference": {"resource": link.table, "fields": list(link.columns)}}
                for link in table.links
            ],
        },
    }
    if form == "csv":
        resource["schema"]["missingValues"] = [""]
    return resource


def _field(column: ExportColumn, *, is_key: bool) -> dict[str, Any]:  # Any: JSON
    constraints = {
        "required": is_key or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "enum": list(column.values) or None,
    }
    field = {
        "name": column.name,
        "type": column.kind,
        "title": column.title,
        "description": column.description,
        "unit": column.unit or None,
        "constraints": {name: value for name, value in constraints.items() if value is not None} or None,
        "categories": [{"value": value, "label": label} for value, label in column.labels] or None,
    }
    return {name: value for name, value in field.items() if value is not None}


_FILE: Final[Mapping[TableForm, Mapping[str, Any]]] = {  # Any: JSON
    "csv": {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
    },
    "parquet": {"profile": "data-resource", "format": "parquet", "mediatype": "application/vnd.apache.parquet"},
}


def write_descriptions(
    folder: Path, rows: Mapping[str, int], *, keeps_ids: bool, form: TableForm, licence: str, say: Say = plain
) -> None:
    """The data package of tables in `folder`, and their codebook in the reader's language."""
    about = say(_ABOUT[form], version=__version__)
    book = codebook(about, ((table, table.file(form)) for table in SHEETS), say)
    package = datapackage(rows, keeps_ids=keeps_ids, form=form, licence=licence)
    for name, text in zip(DESCRIBED, (book, package), strict=True):
        (folder / name).write_text(text, encoding="utf-8", newline="")
