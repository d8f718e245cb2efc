"""Where the extra `research` is missing, one sentence says what is needed and how to get it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crisis_sim.errors import UnreadableInput
from crisis_sim.research.research_extra import require
from crisis_sim.wording import failure


def test_what_is_there_is_asked_for_in_silence() -> None:
    """Nothing happens where all modules can be imported."""
    require("`crisis-sim study`", "json", "csv")


def test_what_is_missing_is_named_with_its_way_out() -> None:
    """Only what is missing is named; in a checkout the way out is its script."""
    with pytest.raises(UnreadableInput) as told:
        require("`crisis-sim study`", "json", "no_such_one", "no_such_two")
    assert told.value.code == "extra/research"
    assert str(told.value) == "`crisis-sim study` needs no_such_one and no_such_two, which are not installed here"
    assert told.value.hint == "scripts/venv research installs it"
    assert told.value.exit_code == 2
    assert failure(told.value, "zh") == (
        "`crisis-sim study`需要no_such_one和no_such_two，而此处没有安装",
        "用 scripts/venv research 安装",
    )


def test_away_from_a_checkout_the_way_out_is_pip(tmp_path: Path) -> None:
    """An installed package names the extra."""
    with pytest.raises(UnreadableInput) as told:
        require("`crisis-sim query`", "no_such_one", package=tmp_path / "site-packages" / "crisis_sim")
    assert str(told.value) == "`crisis-sim query` needs no_such_one, which is not installed here"
    assert told.value.hint == 'pip install "crisis-sim[research]" installs it'
