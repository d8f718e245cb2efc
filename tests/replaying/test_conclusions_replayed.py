"""Conclusions in a replay: moments to step through, in each lens only what that seat may see."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.play import shipped
from tests.engine.test_conclusions_seen import draw_back, filled
from tests.replaying.recorded import recorded

from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.replayed import Replayed

BELIEF, EASED = "We now believe that they are coming for our red line", "We are further from believing"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """A session in which China draws a conclusion in turn 1 and is drawn back in turn 2; its hotwash has not opened."""
    play = filled()
    draw_back(play)
    path: Path = tmp_path_factory.mktemp("replayed") / "a.jsonl"
    return Replayed.opened(recorded(path, play.actions, shipped("bottomed-submarine"), length=90))


def told(replayed: Replayed, lens: Lens) -> list[str]:
    """All that the lens tells, moment by moment, with the reasons that it shows."""
    return [" ".join((*replayed.moment(lens, seq).told, *replayed.traces(lens, seq))) for seq in replayed.moments(lens)]


@pytest.mark.parametrize("lens", ["china", "dual"])
def test_its_owner_steps_through_what_it_believed(replayed: Replayed, lens: Lens) -> None:
    """One moment tells of the conclusion, a later one of being drawn back."""
    belief, eased = (
        [place for place, each in enumerate(told(replayed, lens)) if says in each] for says in (BELIEF, EASED)
    )
    assert len(belief) == len(eased) == 1 and belief < eased
    assert [replayed.place(lens, seq) for seq in replayed.find(lens, BELIEF)] == belief


def test_the_other_team_is_told_nothing_of_it(replayed: Replayed) -> None:
    """Neither in a moment nor in a search, nor by the name of the line."""
    assert not [each for each in told(replayed, "us") if "believ" in each or "conclusion" in each]
    assert not replayed.find("us", BELIEF) and not replayed.find("us", "alliance-command")


def test_the_whole_has_the_reasons_and_jumps_there(replayed: Replayed) -> None:
    """What it moved, in the reasons of pressure and of what was felt; its turns are turning points."""
    whole = told(replayed, "whole")
    assert any("China drew a conclusion" in each for each in whole)
    assert any("China was drawn back from a conclusion" in each for each in whole)
    jumps = {jump.says: jump.seq for jump in replayed.turning("whole", replayed.last)}
    drawn = next(seq for says, seq in jumps.items() if "China drew a conclusion on" in says)
    assert any("China further from a conclusion on" in says for says in jumps)
    assert "China drew a conclusion" in " ".join(replayed.traces("whole", drawn))
    numbers = {curve.number.key: curve.number for curve in replayed.curves("whole", replayed.last)}
    for key in ("pressure:china/alliance-command", "felt:china"):
        reasons = [reason.sentence for reason in replayed.why("whole", replayed.last, numbers[key])]
        assert any("conclusion" in sentence for sentence in reasons)
