"""Golden playthroughs say what they said; every rule fires in one, and every shipped scenario is played."""

from __future__ import annotations

from functools import cache

import pytest
from tests.playthroughs import golden
from tests.playthroughs.golden import RULES, TABLE, Played, all_rules, golden_path, names, table
from tests.scenarios.promises import SCENARIOS, tracked

again = cache(golden.again)

LONGEST, SHORT, ALL = 400, 64, 6000
"""Lines of a golden, of an exemplary session, and of all together, so that a reviewer reads them."""


each = pytest.mark.parametrize("name", names(), scope="module")
"""Both tests of one side by side, so that the process which plays it for one has it for the other."""


@each
def test_a_playthrough_reads_the_same_when_it_is_played_again(name: str) -> None:
    """What was typed leads to the same text, to the letter; `scripts/golden NAME` writes a changed one down."""
    assert again(name).text == golden_path(name).read_text(encoding="utf-8")


@each
def test_the_log_of_a_playthrough_is_sound(name: str) -> None:
    """What it leaves, judged again from its own acts, is what it says."""
    assert again(name).unsound == ()


def test_goldens_are_short_enough_to_be_read() -> None:
    """None is long, an exemplary session fits on a page, and all of them are read in an hour."""
    lines = {name: len(golden_path(name).read_text(encoding="utf-8").splitlines()) for name in names()}
    for name in tracked():
        lines[f"exemplary-{name}"] += len((SCENARIOS / name / "example.yaml").read_text(encoding="utf-8").splitlines())
    most = {name: SHORT if name.startswith("exemplary-") else LONGEST for name in lines}
    assert {name: count for name, count in lines.items() if count > most[name]} == {}
    assert sum(lines.values()) <= ALL


def test_every_rule_fires() -> None:
    """Every rule of every shipped pack fires in a playthrough that was made for rules of its kind."""
    fired = frozenset[tuple[str, str]]().union(*(game.fired for game in of_rules().values()))
    assert [rule for rule in all_rules() if rule not in fired] == []


def test_the_table_of_rules_is_fresh() -> None:
    """The page says where each rule fires; `scripts/golden rules` writes it."""
    assert TABLE.read_text(encoding="utf-8") == table(of_rules())


def test_every_shipped_scenario_has_an_exemplary_session() -> None:
    """Each is played in a session of its own name, in which people act by hand from the first turn to the last."""
    heads = {name: golden_path(name).read_text(encoding="utf-8").partition("---\n")[0] for name in names()}
    assert [name for name in tracked() if f"scenario: {name}\n" not in heads.get(f"exemplary-{name}", "")] == []


def of_rules() -> dict[str, Played]:
    """The playthroughs that were made for rules."""
    return {name: again(name) for name in names() if name.startswith(RULES)}


def test_in_exemplary_sessions_both_sides_guess_and_forecast() -> None:
    """So that the replay and the debrief of each have these pages, too."""
    for name in tracked():
        acts = [line for line in golden.example_of(name).acts if "tell" not in line]
        assert "guesses" in acts[0] and "guesses" in acts[-1], name
        assert sum("forecasts" in (line.get("next") or {}) for line in acts) >= 3, name
