"""Decisions on paper and in a replay: the whole has both sides', a team its own and nothing of the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import go_on
from tests.engine.play import shipped
from tests.engine.test_decisions import answered, asking, next_moves
from tests.replaying.recorded import recorded

from crisis_sim.replaying.replayed import Replayed
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.session.replay import replay

SHARED = "Whatever helps to find the hatch goes to whoever dives"
ASKED = "What each was asked to decide"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The US answers at once and China lets two turns pass; then the hotwash opens."""
    play = asking()
    answered(play, "share-it")
    next_moves(play)
    go_on(play, "hotwash")
    path: Path = tmp_path_factory.mktemp("decided") / "a.jsonl"
    return recorded(path, play.actions, shipped("bottomed-submarine"), length=90)


def test_the_whole_debrief_says_what_each_was_asked_and_what_it_made_of_it(log: Path) -> None:
    """With what moved, and how many each answered."""
    text = markdown(whole_report(replay(log)))
    told = text.split(ASKED)[1].split("###")[0]
    assert SHARED in told and "it acted by itself" in told and "what moved" in told
    assert "US answered 1 of " in told and "China answered 0 of " in told


def test_a_teams_debrief_has_its_own_alone(log: Path) -> None:
    """And no number of the other side's that followed."""
    us, china = (markdown(team_report(replay(log), side)) for side in ("us", "china"))
    told = us.split("## What we were asked to decide")[1].split("##")[0]
    assert SHARED in told and "what moved" not in told and "China" not in told
    assert SHARED not in china and "it acted by itself" in china.split("## What we were asked to decide")[1]


def test_a_replay_shows_an_answer_in_its_words(log: Path) -> None:
    """And not by its id; to the other side it is no moment at all."""
    replayed = Replayed.opened(log)
    whole = [" ".join(replayed.moment("whole", seq).told) for seq in replayed.moments("whole")]
    (said,) = (each for each in whole if "answers what it was asked to decide" in each)
    assert SHARED in said and "share-it" not in said
    abroad = [" ".join(replayed.moment("china", seq).told) for seq in replayed.moments("china")]
    assert not [each for each in abroad if SHARED in each or "share-it" in each]
