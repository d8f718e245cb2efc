"""What a value becomes as a cell of CSV, and what the columns hold, for people.

Booleans are true and false, numbers have a point, what is not there is empty. Text is cleaned, and none begins a
formula in a spreadsheet: an apostrophe stands before what might, and is taken away again when a table is read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from crisis_sim.research.columns import Sheet, Value
from crisis_sim.spreadsheets import guarded
from crisis_sim.text import clean

LARGEST: Final = 2**63 - 1
"""The largest integer that a table holds."""


def head_of(sheet: Sheet) -> str:
    """The first line of a table."""
    return ",".join(sheet.names) + "\n"


def lines_of(rows: Iterable[Iterable[Value]]) -> str:
    """Rows as lines, each ended by LF. Raises ValueError for a number that no table holds."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_cells, rows))
    return out.getvalue()


def _cells(row: Iterable[Value]) -> Iterable[str]:
    return map(cell, row)


@lru_cache(maxsize=1 << 16, typed=True)  # the same few ids and numbers stand in most cells
def cell(value: Value) -> str:
    """One value. Raises ValueError for a number that no table holds."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(clean(value, lines=False).strip())
    if not -LARGEST <= value <= LARGEST:
        raise ValueError("a number is too large for a table")
    if isinstance(value, float):
        shown = f"{value:.6f}".rstrip("0").rstrip(".")
        return "0" if shown == "-0" else shown
    return str(value)


def codebook(about: str, sheets: Iterable[tuple[Sheet, str]]) -> str:
    """A page that begins with what is to be said `about` all tables; each comes with the name of its file."""
    return "\n".join(["# Codebook\n", about, *(_table(sheet, file) for sheet, file in sheets)])


def _table(sheet: Sheet, file: str) -> str:
    said = f"## {file}\n\nA row for each {sheet.rows}. A row is named by {', '.join(sheet.key)}.\n"
    rows = [f"| `{column.name}` | {column.kind} | {column.holds} | {column.says} |" for column in sheet.columns]
    return "\n".join([said, "| column | kind | holds | says |", "| --- | --- | --- | --- |", *rows]) + "\n"
