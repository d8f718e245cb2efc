"""`debrief` writes two files, refuses to write over others, and never shows a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.report.golden import bots_log

from crisis_sim.cli import main
from crisis_sim.report.webpage import NOT_DRAWN

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session of two bots, in the folder where we stand."""
    monkeypatch.chdir(tmp_path)
    return bots_log("new-virus", tmp_path).rename(tmp_path / "a.jsonl")


def test_a_page_and_its_twin_are_written_and_named(log: Path, capsys: Captured) -> None:
    """Beside each other; the answer is their names."""
    capsys.readouterr()
    assert main(["debrief", "a.jsonl"]) == 0
    assert capsys.readouterr().out.splitlines() == ["debrief-a.html", "debrief-a.md"]
    assert Path("debrief-a.html").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "# Debrief: A new virus in Khoram" in Path("debrief-a.md").read_text(encoding="utf-8")
    assert "US team: bot" in Path("debrief-a.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no limit of memory to set elsewhere")
@pytest.mark.parametrize("kilobytes", [700_000, 2_000_000])
def test_where_memory_is_short_the_page_is_written_without_pictures(log: Path, kilobytes: int) -> None:
    """What draws dies by itself; the tables hold the same, and a line says so on the page and beside the answer."""
    command = f"ulimit -v {kilobytes}; exec '{sys.executable}' -m crisis_sim debrief a.jsonl"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["debrief-a.html", "debrief-a.md"]
    assert run.stderr.splitlines() == [NOT_DRAWN]
    page = Path("debrief-a.html").read_text(encoding="utf-8")
    assert "<svg" not in page and "<figure" not in page and NOT_DRAWN in page and "<table" in page


def test_pictures_are_drawn_by_a_process_of_their_own(log: Path) -> None:
    """With memory enough; neither what draws nor what a working folder holds is imported by the command itself."""
    Path("json.py").write_text("raise SystemExit('this is not yours to import')", encoding="utf-8")
    program = (
        "import sys; from crisis_sim.cli import main; code = main(['debrief', 'a.jsonl']);"
        "sys.exit(code or 10 * ('vl_convert' in sys.modules))"
    )
    run = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.splitlines()) == (0, [])
    assert Path("debrief-a.html").read_text(encoding="utf-8").count("<svg") == 5


@pytest.mark.parametrize("fault", ["exits", "answers nonsense", "is not there"])
def test_a_drawing_that_breaks_off_costs_the_pictures_only(
    fault: str, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Whatever becomes of the process that draws."""
    capsys.readouterr()
    broken = Path("python")
    if fault != "is not there":
        broken.write_text(f"#!/bin/sh\n{'kill -9 $$' if fault == 'exits' else 'echo nonsense'}\n", encoding="utf-8")
        broken.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(broken.resolve()))
    assert main(["debrief", "a.jsonl"]) == 0
    assert capsys.readouterr().err.splitlines() == [NOT_DRAWN]


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


@pytest.mark.parametrize("out", [".", ""])
def test_a_page_has_a_name(out: str, log: Path, capsys: Captured) -> None:
    """A folder alone is none."""
    assert main(["debrief", "a.jsonl", "-o", out]) == 2
    assert "'.' is a folder, and no name of a web page" in capsys.readouterr().err


def test_a_team_and_a_language_can_be_asked_for(log: Path, capsys: Captured) -> None:
    """The file's name says for whom it is."""
    capsys.readouterr()
    assert main(["debrief", "a.jsonl", "--for", "china", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines() == ["debrief-a-china.html", "debrief-a-china.md"]
    assert "# 中方复盘：" in Path("debrief-a-china.md").read_text(encoding="utf-8")


def test_a_session_that_was_played_in_chinese_is_told_in_chinese(log: Path) -> None:
    """Unless the command names another language."""
    play = ["play", "new-virus", "--us", "firm", "--china", "rota", "--log", "b.jsonl"]
    assert main([*play, "--lang", "zh"]) == 0 and main(["debrief", "b.jsonl"]) == 0
    assert '<html lang="zh-Hans">' in Path("debrief-b.html").read_text(encoding="utf-8")
    assert main(["debrief", "b.jsonl", "--lang", "en", "--force"]) == 0
    assert '<html lang="en">' in Path("debrief-b.html").read_text(encoding="utf-8")


def test_a_session_without_a_turn_has_no_report_for_a_team(log: Path, capsys: Captured) -> None:
    """There is nothing that it saw."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    Path("c.jsonl").write_text("".join(lines[:3]), encoding="utf-8")
    assert main(["debrief", "c.jsonl", "--for", "us", "--open"]) == 2
    assert "no turn was played in c.jsonl" in capsys.readouterr().err
    assert main(["debrief", "c.jsonl"]) == 2
    assert "has not come to its hotwash" in capsys.readouterr().err and not Path("debrief-c.html").exists()
    assert main(["debrief", "c.jsonl", "--open"]) == 0
