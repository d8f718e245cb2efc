"""`replay` on the command line: what it prints without a terminal, and from where."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.replaying.recorded import opened, played, recorded, with_other_secrets

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


def before_the_hotwash(printed: str) -> str:
    return printed.partition(", hotwash.")[0].rpartition("\n")[0]


def test_what_a_team_saw_does_not_hang_on_the_others_secrets(tmp_path: Path, capsys: Captured) -> None:
    """What is printed through the US lens is the same to the byte up to the hotwash, whatever China sealed."""
    acts = played("random", "rota").actions
    printed = []
    for folder, kept in (("a", acts), ("b", with_other_secrets(acts, "china"))):
        (tmp_path / folder).mkdir()
        log = recorded(tmp_path / folder / "log.jsonl", kept)
        assert main(["replay", str(log), "--lens", "us", "--plain"]) == 0
        printed.append(before_the_hotwash(capsys.readouterr().out))
        assert main(["replay", str(log), "--plain"]) == 0
        printed.append(before_the_hotwash(capsys.readouterr().out))
    ours, whole, theirs, other_whole = printed
    assert len(ours) > 2_000 and whole != other_whole
    assert ours == theirs


def test_one_begins_where_one_likes(tmp_path: Path, capsys: Captured) -> None:
    """--from an entry; one that there is not is said."""
    replayed = opened(tmp_path)
    log = str(tmp_path / "log.jsonl")
    assert main(["replay", log, "--from", str(replayed.last)]) == 0
    assert capsys.readouterr().out.count("Moment ") == 1
    for wrong in (replayed.last + 1, -1):
        assert main(["replay", log, "--from", str(wrong)]) == 2
        error = capsys.readouterr().err
        assert f"log.jsonl has no entry {wrong}; its last is {replayed.last}" in error


def test_a_log_that_is_not_there_is_said(capsys: Captured) -> None:
    """With a way out."""
    assert main(["replay", "no-such-session"]) == 2
    assert "there is no log 'no-such-session'" in capsys.readouterr().err
