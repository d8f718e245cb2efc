"""Who sits where, brought back from a log."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.small import SMALL_SCENARIO, small_material

from crisis_sim.cli import main
from crisis_sim.cli.seating import begin_session, resume_session, seat_players
from crisis_sim.engine import actions as a
from crisis_sim.errors import UnreadableInput
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.rules.names import SIDES
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import table_of
from crisis_sim.session.session import Session


def test_briefs_are_explained_where_somebody_asks_for_it(tmp_path: Path) -> None:
    """Behind the public brief, for both teams alike, in the log for good; where nothing explains them it is refused."""
    plain, explained = (
        begin_session(MenuChoice(do="start", scenario="new-virus", length=45, briefs=briefs), place=tmp_path)
        for briefs in ("plain", "explained")
    )
    with plain.session, explained.session:
        for side in SIDES:
            brief = plain.session.seat(side).dossier.brief
            more = explained.session.seat(side).dossier.brief
            assert more["en"].startswith(brief["en"] + "\n\n## Words that experts use here")
            assert more["zh"].startswith(brief["zh"] + "\n\n## 业内用语")
        log = read_log(explained.session.path)
    assert log.header.explained and table_of(log.header, log.path).explained
    with pytest.raises(UnreadableInput, match="small-test has no explained brief"):
        begin_session(
            MenuChoice(do="start", scenario=str(SMALL_SCENARIO), length=45, briefs="explained"), place=tmp_path
        )


def test_two_teams_at_one_screen_are_asked_for_half(tmp_path: Path) -> None:
    """It is in the log for good; a team with the screen to itself is asked for everything."""
    choice = MenuChoice(do="start", scenario="bottomed-submarine", length=90)
    shared, alone = (begin_session(each, place=tmp_path) for each in (choice, replace(choice, china="rota")))
    with shared.session, alone.session:
        both, one = (each.session.seat("us").dossier for each in (shared, alone))
        assert one.instruments and one.call_purposes and len(one.offences) == 8
        assert not (both.instruments or both.call_purposes) and len(both.offences) == 5
        assert both.private_facts == one.private_facts
    log = read_log(shared.session.path)
    assert log.header.one_table and not table_of(log.header, log.path).instruments
    assert not read_log(alone.session.path).header.one_table


def test_a_bot_that_is_not_known_leaves_its_seat_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log of a version with other bots is resumed all the same, and it is said whose seat is empty."""
    with Session.start(
        tmp_path / "a.jsonl", small_material(), seed="1", length=45, bots={"china": ["hawk"], "us": ["mirror"]}
    ) as session:
        session.submit("china", a.TakeSeat(occupant="bot", policy="hawk"))
        session.submit("us", a.TakeSeat(occupant="bot", policy="mirror"))
    table = seat_players(resume_session(session.path))
    table.session.close()
    assert table.people == ("china", "facilitator") and [bot.seat for bot in table.bots] == ["us"]
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\ny\n"))
    assert main(["resume", "--plain", str(session.path)]) == 0
    assert "a bot 'hawk' at china" in capsys.readouterr().err
