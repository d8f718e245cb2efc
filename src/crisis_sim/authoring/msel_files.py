"""Tables as the files that spreadsheets read and write: CSV and XLSX, nothing but values in either.

What is written starts no formula: words that might begin one are guarded, and the guard goes when they are read. What
is read is bounded in bytes, rows and columns before it is unpacked; formulas, macros and links to other files are never
looked at, only the values that were saved with them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from crisis_sim.authoring.msel_cells import CellValue, column_called, shown_time
from crisis_sim.errors import Sentence, UnreadableInput, commas, why_not
from crisis_sim.spreadsheets import guarded, unguarded
from crisis_sim.text import clean, clipped

CellTable: TypeAlias = Sequence[Sequence[CellValue]]
"""Rows of cells; the first is the head."""

TableFormat: TypeAlias = Literal["csv", "xlsx"]

SIZE: Final = 20 * 1024 * 1024
"""The most bytes of a file."""

UNPACKED: Final = 100 * 1024 * 1024
"""The most bytes of an XLSX file's parts together, unpacked."""

ROWS: Final = 5_000
COLUMNS: Final = 100

WORKBOOK: Final = b"PK\x03\x04"
"""How an XLSX file begins."""
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook begins that is of an old Excel, or locked."""

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
ENCODINGS: Final = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
}
"""Names under which somebody may declare an encoding."""

_SAVE: Final = Sentence("save it as 'CSV UTF-8', or say --encoding gb18030 or --encoding windows-1252")


def csv_bytes(table: CellTable) -> bytes:
    """A table as CSV that every spreadsheet opens rightly: UTF-8 with a mark, commas, line ends as Excel has them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_as_text(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: CellValue) -> str:
    if isinstance(cell, timedelta):
        return shown_time(int(cell.total_seconds()) // 3_600)
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def xlsx_bytes(table: CellTable, title: str, widths: Sequence[int]) -> bytes:
    """A table as a workbook of one sheet: head frozen, texts wrapped, times as times and numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    worksheet = book.active
    assert worksheet is not None
    worksheet.title = re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
    for number, row in enumerate(table, 1):
        for place, value in enumerate(row, 1):
            cell = worksheet.cell(number, place)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            if isinstance(value, timedelta):
                cell.value, cell.number_format = value, '"T+"[h]"h"'
            elif isinstance(value, str) and value:
                cell.value, cell.data_type = guarded(value), "s"
                cell.number_format = "@"
            elif value != "":
                cell.value = value
            if number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")
    for place, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(place)].width = width
    worksheet.freeze_panes = "A2"
    worksheet.auto_filter.ref = worksheet.dimensions
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", "8"  # A3
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 2, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_table(path: Path, encoding: str | None = None) -> CellTable:
    """The rows of a CSV or XLSX file, from its first row; empty ones at the end are left out.

    `encoding` is of a CSV file that does not say it itself. Raises UnreadableInput with a sentence.
    """
    data = _bytes(path)
    rows = _xlsx_rows(data, path) if data.startswith(WORKBOOK) else _csv_rows(_decoded(data, path, encoding), path)
    for row in rows:
        _without_empty_end(row, empty=lambda cell: cell in (None, ""))
    _without_empty_end(rows, empty=lambda row: not row)
    if len(rows) > ROWS or any(len(row) > COLUMNS for row in rows):
        raise _unreadable(
            path,
            Sentence("it has more than {rows:,} rows or {columns} columns", rows=ROWS, columns=COLUMNS),
            "take out what is no inject",
        )
    return [[unguarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _without_empty_end(items: list[Any], empty: Callable[[Any], bool]) -> None:
    while items and empty(items[-1]):
        items.pop()


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _unreadable(path, "there is no such file", "look at its name")
        with path.open("rb") as file:
            data = file.read(SIZE + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(path, why_not(error), "look at its name and its permissions") from None
    if len(data) > SIZE:
        size = Sentence("it is larger than {size} MiB", size=SIZE // 1024**2)
        raise _unreadable(path, size, "a list of injects is far smaller")
    if data.startswith(OLD_WORKBOOK):
        raise _unreadable(path, "it is an old or a locked Excel file", "save it as .xlsx without a password, or as CSV")
    return data


def _decoded(data: bytes, path: Path, encoding: str | None) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is not None and encoding.casefold() not in ENCODINGS:
        raise UnreadableInput(
            "usage/encoding",
            "'{encoding}' is not read here",
            hint="one of: {known}",
            encoding=encoding[:40],
            known=commas(list(ENCODINGS)),
        )
    declared = None if encoding is None else ENCODINGS[encoding.casefold()]
    try:
        return data.decode(marked or declared or "utf-8", _EURO).removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    try:
        guessed = data.decode("gb18030", _EURO) if marked is None and declared is None else ""
    except UnicodeDecodeError:
        guessed = ""
    if any(_is_chinese_heading(part) for part in re.split(r"[,;\t\r\n\"]", guessed[:2_000])):
        return guessed  # Excel in simplified Chinese saves a plain CSV so
    raise _unreadable(path, Sentence("its text is not in {encoding}", encoding=marked or declared or "UTF-8"), _SAVE)


def _euro(error: UnicodeError) -> tuple[str, int]:
    """The euro sign, which Windows adds to GBK as one byte that GB18030 does not have."""
    if isinstance(error, UnicodeDecodeError) and error.encoding == "gb18030" and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


_EURO: Final = "crisis-sim-euro"
codecs.register_error(_EURO, _euro)


def _is_chinese_heading(part: str) -> bool:
    return column_called(part) is not None and any(ord(letter) > 0x2E7F for letter in part)


def _csv_rows(text: str, path: Path) -> list[list[CellValue]]:
    """The rows, parted by whichever sign gives the most known headings."""
    if "\0" in text:
        raise _unreadable(path, "it is no table of text", "save it as CSV or XLSX")
    first, _, rest = text.partition("\n")
    if (separator_match := re.fullmatch(r'"?sep=(.)"?\r?', first)) is not None:
        return _parted(rest, separator_match[1], path)
    tries = [_parted(text, sign, path) for sign in (",", ";", "\t")]
    return max(tries, key=lambda rows: max((_count_known_headings(row) for row in rows[:10]), default=0))


def _parted(text: str, sign: str, path: Path) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            rows.append(list(row))
            if len(rows) > ROWS:
                break
    except csv.Error:
        raise _unreadable(path, "its quotes do not match up", "save it again from the spreadsheet") from None
    return rows


def _count_known_headings(row: Sequence[CellValue]) -> int:
    return sum(column_called(str(cell)) is not None for cell in row[:COLUMNS] if cell not in (None, ""))


def _xlsx_rows(data: bytes, path: Path) -> list[list[CellValue]]:
    """The rows of the sheet that has the most known headings."""
    from openpyxl import load_workbook

    _refuse_bombs(data, path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets: list[list[list[Any]]] = [
            [list(row) for row in worksheet.iter_rows(max_row=ROWS + 1, max_col=COLUMNS + 1, values_only=True)]
            for worksheet in book.worksheets[:20]
        ]
    except Exception:  # noqa: BLE001 - openpyxl raises whatever its parts raise on a damaged file
        raise _unreadable(
            path, "it is not a sound XLSX file", "save it again from the spreadsheet, or as CSV"
        ) from None
    return max(sheets, key=lambda rows: max((_count_known_headings(row) for row in rows[:10]), default=0), default=[])


def _refuse_bombs(data: bytes, path: Path) -> None:
    """Say no to a file that grows beyond measure when it is unpacked, or whose XML defines things of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            infos = parts.infolist()
            if len(infos) > 1_000 or sum(info.file_size for info in infos) > UNPACKED:
                raise _unreadable(
                    path, "it unpacks to far more than a list of injects", "copy the list into a new file"
                )
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    part = parts.read(info)
                    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
                        raise _unreadable(path, "its XML has definitions of its own", "copy the list into a new file")
    except UnreadableInput:
        raise
    except Exception:  # noqa: BLE001 - the unpackers raise whatever their parts raise on a damaged file
        raise _unreadable(
            path, "it is not a sound XLSX file", "save it again from the spreadsheet, or as CSV"
        ) from None


def _unreadable(path: Path, why: str, hint: str) -> UnreadableInput:
    name = clipped(clean(str(path), lines=False), 200)
    return UnreadableInput(
        "msel/unreadable", "{name} cannot be read: {why}", hint=hint, name=name, why=Sentence.of(why)
    )
