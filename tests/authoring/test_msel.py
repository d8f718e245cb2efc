"""The MSEL as a table and back: what planners see, what their edits do, and what stays as it is."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
from collections.abc import Callable
from datetime import time, timedelta
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.content.mistakes import left_in_english
from tests.engine.play import shipped
from tests.thinning import examples, spread

from crisis_sim.authoring.msel import msel_file
from crisis_sim.authoring.msel_cells import COLUMNS, EXPORTED_COLUMNS
from crisis_sim.authoring.msel_import import Import, read_msel
from crisis_sim.cli import main
from crisis_sim.content.listings import list_scenarios, shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.names import Language
from crisis_sim.wording import in_words

SCENARIO = Path("scenarios/small-test/scenario.yaml")
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def imported(rows: list[list[Any]], **options: Any) -> Import:
    """What a table with these rows does to the small scenario."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    Path("plan.csv").write_text(out.getvalue(), "utf-8", newline="")
    return read_msel(Path("plan.csv"), SCENARIO, **options)


def diff(done: Import) -> list[str]:
    """The lines that go and come."""
    lines = done.diff().split("\n")[2:]
    return [line for line in lines if line.startswith(("+", "-"))]


@pytest.mark.parametrize(
    ("scenario", "form"), spread(4, [of.id for of in list_scenarios()], list(product(["csv", "xlsx"], LANGUAGES)))
)
def test_a_table_that_comes_back_changes_nothing(scenario: str, form: tuple[Any, Language], tmp_path: Path) -> None:
    """Every shipped scenario, in both languages and both kinds of file: not a byte differs, nothing is warned of."""
    material, (kind, language) = shipped(scenario), form
    written = shipped_folder() / "scenarios" / scenario / "scenario.yaml"
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(msel_file(material, kind, language))
    done = read_msel(path, written)
    assert done.new == done.old == written.read_bytes()
    assert (done.changed, done.added, done.absent, len(done.problems)) == ([], [], [], 0)


def test_a_workbook_looks_as_planners_expect(here: Path) -> None:
    """Head frozen, texts wrapped, widths set, times as times and numbers as numbers, no cell a formula."""
    Path("plan.xlsx").write_bytes(msel_file(load_material(SCENARIO), "xlsx", "en"))
    sheet = load_workbook("plan.xlsx").worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert [cell.value for cell in sheet[1]] == [COLUMNS[name].en for name in EXPORTED_COLUMNS]
    number, ident, at = sheet[3][0], sheet[3][1], sheet[3][2]
    assert (number.value, number.data_type, ident.value) == (2, "n", "survey-ship")
    assert (at.value, at.number_format) == (timedelta(hours=12), '"T+"[h]"h"')
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s", "d"}
    assert sheet.column_dimensions["G"].width == COLUMNS["text"].width


def test_words_for_both_stand_in_one_column_and_different_ones_side_by_side(here: Path) -> None:
    """What nobody can write in a cell is told in words."""
    rows = list(csv.DictReader(io.StringIO(msel_file(load_material(SCENARIO), "csv", "en").decode("utf-8-sig"))))
    assert rows[0]["Text"] == "A ferry with 300 people is adrift." and rows[0]["Text for China"] == ""
    assert rows[1]["Text"] == "" and rows[1]["Text for China"] == "Our survey ship is the first on the scene."
    assert rows[1]["Answer within"] == "T+12h"
    assert "“Offer help”" in rows[2]["Only if"]
    assert rows[2]["Brings about"] != "" and rows[2]["Until"] == "T+36h"
    assert (rows[3]["To"], rows[3]["By hand"], rows[3]["Lengths"]) == ("China", "yes", "90, 150")


