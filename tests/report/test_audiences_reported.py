"""Whom public words were for, on a team's paper: what it said itself, and of the other what was shown to both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import deliver, draft, go_on
from tests.engine.play import Play, shipped
from tests.replaying.recorded import recorded

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.report.markdown import markdown
from crisis_sim.report.team_report import team_report
from crisis_sim.rules.names import Side
from crisis_sim.session.replay import replay


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
