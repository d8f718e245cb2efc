"""Tables that people fill in are read as their spreadsheets save them, and whatever is wrong in them has a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.problems import Problems
from crisis_sim.research.study.grids import COLUMNS, ROWS, SIZE, Grid, read_grid


def read(path: Path, data: bytes) -> Grid:
    path.write_bytes(data)
    problems = Problems()
    grid = read_grid(path, {"code", "team"}.__contains__, problems)
    problems.raise_errors()
    assert grid is not None
    return grid


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in (grid.head, *grid.rows)]


@pytest.mark.parametrize(
    "data",
    [
        b"code,team\nba7,us\n",
        b"\xef\xbb\xbfcode;team\r\nba7;us\r\n",
        "code\tteam\rba7\tus\r".encode("utf-16"),
        b'sep=;\n"code";"team"\n"ba7";"us"',
        b"code,team\n,,\nba7 , us\n\n",
    ],
    ids=["plain", "mark, semicolons, windows", "tabs, utf-16, old mac", "declared and quoted", "blanks and empty rows"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    """Mark, sign, line ends, quotes and empty rows make no difference."""
    assert texts(read(tmp_path / "a.csv", data)) == [["code", "team"], ["ba7", "us"]]


def test_each_cell_knows_its_place(tmp_path: Path) -> None:
    """Line and column are those of the file, behind a cell of several lines too."""
    grid = read(tmp_path / "a.csv", b'code,team\n"two\nlines",us\nba7,"ch""ina"\n')
    places = [(cell.text, cell.line, cell.col) for row in grid.rows for cell in row]
    assert places == [("two lines", 2, 1), ("us", 3, 8), ("ba7", 4, 1), ('ch"ina', 4, 5)]


def test_a_guard_against_formulas_goes(tmp_path: Path) -> None:
    """An apostrophe that guards is no part of the text, and what a terminal would obey is not either."""
    assert texts(read(tmp_path / "a.csv", b"code,team\n'=1+1,\x1b[31mus\n"))[1] == ["=1+1", "[31mus"]


def test_an_open_quote_is_a_problem_with_its_place(tmp_path: Path) -> None:
    """The table ends there, and the place is said."""
    with pytest.raises(CrisisSimError) as told:
        read(tmp_path / "a.csv", b'code,team\nba7,"us\nand so on\n')
    assert "a.csv:2:5: error: this quotation mark does not close around its cell" in str(told.value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04rest", "it is a workbook"),
        (b"code,team\nb\xe9a,us\n", "its text is not in UTF-8 from line 2 on"),
        (b"," * (COLUMNS + 1), "it has more than"),
        (b"a,b\n" * (ROWS + 2), "it has more than"),
        (b"a" * (SIZE + 1), "it is larger than 32 MiB"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, data: bytes, why: str) -> None:
    """Sizes are capped, and a workbook or another encoding gets a way out."""
    with pytest.raises(UnreadableInput) as told:
        read(tmp_path / "a.csv", data)
    assert f"a.csv cannot be read: {why}" in str(told.value)
    assert told.value.hint


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """So is a folder."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableInput, match="there is no such file"):
            read_grid(path, lambda name: True, Problems())


@settings(max_examples=150, deadline=2000)
@given(st.text(alphabet='ab",;\t\n\r\x00é=中 ', max_size=80))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever a file holds, it is a table or a sentence; cells lie within the file's lines."""
    path = tmp_path_factory.mktemp("wild") / "a.csv"
    try:
        grid = read(path, text.encode())
    except CrisisSimError:
        return
    for row in (grid.head, *grid.rows):
        assert all(1 <= cell.line <= len(grid.lines) and cell.col >= 1 for cell in row)
