"""`compare` and `rejudge` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two sessions of bots with the same seed, one of them with another bot."""
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / "logs"))
    paths = (tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    for path, china in zip(paths, ("salami", "rota"), strict=True):
        play = ["play", "new-virus", "--us", "mirror", "--china", china, "--seed", "4", "--log", str(path)]
        assert main(play) == 0
    return paths


def test_two_sessions_are_laid_side_by_side(logs: tuple[Path, Path], capsys: Captured) -> None:
    """Turn by turn, with what only one of them has, and the ends."""
    capsys.readouterr()
    assert main(["compare", *map(str, logs)]) == 0
    out = capsys.readouterr().out
    assert "They share" in out and "Turn by turn, A → B:" in out and "B only:" in out and "At the end:" in out


def test_a_comparison_for_programs_has_both_courses(logs: tuple[Path, Path], capsys: Captured) -> None:
    """Numbers are numbers, and the entry at which they part is there."""
    capsys.readouterr()
    assert main(["compare", *map(str, logs), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["a"]["turns"][1]["tension"] != found["b"]["turns"][-1]["tension"]
    assert found["parting"]["shared"] > 0
    assert isinstance(found["a"]["turns"][-1]["tracks"]["severe-cases"], float)


def test_a_session_is_judged_under_other_rules(logs: tuple[Path, Path], capsys: Captured) -> None:
    """And says what could not be done under them."""
    capsys.readouterr()
    assert main(["compare", str(logs[0]), "--under", "core,safety-net-emboldens"]) == 0
    out = capsys.readouterr().out
    assert "All acts could be made under the other rules." in out
    assert "rules core, safety-net-emboldens" in out
    assert main(["compare", str(logs[0]), "--under", "cor"]) == 2
    assert "did you mean 'core'?" in capsys.readouterr().err


def test_sessions_of_different_lengths_say_that_their_turns_are_at_different_hours(
    logs: tuple[Path, Path], tmp_path: Path, capsys: Captured
) -> None:
    """And two of one length do not."""
    longer = tmp_path / "longer.jsonl"
    play = ["play", "new-virus", "--us", "mirror", "--china", "salami", "--seed", "4", "--length", "90"]
    assert main([*play, "--log", str(longer)]) == 0
    capsys.readouterr()
    assert main(["compare", str(logs[0]), str(longer)]) == 0
    assert "different lengths" in capsys.readouterr().out
    assert main(["compare", *map(str, logs)]) == 0
    assert "different lengths" not in capsys.readouterr().out


def test_what_is_in_play_is_not_opened_from_either_side(logs: tuple[Path, Path], capsys: Captured) -> None:
    """Neither as A nor as B, neither as text nor as JSON; on purpose it is."""
    capsys.readouterr()
    assert main(["branch", str(logs[0]), "--at", "turn-3"]) == 0
    branch = capsys.readouterr().out.strip()
    for pair in ([str(logs[0]), branch], [branch, str(logs[0])]):
        for form in ("text", "json"):
            assert main(["compare", *pair, "--format", form]) == 2
            out, err = capsys.readouterr()
            assert not out and "has not come to its hotwash" in err
    assert main(["compare", str(logs[0]), branch, "--open"]) == 0
    out = capsys.readouterr().out
    assert "B with nothing" in out and "not played to its end" in out


def test_a_branch_of_a_branch_parts_from_the_first_where_the_first_branch_did(
    logs: tuple[Path, Path], capsys: Captured
) -> None:
    """Both shared entries are those up to the earlier parting."""
    capsys.readouterr()
    assert main(["branch", str(logs[0]), "--at", "40"]) == 0
    first = capsys.readouterr().out.strip()
    assert main(["branch", first, "--at", "20"]) == 0
    second = capsys.readouterr().out.strip()
    assert main(["compare", second, str(logs[0]), "--open", "--format", "json"]) == 0
    parting = json.loads(capsys.readouterr().out)["parting"]
    assert (parting["shared"], parting["a"]) == (20, "") and parting["b"]
