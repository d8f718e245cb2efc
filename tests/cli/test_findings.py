"""`verify --findings` tells people and programs every measure of a session, and checks the log first."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_programs_get_one_object_a_log(log: Path, capsys: Captured) -> None:
    """With numbers as numbers, and the gap of every act that was read."""
    capsys.readouterr()
    assert main(["verify", str(log), str(log), "--findings", "--format", "json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == second and first["sound"] is True
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
