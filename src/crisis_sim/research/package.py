"""An export as a folder: a CSV file for each table, a codebook for people, and `datapackage.json` for programs.

The form is Frictionless Data's Tabular Data Package. Booleans are true and false, numbers have a point, what is not
there is empty, lines end with LF, and no text begins a formula in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from crisis_sim import __version__
from crisis_sim.authoring.msel_cells import guarded
from crisis_sim.research.columns import SHEETS, Sheet, Value
from crisis_sim.research.rows import Row


def files(rows: Mapping[str, Sequence[Row]], *, named: bool) -> dict[str, str]:
    """Every file of an export by its name; `named` says that sessions go by their own ids."""
    written = {f"{sheet.name}.csv": csv_of(sheet, rows[sheet.name]) for sheet in SHEETS}
    return {**written, "codebook.md": codebook(), "datapackage.json": datapackage(rows, named=named)}


def csv_of(sheet: Sheet, rows: Iterable[Row]) -> str:
    """One table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.names)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return guarded(value) if isinstance(value, str) else str(value)


def codebook() -> str:
    """What every column of every table holds."""
    head = f"""Tables exported by crisis-sim {__version__}. Every table has a column `session`; `moves` and `readings`
are joined by session, turn, side and order. An empty cell is a value that is not there. A text that a spreadsheet might
take for a formula has an apostrophe before it. How each number comes about is told in docs/scoring.md and in
docs/measures.md.
"""
    parts = ["# Codebook\n", head]
    for sheet in SHEETS:
        parts.append(f"## {sheet.name}.csv\n\nA row for each {sheet.rows}. A row is named by {', '.join(sheet.key)}.\n")
        rows = [f"| `{column.name}` | {column.kind} | {column.says} |" for column in sheet.columns]
        parts.append("\n".join(["| column | kind | says |", "| --- | --- | --- |", *rows]) + "\n")
    return "\n".join(parts)


def datapackage(rows: Mapping[str, Sequence[Row]], *, named: bool) -> str:
    """The description that programs read."""
    resources = [
        {
            "name": sheet.name,
            "path": f"{sheet.name}.csv",
            "profile": "tabular-data-resource",
            "description": f"A row for each {sheet.rows}.",
            "rows": len(rows[sheet.name]),
            "schema": {
                "fields": [
                    {"name": column.name, "type": column.kind, "description": column.says} for column in sheet.columns
                ],
                "primaryKey": list(sheet.key),
                "missingValues": [""],
            },
        }
        for sheet in SHEETS
    ]
    package = {
        "name": "crisis-sim-sessions",
        "profile": "tabular-data-package",
        "title": "Sessions of crisis-sim",
        "created_with": f"crisis-sim {__version__}",
        "anonymous": not named,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
