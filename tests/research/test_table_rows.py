"""What tables say beyond numbers, and how a cell says its value; nothing of who and when."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.docs_made.pages import ROOT
from tests.research.made import PEOPLE, played

from crisis_sim.cli import main
from crisis_sim.research.columns import BY_NAME, LARGEST, SHEETS, ColumnKind, ExportValue, cell, lines_of
from crisis_sim.research.export_rows import ExportedSession, rows_of
from crisis_sim.research.log_sources import Opener, WantedSessions


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-7, "-7"),
        (1.0, "1"),
        (2.5, "2.5"),
        (0.1234567, "0.123457"),
        (100.0, "100"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (LARGEST, str(LARGEST)),
        (-LARGEST, str(-LARGEST)),
        ("  two\nlines ", "two lines"),
    ],
)
def test_a_value_has_one_form(value: ExportValue, said: str) -> None:
    """Six decimals at most, none that says nothing, no minus nought; text in one line."""
    assert cell(value) == said


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1, float("inf"), float("nan")])
def test_a_number_that_no_table_holds_is_refused(value: ExportValue) -> None:
    """It would be another one in the tool that reads it."""
    with pytest.raises(ValueError, match="too large"):
        cell(value)


def test_a_formula_is_no_formula() -> None:
    """What a spreadsheet would reckon with is not at the start of a cell; rows end with LF."""
    assert lines_of([("=1+1", 3, None), ("a,b", True, 0.5)]) == '\'=1+1,3,\n"a,b",true,0.5\n'


PLAY = ("play", "bottomed-submarine", "--length", "45", "--seed", "10", "--us", "silent", "--china", "reckless")


def told(path: Path, table: str, wanted: WantedSessions) -> list[dict[str, ExportValue]]:
    """The rows of a table, by the names of its columns."""
    source = Opener(wanted).opened(path)
    assert isinstance(source, ExportedSession)
    return [dict(zip(BY_NAME[table].names, row, strict=True)) for row in rows_of(source)[table]]


def test_the_file_of_columns_says_what_tables_there_are() -> None:
    """Each of its rows is a column of a table that is written, in its order, of a kind that there is, and says what."""
    text = files("crisis_sim.research").joinpath("columns.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["table"], row["column"]) for row in rows] == [
        (each.name, name) for each in SHEETS for name in each.names
    ]
    assert {row["kind"] for row in rows} == set(get_args(ColumnKind))
    assert all(row["says"].endswith(".") for row in rows)
    assert all(set(sheet.key) <= set(sheet.names) and len(set(sheet.names)) == len(sheet.names) for sheet in SHEETS)


def test_a_line_that_was_crossed_names_the_act_that_crossed_it(tmp_path: Path) -> None:
    """Every crossing of the session, with an act of whoever crossed it, sent no later; other lines name none."""
    path = tmp_path / "crossed.jsonl"
    assert main([*PLAY, "--log", str(path)]) == 0
    (session,), lines, moves, turns = (
        told(path, name, PEOPLE._replace(bots=True)) for name in ("sessions", "lines", "moves", "turns")
    )
    crossed = [line for line in lines if line["crossed"]]
    assert session["crossings"] == len(crossed) > 0
    assert sorted(str(line["crossed_turn"]) for line in crossed) == sorted(
        str(turn["turn"]) for turn in turns for _ in range(int(turn["crossed"] or 0))
    )
    acts = {(move["side"], move["turn"], move["order"]) for move in moves}
    for line in lines:
        act = (line["crossed_by"], line["act_turn"], line["act_order"])
        if line["crossed"]:
            assert act in acts and int(line["act_turn"] or 0) <= int(line["crossed_turn"] or 0)
        else:
            assert (line["crossed_turn"], *act) == (None, "", None, None)


@pytest.mark.parametrize("by_bots", [True, False])
def test_a_seed_that_people_may_have_chosen_stays_out(by_bots: bool, tmp_path: Path) -> None:
    """It can be any words; that of bots, which pairs their sessions, is there, and under own ids everyone's."""
    path = played(tmp_path / "Chatham House.jsonl", seated=by_bots)
    for named in (True, False):
        (session,) = told(path, "sessions", WantedSessions(None if named else PEOPLE.key, bots=True))
        assert session["seed"] == ("Chatham House" if named or by_bots else "")


