"""Where logs lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.session.lines import small_log

from crisis_sim.session.folder import default_folder, log_of, logs_in


def test_logs_lie_with_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not in the folder that somebody happens to be in."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder().is_relative_to(tmp_path)
    assert default_folder().parts[-2:] == ("crisis-sim", "sessions")


def test_the_last_played_log_comes_first_and_others_are_passed_over(tmp_path: Path) -> None:
    """A menu shows what can be played; what is no log, or no longer one, does not spoil it."""
    for name, age in [("old", 50), ("new", 10)]:
        path, _ = small_log(tmp_path / f"{name}.jsonl")
        stamp = path.stat().st_mtime - age
        os.utime(path, (stamp, stamp))
    (tmp_path / "other.jsonl").write_bytes(b'{"a":1}\n')
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "folder.jsonl").mkdir()
    assert [listed.path.name for listed in logs_in(tmp_path)] == ["new.jsonl", "old.jsonl"]
    assert log_of("5e55104", tmp_path) == tmp_path / "new.jsonl"
    assert log_of("none", tmp_path) is None
    assert logs_in(tmp_path / "nowhere") == ()
