"""What tables hold, column by column, for people."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.research.columns import Sheet


def codebook(about: str, sheets: Iterable[tuple[Sheet, str]]) -> str:
    """A page that begins with what is to be said `about` all tables; each comes with the name of its file."""
    return "\n".join(["# Codebook\n", about, *(_table(sheet, file) for sheet, file in sheets)])


def _table(sheet: Sheet, file: str) -> str:
    said = f"## {file}\n\nA row for each {sheet.rows}. A row is named by {', '.join(sheet.key)}.\n"
    rows = [f"| `{column.name}` | {column.kind} | {column.holds} | {column.says} |" for column in sheet.columns]
    return "\n".join([said, "| column | kind | holds | says |", "| --- | --- | --- | --- |", *rows]) + "\n"
