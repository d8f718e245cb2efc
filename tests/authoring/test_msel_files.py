"""Tables as files: no cell that starts a formula, every usual way of saving read, nothing that grows without end."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from crisis_sim.authoring import msel_files
from crisis_sim.authoring.msel_cells import COLUMNS, column_called, hours_in, language_of, lengths_in, to_in, yes_in
from crisis_sim.authoring.msel_files import csv_bytes, read_table, xlsx_bytes
from crisis_sim.errors import UnreadableInput
from crisis_sim.spreadsheets import guarded, unguarded

STARTS = "=+-@\t\r\n＝＋－＠"
RISKY = st.text("'=+-@＝＋－＠ab\"\n", max_size=6) | st.text(max_size=20)


@given(RISKY)
def test_no_text_starts_a_formula_and_the_guard_is_undone_exactly(text: str) -> None:
    """Whatever a text begins with, what is written begins with nothing that a spreadsheet obeys."""
    assert guarded(text)[:1] not in tuple(STARTS)
    assert unguarded(guarded(text)) == text


@given(st.lists(RISKY.map(lambda text: "".join(c for c in text if c.isprintable() or c == "\n").strip()), max_size=4))
def test_a_table_comes_back_from_both_kinds_of_file(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Texts, numbers and times; in the file itself no cell begins a formula."""
    table: list[list[Any]] = [["ID", "Text", "#"], *([text, text, 7] for text in texts)]
    folder = tmp_path_factory.mktemp("table")
    (folder / "t.csv").write_bytes(csv_bytes(table))
    (folder / "t.xlsx").write_bytes(xlsx_bytes(table, "t", [5, 5, 5]))
    for row in csv.reader(io.StringIO((folder / "t.csv").read_bytes().decode("utf-8-sig"), newline="")):
        assert all(cell[:1] not in tuple(STARTS) for cell in row)
    for cells in load_workbook(folder / "t.xlsx").worksheets[0].iter_rows():
        assert all(cell.data_type != "f" and str(cell.value or "")[:1] not in tuple(STARTS) for cell in cells)
    from_csv, from_xlsx = read_table(folder / "t.csv"), read_table(folder / "t.xlsx")
    assert [[cell or "" for cell in row] for row in from_xlsx] == [[c if c != "" else "" for c in row] for row in table]
    assert from_csv == [[str(cell) for cell in row] for row in table]


ROWS = 'ID{0}Time{0}Text\nalert{0}14:00{0}"One{0} two"\n'
CHINESE = "标识,时间,内容\nalert,14小时,渡轮在漂流\n"


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (ROWS.format(",").encode(), ["alert", "14:00", "One, two"]),
        (ROWS.format(";").encode("utf-8-sig"), ["alert", "14:00", "One; two"]),
        (ROWS.format("\t").encode("utf-16"), ["alert", "14:00", "One\t two"]),
        (ROWS.format("\t").replace("\n", "\r\n").encode("utf-16-le").join([b"\xff\xfe", b""]), None),
        (("sep=|\r\n" + ROWS.format("|")).encode(), ["alert", "14:00", "One| two"]),
        (CHINESE.encode("gb18030"), ["alert", "14小时", "渡轮在漂流"]),
        (b"\x84\x31\x95\x33" + CHINESE.encode("gb18030"), ["alert", "14小时", "渡轮在漂流"]),
        (CHINESE.replace("漂流", "漂流，需").encode("gbk")[:-1] + b"\x805\n", ["alert", "14小时", "渡轮在漂流，需€5"]),
        (CHINESE.encode("utf-16"), ["alert", "14小时", "渡轮在漂流"]),
    ],
)
def test_a_csv_is_read_however_it_was_saved(tmp_path: Path, data: bytes, row: list[str] | None) -> None:
    """Commas, semicolons, tabs, a line that names the sign; UTF-8, UTF-16, GB18030."""
    (tmp_path / "t.csv").write_bytes(data)
    assert read_table(tmp_path / "t.csv")[1] == (row or ["alert", "14:00", "One\t two"])


def test_an_encoding_is_declared_or_asked_for(tmp_path: Path) -> None:
    """Western Excel's own encoding is never guessed, since a wrong guess would change texts."""
    path = tmp_path / "t.csv"
    path.write_bytes("ID,Text\nalert,It’s adrift\n".encode("cp1252"))
    with pytest.raises(UnreadableInput, match="its text is not in UTF-8") as refused:
        read_table(path)
    assert "--encoding windows-1252" in refused.value.hint
    assert read_table(path, "Windows-1252")[1] == ["alert", "It’s adrift"]
    with pytest.raises(UnreadableInput, match="'klingon' is not read here"):
        read_table(path, "klingon")


@pytest.mark.parametrize(
    ("saved", "named"), [("gbk", "gb18030"), ("gb18030", "GB18030"), ("gbk", "cp936"), ("big5", "big5")]
)
def test_chinese_under_english_headings_is_asked_for(saved: str, named: str, tmp_path: Path) -> None:
    """Nothing but its headings tells a plain CSV of Excel in Chinese; with English ones the encoding is named."""
    path = tmp_path / "t.csv"
    path.write_bytes("ID,Text\nalert,台北\n".encode(saved))
    with pytest.raises(UnreadableInput, match="its text is not in UTF-8") as refused:
        read_table(path)
    assert "--encoding gb18030" in refused.value.hint
    assert read_table(path, named)[1] == ["alert", "台北"]


