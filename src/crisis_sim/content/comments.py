"""Comments of a YAML file: where they stand and what they say.

YAML keeps no comments, so they are looked for in the lines: a `#` at the beginning of a line or after a blank begins
one, unless it lies within a value. What a comment means is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple


class Comment(NamedTuple):
    """A comment: its line and column from 1, its words without the `#`, and the whole line that it is in."""

    line: int
    col: int
    text: str
    source: str

    @property
    def alone(self) -> bool:
        """It has its line for itself."""
        return not self.source[: self.col - 1].strip()


def comments(lines: Sequence[str], scalars: Sequence[Any]) -> Iterator[Comment]:
    """The comments of a file, from the top; `scalars` are the events of its values."""
    inside = _insides(lines, scalars)
    for number, line in enumerate(lines):
        for col in _hashes(line):
            if not any(start <= col < end for start, end in inside.get(number, ())):
                yield Comment(number + 1, col + 1, line[col + 1 :].strip(), line)
                break


def _hashes(line: str) -> Iterator[int]:
    """Columns at which a comment could begin."""
    col = line.find("#")
    while col >= 0:
        if col == 0 or line[col - 1] in " \t":
            yield col
        col = line.find("#", col + 1)


def _insides(lines: Sequence[str], scalars: Sequence[Any]) -> dict[int, list[tuple[int, int]]]:
    """For each line with a `#` in it, the columns that values take up; the head of a block text is none of it."""
    spans_by_line: dict[int, list[tuple[int, int]]] = {number: [] for number, line in enumerate(lines) if "#" in line}
    if not spans_by_line:
        return spans_by_line
    for event in scalars:
        start, end = event.start_mark, event.end_mark
        if start.line == end.line:
            if start.line in spans_by_line and not _is_block(event):
                spans_by_line[start.line].append((start.column, end.column))
            continue
        for number in range(start.line + _is_block(event), end.line + 1):
            if number in spans_by_line:
                first = start.column if number == start.line else 0
                last = end.column if number == end.line else len(lines[number])
                spans_by_line[number].append((first, last))
    return spans_by_line


def _is_block(event: Any) -> bool:
    return event.style in ("|", ">")
