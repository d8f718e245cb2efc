"""`play --inherits` refuses what cannot be begun with: a sentence, a way out, and no log is left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crisis_sim.cli import main
from crisis_sim.content.listings import shipped_folder

Captured = pytest.CaptureFixture[str]
BOTS = ["--us", "mirror", "--china", "rota", "--seed", "3"]


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A session that came to its close."""
    path = tmp_path / "earlier.jsonl"
    assert main(["play", "bottomed-submarine", *BOTS, "--log", str(path)]) == 0
    return path


def refused(scenario: str, log: Path, capsys: Captured) -> tuple[int, str]:
    """How a session that would begin with it ends, and what is said."""
    new = log.parent / "later.jsonl"
    capsys.readouterr()
    code = main(["play", scenario, *BOTS, "--inherits", str(log), "--log", str(new)])
    out, said = capsys.readouterr()
    assert not out and not new.exists() and "hint: " in said and "Traceback" not in said
    return code, " ".join(said.split())


def test_no_log_one_that_is_damaged_and_one_in_play_are_refused(earlier: Path, capsys: Captured) -> None:
    """Each with what to do instead: salvage names the damage, resume plays to the close."""
    folder = earlier.parent
    damaged, text, cut = folder / "damaged.jsonl", folder / "text.jsonl", folder / "cut.jsonl"
    data = bytearray(earlier.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    text.write_text("no log\n", encoding="utf-8")
    cut.write_text("".join(earlier.read_text(encoding="utf-8").splitlines(keepends=True)[:40]), encoding="utf-8")
    for log, code, says in (
        (folder / "none.jsonl", 2, "no such file or directory"),
        (text, 2, "is no log of a session"),
        (folder, 2, "it is a folder"),
        (damaged, 1, "crisis-sim verify damaged.jsonl --save-sound"),
        (cut, 2, "crisis-sim resume cut.jsonl"),
    ):
        found, said = refused("new-virus", log, capsys)
        assert found == code and says in said, said


def test_a_log_of_two_other_sides_is_refused(earlier: Path, capsys: Captured) -> None:
    """Trust and promises are between two, and are no third one's."""
    shutil.copytree(shipped_folder() / "scenarios" / "new-virus", earlier.parent / "new-virus")
    path = earlier.parent / "new-virus" / "scenario.yaml"
    text = path.read_text(encoding="utf-8")
    named = "{en: United States, zh: 美方}"
    assert text.count(named) == 1
    path.write_text(text.replace(named, "{en: Atlantis, zh: 亚特兰蒂斯}"), encoding="utf-8")
    code, said = refused(str(path.parent), earlier, capsys)
    assert code == 2 and "Atlantis" in said, said
