"""Printing the answer: standard output, and nothing that a terminal would obey."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crisis_sim.text import clean, wrapped

WIDTH = 100
"""Columns at which prose is wrapped; the same everywhere, so that an answer can be compared with another."""


def answer(*paragraphs: str) -> None:
    """Print each paragraph that is not empty, as it stands."""
    for paragraph in paragraphs:
        if paragraph:
            sys.stdout.write(clean(paragraph, lines=True) + "\n")


def prose(text: str, indent: int = 0) -> str:
    """A text as lines that fit."""
    lead = " " * indent
    return "\n".join((lead + line).rstrip() for line in wrapped(clean(text, lines=True), WIDTH - indent))


def table(rows: Sequence[tuple[str, ...]], indent: int = 0) -> str:
    """Rows whose first columns stand under each other; the last is wrapped beside them."""
    from crisis_sim.text import cells

    cleaned = [tuple(clean(cell, lines=False) for cell in row) for row in rows]
    if not cleaned:
        return ""
    widths = [max(cells(row[place]) for row in cleaned) for place in range(len(cleaned[0]) - 1)]
    lines: list[str] = []
    for row in cleaned:
        lead = " " * indent + "".join(
            cell + " " * (width - cells(cell) + 2) for cell, width in zip(row, widths, strict=False)
        )
        first, *rest = wrapped(row[-1], max(WIDTH - cells(lead), 30))
        lines += [(lead + first).rstrip(), *(" " * cells(lead) + line for line in rest)]
    return "\n".join(lines)
