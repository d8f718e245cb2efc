"""Conclusions, decisions and audiences on paper: the whole debrief has both sides', a team's version its own alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import deliver, draft, go_on
from tests.engine.play import Play, shipped
from tests.engine.test_conclusions_seen import draw_back, fill, filled
from tests.engine.test_decisions import answered, asking, next_moves
from tests.replaying.recorded import recorded

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.measures.session_measures import register
from crisis_sim.replaying.replayed import Replayed
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
    assert "of what it concluded or held crossed" in text


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
    whole = [" ".join(replayed.moment("whole", seq).sentences) for seq in replayed.moments("whole")]
    (said,) = (each for each in whole if "answers what it was asked to decide" in each)
    assert SHARED in said and "share-it" not in said
    abroad = [" ".join(replayed.moment("china", seq).sentences) for seq in replayed.moments("china")]
    assert not [each for each in abroad if SHARED in each or "share-it" in each]


def told(path: Path, side: Side, *, shown: bool, to: e.Phase) -> str:
    """A team's version of one act of the US: public words for home, taken to be for the other side."""
    play = Play(shipped("bottomed-submarine"), length=90)
    deliver(play, us=(draft("criticise", "press", "public", intent=1, expected=2, audience="home"),))
    play.submit("china", a.SealReading(item=1, hostility=2, confidence=3, audience="them"))
    go_on(play, "results")
    if shown:
        play.submit("facilitator", a.Reveal(side="us", turn=1, order=1))
    go_on(play, to)
    session = replay(recorded(path, play.actions, shipped("bottomed-submarine"), length=90))
    return markdown(team_report(session, side))


@pytest.mark.parametrize(("shown", "to"), [(False, "closing"), (True, "closing"), (False, "hotwash")])
def test_each_team_reads_its_own_audience_and_the_others_only_once_it_was_shown(
    tmp_path: Path, shown: bool, to: e.Phase
) -> None:
    """Beside what was meant, and beside how it was taken; the hotwash shows all of it."""
    ours, theirs = (told(tmp_path / f"{side}.jsonl", side, shown=shown, to=to) for side in ("us", "china"))
    shown = shown or to == "hotwash"
    assert "rather hostile (+1)<br>mainly for home" in ours
    assert "hostile (+2)<br>as meant mainly for us" in theirs
    assert ("hostile (+2)<br>as meant mainly for them" in ours) is shown
    assert ("rather hostile (+1)<br>mainly for their home" in theirs) is shown
