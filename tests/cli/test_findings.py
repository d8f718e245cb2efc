"""`verify --findings` tells people and programs every measure of a session, and checks the log first."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from crisis_sim.cli import main
from crisis_sim.cli.answer import WIDTH
from crisis_sim.content.load import load_material
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.text import cells

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A session of two bots."""
    path = tmp_path / "a.jsonl"
    play = ["play", "new-virus", "--us", "mirror", "--china", "salami", "--seed", "4", "--log", str(path)]
    assert main(play) == 0
    return path


def findings(path: Path, capsys: Captured, *play: str) -> tuple[str, dict[str, Any]]:  # Any: JSON
    """What is told people and programs of a session of the submarine that two bots have played."""
    assert main(["play", "bottomed-submarine", *play, "--seed", "4", "--log", str(path)]) == 0
    capsys.readouterr()
    assert main(["verify", str(path), "--findings"]) == 0
    page = capsys.readouterr().out
    assert main(["verify", str(path), "--findings", "--format", "json"]) == 0
    return page, json.loads(capsys.readouterr().out)["measures"]


def test_measures_follow_the_check(log: Path, capsys: Captured) -> None:
    """In the order of the debrief."""
    capsys.readouterr()
    assert main(["verify", str(log), "--findings"]) == 0
    out = capsys.readouterr().out
    heads = [
        "sound;",
        "TENSION",
        "MEANT AND TAKEN",
        "LINES AND GUESSES",
        "FORECASTS",
        "CHANNELS",
        "CONDUCT",
        "AT STAKE",
    ]
    places = [out.index(head) for head in heads]
    assert places == sorted(places)


