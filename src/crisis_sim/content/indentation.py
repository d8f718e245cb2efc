"""How the lines of a file are indented, and with which of those above a line could belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.errors import Sentence, either

FAR: Final = 2000
"""How many lines away is looked."""


def line_at(lines: Sequence[str], index: int) -> str:
    """A line; empty beyond the ends of the file."""
    return lines[index] if 0 <= index < len(lines) else ""


def line_above(lines: Sequence[str], index: int) -> int:
    """The nearest line above that says something, or -1."""
    index = min(index, len(lines)) - 1
    while index >= 0 and (not lines[index].strip() or lines[index].lstrip().startswith("#")):
        index -= 1
    return index


def indent_of(line: str) -> int:
    """Before how many characters a line has only blanks."""
    return len(line) - len(line.lstrip())


def fitting_levels(lines: Sequence[str], at: int) -> str:
    """How far the lines above are indented that a line could belong with."""
    own = indent_of(line_at(lines, at))
    found: dict[int, int] = {}
    least, above = own + 40, line_above(lines, at)
    while above >= 0 and least > 0 and at - above < FAR:
        line = lines[above]
        columns = [indent_of(line)] if not line.lstrip().startswith("- ") else [indent_of(line) + 2, indent_of(line)]
        for column in columns:
            if column < least:
                found[column], least = above + 1, column
        above = line_above(lines, above)
    near = sorted(found, key=lambda column: (abs(column - own), -column))[:2]
    one = len({found[column] for column in near}) == 1
    if not near:
        return Sentence("begin it at the margin")
    if one:
        levels: str = Sentence(
            "{column} like line {line}", column=either([str(column) for column in near]), line=found[near[0]]
        )
    else:
        levels = either([Sentence("{column} like line {line}", column=column, line=found[column]) for column in near])
    return Sentence(
        "it has {n} space; give it {levels}", plural="it has {n} spaces; give it {levels}", n=own, levels=levels
    )
