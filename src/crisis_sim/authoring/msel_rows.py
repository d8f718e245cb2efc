"""The rows of an MSEL out of a spreadsheet: which column is which, and what stands where.

Finds the head, whatever stands above it, and tells each cell by its column's name. What the rows mean for a scenario is
`crisis_sim.authoring.msel_import`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from crisis_sim.authoring.msel_cells import Cell, is_failed, text_in
from crisis_sim.authoring.msel_columns import COLUMNS, column_called, language_of
from crisis_sim.authoring.msel_files import Table
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, Spot, shown_path
from crisis_sim.rules.names import Language

_HEAD_AMONG = 10

Thing = TypeVar("Thing")


class Rows:
    """A table with its columns known; problems go to `problems`, each with row and column."""

    def __init__(self, table: Table, path: Path, problems: Problems) -> None:
        """Raises UnreadableInput where no row names at least two columns."""
        self._table = table
        self._shown = shown_path(path)
        self._problems = problems
        known = [sum(column_called(text_in(cell)) is not None for cell in row) for row in table[:_HEAD_AMONG]]
        if max(known, default=0) < 2:
            hint = "the first row names the columns: ID, Time, To, Subject, Text (docs/msel.md)"
            raise UnreadableInput("msel/no-head", f"no row of {self._shown} names the columns of an MSEL", hint=hint)
        self._head = known.index(max(known))
        self.language: Language = language_of([text_in(cell) for cell in table[self._head]])
        """That of the headings."""
        self.places = self._columns()

    def _columns(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for place, cell in enumerate(self._table[self._head]):
            heading = text_in(cell)
            name = column_called(heading)
            spot = Spot(self._shown, self._head + 1, place + 1)
            if heading and name is None:
                self._problems.warning(spot, f"the column '{heading[:60]}' is not read", code="msel/column")
            elif name in found:
                said = f"two columns are '{COLUMNS[name].heading(self.language)}'"
                self._problems.error(spot, said, code="msel/column", hint="leave one out")
            elif name is not None:
                found[name] = place
        return found

    def __iter__(self) -> Iterator[Row]:
        """The rows below the head that are not empty; one with a cell that the spreadsheet gave up on is refused."""
        for number, cells in enumerate(self._table[self._head + 1 :], self._head + 2):
            row = Row(number, {name: cells[place] for name, place in self.places.items() if place < len(cells)}, self)
            failed = [name for name, cell in row.cells.items() if is_failed(cell)]
            for name in failed:
                said = f"{row.text(name)} is the spreadsheet's word for a formula that failed, and no words of yours"
                self.error(number, name, said, "a text that begins with = + - or @ needs an apostrophe before it there")
            if not failed and any(row.has(name) for name in self.places if name != "number"):
                yield row

    def spot(self, row: int, column: str) -> Spot:
        """A cell, or the first of its row where there is no such column."""
        return Spot(self._shown, row, self.places.get(column, 0) + 1)

    def error(self, row: int, column: str, said: str, hint: str = "") -> None:
        """Say what is wrong with a cell."""
        self._problems.error(self.spot(row, column), said, code="msel/cell", hint=hint)

    def warning(self, row: int, column: str, said: str, hint: str = "") -> None:
        """Say what is probably not meant."""
        self._problems.warning(self.spot(row, column), said, code="msel/not-read", hint=hint)


class Row(NamedTuple):
    """One row: its number as the spreadsheet counts, and its cells by column."""

    number: int
    cells: Mapping[str, Cell]
    rows: Rows

    def has(self, column: str) -> bool:
        """Whether anything stands in a cell."""
        return bool(text_in(self.cells.get(column)))

    def text(self, column: str) -> str:
        """The words in a cell; empty where there is none."""
        return text_in(self.cells.get(column))

    def read(self, column: str, reader: Callable[[Cell], Thing]) -> Thing | None:
        """What a cell says; None if it is empty, or if it cannot be read, which is said."""
        if not self.has(column):
            return None
        try:
            return reader(self.cells[column])
        except ValueError as wrong:
            self.rows.error(self.number, column, str(wrong))
            return None

    def first(self, columns: Sequence[str]) -> str:
        """The first of some columns in which something stands; else the first that there is."""
        return next((name for name in columns if self.has(name)), columns[0])
