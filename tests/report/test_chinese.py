"""The debriefs of all that ship, in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.thinning import one_in

from crisis_sim.cli.exemplary import exemplary_log
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.session.replay import replay

SCENARIOS = sorted(path.name for path in Path("scenarios").iterdir() if path.is_dir())
TWO_STOPS = re.compile(r"[。？！…][。；：]|[。；：，][。；：，]")
"""Two marks that each end or part a sentence, side by side."""
QUOTED_TWICE = re.compile(r"“[^”]*“")


@pytest.mark.parametrize("scenario", one_in(4, SCENARIOS))
def test_a_debrief_is_set_as_chinese_is_printed(scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sentence ends twice, and a quotation in another has the inner marks, in no team's version either."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    played = replay(exemplary_log(scenario))
    for report in (whole_report(played, "zh"), team_report(played, "us", "zh"), team_report(played, "china", "zh")):
        text = markdown(report)
        assert TWO_STOPS.findall(text) == []
        assert QUOTED_TWICE.findall(text) == []
