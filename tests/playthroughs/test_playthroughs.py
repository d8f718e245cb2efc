"""Golden playthroughs say what they said, and between them they set off every rule of every shipped pack."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.playthroughs.golden import Played, all_rules, golden_path, names, played
from tests.scenarios.test_every import tracked


@cache
def again(name: str) -> Played:
    with TemporaryDirectory() as folder:
        return played(golden_path(name).read_text(encoding="utf-8"), Path(folder))


@pytest.mark.parametrize("name", names())
def test_a_playthrough_reads_the_same_when_it_is_played_again(name: str) -> None:
    """What was typed leads to the same text, to the letter; `scripts/golden NAME` writes a changed one down."""
    assert again(name).text == golden_path(name).read_text(encoding="utf-8")


def test_every_rule_fires() -> None:
    """Every rule of core and of both answers on the safety net fires in some playthrough."""
    fired = frozenset[tuple[str, str]]().union(*(again(name).fired for name in names()))
    assert sorted(all_rules() - fired) == []


def test_every_shipped_scenario_is_played() -> None:
    """Each scenario that is shipped has a playthrough."""
    heads = [golden_path(name).read_text(encoding="utf-8").partition("---\n")[0] for name in names()]
    chosen = {line.removeprefix("scenario: ") for head in heads for line in head.splitlines()}
    assert [scenario for scenario in tracked() if scenario not in chosen] == []
