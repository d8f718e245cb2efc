"""A failure while a log is told is the log's own only where judging it again shows that it was written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.forged import everywhere, forged
from tests.session.test_contrast import played

from crisis_sim.errors import LogDamaged
from crisis_sim.session.verify import told_from


def test_a_fault_of_ours_stays_one_where_the_log_is_sound(tmp_path: Path) -> None:
    """Nothing is laid at the door of a log that is what was played."""
    with pytest.raises(KeyError), told_from(played(tmp_path / "a.jsonl")):
        raise KeyError


def test_a_forged_log_is_named_with_its_entry(tmp_path: Path) -> None:
    """Whichever of several it is."""
    good = played(tmp_path / "a.jsonl")
    bad = forged(tmp_path / "b.jsonl", good, everywhere("intent", 9))
    with pytest.raises(LogDamaged, match=r"b\.jsonl cannot be told: entry \d+ ") as caught, told_from(good, bad):
        raise KeyError
    assert caught.value.line == caught.value.last_good + 2
    assert "verify b.jsonl" in caught.value.hint