def test_an_act_that_the_end_overtook_is_told_apart_from_one_that_was_lost(tmp_path: Path) -> None:
    """A log that ends while an act is under way says so of it; once it has arrived, or was lost, it is not cut off."""
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    bots = ["--length", "45", "--seed", "1", "--us", "random", "--china", "random"]
    assert main(["play", "orbit-breakup", *bots, "--log", str(whole)]) == 0
    moves = told(whole, "moves", PEOPLE._replace(bots=True))
    assert not any(move["cut_off"] for move in moves)
    late = next(move for move in moves if int(str(move["arrived"])) > int(str(move["turn"])))
    lines = whole.read_bytes().splitlines(keepends=True)
    sent = next(place for place, line in enumerate(lines) if b'"act-sent"' in line and b'"late"' in line)
    cut.write_bytes(b"".join(lines[: sent + 1]))
    underway = told(cut, "moves", PEOPLE._replace(bots=True, unended=True))
    overtaken = [move for move in underway if move["cut_off"]]
    keys = ("turn", "side", "order", "move")
    assert [[move[key] for key in keys] for move in overtaken] == [[late[key] for key in keys]]
    assert {move["arrived"] for move in overtaken} == {0}


def test_rows_do_not_stand_in_the_order_in_which_sessions_were_played(tmp_path: Path) -> None:
    """Files are named after the hour; the tables of an export go by made-up names."""
    for hour in range(6):
        (tmp_path / "logs").mkdir(exist_ok=True)
        played(tmp_path / "logs" / f"2026-11-24-{9 + hour:02}00.jsonl", seated=False)
    logs = str(tmp_path / "logs")
    assert main(["export", logs, "-o", str(tmp_path / "export")]) == 0
    for file in ("export/sessions.csv", "export/turns.csv"):
        lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()[1:]
        names = list(dict.fromkeys(line.partition(",")[0] for line in lines))
        assert len(names) == 6 and names == sorted(names)


def test_the_page_on_comparing_reads_what_judging_again_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its program runs word for word, and under its own packs a session ends as it did."""
    pytest.importorskip("pandas")
    page = (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    log = played(tmp_path / "a.jsonl")
    capsys.readouterr()
    (tmp_path / "rejudged").mkdir()
    for packs in ("core,safety-net-calms", "core,safety-net-emboldens"):
        assert main(["compare", str(log), "--under", packs, "--format", "json"]) == 0
        (tmp_path / "rejudged" / f"{packs}.json").write_text(capsys.readouterr().out, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}  # Any: what the program names
    exec(program, names)  # noqa: S102 - it is our own page
    same, other = names["rows"]
    assert same["tension_a"] == same["tension_b"] == other["tension_a"] != other["tension_b"]
    assert same["refused"] == 0 and same["crossings_a"] == same["crossings_b"]


def test_a_log_whose_end_is_lost_is_in_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A last line that was torn off, and whole lines that are gone: the numbers are of what is left."""
    log = played(tmp_path / "a.jsonl", seated=False)
    whole = log.read_bytes()
    for kept, said in (
        (whole[:-50], "never completely written"),
        (whole[: whole[:-1].rindex(b"\n") + 1], "ends before"),
    ):
        log.write_bytes(kept)
        assert main(["export", str(log), "--open", "-o", str(tmp_path / "out"), "--force"]) == 0
        err = capsys.readouterr().err
        assert said in err and err.count("a.jsonl") + err.count("1 session") == err.count("note: ")
