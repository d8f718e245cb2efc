"""`verify --findings` gives programs every measure of a session, and checks the log first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A session of two bots."""
    path = tmp_path / "a.jsonl"
    play = ["play", "new-virus", "--us", "mirror", "--china", "salami", "--seed", "4", "--log", str(path)]
    assert main(play) == 0
    return path


def findings(path: Path, capsys: Captured, *play: str) -> dict[str, Any]:  # Any: JSON
    """What is found of a session of the submarine that two bots have played."""
    assert main(["play", "bottomed-submarine", *play, "--seed", "4", "--log", str(path)]) == 0
    capsys.readouterr()
    assert main(["verify", str(path), "--findings"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["measures"]  # Any: JSON
    return found


def test_programs_get_one_object_a_log(log: Path, tmp_path: Path, capsys: Captured) -> None:
    """With numbers as numbers, and the gap of every act that was read."""
    copy = shutil.copy(log, tmp_path / "copy.jsonl")
    capsys.readouterr()
    assert main(["verify", str(log), str(copy), "--findings"]) == 0
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
    assert main(["verify", str(log), "--findings"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is False and "measures" not in told


def test_what_each_team_alone_knew_is_found(tmp_path: Path, capsys: Captured) -> None:
    """A measure of each side, and each fact with its words."""
    found = findings(tmp_path / "b.jsonl", capsys, "--length", "90", "--us", "tells-all", "--china", "tells-nothing")
    us, china = found["openness"]
    assert us["told"] > 0 and china["told"] == 0
    facts = found["register"]["private_facts"]
    assert facts and all(of["name"] and of["words"]["whole"] for of in facts)
    assert sum(bool(of["told"]) for of in facts if of["side"] == "us") >= us["told"]


def test_what_moved_each_closer_is_found(tmp_path: Path, capsys: Captured) -> None:
    """Each answer, and how candid it was as a number from 0 to 1."""
    found = findings(tmp_path / "c.jsonl", capsys, "--length", "90", "--us", "curious", "--china", "salami")
    (answer,) = found["register"]["closer"]
    us, china = found["candours"]
    assert us["asked"] == 0 and china["asked"] == 1 and answer["side"] == "china"
    assert china["candour"] == answer["candour"]


def test_cards_and_beliefs_are_found(tmp_path: Path, capsys: Captured) -> None:
    """Both cards, and each belief by turn with its score; nothing where none were dealt."""
    play = ("--us", "mirror", "--china", "salami", "--length", "90")
    for chosen, cards in (((), 2), (("--no-cards",), 0)):
        found = findings(tmp_path / f"{cards}.jsonl", capsys, *play, *chosen)
        assert len(found["instructions"]) == len(found["beliefs"]) == cards
        assert all(0 <= held["brier"] <= 1 and held["said"] for held in found["beliefs"])
