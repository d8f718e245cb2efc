"""The answer to a query: a table to read that fits its terminal, CSV, or JSON. It is foreign text, and cleaned."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Final, TextIO

from crisis_sim.cli.answer import WIDTH
from crisis_sim.cli.language import say
from crisis_sim.spreadsheets import guarded
from crisis_sim.text import cells, clean, clipped, wrapped

if TYPE_CHECKING:
    from crisis_sim.research.asking import Asking, Head

NARROWEST: Final = 8
"""Cells that a column keeps, however many there are."""
GAP: Final = "  "


def write_table(question: Asking, out: TextIO, most: int) -> None:
    """At most so many rows, as wide as the terminal; what is left out is said."""
    heads = question.heads()
    rows = question.rows()
    shown = [[_shown(value) for value in row] for row in islice(rows, most)]
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
    while limit > NARROWEST and sum(min(each, limit) for each in wanted) > room:
        limit -= 1
    return [min(each, limit) for each in wanted]


def _line(row: Sequence[str], heads: Sequence[Head], widths: Sequence[int]) -> str:
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


def write_csv(question: Asking, out: TextIO) -> None:
    """All rows as `export` writes tables: true and false, a point, empty for what is not there, no formulas."""
    heads = question.heads()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(clean(head.name, lines=False).strip()) for head in heads])
    for row in question.rows():
        writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> str:  # Any: whatever a query gives
    text = _text(value)
    return text if isinstance(value, bool | int | float | Decimal) else guarded(clean(text, lines=False).strip())


def write_parquet(question: Asking, out: TextIO, path: Path) -> None:
    """All rows, typed, into a file; `out` is left empty."""
    question.write_parquet(path)


def write_json(question: Asking, out: TextIO) -> None:
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
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else clean(str(value), lines=True)