def test_the_sheet_with_the_list_is_found(tmp_path: Path) -> None:
    """A cover sheet, formulas with their saved values or without, and formats down to the last row do no harm."""
    book = Workbook()
    book.worksheets[0].append(["Exercise FERRY"])
    sheet = book.create_sheet("MSEL")
    sheet.append(["ID", "Time", "Text"])
    sheet.append(["alert", time(14), "=1+1"])
    sheet.cell(4_000, 60).number_format = "@"
    book.save(tmp_path / "t.xlsx")
    assert read_table(tmp_path / "t.xlsx") == [["ID", "Time", "Text"], ["alert", time(14)]]


def test_what_is_no_list_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders, old Excel files, damaged ones, bombs, entities, endless rows: refused before they are unpacked."""
    path = tmp_path / "t.xlsx"

    def refused(data: bytes) -> str:
        path.write_bytes(data)
        with pytest.raises(UnreadableInput) as found:
            read_table(path)
        return str(found.value).partition("cannot be read: ")[2]

    def packed(**parts: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, part in parts.items():
                file.writestr(f"xl/{name}.xml", part)
        return out.getvalue()

    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...") == "it is an old or a locked Excel file"
    assert refused(b"PK\x03\x04 nothing") == "it is not a sound XLSX file"
    assert refused(packed(workbook=b"<x/>")) == "it is not a sound XLSX file"
    assert refused(packed(workbook=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")) == "its XML has definitions of its own"
    assert refused(packed(workbook=b"<!DOCTYPE x SYSTEM 'y'><x/>")) == "its XML has definitions of its own"
    assert refused(b"ID,Text\n" + b"a,b\n" * 5_001) == "it has more than 5,000 rows or 100 columns"
    assert refused(b"ID,Text" + b",x" * 100) == "it has more than 5,000 rows or 100 columns"
    assert refused(b'ID,Text\na,"' + b"x" * 200_000) == "its quotes do not match up"
    assert refused(b"ID,Text\n\0") == "it is no table of text"
    monkeypatch.setattr(msel_files, "UNPACKED", 10_000)
    assert refused(packed(workbook=b" " * 20_000)) == "it unpacks to far more than a list of injects"
    monkeypatch.setattr(msel_files, "SIZE", 3)
    assert refused(b"ID,Text") == "it is larger than 0 MiB"
    with pytest.raises(UnreadableInput, match="there is no such file"):
        read_table(tmp_path)


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        ("T+14h", 14),
        (" t + 14 ", 14),
        ("H+14", 14),
        ("14h", 14),
        ("14 hours", 14),
        ("14:00", 14),
        ("38:00:00", 38),
        ("2d", 48),
        ("2d 6h", 54),
        ("2 days 6 hours", 54),
        ("02:00:00 PM", 14),
        ("12:00 am", 0),
        ("第14小时", 14),
        ("2天6小时", 54),
        ("Ｔ＋１４ｈ", 14),
        (time(14), 14),
        (timedelta(hours=38), 38),
        (datetime(1899, 12, 31, 14), 38),  # noqa: DTZ001 - as spreadsheets keep it
    ],
)
def test_times_as_people_write_them(cell: Any, hours: int) -> None:
    """Each is a number of whole hours after the start."""
    assert hours_in(cell) == hours


@pytest.mark.parametrize(
    "cell", [14, 0.5, True, "14", "", "soon", "14:30", time(14, 30), date(2026, 1, 1), "-2h", "9999999h"]
)
def test_what_is_no_time_is_a_sentence(cell: Any) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"write|whole hours|outside"):
        hours_in(cell)


def test_recipients_lengths_and_yes_as_people_write_them() -> None:
    """In both languages, and by the teams' own names."""
    names: Any = {"blueteam": "us"}
    assert [to_in(cell, names) for cell in ("US", "the United States", "Blue team", "美方")] == ["us"] * 4
    assert [to_in(cell, names) for cell in ("PRC", "中国")] == ["china"] * 2
    assert [to_in(cell, names) for cell in ("US, China", "Blue Team and PRC", "双方", "all", "美方、中方")] == [
        "both"
    ] * 5
    assert (lengths_in("45, 90"), lengths_in(90.0), lengths_in("90、150")) == ((45, 90), (90,), (90, 150))
    assert (yes_in("Yes"), yes_in("是"), yes_in(0), yes_in("n")) == (True, True, False, False)


def test_every_heading_means_one_column() -> None:
    """In either language, in any case, with any signs; a heading that two columns claim would be read as either."""
    claimed: dict[str, str] = {}
    for name, column in COLUMNS.items():
        for heading in (column.en, column.zh, *column.known_as):
            assert column_called(f" {heading.upper()}: ") == name
            assert claimed.setdefault(heading.casefold(), name) == name
    assert column_called("mood") is None
    assert language_of(["ID", "时间", "主题"]) == "zh"
    assert language_of(["ID", "Time", "主题"]) == "en"
