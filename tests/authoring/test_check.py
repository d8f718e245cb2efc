"""Checking again and again: the same answer as the first time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_SCENARIO, check_paths, edited

from crisis_sim.authoring.check import Checker

SCENARIO = SMALL_SCENARIO.relative_to(SMALL)
OTHER = Path("scenarios/other/scenario.yaml")
PACK = Path("rules/small.yaml")


@pytest.fixture
def here(here: Path, tmp_path: Path) -> Path:
    """Two small scenarios and their rules, where the test stands."""
    shutil.copytree("scenarios/small-test", OTHER.parent)
    edited(OTHER, "id: small-test", "id: other")
    return here


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
