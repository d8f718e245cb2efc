"""A submit that is named counts once, however often it is sent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.session.freeze import FROZEN
from tests.session.play import HandClock
from tests.session.test_verify import forged
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

pytestmark = pytest.mark.usefixtures("no_sync")
NOTE = a.TakeNote(text="They wait.")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="ref", length=45, clock=HandClock()) as session:
        yield session


def test_a_submit_that_is_sent_again_is_answered_and_not_done_again(session: Session) -> None:
    """The answer is the entry that it led to; the log and the state stay as they are."""
    entry = session.submit("us", NOTE, "us-1")
    state, data = session.state, session.path.read_bytes()
    assert session.submit("us", NOTE, "us-1") == entry
    assert session.state is state
    assert session.path.read_bytes() == data
    assert entry.ref == "us-1"


def test_it_is_known_after_a_crash(session: Session) -> None:
    """The log names it, so that a resumed session, and a branch of it, answers with the same entry."""
    entry = session.submit("us", NOTE, "us-1")
    session.submit("us", NOTE)
    session.close()
    for path in (session.path, branch(session.path)):
        with Session.resume(path, clock=HandClock()) as again:
            found = again.submit("us", NOTE, "us-1")
            assert (found.seq, found.action) == (entry.seq, entry.action)
        assert len(read_log(path).entries) == 2


def test_another_act_under_a_known_name_is_refused(session: Session) -> None:
    """Nobody takes an answer for an act that was never done; another seat's names are its own."""
    session.submit("us", NOTE, "1")
    with pytest.raises(ActionRefused) as refused:
        session.submit("us", a.TakeNote(text="They answer."), "1")
    assert refused.value.code == "ref/other-act"
    assert session.submit("china", NOTE, "1").seq == 2


def test_what_was_refused_may_be_sent_again(session: Session) -> None:
    """Only what counts is known by its name."""
    with pytest.raises(ActionRefused):
        session.submit("us", a.CommitMoves(), "us-1")
    assert session.submit("us", NOTE, "us-1").seq == 1


@pytest.mark.parametrize("ref", ["", "x" * 65, "two words", "海", "a\n"])
def test_what_is_no_name_is_refused(session: Session, ref: str) -> None:
    """A name is short and plain, and nothing is written for another."""
    before = session.path.read_bytes()
    with pytest.raises(ActionRefused) as refused:
        session.submit("us", NOTE, ref)
    assert refused.value.code == "ref/malformed"
    assert session.path.read_bytes() == before


def test_a_branch_made_by_rolling_back_is_made_once(session: Session) -> None:
    """Where the session names the branch, the same submit means the same branch."""
    session.submit("facilitator", a.Advance())
    back = a.RollBack(turn=1, child="")
    entry = session.submit("facilitator", back, "back")
    assert session.submit("facilitator", back, "back") == entry
    assert len(list(session.path.parent.glob("*.jsonl"))) == 2


def test_an_act_without_a_name_leaves_no_trace_of_one(session: Session) -> None:
    """Doors of this machine name no submits; their lines have no field for it."""
    session.submit("us", NOTE)
    assert "ref" not in json.loads(session.path.read_bytes().splitlines()[1])


def test_a_log_of_format_1_keeps_its_form(tmp_path: Path) -> None:
    """Played on, it is still what a program for that format reads."""
    path = Path(shutil.copy(FROZEN / "format-1.jsonl", tmp_path))
    with Session.resume(path, clock=HandClock()) as session:
        assert session.submit("us", NOTE, "us-1") == session.submit("us", NOTE, "us-1")
    assert "ref" not in json.loads(path.read_bytes().splitlines()[-1])
    assert verify(path).is_sound


def test_one_name_for_two_acts_is_found(session: Session) -> None:
    """No session writes that."""
    session.submit("us", NOTE, "1")
    session.submit("us", NOTE, "2")
    (finding,) = verify(forged(session.path, 2, ref="1")).findings
    assert finding.sentence == "entry 2 (line 3) bears a name that an earlier submit of its seat has"
