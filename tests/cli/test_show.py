"""`show --paths`: how few small acts cross each red line."""

from __future__ import annotations

import pytest
from tests.small import SMALL_PACK, SMALL_SCENARIO

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


def test_paths_are_told_act_by_act(capsys: Captured) -> None:
    """Each red line with the acts that cross it together and the pressure after each; the rest is left out."""
    assert main(["show", str(SMALL_SCENARIO), "--paths"]) == 0
    shown = capsys.readouterr().out
    assert "United States: Boarding the ferry without the host. (boarding)" in shown
    assert "through hull-survey, in turn 1 of a session of 150 minutes:" in shown
    assert "turn 1, T+0h  3.75 → 6.75 of 4  Offer help – Leave the other side out." in shown
    assert "through public-blame" in shown
    assert "For the US team" not in shown


def test_only_a_scenario_has_paths(capsys: Captured) -> None:
    """A rule pack has no lines to cross, and that is said."""
    assert main(["show", "core", "--paths"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "there is no scenario 'core'" in captured.err


def test_a_pack_goes_by_its_path(capsys: Captured) -> None:
    """As by its name: its rules are shown, and nothing is said as of a scenario with mistakes."""
    assert main(["show", str(SMALL_PACK)]) == 0
    captured = capsys.readouterr()
    assert "rules:" in captured.out
    assert captured.err == ""
