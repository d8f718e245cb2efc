"""Tables that people have filled in, as their spreadsheets save them: CSV with any of three signs between cells.

Each cell knows its line and column, so that whatever is wrong with it can be pointed at. What is read is bounded in
bytes, rows and columns; text is cleaned here, and the guard before what might begin a formula goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.content.value_words import quoted
from crisis_sim.errors import Sentence, UnreadableInput, commas
from crisis_sim.problems import Problems, Spot, did_you_mean, shown_path
from crisis_sim.spreadsheets import MARK_UTF16, OLD_WORKBOOK, WORKBOOK, read_bytes, unguarded
from crisis_sim.text import clean, clipped

SIZE: Final = 32 * 1024 * 1024
"""The most bytes of a file."""
ROWS: Final = 100_000
COLUMNS: Final = 200
CELLS: Final = 1_500_000

_SIGNS: Final = (",", ";", "\t")
_SAVE: Final = Sentence("save it from the spreadsheet as 'CSV UTF-8'")


class Cell(NamedTuple):
    """One cell: what it holds, clean and without blanks around it, and where it stands."""

    text: str
    line: int
    col: int
    width: int


class Grid(NamedTuple):
    """A table as it was read."""

    path: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Rows with something in them; each is as long as it was written."""
    lines: tuple[str, ...]
    """The lines of the file, for pointing at."""

    def spot(self, cell: Cell) -> Spot:
        """Where a cell is, for a problem."""
        source = self.lines[cell.line - 1] if cell.line <= len(self.lines) else ""
        return Spot(self.path, cell.line, cell.col, cell.width, source)

    def cell(self, row: tuple[Cell, ...], place: int | None) -> Cell:
        """A cell of a row; one that was not written is empty, and stands after the last."""
        if place is not None and place < len(row):
            return row[place]
        return Cell("", row[-1].line, row[-1].col + row[-1].width, 1)


def read_grid(path: Path, known: Callable[[str], bool], problems: Problems) -> Grid | None:
    """The table in `path`; `known` says which headings are looked for.

    Raises UnreadableInput where there is no table of text. None, and the problem, where its cells do not part.
    """
    text, shown = _text(path), shown_path(path)
    lines = tuple(text.split("\n", 4 * ROWS))
    start, sign = _sign(lines[0], known)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    for row in _rows(text, start, sign, shown, problems):
        cells += len(row)
        if any(cell.text for cell in row):
            rows.append(row)
        if len(rows) > ROWS + 1 or len(row) > COLUMNS or cells > CELLS:
            say = Sentence(
                "it has more than {rows:,} rows, {columns} columns or {cells:,} cells",
                rows=ROWS,
                columns=COLUMNS,
                cells=CELLS,
            )
            raise _unreadable(path, say, "take out what does not belong, or give it in several files")
    if problems.errors:
        return None
    if not rows:
        raise _unreadable(path, "it is empty", "the first row holds the headings")
    return Grid(shown, rows[0], tuple(rows[1:]), lines)


def placed(grid: Grid, wanted: Mapping[str, bool], problems: Problems) -> dict[str, int]:
    """The place of each wanted heading; its value says whether it must be there."""
    places: dict[str, int] = {}
    for place, cell in enumerate(grid.head):
        name = heading(cell.text)
        if name in places:
            say = Sentence("two columns are headed '{heading}'", heading=cell.text[:40])
            problems.error(grid.spot(cell), say, code="table/heading", hint="keep one of them, or rename the other")
        elif name in wanted:
            places[name] = place
    _missing(grid, [name for name, must in wanted.items() if must and name not in places], wanted, problems)
    return places


