"""Going on in a log whose end is gone: whoever sits there is asked, and where nobody sits there nothing is done."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main
from crisis_sim.cli.play import chosen
from crisis_sim.cli.seating import begin_session
from crisis_sim.cli.settings import settings
from crisis_sim.session.folder import rooms_folder
from crisis_sim.session.tip_file import tip_path

pytestmark = pytest.mark.usefixtures("drawn_here")

Captured = pytest.CaptureFixture[str]


class Typed(io.StringIO):
    """A terminal at which these lines are typed."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def cut(tmp_path: Path, capsys: Captured) -> Path:
    """A log of two bots from whose end twenty acknowledged entries were taken away."""
    path = tmp_path / "cut.jsonl"
    seats = ["--us", "mirror", "--china", "silent", "--facilitator", "auto"]
    assert main(["play", str(SMALL_SCENARIO), *seats, "--seed", "1", "--log", str(path)]) == 0
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-20]))
    capsys.readouterr()
    return path


def test_who_names_no_log_reads_which_there_are(cut: Path, capsys: Captured) -> None:
    """By the names that resume takes, the one last played first; none that is closed; and where else they stand."""
    assert main(["resume"]) == 2
    assert "There is no session to go on with." in capsys.readouterr().err
    folder = settings().logs
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.jsonl").write_bytes(cut.read_bytes())
    assert main(["resume"]) == 2
    told = capsys.readouterr().err
    assert "crisis-sim resume mine\n" in told and "last played" in told and "The menu" in told


def left(path: Path) -> tuple[bytes, bytes]:
    return path.read_bytes(), tip_path(path).read_bytes()


@pytest.mark.parametrize("plain", [[], ["--plain"]])
def test_without_a_terminal_a_loss_is_refused(
    cut: Path, plain: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that goes on by itself launders nothing: the log and its tip stay, and the way out is named."""
    before = left(cut)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n" * 9))
    assert main(["resume", str(cut), *plain]) == 1
    told = capsys.readouterr().err
    assert "were acknowledged, and cut.jsonl ends before that" in told
    assert "--accept-loss" in told
    assert left(cut) == before


@pytest.mark.parametrize("typed", ["no\n", "\n", "", "ja\n"])
@pytest.mark.parametrize("plain", [[], ["--plain"]])
def test_at_a_terminal_anything_but_yes_leaves_the_log_alone(
    cut: Path, typed: str, plain: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question comes before anything is written."""
    before = left(cut)
    monkeypatch.setattr(sys, "stdin", Typed(typed))
    assert main(["resume", str(cut), *plain]) == 1
    told = capsys.readouterr().err
    assert "Go on without those acts?" in told
    assert "the log is as it was" in told
    assert left(cut) == before


@pytest.mark.parametrize(("options", "typed"), [([], Typed("yes\n")), (["--accept-loss"], io.StringIO())])
def test_an_accepted_loss_is_told_from_then_on(
    cut: Path, options: list[str], typed: io.StringIO, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By verify, whose code is not that of a whole log, by replay and debrief, in both languages."""
    monkeypatch.setattr(sys, "stdin", typed)
    assert main(["resume", str(cut), *options]) == 0
    capsys.readouterr()
    assert main(["verify", str(cut)]) == 1
    told = capsys.readouterr().out
    assert told.startswith("cut.jsonl: sound, and SHORTENED")
    assert "accepts that and goes on" in told
    assert main(["debrief", str(cut), "--out", str(cut.with_suffix(".html"))]) == 0
    assert "accepts that and goes on" in capsys.readouterr().err
    assert "Acts that were acknowledged are missing from this log" in cut.with_suffix(".md").read_text("utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("quit\n"))
    assert main(["replay", str(cut), "--plain", "--lang", "zh"]) == 0
    assert "缺失" in "".join(capsys.readouterr())


def test_a_session_that_others_had_joined_names_the_command_with_which_they_come_back(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever types the wrong verb is not left alone with it; a plain yes goes on at this terminal alone."""
    log = settings().logs / "hosted.jsonl"
    choice = chosen(str(SMALL_SCENARIO), "45", "person", "person", "person", "")
    begin_session(choice, place=log, in_rooms=True).session.close()
    command = f"crisis-sim host {log}"
    rooms_folder(log).mkdir()
    monkeypatch.setattr(sys, "stdin", Typed("no\n"))
    assert main(["resume", str(log)]) == 1
    told = capsys.readouterr().err
    assert f"They come back with: {command}" in told and told.endswith("Not resumed; the log is as it was.\n")
    assert main(["resume"]) == 2
    assert f"{command}\n" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", Typed("yes\nquit\n"))
    assert main(["resume", str(log), "--plain"]) == 0
    assert "You have left the session." in capsys.readouterr().out