def test_programs_get_one_object_a_log(log: Path, tmp_path: Path, capsys: Captured) -> None:
    """With numbers as numbers, and the gap of every act that was read."""
    copy = shutil.copy(log, tmp_path / "copy.jsonl")
    capsys.readouterr()
    assert main(["verify", str(log), str(copy), "--findings", "--format", "json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {**second, "log": log.name} and first["sound"] is True
    acts = first["measures"]["meanings"]
    assert all(act["gap"] == act["reading"] - act["intent"] for act in acts if act["reading"] is not None)
    assert first["measures"]["course"]["turns"][0]["tension"] == 30.0
    assert isinstance(first["measures"]["foresights"][0]["brier"], float)


def test_a_log_that_is_not_sound_is_not_measured(log: Path, capsys: Captured) -> None:
    """Numbers out of a changed log would be worth nothing."""
    text = log.read_text(encoding="utf-8").replace('"intent":0', '"intent":3', 1)
    log.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(log), "--findings", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is False and "measures" not in told
    assert main(["verify", str(log), "--findings"]) == 1
    assert "MEANT AND TAKEN" not in capsys.readouterr().out


def test_the_page_is_folded_where_a_terminal_would_break_it(log: Path, tmp_path: Path, capsys: Captured) -> None:
    """Prose is, by words and under its own indent; only tables are as wide as their turns make them."""
    long = str(tmp_path / "b.jsonl")
    play = ["play", "new-virus", "--us", "curious", "--china", "random", "--seed", "3", "--length", "90"]
    assert main([*play, "--log", long]) == 0
    capsys.readouterr()
    assert main(["verify", long, "--findings"]) == 0
    page = capsys.readouterr().out
    assert "of its own order of offences" in " ".join(page.split())
    assert main(["verify", str(log), "--findings"]) == 0
    lines = capsys.readouterr().out.splitlines()
    prose = [line for line in (*lines, *page.splitlines()) if not re.search(r"\S {2,}\S", line)]
    assert max(map(cells, prose)) <= WIDTH
    told = next(place for place, line in enumerate(lines) if line.startswith("  US: first reached the other"))
    assert lines[told + 1].startswith("  ") and lines[told + 1].strip() and not lines[told + 1].startswith("   ")


def test_the_page_has_every_turn_and_every_pressed_line(log: Path, capsys: Captured) -> None:
    """The same numbers as in JSON, so that people need no program to find them again."""
    capsys.readouterr()
    assert main(["verify", str(log), "--findings", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["measures"]
    assert main(["verify", str(log), "--findings"]) == 0
    out = capsys.readouterr().out
    rows = [line.split() for line in out.splitlines()]
    for turn in found["course"]["turns"]:
        numbers = (turn["tension"], turn["felt_us"], turn["felt_china"])
        assert [str(turn["number"]), *(f"{number:g}" for number in numbers)] in [row[:4] for row in rows]
    pressed = [line for line in found["register"]["pink_lines"] if line["pressure"]]
    assert pressed
    says = {
        f"{side}/{of.id}": of.says.en
        for side in SIDES
        for of in load_material("new-virus").scenario.teams.of(side).lines
    }
    for line in pressed:
        row = next(row for row in rows if " ".join(row[1:]).startswith(says[line["line"]][:40]))
        assert row[-2:] == [f"{line['pressure']:g}", f"{line['limit']:g}"]


def test_what_bound_teams_and_what_they_used_is_told_to_people_too(tmp_path: Path, capsys: Captured) -> None:
    """As many sentences as the register for programs has entries."""
    page, found = findings(tmp_path / "b.jsonl", capsys, "--us", "salami", "--china", "reckless")
    told, register = page.partition("\nCONDUCT")[2].partition("\nAT STAKE")[0], found["register"]
    for head, name in (("Held to at home", "pledges"), ("What was used, and as what it was seen", "assets")):
        under = told.partition(head)[2].partition("\n  W")[0]
        assert register[name] and len(re.findall(r"^    \S", under, re.MULTILINE)) >= len(register[name])


def test_what_each_team_alone_knew_is_told_to_people_and_programs(tmp_path: Path, capsys: Captured) -> None:
    """By name and in words; a measure of each side stands under it."""
    play = ("--length", "90", "--us", "tells-all", "--china", "tells-nothing")
    page, found = findings(tmp_path / "b.jsonl", capsys, *play)
    out = " ".join(page.partition("What each team alone knew")[2].split())
    us, china = found["openness"]
    assert us["told"] > 0 and f"US told {us['told']} of the 2 facts that it alone knew" in out
    assert china["told"] == 0 and "China told 0 of the 2 facts" in out
    facts = found["register"]["private_facts"]
    assert all(f"alone knew of {of['name']}: “{of['words']['whole']}”" in out for of in facts)
    assert sum(bool(of["told"]) for of in facts if of["side"] == "us") >= us["told"]


def test_what_moved_each_closer_is_told_to_people_and_programs(tmp_path: Path, capsys: Captured) -> None:
    """Each answer, and under them how candid they were; programs have both as numbers from 0 to 1."""
    play = ("--length", "90", "--us", "curious", "--china", "salami")
    page, found = findings(tmp_path / "c.jsonl", capsys, *play)
    out = " ".join(page.partition("What moved each closer, as it said")[2].split())
    (answer,) = found["register"]["closer"]
    us, china = found["candours"]
    assert us["asked"] == 0 and china["asked"] == 1 and answer["side"] == "china"
    assert f"turn {answer['turn']}: the US asked China, which" in out
    assert f"China named acts in {china['named']} of 1 answers" in out
    assert china["candour"] == answer["candour"]


def test_cards_and_beliefs_are_told_to_people_too(tmp_path: Path, capsys: Captured) -> None:
    """Both cards, and for each belief a row of what was said by turn and its score; nothing where none were dealt."""
    play = ("--us", "mirror", "--china", "salami", "--length", "90", "--cards")
    for chosen, cards in (("on", 2), ("off", 0)):
        page, found = findings(tmp_path / f"{chosen}.jsonl", capsys, *play, chosen)
        told = page.partition("\nFORECASTS")[2].partition("\nCHANNELS")[0]
        assert len(found["instructions"]) == told.count(" was told: ") == cards
        rows = told.partition("believed, in percent")[2].splitlines()[1:]
        assert len(rows) == len(found["beliefs"]) == 2 + cards
        turns = max(turn for held in found["beliefs"] for turn, _chance in held["said"])
        for row, held in zip(rows, found["beliefs"], strict=True):
            said = {turn: str(chance) for turn, chance in held["said"]}
            cells = [said.get(turn, "–") for turn in range(1, turns + 1)]
            assert row.split()[-2 - turns : -2] == cells and row.split()[-1] == fraction_printed(
                Fraction(str(held["brier"])), 3
            )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_calls_nothing_by_its_id(language: Language, tmp_path: Path, capsys: Captured) -> None:
    """Lines are told by what they say and whose they are, channels, tracks, concerns and promises by name."""
    path = tmp_path / "b.jsonl"
    play = ["play", "bottomed-submarine", "--us", "salami", "--china", "reckless", "--seed", "4", "--log", str(path)]
    assert main(play) == 0
    capsys.readouterr()
    assert main(["verify", str(path), "--findings", "--lang", language]) == 0
    out = "".join(capsys.readouterr().out.split())
    assert not re.search("hull-survey|hull-entered|leader-hotline|us/|china/", out)
    crossed = load_material("bottomed-submarine").scenario.teams.us.lines
    told = next(of.says.in_(language).rstrip(".。") for of in crossed if of.id == "hull-entered")
    assert "“" + "".join(told.split()) + "”" in out


def test_a_value_below_zero_is_written_with_one_sign(log: Path, capsys: Captured) -> None:
    """What was meant and taken has the minus that the tables have, never a hyphen."""
    capsys.readouterr()
    assert main(["verify", str(log), "--findings"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"(meant|taken as)\s−\d", out)
    assert not re.search(r"\s-\d", out)
