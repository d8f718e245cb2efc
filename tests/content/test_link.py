"""What a file says and what files say about each other: one mistake a file, with the exact text it prints."""

from __future__ import annotations

import re
from contextlib import nullcontext
from itertools import chain
from pathlib import Path

import pytest
from tests.content.mistakes import BAD, left_in_english, make, read_mistake
from tests.small import SMALL, SMALL_SCENARIO, check_paths
from tests.thinning import one_in

from crisis_sim.content import where
from crisis_sim.content.load import load_material
from crisis_sim.content.where import ACT, Where
from crisis_sim.problems import ProblemsFound
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.pack import RuleMoment

MISTAKES = sorted(chain.from_iterable((BAD / kind).glob("*.txt") for kind in ("models", "links")))

JARGON = re.compile(r"Input should|validat|tuple|dict|None|str_|pydantic|[Ll]iteral|\bint\b|\bstr\b")


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_mistake_prints_where_it_is_and_what_to_write_instead(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each prints exactly what its file says, in no words of the checker's own."""
    mistake = read_mistake(path)
    make(mistake, tmp_path)
    monkeypatch.chdir(tmp_path)
    problems = check_paths(["."])
    assert problems.shown() + "\n" == mistake.printed
    assert left_in_english(problems) == []
    assert not JARGON.search(" ".join(f"{problem.message} {problem.hint}" for problem in problems))
    assert {problem.code.partition("/")[0] for problem in problems} <= {"content", "link", "lint", "file"}


@pytest.mark.parametrize("path", one_in(16, MISTAKES), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_error_keeps_a_scenario_from_loading(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a warning does not."""
    make(read_mistake(path), tmp_path)
    monkeypatch.chdir(tmp_path)
    is_kept = pytest.raises(ProblemsFound) if check_paths(["."]).errors else nullcontext()
    with is_kept:
        load_material(SMALL_SCENARIO.relative_to(SMALL))


def test_the_small_scenario_has_no_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mistake nothing is printed, not even a warning."""
    monkeypatch.chdir(SMALL)
    assert check_paths(["."]).shown() == ""


def test_every_key_says_where_it_may_stand() -> None:
    """A key without a record would be allowed nowhere, and one without a place is a slip."""
    for model in (Condition, Effects):
        assert list(keys_of(model)) == list(model.model_fields)
        assert all(key.where for key in keys_of(model).values())
    assert frozenset(Condition.model_fields) > ACT > {"move", "intent"}


def test_every_moment_has_its_row_in_the_table() -> None:
    """Rules of every moment are checked."""
    moments: tuple[str, ...] = RuleMoment.__args__  # type: ignore[attr-defined]  # a Literal has its values
    assert set(where.RULES) == set(moments)


def test_no_row_for_packs_names_a_country() -> None:
    """The guardrail that no rule favours a country is in the table."""
    rows: list[Where] = [*where.RULES.values(), where.BREAKS, where.DEFAULT_CROSSING]
    assert all(row.roles.isdisjoint(where.COUNTRIES) for row in rows)


def test_places_without_an_act_ask_nothing_of_one() -> None:
    """Where there is no act at hand, no key that asks for it is allowed."""
    rows: list[Where] = [*where.RULES.values(), where.INJECT, where.MARK, where.STOPS, where.FORECAST, where.CROSSING]
    assert all(row.act or row.asks.isdisjoint(ACT) for row in rows)
