"""Which arm a session was given to, which models played, and who made each act, in every table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.agents.model_server import Answer, Script, fitting, said, serving
from tests.research.made import played

from crisis_sim.cli import main
from crisis_sim.research.columns import SHEETS
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session

PLAY = ("play", "lost-airliner", "--length", "45", "--seed", "1", "--china", "rota")


CHOICES = "What do we do next?"


def slow_to_help() -> Script:
    """A model that says nothing usable to its first two questions what to do, three times each, and then plays."""
    useless: list[int] = []

    def script(number: int, asked: dict[str, Any]) -> Answer:
        if CHOICES in asked["messages"][1]["content"] and len(useless) < 6:
            useless.append(number)
            return said("I would rather not.")
        usage = {"prompt_tokens": 70, "completion_tokens": 5}
        of_endpoint = {"model": "big-2026", "system_fingerprint": "fp_1", "usage": usage}
        return 200, json.dumps(json.loads(fitting(number, asked)[1]) | of_endpoint).encode()

    return script


def table_in(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table that was exported."""
    return list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sessions of two models, each of an arm."""
    folder = tmp_path_factory.mktemp("models")
    for model, arm, script in (("a", "control", fitting), ("b", "early-question", slow_to_help())):
        with serving(script) as server:
            us = f"agent:{server.url}#model={model}&temperature=0.2"
            assert main([*PLAY, "--us", us, "--arm", arm, "--log", str(folder / f"{model}.jsonl")]) == 0
    return folder


@pytest.fixture(scope="module")
def tables(logs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their tables."""
    folder = tmp_path_factory.mktemp("tables")
    assert main(["export", str(logs), "--bots", "--named", "-o", str(folder)]) == 0
    return folder


def test_the_arm_of_a_session_stands_in_each_row_of_each_table(logs: Path, tables: Path) -> None:
    """It is in the header of its log, from where it comes."""
    arms = {"a": "control", "b": "early-question"}
    headers = [read_log(logs / f"{model}.jsonl").header for model in arms]
    by_session = {header.session: str(header.options["arm"]) for header in headers}
    assert sorted(by_session.values()) == sorted(arms.values())
    for sheet in SHEETS:
        for row in table_in(tables, sheet.name):
            assert row["arm"] == by_session[row["session"]], sheet.name


def test_two_models_are_compared_by_one_query(tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Model and settings are columns, and so is what their harness did."""
    sql = (
        "select arm, model_us, settings_us, model_china, harness_actions_us > 0 as harness, avg(unforeseen_us)"
        " from sessions group by all order by all"
    )
    capsys.readouterr()
    assert main(["query", sql, str(tables), "--format", "csv"]) == 0
    rows = [line.split(",")[:5] for line in capsys.readouterr().out.splitlines()[1:]]
    assert rows == [
        ["control", "a", "temperature=0.2", "", "false"],
        ["early-question", "b", "temperature=0.2", "", "true"],
    ]


def test_a_session_says_how_asking_its_models_went(logs: Path, tables: Path) -> None:
    """Questions, tries and those without an answer, tokens both ways, and what the endpoint says of itself."""
    good, bad = sorted(table_in(tables, "sessions"), key=lambda row: row["model_us"])
    assert (good["unusable_us"], good["harness_actions_us"], good["gave_up_us"]) == ("0", "0", "false")
    assert good["questions_us"] == good["tries_us"] and int(good["questions_us"]) > 10
    assert int(bad["unusable_us"]) > 0 and int(bad["tries_us"]) > int(bad["questions_us"])
    assert (bad["answered_as_us"], bad["fingerprint_us"]) == ("big-2026", "fp_1")
    assert int(bad["tokens_in_us"]) == 14 * int(bad["tokens_out_us"]) > 0
    assert good["prompt_hash_us"] == bad["prompt_hash_us"] != ""
    assert {row[f"{name}_china"] for row in (good, bad) for name in ("model", "tries", "harness_actions")} == {""}


def test_each_act_and_each_reading_says_who_made_it(logs: Path, tables: Path) -> None:
    """What the harness made has no intent, and is never a model's."""
    moves, readings = table_in(tables, "moves"), table_in(tables, "readings")
    session = read_log(logs / "b.jsonl").header.session
    assert {(row["side"], row["source"]) for row in moves} >= {("us", "model"), ("us", "harness"), ("china", "bot")}
    assert all((row["intent"] == "") == (row["source"] == "harness") for row in moves)
    assert {row["session"] for row in moves if row["source"] == "harness"} == {session}
    assert {(row["reader"], row["source"]) for row in readings} == {("us", "model"), ("china", "bot")}


def test_people_are_people_and_other_programs_are_no_models(tmp_path: Path) -> None:
    """A program that joined and never reported a model is called that."""
    person = played(tmp_path / "people.jsonl", seated=False)
    assert main(["export", str(person), "-o", str(tmp_path / "people")]) == 0
    assert {row["source"] for row in table_in(tmp_path / "people", "moves")} == {"person"}
    assert [row["arm"] for row in table_in(tmp_path / "people", "sessions")] == [""]


@pytest.mark.parametrize("label", ["two words", "a,b", "x" * 41, "=1+1", "a\n", "\x1b[1m"])
def test_a_label_that_no_table_has_as_one_word_is_refused(
    label: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is begun, with what to write."""
    log = tmp_path / "one.jsonl"
    assert main([*PLAY, "--us", "rota", "--arm", label, "--log", str(log)]) == 2
    assert "no label of an arm" in capsys.readouterr().err and not log.exists()


def test_no_seat_is_shown_the_arm(tmp_path: Path) -> None:
    """Neither team, nor the facilitator, who could hint at it."""
    label = "ultraviolet-arm"
    log = tmp_path / "one.jsonl"
    assert main([*PLAY, "--us", "rota", "--arm", label, "--log", str(log)]) == 0
    with Session.resume(log) as session:
        for seat in ("us", "china", "observer", "facilitator"):
            held = session.seat(seat)
            assert label not in repr(held.view()) + repr(held.dossier)