def _missing(grid: Grid, missing: list[str], wanted: Mapping[str, bool], problems: Problems) -> None:
    """Say which headings are not there: one that another comes near to by itself, the others together."""
    others = [cell.text[:40] for cell in grid.head if cell.text and heading(cell.text) not in wanted]
    nowhere: list[str] = []
    for name in missing:
        near = next((other for other in others if did_you_mean(other, [name]).startswith("did you mean")), "")
        if near:
            say = Sentence("there is no column {columns}", columns=quoted(name))
            hint = Sentence("is '{heading}' meant for it?", heading=near)
            problems.error(grid.spot(grid.head[0]), say, code="table/column", hint=hint)
        else:
            nowhere.append(quoted(name))
    if nowhere:
        say = Sentence("there is no column {columns}", columns=commas(nowhere))
        hint = Sentence("take the headings from the sheet that `study --sheets` writes")
        problems.error(grid.spot(grid.head[0]), say, code="table/column", hint=hint)


def heading(text: str) -> str:
    """A heading as it is compared: `Q1` and `q 1` are `q1`."""
    return re.sub(r"[\s_]+", "", text).casefold()


def _text(path: Path) -> str:
    data = read_bytes(path, SIZE, Sentence("give it in several files"), _unreadable)
    if data.startswith((WORKBOOK, OLD_WORKBOOK)):
        raise _unreadable(path, "it is a workbook", _SAVE)
    encoding = "utf-16" if data.startswith(MARK_UTF16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = encoding[:6].rstrip("-").upper()
        why = Sentence("its text is not in {encoding} from line {line} on", encoding=name, line=line)
        raise _unreadable(path, why, _SAVE) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sign(first: str, known: Callable[[str], bool]) -> tuple[int, str]:
    """Where the table begins, and the sign between its cells: what it says itself, or what parts the most headings."""
    said = re.fullmatch(r'"?sep=([,;\t|])"?', first)
    if said is not None:
        return len(first) + 1, said[1]
    line = first[:10_000]
    tries = {sign: sum(known(heading(part.strip(' "'))) for part in line.split(sign)) for sign in _SIGNS}
    return 0, max(_SIGNS, key=lambda sign: tries[sign])


def _rows(text: str, start: int, sign: str, shown: str, problems: Problems) -> Iterator[tuple[Cell, ...]]:
    """The rows from `start` on; the first quotation mark that is not closed is a problem, and the end."""
    gap = re.escape(sign)
    part = re.compile(rf'[ ]*+"((?:[^"]|"")*+)"[ ]*+({gap}|\n|\Z)|([^{gap}\n]*+)({gap}|\n|\Z)')
    line, began = 1 + text.count("\n", 0, start), start
    row: list[Cell] = []
    while start < len(text):
        match = part.match(text, start)
        assert match is not None  # the second half takes whatever comes
        quoted = match[1] is not None
        if not quoted and match[3].lstrip(" ").startswith('"'):
            source = text[began:].partition("\n")[0]
            spot = Spot(shown, line, start - began + 1, 1, source)
            problems.error(
                spot,
                "this quotation mark does not close around its cell",
                code="table/quote",
                hint="write two of them for one that is meant",
            )
            return
        raw, end = (match[1].replace('""', '"'), match[2]) if quoted else (match[3], match[4])
        width = min(len(raw.partition("\n")[0]), 200)
        row.append(Cell(_inert(raw), line, start - began + 1, max(width, 1)))
        if quoted and (breaks := match[1].count("\n")):
            line, began = line + breaks, text.rfind("\n", 0, match.end(1)) + 1
        start = match.end()
        if end != sign or len(row) > COLUMNS:
            yield tuple(row)
            row, line, began = [], line + 1, start
    if row:
        yield tuple(row)


def _inert(raw: str) -> str:
    text = raw[:20_000]
    return unguarded(clean(text, lines=False).strip()) if text else ""


def _unreadable(path: Path, why: str, hint: str) -> UnreadableInput:
    name = clipped(clean(str(path), lines=False), 200)
    return UnreadableInput(
        "table/unreadable", "{name} cannot be read: {why}", hint=hint, name=name, why=Sentence.of(why)
    )
