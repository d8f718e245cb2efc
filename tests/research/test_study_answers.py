"""Questionnaires: tables of any make are read, slips are told all at once with their cells, and scales are scored."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.content.mistakes import left_in_english

from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.problems import Problems, ProblemsFound
from crisis_sim.research.study.answers import ITEMS, SCALES, Person, read_answers
from crisis_sim.research.study.change import questionnaire, score
from crisis_sim.research.study.grids import COLUMNS, ROWS, SIZE, Grid, read_grid
from crisis_sim.research.study.sheets import markdown, sheets, webpage
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker

HEAD = "code,team,when," + ",".join(item.key for item in ITEMS)


def answers(folder: Path, *rows: str, head: str = HEAD) -> tuple[Person, ...]:
    path = folder / "answers.csv"
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    return read_answers([path])


def test_before_and_after_are_paired_by_code(tmp_path: Path) -> None:
    """Case and blanks of a code, names of teams and times in English and Chinese, and gaps of any kind are read."""
    people = answers(
        tmp_path,
        "Ba 7,US,pre,1,2,3,4,5,6,7,1,2,3,4,NA",
        "ba  7,美国,后,2,2,3.0,4,5,6,7,1,2,n/a,–,",
        "ko3,China,before" + ",4" * 12,
    )
    assert [(each.code, each.team) for each in people] == [("ba 7", "us"), ("ko3", "china")]
    assert people[0].before == (1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, None)
    assert people[0].after == (2, 2, 3, 4, 5, 6, 7, 1, 2, None, None, None)
    assert people[1].after is None


def test_the_same_code_in_two_sessions_is_two_people(tmp_path: Path) -> None:
    """Only the pair of session and code has to be of one person."""
    rows = [f"{session},ba7,us,pre" + ",4" * 12 for session in ("monday", "tuesday")]
    assert len(answers(tmp_path, *rows, head=f"session,{HEAD}")) == 2


def test_the_example_is_no_answer(tmp_path: Path) -> None:
    """The table that `--sheets` writes holds nobody until somebody is typed in."""
    path = tmp_path / "answers.csv"
    path.write_bytes(sheets(())["answers.csv"])
    assert read_answers([path]) == ()


def test_all_slips_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    """Each with file, line and column, and what to write instead."""
    with pytest.raises(ProblemsFound) as told:
        answers(
            tmp_path,
            "ba7,us,pre,8" + ",4" * 11,
            "ba7,china,post" + ",4" * 12,
            ",us,later" + ",4" * 12,
            "ba7,us,pre,4,4,many" + ",4" * 9,
        )
    assert left_in_english(told.value.problems) == []
    said = str(told.value)
    for place, sentence in (
        ("2:12", "'8' is no answer to q1"),
        ("3:1", "code 'ba7' is of team china here, and of us in line 2"),
        ("4:1", "this row has no code"),
        ("4:5", "'later' is not pre or post"),
        ("5:1", "code 'ba7' has a second row for pre; the first is in line 2"),
        ("5:16", "'many' is no answer to q3"),
    ):
        assert f"answers.csv:{place}: error: {sentence}" in said
    assert "hint: write a whole number from 1 to 7, or NA where nobody answered" in said


def test_a_column_that_is_missing_or_there_twice_is_told(tmp_path: Path) -> None:
    """A misspelt heading is pointed out."""
    with pytest.raises(CrisisSimError) as told:
        answers(tmp_path, head=HEAD.replace("q12", "q-12").replace("team", "code"))
    said = str(told.value)
    assert "error: there is no column 'q12'" in said
    assert "hint: is 'q-12' meant for it?" in said
    assert "error: two columns are headed 'code'" in said


def test_reversed_items_are_turned_round() -> None:
    """q3 counts as 8 minus its answer; a quarter of the items may be missing, and no more."""
    scale = SCALES[0]
    full = tuple(1 if item.key in scale.reversed else 7 for item in ITEMS)
    assert score(scale, full) == 7
    gaps = tuple(None if item.key in ("q1", "q2") else answer for item, answer in zip(ITEMS, full, strict=True))
    assert score(scale, gaps) == 7
    assert (
        score(scale, tuple(None if item.key == "q4" else each for item, each in zip(ITEMS, gaps, strict=True))) is None
    )


def test_change_is_told_for_each_team_and_together(tmp_path: Path) -> None:
    """Only those with both sheets are compared; the others are counted."""
    rows = [f"us{n},us,{when}" + f",{4 + (when == 'post')}" * 12 for n in range(3) for when in ("pre", "post")]
    found = questionnaire(answers(tmp_path, *rows, "ch1,china,pre" + ",2" * 12))
    assert (found.people, found.pairs, found.only_before, found.only_after) == (4, 3, 1, 0)
    by = {(result.what.key, result.team): result for result in found.results}
    assert by["q1", "us"].change.mean == 1
    assert by["q1", "china"].change.n == 0
    assert by["understanding", "all"].change.mean == pytest.approx(6 / 8)
    alpha = by["understanding", "all"].alpha_before
    assert alpha is not None
    assert alpha.n == 4


def test_every_item_belongs_to_one_scale_or_stands_alone() -> None:
    """Understanding has eight, pressure two; moral hazard and transfer stand alone."""
    scaled = [key for scale in SCALES for key in scale.items]
    assert sorted(set(scaled)) == sorted(scaled)
    assert {item.key for item in ITEMS} - set(scaled) == {"q6", "q12"}


def test_the_sheet_is_self_contained_and_whole_in_both_languages() -> None:
    """Nothing is fetched, nobody's name is asked for, and every statement has its row of boxes."""
    sheets_in: tuple[tuple[Language, str], ...] = (("en", "Do not write your name"), ("zh", "请勿写姓名"))
    for language, word in sheets_in:
        say, page, twin = speaker(language), webpage(language), markdown(language)
        assert word in page
        assert "http://" not in page and "https://" not in page and "<script" not in page
        assert page.count('<td class="box">☐</td>') == 8 * len(ITEMS)
        assert all(say(item.text) in page and say(item.text) in twin for item in ITEMS)


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
