"""Logs of every format that was closed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.session.freeze import CLOSED, FROZEN
from tests.session.play import HandClock

from crisis_sim.engine.actions import TakeNote
from crisis_sim.session.branch import branch
from crisis_sim.session.record import FORMAT
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

LOGS = sorted(FROZEN.glob("format-*.jsonl"))


def test_every_format_has_its_log() -> None:
    """None is missing; of what is open there is none to be kept."""
    assert [log.name for log in LOGS] == [f"format-{number}.jsonl" for number in range(1, CLOSED + 1)]
    assert CLOSED <= FORMAT


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_an_old_log_replays_and_plays_on(tmp_path: Path, log: Path) -> None:
    """It is sound, folds to the end of its session, takes a note, and a branch of it is played from its second turn."""
    path = Path(shutil.copy(log, tmp_path))
    assert verify(path).findings == ()
    played = replay(path)
    assert played.state.phase == "closed"
    assert played.state.acts
    with Session.resume(path, clock=HandClock()) as session:
        session.submit("us", TakeNote(text="We remember."))
    with Session.resume(branch(path, turn=2), clock=HandClock()) as session:
        assert (session.state.turn, session.state.phase) == (2, "situation")
