"""Warnings that an author allows in place, and comments that allow nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.content.mistakes import make, read_mistake
from tests.small import SMALL, SMALL_SCENARIO, check_paths

RED_ALONE = Path(__file__).parent / "data" / "lint" / "red-alone.txt"
ITEM = "      - id: shadowing\n"
ALLOW = "# lint: allow red-alone – because it is meant"


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small scenario with a red line to which nothing leads."""
    make(read_mistake(RED_ALONE), tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path / SMALL_SCENARIO.relative_to(SMALL)


def codes(scenario: Path, old: str, new: str) -> list[str]:
    text = scenario.read_text("utf-8")
    assert text.count(old) == 1
    scenario.write_text(text.replace(old, new), "utf-8")
    return [problem.code.removeprefix("lint/") for problem in check_paths(["."])]


@pytest.mark.parametrize(
    "item",
    [
        f"      {ALLOW}\n{ITEM}",
        f"{ITEM[:-1]} {ALLOW}\n",
        f"      {ALLOW}\n      # and so it is\n{ITEM}",
        f"      # lint: allow red-alone because it is meant\n{ITEM}",
        f"      # lint: allow lint/red-alone - it is meant\n{ITEM}",
        f"      # lint: allow red-alone : it is meant\n{ITEM}",
    ],
)
def test_a_warning_is_allowed_on_its_line_or_above_it(scenario: Path, item: str) -> None:
    """With a reason, in whatever way the reason is set off."""
    assert codes(scenario, ITEM, item) == []


@pytest.mark.parametrize(
    ("item", "left"),
    [
        (f"      # lint: allow red-alone\n{ITEM}", ["silence-reason", "red-alone"]),
        (f"      # lint: allow red-alone – because\n{ITEM}", ["silence-reason", "red-alone"]),
        (f"      # lint: allow red-alon – it is meant\n{ITEM}", ["silence-unknown", "red-alone"]),
        (f"      # lint: red-alone is meant\n{ITEM}", ["silence-form", "red-alone"]),
        (f"      {ALLOW}\n\n{ITEM}", ["silence-idle", "red-alone"]),
        (f"{ITEM}      {ALLOW}\n", ["red-alone", "silence-idle"]),
        (f"      # lint: allow red-alone, pink-idle – it is meant\n{ITEM}", ["silence-idle"]),
    ],
)
def test_a_comment_that_allows_nothing_is_warned_of(scenario: Path, item: str, left: list[str]) -> None:
    """No reason, no such warning, no such form, or nothing there to allow."""
    assert codes(scenario, ITEM, item) == left


def test_the_nearest_warning_is_suggested(scenario: Path) -> None:
    """A slip in a code is answered with the right one, under the comment."""
    codes(scenario, ITEM, f"      # lint: allow red-alon – it is meant\n{ITEM}")
    shown = check_paths(["."]).shown().split("\n")
    assert shown[:4] == [
        "scenarios/small-test/scenario.yaml:63:7: warning [silence-unknown]: there is no warning called 'red-alon'",
        "    |       # lint: allow red-alon – it is meant",
        "    |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "    hint: did you mean 'red-alone'?",
    ]


@pytest.mark.parametrize(
    "says", [f'"{ALLOW}"', f">-\n          {ALLOW}", f"|\n          Shadowing.\n          {ALLOW}"]
)
def test_words_are_no_comment(scenario: Path, says: str) -> None:
    """A text that looks like a silence is a text."""
    assert codes(scenario, "Shadowing our tug.\n", f"{says}\n") == ["red-alone"]


def test_errors_are_never_allowed(scenario: Path) -> None:
    """A mistake stays a mistake, whatever stands above it."""
    found = codes(
        scenario,
        "        says: Shadowing our tug.\n",
        "        # lint: allow content/unknown-key – why not\n        sais: x\n",
    )
    assert "red-alone" not in found
    assert any(code.startswith("content/") for code in found)


def test_a_pack_may_allow_what_another_scenario_is_warned_of(scenario: Path) -> None:
    """In a rule pack no silence is called idle, and one that is wrong is still warned of."""
    pack = Path("rules/small.yaml")
    text = pack.read_text("utf-8")
    pack.write_text(
        text.replace("\nrules:\n", "\n# lint: allow answer-idle – for another scenario\nrules:\n", 1), "utf-8"
    )
    assert [problem.code for problem in check_paths(["."])] == ["lint/red-alone"]
    pack.write_text(text.replace("\nrules:\n", "\n# lint: allow answer-idle\nrules:\n", 1), "utf-8")
    assert [problem.code for problem in check_paths(["."])] == ["lint/silence-reason", "lint/red-alone"]


def test_what_reading_warns_of_is_allowed_too(scenario: Path) -> None:
    """A warning that is given before the linter begins is allowed in the same way."""
    codes(scenario, ITEM, f"      {ALLOW}\n{ITEM}")
    assert codes(scenario, "id: small-test\n", "id: small-tests\n") == ["file-name"]
    allowed = "# lint: allow file-name – because the folder is older\nid: small-tests\n"
    assert codes(scenario, "id: small-tests\n", allowed) == []
