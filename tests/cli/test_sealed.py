"""What was sealed opens with the hotwash: no verb that tells a whole log does so before, unless it is asked to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.replaying.recorded import played, recorded
from tests.small import SMALL_PACK, small_material

from crisis_sim.cli import main
from crisis_sim.engine import actions as a
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session

pytestmark = pytest.mark.usefixtures("drawn_here")

Captured = pytest.CaptureFixture[str]
SECRET = "We bluff\nTURN 9, and \x1b[31mred\u202e"


@pytest.fixture(params=["opening", "briefing", "moves", "readings"])
def unended(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A log that ends where it is said: with its header, in the briefing, or in turn 1, in which the US alone acts."""
    path = tmp_path / "unended.jsonl"
    with Session.start(path, small_material(), seed="1", length=45) as session:
        if request.param != "opening":
            session.submit("us", a.WriteLine(line="pink", concern="face", says=SECRET, weight=3))
        if request.param in ("moves", "readings"):
            while replay(path).state.phase != "moves":
                session.submit("facilitator", a.Advance())
            draft = a.Draft(
                move="criticise",
                channel="press",
                visibility="public",
                text=SECRET,
                intent=3,
                expected=3,
                audience="home",
            )
            session.submit("us", a.SealMove(draft=draft))
        while request.param == "readings" and replay(path).state.phase != "readings":
            session.submit("facilitator", a.Advance())
    return path


def verbs(log: Path, out: Path) -> list[list[str]]:
    """Every verb that tells a whole log, for one of the small scenario."""
    return [
        ["compare", str(log), str(log)],
        ["compare", str(log), "--under", str(SMALL_PACK)],
        ["verify", str(log), "--findings"],
        ["export", str(log), "-o", str(out), "--bots"],
        ["debrief", str(log), "-o", f"{out}.html"],
        *(["replay", str(log), "--lens", lens] for lens in ("whole", "dual", "us", "china")),
    ]


def test_a_session_in_play_stays_sealed(unended: Path, tmp_path: Path, capsys: Captured) -> None:
    """Nothing of its course is told, the way out is named, and no file is written."""
    for verb in verbs(unended, tmp_path / "out"):
        assert main(verb) == (1 if verb[0] == "verify" else 2)
        out, err = capsys.readouterr()
        assert "has not come to its hotwash" in err and "--open" in err
        assert "bluff" not in out + err and "measures" not in out and "TENSION" not in out
    assert not [*tmp_path.glob("out*")]


@pytest.mark.parametrize("team", ["us", "china"])
def test_a_teams_debrief_stays_sealed_too(unended: Path, team: str, tmp_path: Path, capsys: Captured) -> None:
    """It holds what that team sealed, and whoever is at the machine need not be of that team."""
    page = tmp_path / "page.html"
    assert main(["debrief", str(unended), "--for", team, "-o", str(page)]) == 2
    assert "has not come to its hotwash" in capsys.readouterr().err
    assert not page.exists()


def test_it_opens_on_purpose_wherever_it_ends(unended: Path, tmp_path: Path, capsys: Captured) -> None:
    """An empty log, one cut in the briefing, one in which a team is silent; and no terminal obeys what was written."""
    for verb in verbs(unended, tmp_path / "out"):
        assert main([*verb, "--open"]) == 0
        out, err = capsys.readouterr()
        assert out and "hotwash" not in err
        assert not {"\x1b", "\u202e"} & set(out + err)
        if verb[0] != "replay":  # it quotes what was said line by line, each below its act
            assert not any(line.strip().startswith("TURN 9") for line in out.splitlines())


def test_a_log_that_has_come_to_its_end_is_told(tmp_path: Path, capsys: Captured) -> None:
    """Beside itself, under its own rules again, measured and exported; with no difference and no refusal."""
    log, said = recorded(tmp_path / "log.jsonl", played().actions), []
    for verb in verbs(log, tmp_path / "out"):
        assert main(verb) == 0, verb
        said.append(capsys.readouterr().out)
    assert "Nothing is otherwise" in said[0]
    assert "All acts could be made" in said[1]
    assert json.loads(said[2])["measures"]["course"]["ended"] is True
    assert said[3].startswith("1 session, ")


def test_sessions_of_two_scenarios_are_not_laid_side_by_side(tmp_path: Path, capsys: Captured) -> None:
    """Their turns and tracks have nothing to do with each other."""
    other = tmp_path / "other.jsonl"
    assert main(["play", "new-virus", "--us", "mirror", "--china", "silent", "--log", str(other)]) == 0
    capsys.readouterr()
    assert main(["compare", str(recorded(tmp_path / "log.jsonl", played().actions)), str(other)]) == 2
    assert "A is of 'small-test' and B of 'new-virus'" in capsys.readouterr().err
