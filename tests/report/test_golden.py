"""The reports of two sessions read as they did."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.golden import GOLDEN, golden_path, report

from crisis_sim.report.markdown import markdown


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_report_reads_as_it_did(name: str, logs: Path) -> None:
    """To the byte; a change that is meant is written anew by hand, one report at a time."""
    assert markdown(report(name, logs)) == golden_path(name).read_text(encoding="utf-8")
