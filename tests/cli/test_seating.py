"""Who sits where, brought back from a log."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.small import small_material

from crisis_sim.cli import main
from crisis_sim.cli.seating import resumed, seated
from crisis_sim.engine import actions as a
from crisis_sim.session.session import Session


def test_a_bot_that_is_not_known_leaves_its_seat_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log of a version with other bots is resumed all the same, and it is said whose seat is empty."""
    with Session.start(
        tmp_path / "a.jsonl", small_material(), seed="1", length=45, bots={"china": ["hawk"], "us": ["mirror"]}
    ) as session:
        session.submit("china", a.TakeSeat(occupant="bot", policy="hawk"))
        session.submit("us", a.TakeSeat(occupant="bot", policy="mirror"))
    table = seated(resumed(session.path))
    table.session.close()
    assert table.people == ("china", "facilitator") and [bot.seat for bot in table.bots] == ["us"]
    monkeypatch.setattr("sys.stdin", io.StringIO("quit\ny\n"))
    assert main(["resume", "--plain", str(session.path)]) == 0
    assert "a bot 'hawk' at china" in capsys.readouterr().err
