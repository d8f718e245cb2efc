"""Checking again and again: the same answer as the first time, and only what changed is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_SCENARIO, check_paths, edited

from crisis_sim.authoring import check
from crisis_sim.authoring.check import Checker, helpers
from crisis_sim.content.yamlfile import read_yaml

SCENARIO = SMALL_SCENARIO.relative_to(SMALL)
OTHER = Path("scenarios/other/scenario.yaml")
PACK = Path("rules/small.yaml")


@pytest.fixture
def here(here: Path, tmp_path: Path) -> Path:
    """Two small scenarios and their rules, written a while ago, where the test stands."""
    shutil.copytree("scenarios/small-test", OTHER.parent)
    edited(OTHER, "id: small-test", "id: other")
    age(tmp_path)
    return here


def age(folder: Path) -> None:
    """Let every file and folder be old, so that its time can be trusted."""
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (1_000_000_000, 1_000_000_000))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The YAML files that are read, as they are."""
    found: list[str] = []

    def read(path: Path, *rest: object, **named: object) -> object:
        found.append(path.absolute().relative_to(Path.cwd()).as_posix())
        return read_yaml(path, *rest, **named)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr("crisis_sim.content.source_reader.read_yaml", read)
    monkeypatch.setattr(check, "is_settled", lambda _: True)
    monkeypatch.setattr("crisis_sim.content.file_cache.is_settled", lambda _: True)
    return found


def test_what_lies_unchanged_is_read_once(here: Path, reads: list[str]) -> None:
    """A second check reads nothing; after a save it reads that file alone, and says which were looked at again."""
    checker = Checker(["."])
    first = checker.check()
    assert sorted(reads) == [PACK.as_posix(), OTHER.as_posix(), SCENARIO.as_posix()]
    assert first.again == (OTHER.as_posix(), SCENARIO.as_posix())
    reads.clear()
    second = checker.check()
    assert (second.files, second.again, list(second.problems)) == (first.files, (), list(first.problems))
    assert reads == []
    edited(OTHER, "ends: 48h", "ends: 49h")
    assert checker.check().again == (OTHER.as_posix(),)
    assert reads == [OTHER.as_posix()]


@pytest.mark.parametrize(
    "change",
    [
        lambda: edited(SCENARIO, "kind: hotline", "kind: hotlin"),
        lambda: edited(SCENARIO, "teams:", "team:"),
        lambda: edited(PACK, "criticise:", "critise:"),
        lambda: (SCENARIO.parent / "brief.md").unlink(),
        lambda: (SCENARIO.parent / "brief.md").write_bytes(b"\xff"),
        lambda: SCENARIO.unlink(),
        lambda: shutil.rmtree(OTHER.parent),
        lambda: PACK.rename("rules/big.yaml"),
        lambda: shutil.copytree(OTHER.parent, "scenarios/third"),
        lambda: shutil.copytree("rules", SCENARIO.parent / "rules"),
        lambda: Path("rules/nets.yaml").write_text("format: 1\nid: nets\nfacts: {net-out: {says: X., per: session}}"),
    ],
    ids=[
        "name",
        "key",
        "pack",
        "text-gone",
        "text-bad",
        "gone",
        "folder-gone",
        "pack-renamed",
        "new",
        "own-rules",
        "new-pack",
    ],
)
def test_after_any_change_it_finds_what_a_first_check_finds(here: Path, change: Callable[[], object]) -> None:
    """Whatever is saved, renamed, taken away or put there, and after it is undone."""
    edited(SCENARIO, "when: {not: {ever: {move: offer-help}}}", "when: {fact: net-out}")
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    checker = Checker(["."])
    assert list(checker.check().problems) == list(check_paths(["."]))
    change()
    assert list(checker.check().problems) == list(check_paths(["."]))
    shutil.rmtree(here / "scenarios")
    shutil.rmtree(here / "rules")
    for path, data in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert list(checker.check().problems) == list(check_paths(["."]))


def test_a_pack_that_fits_one_scenario_is_looked_at_with_the_next(here: Path) -> None:
    """Packs that name nothing of a scenario are looked at once for all, others with each."""
    edited(PACK, "weigh: 1.5", "weigh: 1.5\n      readiness: {channel: new-line, by: 1}")
    edited(OTHER, "channels:\n  hotline:", "channels:\n  new-line:")
    OTHER.write_text(
        OTHER.read_text("utf-8").replace(" hotline", " new-line").replace("kind: new-", "kind: hot"), "utf-8"
    )
    assert _errors() == ["rules/small.yaml: unknown channel 'new-line'"]
    edited(PACK, "channel: new-line", "channel: used")
    assert _errors() == []


def _errors() -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in check_paths(["."]) if problem.severity == "error"]


def test_a_save_within_the_same_tick_of_the_clock_is_not_missed(here: Path) -> None:
    """A file of the same size and time as before is read again as long as it is young."""
    checker = Checker([SCENARIO])
    edited(SCENARIO, "kind: hotline", "kind: hotlina")
    status = SCENARIO.stat()
    assert checker.check().problems.errors == 1
    with SCENARIO.open("r+b") as file:
        data = file.read().replace(b"kind: hotlina", b"kind: hotline")
        file.seek(0)
        file.write(data)
    os.utime(SCENARIO, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert checker.check().problems.errors == 0


def test_a_folder_that_may_not_be_looked_into_is_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault, and hides nothing of the others."""
    real = Path.iterdir

    def iterdir(self: Path) -> object:  # nobody locks root out
        if self.name == "locked":
            raise PermissionError
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    (here / "locked").mkdir()
    assert len(Checker(["."]).check().files) == 3


@pytest.fixture
def six(here: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Six more scenarios, and three processors."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.setattr("threading.active_count", lambda: 1)  # what runs tests has threads of its own
    more = [Path(f"scenarios/more-{number}/scenario.yaml") for number in range(6)]
    for path in more:
        shutil.copytree(OTHER.parent, path.parent)
        edited(path, "id: other", f"id: {path.parent.name}")
    return more


def test_several_processes_say_what_one_does(six: list[Path], reads: list[str]) -> None:
    """Where others help, what they find sound is not read here; mistakes and warnings are said as without them."""
    edited(six[2], "id: more-2", "id: mistaken")
    edited(six[4], "kind: pink", "kind: pinc")
    alone = Checker(["."]).check()
    assert len(alone.problems) > 1
    reads.clear()
    shared = Checker(["."], once=True).check()
    assert (shared.files, list(shared.problems)) == (alone.files, list(alone.problems))
    assert {six[2].as_posix(), six[4].as_posix()} < set(reads) and len(reads) < len(alone.files)


def test_a_helper_that_dies_leaves_nothing_unsaid(six: list[Path]) -> None:
    """What a process has begun and does not come to say is looked at by the one that asked for it."""
    others = helpers(six, lambda path: os._exit(9) if path == six[1] else ())
    assert [dict(other.sound()) for other in others] == [{}, {six[2]: frozenset(), six[5]: frozenset()}]
