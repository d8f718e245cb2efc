"""Conclusions on paper: the whole debrief has both sides' beside crossings, a team's version its own and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import go_on
from tests.engine.play import shipped
from tests.engine.test_conclusions_seen import draw_back, fill, filled
from tests.replaying.recorded import recorded

from crisis_sim.measures.session_measures import register
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import Side
from crisis_sim.session.replay import Replay, replay


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """China concludes in turn 1 and is drawn back in turn 2; the US concludes in turn 3; then the hotwash opens."""
    play = filled()
    draw_back(play)
    play.open_moves()
    fill(play, "us", "hull-survey", 1_000)
    play.turn()
    go_on(play, "hotwash")
    path: Path = tmp_path_factory.mktemp("reported") / "a.jsonl"
    return replay(recorded(path, play.actions, shipped("bottomed-submarine"), length=90))


def test_the_whole_debrief_has_both_sides_conclusions(session: Replay) -> None:
    """In the minute, among the lines, in the timeline, in the turning points, and as an area of both."""
    text = markdown(whole_report(session))
    assert "Conclusions drawn: 1 by the US, in turn 3; 1 by China, in turn 1. Of these, drawn back: 1." in text
    assert "Conclusions drawn" in text.split("## Lines and guesses of them")[1]
    assert "drawn back in turn 2" in text and "not drawn back" in text
    assert text.count("Full, and a conclusion drawn: ") == 4 and text.count("Further from a conclusion: ") == 2
    assert "Conclusions that nobody was drawn back from: 1." in text
    assert "of its conclusions" in text


@pytest.mark.parametrize(
    ("side", "told", "ours"),
    [
        ("us", "Conclusions that we drew: 1; that we were drawn back from: 0.", "hull"),
        ("china", "Conclusions that we drew: 1; that we were drawn back from: 1.", "alliance"),
    ],
)
def test_a_teams_version_holds_its_own_conclusions_alone(session: Replay, side: Side, told: str, ours: str) -> None:
    """Whether or not the hotwash has opened them to the room."""
    text = markdown(team_report(session, side))
    assert told in text
    believed = [row for row in text.splitlines() if "We now believe" in row]
    assert len(believed) == 1 and ours in believed[0]
    kept = {each.side: each for each in register(session).conclusions}
    assert [kept["us"].drawn_back, kept["china"].drawn_back] == [0, 2]
    assert kept[side].felt_moved == 300 and kept[side].trust_moved == -100


def test_it_reads_in_chinese(session: Replay) -> None:
    """The minute's sentence, to the letter."""
    text = markdown(whole_report(session, "zh"))
    assert "形成的判断：美方1项（第3轮）；中方1项（第1轮）。其中松动：1项。" in text
