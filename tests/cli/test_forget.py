"""`forget`: what it names it removes, what it does not name it leaves, and nothing before somebody has said so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.engine.play import shipped
from tests.session.lines import small_log

from crisis_sim.cli import main
from crisis_sim.engine.actions import Advance
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session

MADE = (
    "one.notes.jsonl",
    "one.half-written.json",
    "one.jsonl.tip.abcdef",
    "one-china.agents.jsonl",
    "debrief-one.html",
    "debrief-one-us.md",
    "debrief-one-2.html",
)


def laid(place: Path) -> tuple[Path, set[str]]:
    """A session with all that can lie beside it, and another; what is to stay."""
    log, _ = small_log(place / "one.jsonl")
    small_log(place / "one-2.jsonl")
    for name in ("one.rooms/guests.json", "one-record/debrief.html"):
        (place / name).parent.mkdir()
        (place / name).write_text("{}", "utf-8")
    for name in MADE:
        (place / name).write_text("", "utf-8")
    return log, {path.name for path in place.iterdir() if "one-2" in path.name}


def test_a_session_goes_with_all_that_was_made_from_it_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another session whose name begins alike stays whole; what was removed is listed."""
    monkeypatch.chdir(tmp_path)
    log, stays = laid(tmp_path)
    assert main(["forget", str(log), "--yes"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == stays
    out = capsys.readouterr().out
    for name in ("one.jsonl", "one.rooms", "one-record", *MADE[:-1]):
        assert f"/{name}\n" in out
    assert len(read_log(tmp_path / "one-2.jsonl").entries) > 1


def test_nothing_is_removed_before_somebody_has_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody can be asked, a sentence; only a plain yes is one."""
    monkeypatch.chdir(tmp_path)
    log, _ = laid(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    assert main(["forget", str(log)]) == 2
    assert "--yes" in capsys.readouterr().err
    typed = io.StringIO("perhaps\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    assert main(["forget", str(log)]) == 1
    err = capsys.readouterr().err
    assert "one.rooms" in err and "Nothing was removed." in err
    assert before <= {path.name for path in tmp_path.iterdir()}


def test_branches_stay_and_are_named_and_a_session_that_is_played_is_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch holds how it began."""
    monkeypatch.chdir(tmp_path)
    log = tmp_path / "one.jsonl"
    with Session.start(log, shipped("lost-airliner"), seed="1", length=45) as session:
        session.submit("facilitator", Advance())
        assert main(["forget", str(log), "--yes"]) == 2
        assert log.exists()
    child = branch(log, seq=1)
    assert main(["forget", str(log), "--yes"]) == 0
    assert not log.exists() and child.exists()
    assert child.name in capsys.readouterr().err