EDITS: dict[str, tuple[list[list[Any]], list[str]]] = {
    "a title keeps its other language and its brackets": (
        [["ID", "Subject"], ["alert", "Mayday: a ferry"]],
        ["-    title: {en: Distress call, zh: 求救}", "+    title: {en: 'Mayday: a ferry', zh: 求救}"],
    ),
    "a Chinese heading changes the Chinese text": (
        [["标识", "主题"], ["alert", "紧急求救"]],
        ["-    title: {en: Distress call, zh: 求救}", "+    title: {en: Distress call, zh: 紧急求救}"],
    ),
    "a text gets its second language": (
        [["标识", "主题"], ["survey-ship", "调查船"]],
        ["-    title: Survey ship", "+    title: {en: Survey ship, zh: 调查船}"],
    ),
    "one team's words change": (
        [["Event ID", "TEXT FOR CHINA"], ["survey-ship", "Ours is there first."]],
        ["-      china: Our survey ship is the first on the scene.", "+      china: Ours is there first."],
    ),
    "the same words become two": (
        [["id", "Text", "China text"], ["tug-offer", "Marenga asks either side for a tug.", "Marenga asks us."]],
        [
            "-    text: Marenga asks either side for a tug, if nobody has offered help.",
            "+    text: {us: Marenga asks either side for a tug., china: Marenga asks us.}",
        ],
    ),
    "times, recipients and lengths": (
        [["id", "Time", "To", "Lengths", "Answer within", "Until"], ["survey-ship", "13:00", "PRC", 90, "1d", "40h"]],
        [
            "-    at: 12h",
            "+    at: 13h",
            "-    window: 12h",
            "+    window: 24h",
            "+    until: 40h",
            "+    to: china",
            "+    lengths: [90]",
        ],
    ),
    "a time in turns": (
        [["id", "Until"], ["survey-ship", "2 turns"]],
        ["+    until_turns: 2"],
    ),
    "a time in Chinese turns": (
        [["标识", "截止"], ["survey-ship", "3轮"]],
        ["+    until_turns: 3"],
    ),
    "what players should do goes to the notes": (
        [["id", "Expected outcome"], ["survey-ship", "Somebody asks."]],
        [
            "-    note: Watch who asks before blaming.",
            "+    note: 'Watch who asks before blaming. Expected: Somebody asks.'",
        ],
    ),
    "long words are folded": (
        [["id", "Notes"], ["alert", "Let them read it. " * 9]],
        [
            "-    note: Let them read it twice.",
            "+    note: >-",
            "+      " + " ".join(["Let them read it."] * 6) + " Let",
            "+      them read it. Let them read it. Let them read it.",
        ],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_own_words_and_no_others(here: Path, name: str) -> None:
    """Comments, other languages, conditions and effects stay; empty and missing cells change nothing."""
    rows, expected = EDITS[name]
    done = imported(rows)
    assert done.problems.shown() == ""
    assert sorted(diff(done)) == sorted(expected)
    done.write()
    load_material(SCENARIO)
    assert imported(rows).new == SCENARIO.read_bytes()


def test_a_planners_own_list_becomes_injects(here: Path) -> None:
    """The usual columns are enough; ids come from the subjects, places from the times, and gaps ask to be filled."""
    rows: list[list[Any]] = [
        ["Exercise FERRY"],
        [],
        ["#", "Time", "From", "To", "Subject", "Text"],
        [1, "T+13h", "", "all", "The press asks", "A reporter calls."],
        [2, "T+1h", "Control", "US", "The press asks", "Another calls."],
    ]
    done = imported(rows)
    assert done.problems.errors == 0
    assert done.added == ["the-press-asks", "the-press-asks-2"]
    done.write()
    scenario = load_material(SCENARIO).scenario
    assert [inject.id for inject in scenario.msel][:4] == ["alert", "the-press-asks-2", "survey-ship", "the-press-asks"]
    inject = scenario.msel[1]
    assert (inject.at, inject.to, inject.text.china.en) == (1, "us", "Another calls.")
    assert inject.reads_as.us.en == inject.note.en == "To be written."


def test_a_chinese_inject_asks_for_its_english(here: Path) -> None:
    """A file cannot do without English, and no words are made up."""
    done = imported([["时间", "主题", "内容", "接收方"], ["14小时", "媒体来电", "一名记者来电。", "双方"]])
    assert done.added == ["inject-2"] and done.problems.errors == 0
    done.write()
    inject = next(each for each in load_material(SCENARIO).scenario.msel if each.id == "inject-2")
    assert (inject.title.zh, inject.title.en, inject.at) == ("媒体来电", "To be translated.", 14)


SLIPS: dict[str, tuple[list[list[Any]], str]] = {
    "a bare number": (
        [["id", "Time"], ["alert", 14]],
        "plan.csv:2:2: error: a bare number does not say what it counts",
    ),
    "half hours": ([["id", "Time"], ["alert", "14:30"]], "plan.csv:2:2: error: times go by whole hours"),
    "no time": ([["id", "Time"], ["alert", "noon"]], "plan.csv:2:2: error: 'noon' is not a time"),
    "nobody": ([["id", "To"], ["alert", "France"]], "plan.csv:2:2: error: 'france' is nobody at this table"),
    "lengths": ([["id", "Lengths"], ["alert", "60"]], "plan.csv:2:2: error: lengths are 45, 90 and 150 minutes"),
    "yes": ([["id", "By hand"], ["alert", "maybe"]], "plan.csv:2:2: error: 'maybe' is neither yes nor no"),
    "twice": (
        [["id", "Time"], ["alert", "0h"], ["alert", "1h"]],
        "plan.csv:3:1: error: 'alert' stands in row 2 already",
    ),
    "an id": ([["id", "Time"], ["The Alert", "0h"]], "plan.csv:2:1: error: 'The Alert' is not an id"),
    "a new one without words": (
        [["id", "Time", "Subject", "Text"], ["", "3h", "New", ""]],
        "plan.csv:2:4: error: a new inject needs something under 'Text'",
    ),
    "words for all": (
        [["id", "Text", "Text for the US", "Text for China"], ["alert", "a", "b", "c"]],
        "plan.csv:2:2: error: there are words for both teams, and others for each",
    ),
    "two columns": ([["id", "Text", "Message"], ["alert", "a", "b"]], "plan.csv:1:3: error: two columns are 'Text'"),
    "turns for hours": (
        [["id", "Answer within"], ["survey-ship", "2 turns"]],
        "plan.csv:2:2: error: the scenario has this in hours, and the table in turns, or the other way about",
    ),
    "too many turns": (
        [["id", "Until"], ["survey-ship", "99 turns"]],
        "plan.csv:2:2: error: write between 1 and 24 turns",
    ),
    "a storyline": ([["id", "Storyline"], ["alert", "On land"]], "plan.csv:2:2: error: 'On land' is not a storyline"),
    "what check says": (
        [["id", "Time"], ["survey-ship", "90h"]],
        ":9: error: the session ends at 48h, so nothing is delivered at 90h",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_has_its_row_and_column_and_nothing_is_written(
    here: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first sentence; the exit code is 1 and the scenario is what it was."""
    rows, said = SLIPS[name]
    done = imported(rows)
    assert said in done.problems.shown().split("\n")[0]
    assert left_in_english(done.problems) == []
    before = SCENARIO.read_bytes()
    assert main(["new", "injects", "plan.csv", "--into", str(SCENARIO)]) == 1
    assert "is left as it was" in capsys.readouterr().out
    assert SCENARIO.read_bytes() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["id", "Only if"], ["tug-offer", "never"]], "plan.csv:2:2: warning: 'Only if' is told and not read back"),
        ([["id", "To", "Mood"], ["alert", "both", "x"]], "plan.csv:1:3: warning: the column 'Mood' is not read"),
        (
            [["id", "Time", "Subject", "Text"], ["survey-shp", "3h", "S", "T"]],
            "plan.csv:2:1: warning: there is no inject 'survey-shp' in the scenario, so it is a new one",
        ),
    ],
)
def test_what_is_not_read_is_said(here: Path, rows: list[list[Any]], said: str) -> None:
    """No column and no cell is passed over in silence."""
    problems = imported(rows).problems
    assert problems.shown().startswith(said)
    assert left_in_english(problems) == []


def test_a_table_without_headings_is_refused(here: Path) -> None:
    """One known heading may be chance."""
    with pytest.raises(UnreadableInput, match=r"no row of plan\.csv names the columns of an MSEL"):
        imported([["id", "Mood"], ["alert", "x"]])


def edited(change: Callable[[str], str]) -> None:
    """Edit the small scenario."""
    SCENARIO.write_text(change(SCENARIO.read_text("utf-8")), "utf-8")


def test_comments_stay_or_the_cell_is_refused(here: Path) -> None:
    """What cannot be changed without losing a comment is to be changed by hand."""
    edited(lambda text: text.replace("    title: Survey ship\n", "    title: Survey ship  # which?\n"))
    done = imported([["id", "Subject"], ["survey-ship", "A ship"]])
    assert "+    title: A ship  # which?" in diff(done)
    assert done.diff(partial(in_words, language="zh")).split("\n")[1].endswith("scenario.yaml（按表格改动后）")
    edited(lambda text: text.replace("    title: Survey ship  # which?", "    title: >-  # which?\n      Survey ship"))
    done = imported([["id", "Subject"], ["survey-ship", "A ship"]])
    assert done.problems.shown().startswith(
        "plan.csv:2:2: error: this cannot be changed from a table; change it by hand, at "
    )
    assert done.new == done.old


def test_line_ends_stay(here: Path) -> None:
    """A file from Windows gets the table's words, and nothing else becomes different."""
    old = SCENARIO.read_bytes().replace(b"\n", b"\r\n")
    SCENARIO.write_bytes(old)
    rows = [
        ["id", "Subject", "Notes", "Text", "Time"],
        ["alert", "A call", "One.\n\nTwo.", "", ""],
        ["", "New", "", "x", "5h"],
    ]
    done = imported(rows)
    assert done.problems.errors == 0
    new = done.new
    assert new.count(b"\n") == new.count(b"\r\n") > old.count(b"\n")
    done.write()
    scenario = load_material(SCENARIO).scenario
    assert (scenario.msel[0].note.en, scenario.msel[1].id) == ("One.\n\nTwo.", "new")


def test_the_file_keeps_its_mark_its_permissions_and_its_link(here: Path) -> None:
    """A byte order mark, whoever may read it, and a symbolic link that leads to it; nothing is left beside it."""
    SCENARIO.write_bytes(b"\xef\xbb\xbf" + SCENARIO.read_bytes())
    SCENARIO.chmod(0o640)
    real = SCENARIO.rename(SCENARIO.with_name("real.yaml"))
    SCENARIO.symlink_to(real.name)
    names = sorted(path.name for path in SCENARIO.parent.iterdir())
    imported([["id", "Subject"], ["alert", "A call"]]).write()
    assert SCENARIO.is_symlink()
    assert real.read_bytes().startswith(b"\xef\xbb\xbf") and b"A call" in real.read_bytes()
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in SCENARIO.parent.iterdir()) == names


def test_a_file_that_somebody_changes_meanwhile_is_left_alone(here: Path) -> None:
    """Between the reading and the writing an editor may save."""
    done = imported([["id", "Subject"], ["alert", "A call"]])
    SCENARIO.write_text("mine", "utf-8")
    with pytest.raises(UnreadableInput, match="somebody else has changed it"):
        done.write()
    assert SCENARIO.read_text("utf-8") == "mine"


def test_a_disk_without_room_keeps_the_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file is whole, nothing is left beside it, and that is said."""
    done, before = imported([["id", "Subject"], ["alert", "A call"]]), SCENARIO.read_bytes()
    names = sorted(path.name for path in SCENARIO.parent.iterdir())

    def refuse(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UnreadableInput, match="left as it was: no space left on device"):
        done.write()
    assert SCENARIO.read_bytes() == before
    assert sorted(path.name for path in SCENARIO.parent.iterdir()) == names


def test_times_of_a_workbook_are_times(here: Path) -> None:
    """A time cell, a duration and a text in a workbook, as Excel keeps them."""
    Path("plan.xlsx").write_bytes(msel_file(load_material(SCENARIO), "xlsx", "en"))
    book = load_workbook("plan.xlsx")
    sheet = book.worksheets[0]
    sheet["C3"].value, sheet["C4"].value, sheet["C5"].value = time(13), timedelta(hours=26), " 1d 13h "
    book.save("plan.xlsx")
    done = read_msel(Path("plan.xlsx"), SCENARIO)
    assert done.problems.errors == 0
    assert [line for line in diff(done) if line.startswith("+")] == ["+    at: 13h", "+    at: 26h", "+    at: 37h"]


def test_the_verbs_write_read_and_say_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Export, bring in unchanged, edit, --diff, bring in; a file that is there is not written over."""
    assert main(["export", str(SCENARIO), "--msel", "csv"]) == 0
    assert capsys.readouterr().out == "small-test-msel.csv\n"
    assert main(["export", str(SCENARIO), "--msel", "csv"]) == 2
    assert "small-test-msel.csv is there already" in capsys.readouterr().err
    assert main(["export", str(SCENARIO)]) == 2
    assert "nothing says what to export" in capsys.readouterr().err
    table = Path("small-test-msel.csv")
    bring = ["new", "injects", str(table), "--into", str(SCENARIO)]
    assert main([*bring, "--diff"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    table.write_text(table.read_text("utf-8").replace("Let them read it twice.", "Read it out."), "utf-8")
    assert main([*bring, "--diff"]) == 1
    assert "+    note: Read it out.\n" in capsys.readouterr().out
    assert "Read it out." not in SCENARIO.read_text("utf-8")
    assert main(bring) == 0
    assert capsys.readouterr().out == "scenarios/small-test/scenario.yaml changed:\n  alert: note\n"
    assert "    note: Read it out.\n" in SCENARIO.read_text("utf-8")


@settings(max_examples=examples(30, 1000), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(["csv", "xlsx"]), seed=st.integers(0, 2**32))
def test_any_damage_is_told_in_a_sentence(here: Path, kind: Any, seed: int) -> None:
    """Bytes changed, cut, doubled: the table is read or refused, and nothing else is raised."""
    data, damage = bytearray(msel_file(load_material(SCENARIO), kind, "en")), random.Random(seed)
    for _ in range(damage.randint(1, 6)):
        at = damage.randrange(len(data))
        match damage.randrange(4):
            case 0:
                data[at] = damage.randrange(256)
            case 1:
                del data[at : at + damage.randint(1, 40)]
            case 2:
                data[at:at] = damage.choice([b'"', b"\n", b";", b"\0", b"\xff", b"'=", b"x" * 50])
            case _:
                data[at:at] = data[at // 2 : at // 2 + 30]
    Path("plan").write_bytes(bytes(data))
    with contextlib.suppress(UnreadableInput):
        read_msel(Path("plan"), SCENARIO)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("value", ["#NAME?", "#REF!", "#DIV/0!", "#N/A", "Err:508"])
def test_an_error_of_the_spreadsheet_becomes_no_text(value: str, kind: str, here: Path) -> None:
    """It is refused with its cell, once, and nothing is written; words that only resemble one are words."""
    rows = [["ID", "Time", "Subject", "Text"], ["alert", "", value, ""], ["fresh", "T+20h", "#NAME? is odd", "x"]]
    path = Path(f"plan.{kind}")
    if kind == "csv":
        path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
    done = read_msel(path, SCENARIO)
    found = [problem for problem in done.problems if problem.severity == "error"]
    assert [(problem.line, problem.col) for problem in found] == [(2, 3)]
    assert found[0].message.startswith(f"{value} is the spreadsheet's word for a formula that failed")
    assert done.changed == []
