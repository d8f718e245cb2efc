"""Twenty exercises at once, whose people come and go and one of whom floods each: no host grows by it (A11)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.rooms.soak import soaked

EXERCISES, MINUTES = 20, 5.0
MOST = 1.0
"""Megabytes an hour that a host may grow by."""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process has in memory is asked of Linux")
async def test_no_host_grows_by_people_who_come_and_go_and_by_floods(tmp_path: Path) -> None:
    """`python -m tests.rooms.soak 60` says more, in an hour."""
    found = await soaked(tmp_path, EXERCISES, MINUTES)
    assert found.interval[1] < MOST, f"{found.slope:.2f} MB an hour, {found.interval}"
    assert found.last - found.first < MOST / 2
    assert found.lost == 0 and found.acknowledged > EXERCISES * MINUTES * 4
    assert found.came_back > EXERCISES * MINUTES / 2 and found.floods > EXERCISES * MINUTES * 10
