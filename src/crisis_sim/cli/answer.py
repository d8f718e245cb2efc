"""Printing the answer, or writing it to a file; and who may read what a command writes.

One rule for every file and folder of a command, whatever library makes it. Files that exist keep what they are.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size
from typing import Final

from crisis_sim.errors import Sentence, UnreadableInput, why_not
from crisis_sim.text import cells, clean, plain_markdown, wrapped

WIDTH = 100
"""Columns at which prose is wrapped; in a file the same everywhere, so that an answer can be compared with another."""
_OWN_LINE = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#|\||>|```|~~~|(?:[-_*]\s?){3,}$|<!--)")
_WIDE = "\u2e80"
"""From here on characters are Chinese, and no space stands between two lines."""
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")


def answer(*paragraphs: str) -> None:
    """Print each paragraph that is not empty, as it stands."""
    for paragraph in paragraphs:
        if paragraph:
            sys.stdout.write(clean(paragraph, lines=True) + "\n")


def width() -> int:
    """Columns at which prose is wrapped: where a terminal is narrower, its own, or it would break words."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(WIDTH, get_terminal_size((WIDTH, 24)).columns)


def prose(text: str, indent: int = 0) -> str:
    """A text as lines that fit."""
    lead = " " * indent
    return "\n".join((lead + line).rstrip() for line in wrapped(clean(text, lines=True), width() - indent))


def table(rows: Sequence[tuple[str, ...]], indent: int = 0) -> str:
    """Rows whose first columns stand under each other; the last is wrapped beside them."""
    cleaned = [tuple(clean(cell, lines=False) for cell in row) for row in rows]
    if not cleaned:
        return ""
    widths = [max(cells(row[place]) for row in cleaned) for place in range(len(cleaned[0]) - 1)]
    lines: list[str] = []
    for row in cleaned:
        lead = " " * indent + "".join(
            cell + " " * (width - cells(cell) + 2) for cell, width in zip(row, widths, strict=False)
        )
        first, *rest = wrapped(row[-1], max(width() - cells(lead), 30))
        lines += [(lead + first).rstrip(), *(" " * cells(lead) + line for line in rest)]
    return "\n".join(lines)


def markdown_prose(markdown: str) -> str:
    """The text without marks: a paragraph is one line, and so is a row of a table, with `;` between its cells."""
    lines: list[str] = []
    joins = False
    for line in markdown.split("\n"):
        if line.lstrip().startswith("|"):
            joins = False
            if not (_RULE.fullmatch(line) and "-" in line):
                lines.append(_row(line))
        elif joins and line.strip() and not _OWN_LINE.match(line):
            lines[-1] += ("" if lines[-1][-1:] >= _WIDE else " ") + line.strip()
        else:
            lines.append(line)
            joins = bool(line.strip()) and not line.lstrip().startswith("#")
    return plain_markdown("\n".join(lines))


def _row(line: str) -> str:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return "- " + "; ".join(cell for cell in cells if cell)


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Write `data` to `path`, in place of a file that is there only if `force` says so; it is a new file either way.

    Raises UnreadableInput where that cannot be done.
    """
    shown = clean(str(path), lines=False)
    try:
        if force and path.is_file() and not path.is_symlink():
            path.unlink()  # or it would keep who could read it
        with path.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError:
        sentence, hint = (
            Sentence("{shown} is there already", shown=shown),
            Sentence("name another with --out, or write over it with --force"),
        )
        raise UnreadableInput("output/exists", sentence, hint=hint) from None
    except (OSError, ValueError) as error:
        sentence = Sentence("{shown} cannot be written: {reason}", shown=shown, reason=why_not(error))
        raise UnreadableInput("output/unwritable", sentence, hint="name another") from None


AUTHORING: Final = frozenset({"check", "new", "preview"})
"""Verbs whose files are authored; these have the permissions that the system gives to new files."""


@contextmanager
def files_of(verb: str) -> Iterator[None]:
    """While it lasts, new files can be read by their owner alone (0600, folders 0700), unless `verb` is for authors."""
    if verb in AUTHORING:
        yield
        return
    previous_mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(previous_mask)
