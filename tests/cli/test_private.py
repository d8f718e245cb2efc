"""Whatever comes of a session can be read by the one account that made it, however open the system makes new files."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.report.golden import bots_log
from tests.thinning import one_in

from crisis_sim.cli import main

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there"),
    pytest.mark.usefixtures("drawn_here"),
]


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """As most systems have it: new files can be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of a session that has come to its end."""
    return bots_log("new-virus", tmp_path_factory.mktemp("played"))


@pytest.fixture
def log(tmp_path: Path, played: Path) -> Path:
    """A finished session, in a folder of its own."""
    folder = tmp_path / "logs"
    folder.mkdir(mode=0o700)
    path = folder / "a.jsonl"
    shutil.copyfile(played, path)
    path.chmod(0o600)
    return path


def open_to_others(folder: Path) -> list[str]:
    """What lies in a folder and can be read by another account."""
    return [f"{path.name} {path.stat().st_mode & 0o777:o}" for path in folder.rglob("*") if path.stat().st_mode & 0o077]


WRITES = {
    "play": ["play", "new-virus", "--us", "mirror", "--china", "silent", "--log", "OUT/made/b.jsonl"],
    "branch": ["branch", "LOG", "--at", "turn-2"],
    "verify --save-sound": ["verify", "LOG", "--save-sound", "OUT/made/saved.jsonl"],
    "debrief": ["debrief", "LOG", "-o", "OUT/page.html"],
    "debrief of a team": ["debrief", "LOG", "--for", "us", "-o", "OUT/us.html"],
    "export": ["export", "LOG", "--bots", "-o", "OUT/made/export"],
    "export, Parquet": ["export", "LOG", "--bots", "--parquet", "-o", "OUT/export"],
    "query, CSV": ["query", "from sessions", "LOG", "--bots", "-o", "OUT/answer.csv"],
    "query, Parquet": ["query", "from sessions", "LOG", "--bots", "-o", "OUT/answer.parquet"],
    "playtest": ["playtest", "new-virus", "--runs", "2", "--length", "45", "--keep", "OUT/made/kept"],
}


@pytest.mark.parametrize("what", one_in(3, WRITES))
def test_what_comes_of_a_session_is_the_accounts_own(what: str, log: Path, tmp_path: Path) -> None:
    """Files 0600, folders that were made 0700; in the folder of the log too."""
    out = tmp_path / "out"
    out.mkdir(mode=0o700)
    before = {*tmp_path.rglob("*")}
    asked = [
        part.replace("LOG", str(log)).replace("OUT", str(out)) if part != "--log" else part for part in WRITES[what]
    ]
    assert main(asked) == 0
    assert {*tmp_path.rglob("*")} - before
    assert open_to_others(tmp_path) == []


def test_a_debrief_that_is_written_over_is_made_anew(log: Path, tmp_path: Path) -> None:
    """An older one that all could read leaves nothing of that behind; a link is followed as it was."""
    page = tmp_path / "page.html"
    for name in (page, page.with_suffix(".md")):
        name.write_text("old", encoding="utf-8")
        name.chmod(0o644)
    assert main(["debrief", str(log), "-o", str(page), "--force"]) == 0
    assert stat.S_IMODE(page.stat().st_mode) == stat.S_IMODE(page.with_suffix(".md").stat().st_mode) == 0o600


def test_what_authors_write_is_as_the_system_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios and rules are handed round; and the system's own way is back after every command."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "pack", "mine", "--yes"]) == 0
    assert stat.S_IMODE(Path("rules/mine.yaml").stat().st_mode) == 0o644
    assert os.umask(0o022) == 0o022
