"""What a checkout and a wheel carry, and that the versions they are made of are locked."""

import re
import subprocess
import sys
import tomllib
import zipfile
from gettext import GNUTranslations
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import crisis_sim
from crisis_sim.content.listings import shipped_folder
from crisis_sim.errors import UnreadableInput

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
BUILD_REQUIREMENTS = PYPROJECT["build-system"]["requires"]
LOCKED = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[0-9][0-9a-z.]*)(?: ; [A-Za-z_ '=<>!.0-9()]+)?"
    r"(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)"
)


def locked(name: str) -> dict[str, str]:
    """Version by package of a lock file, which holds comments, and exact versions with the hashes of their files."""
    versions: dict[str, str] = {}
    text = (ROOT / name).read_text(encoding="utf-8")
    for line in text.replace(" \\\n    ", " ").splitlines():
        if line.startswith("#"):
            continue
        pin = LOCKED.fullmatch(line)
        assert pin, f"{name} holds {line!r}, which is no exact version with hashes"
        versions[pin["name"]] = pin["version"]
    return versions


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", ["report"]),
        ("requirements-research.lock", ["report", "research"]),
        ("requirements-test.lock", ["report", "research", "test"]),
    ],
)
def test_what_the_project_asks_for_is_locked(lock: str, extras: list[str]) -> None:
    """Every dependency, to build as to run, has one exact version in the lock, within its range; no host is named."""
    optional = PROJECT["optional-dependencies"]
    extra_requirements = [requirement for extra in extras for requirement in optional[extra]]
    requirements = [*BUILD_REQUIREMENTS, *PROJECT["dependencies"], *extra_requirements]
    versions = locked(lock)
    for requirement in map(Requirement, requirements):
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-research.lock"])
def test_tests_run_on_what_people_run(lock: str) -> None:
    """What is locked to play, and for research, is locked to the same version to test."""
    assert locked(lock).items() <= locked("requirements-test.lock").items()


def test_the_changelog_knows_the_version() -> None:
    """The version that the package reports has its section in the changelog."""
    assert f"## [{crisis_sim.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_checkout_ships_what_lies_at_its_top() -> None:
    """Here the shipped files are those that are edited, with no copy between."""
    assert shipped_folder() == ROOT


def test_a_wheel_carries_every_scenario_and_rule_pack(tmp_path: Path) -> None:
    """Installed from a wheel, the app finds inside itself each file that the checkout ships, and what `new` writes.

    What a scenario promises stays behind: only tests read it. The Chinese is there as it is read, and not as written.
    """
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path)
    shipped = shipped_folder(tmp_path / "crisis_sim")
    assert shipped == tmp_path / "crisis_sim" / "shipped"
    for folder in ("scenarios", "rules"):
        here = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        here -= {path for path in here if path.name == "promises.yaml"}
        there = {path.relative_to(shipped) for path in (shipped / folder).rglob("*") if path.is_file()}
        assert here
        assert here == there
    with (tmp_path / "crisis_sim" / "wording" / "zh.mo").open("rb") as compiled:
        assert GNUTranslations(compiled).gettext("Turn {turn}") == "第{turn}轮"
    assert not list(tmp_path.rglob("*.po"))
    texts = Path("src/crisis_sim/authoring/scaffold_files")
    packed = {path.name for path in (tmp_path / "crisis_sim" / "authoring" / "scaffold_files").iterdir()}
    assert packed == {path.name for path in (ROOT / texts).iterdir()}


def test_an_install_without_its_files_says_so(tmp_path: Path) -> None:
    """Where neither place has them, the sentence names both and the way out."""
    package = tmp_path / "src" / "crisis_sim"
    with pytest.raises(UnreadableInput, match="come with crisis-sim are in neither") as caught:
        shipped_folder(package)
    assert caught.value.code == "install/no-shipped-files"
    assert str(package / "shipped") in str(caught.value)
    assert caught.value.hint
