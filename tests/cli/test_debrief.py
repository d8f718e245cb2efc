"""`debrief` writes two files, refuses to write over others, and never shows a traceback."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.report.golden import FOLDER

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen session of two bots, in the folder where we stand."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.jsonl"
    path.write_bytes(gzip.decompress((FOLDER / "new-virus.jsonl.gz").read_bytes()))
    return path


def test_a_page_and_its_twin_are_written_and_named(log: Path, capsys: Captured) -> None:
    """Beside each other; the answer is their names."""
    capsys.readouterr()
    assert main(["debrief", "a.jsonl"]) == 0
    assert capsys.readouterr().out.splitlines() == ["debrief-a.html", "debrief-a.md"]
    assert Path("debrief-a.html").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "# Debrief: A new virus in Khoram" in Path("debrief-a.md").read_text(encoding="utf-8")
    assert "US team: bot" in Path("debrief-a.md").read_text(encoding="utf-8")


def test_nothing_is_written_over_unless_asked(log: Path, capsys: Captured) -> None:
    """Neither the page nor the twin alone."""
    Path("r.md").write_text("mine", encoding="utf-8")
    assert main(["debrief", "a.jsonl", "-o", "r.html"]) == 2
    assert "r.md is there already" in capsys.readouterr().err
    assert Path("r.md").read_text(encoding="utf-8") == "mine" and not Path("r.html").exists()
    assert main(["debrief", "a.jsonl", "-o", "r.html", "--force"]) == 0


def test_a_page_is_not_its_own_twin(log: Path, capsys: Captured) -> None:
    """A name that ends in .md would be both files at once."""
    assert main(["debrief", "a.jsonl", "-o", "r.md"]) == 2
    assert "r.md is to be a web page" in capsys.readouterr().err


def test_a_team_and_a_language_can_be_asked_for(log: Path, capsys: Captured) -> None:
    """The file's name says for whom it is."""
    capsys.readouterr()
    assert main(["debrief", "a.jsonl", "--for", "china", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines() == ["debrief-a-china.html", "debrief-a-china.md"]
    assert "# 中方复盘：" in Path("debrief-a-china.md").read_text(encoding="utf-8")


def test_a_log_that_is_none_is_refused_in_a_sentence(log: Path, capsys: Captured) -> None:
    """Torn at its head, empty, or another kind of file."""
    for text in ("", "{}\n", "not a log\n"):
        Path("b.jsonl").write_text(text, encoding="utf-8")
        assert main(["debrief", "b.jsonl"]) == 2
        err = capsys.readouterr().err
        assert "Traceback" not in err and "b.jsonl" in err


def test_a_session_without_a_turn_has_no_report_for_a_team(log: Path, capsys: Captured) -> None:
    """There is nothing that it saw."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    Path("c.jsonl").write_text("".join(lines[:3]), encoding="utf-8")
    assert main(["debrief", "c.jsonl", "--for", "us"]) == 2
    assert "no turn was played in c.jsonl" in capsys.readouterr().err
    assert main(["debrief", "c.jsonl"]) == 2
    assert "has not come to its hotwash" in capsys.readouterr().err and not Path("debrief-c.html").exists()
    assert main(["debrief", "c.jsonl", "--open"]) == 0
