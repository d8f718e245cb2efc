"""Watching: every save, rename and deletion that matters is answered, and nothing else."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_SCENARIO

from crisis_sim.authoring.check import CheckedChange, Checker, watch

SCENARIO = SMALL_SCENARIO.relative_to(SMALL)
PATIENCE = 20.0
"""Seconds after which an answer is not coming."""


class Watched:
    """A watch on a copy of the small scenario, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scenario = folder / SCENARIO
        self.beats = 0
        self._stop = threading.Event()
        self._found: queue.Queue[CheckedChange] = queue.Queue()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for seen in watch(Checker([self.folder]), stop=self._stop, beat=self._beat):
            self._found.put(seen)

    def _beat(self) -> None:
        self.beats += 1

    def until(self, fits: Callable[[CheckedChange], bool]) -> CheckedChange:
        """The first answer that fits; what comes before it belongs to a save that was under way."""
        while not fits(seen := self._found.get(timeout=PATIENCE)):
            pass
        return seen

    def is_quiet(self) -> bool:
        """Whether nothing came while the watcher woke a few times."""
        until = self.beats + 4
        while self.beats < until:
            time.sleep(0.01)
        return self._found.empty()

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """A watch that has said that nothing is wrong."""
    shutil.copytree(SMALL, tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    found = Watched(tmp_path / "copy")
    found.until(says(0))
    yield found
    found.end()


def says(errors: int) -> Callable[[CheckedChange], bool]:
    return lambda seen: seen.checked is not None and seen.checked.problems.errors == errors


def is_gone(seen: CheckedChange) -> bool:
    return seen.checked is None and seen.trouble is not None


def broken(text: str) -> str:
    assert "kind: hotline" in text
    return text.replace("kind: hotline", "kind: hotlin")


def test_a_save_is_answered(watched: Watched) -> None:
    """In place, and by an editor that writes another file and puts it in the place of the first."""
    good = watched.scenario.read_text("utf-8")
    watched.scenario.write_text(broken(good), "utf-8")
    seen = watched.until(says(1))
    assert seen.checked is not None
    assert watched.scenario in seen.checked.stamps
    beside = watched.scenario.with_name(".scenario.yaml.swp")
    beside.write_text(good, "utf-8")
    beside.replace(watched.scenario)
    watched.until(says(0))


def test_what_is_no_yaml_at_all_is_a_problem_like_others(watched: Watched) -> None:
    """A file that is half written, or holds control characters, ends no watch."""
    good = watched.scenario.read_bytes()
    watched.scenario.write_bytes(good[: len(good) // 2] + b"\x1b[2J\xff\x00: [")
    watched.until(lambda seen: seen.checked is not None and seen.checked.problems.errors > 0)
    watched.scenario.write_bytes(good)
    watched.until(says(0))


def test_files_come_and_go(watched: Watched) -> None:
    """A scenario taken away and put back, a new one beside it, a pack renamed, a text that a brief is read from."""
    other = watched.folder / "scenarios" / "other"
    shutil.copytree(watched.scenario.parent, other)
    watched.until(lambda seen: seen.checked is not None and len(seen.checked.files) == 3)
    shutil.rmtree(other)
    watched.until(lambda seen: seen.checked is not None and len(seen.checked.files) == 2)
    (watched.folder / "rules" / "small.yaml").rename(watched.folder / "rules" / "smal.yaml")
    watched.until(says(1))
    (watched.folder / "rules" / "smal.yaml").rename(watched.folder / "rules" / "small.yaml")
    watched.until(says(0))
    brief = watched.scenario.with_name("brief.md")
    text = brief.read_bytes()
    brief.unlink()
    watched.until(says(1))
    brief.write_bytes(text)
    watched.until(says(0))


def test_the_whole_folder_goes_and_comes_back(watched: Watched) -> None:
    """Nothing to check is said, not taken for nothing wrong; what comes back is checked and watched."""
    away = watched.folder.with_name("away")
    watched.folder.rename(away)
    watched.until(is_gone)
    away.rename(watched.folder)
    watched.until(says(0))
    watched.scenario.write_text(broken(watched.scenario.read_text("utf-8")), "utf-8")
    watched.until(says(1))


def test_what_does_not_matter_is_not_answered(watched: Watched) -> None:
    """An editor's own files beside the scenario, and a look into the folder, change nothing on the screen."""
    watched.scenario.with_name("notes.txt").write_text("x", "utf-8")
    watched.scenario.with_name("scenario.schema.json").write_text("{}", "utf-8")
    assert watched.is_quiet()


def test_where_the_system_watches_no_more_folders_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A system out of watches makes it slower, not deaf."""
    import watchfiles

    real, asked = watchfiles.watch, list[object]()

    def limited(*paths: Path, force_polling: bool | None, **rest: object) -> object:
        asked.append(force_polling)
        if not force_polling:
            raise OSError("no space left on device")
        return real(*paths, force_polling=True, **rest)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(watchfiles, "watch", limited)
    other = tmp_path / "other"
    shutil.copytree(SMALL, other)
    second = Watched(other)
    second.until(says(0))
    second.scenario.write_text(broken(second.scenario.read_text("utf-8")), "utf-8")
    second.until(says(1))
    assert second.is_quiet()
    second.end()
    assert asked[:2] == [None, True]
