"""After a crash the turn's clock stands where it stood, to within a few seconds, however long ago the last act was."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event, current_thread

import pytest
from tests.session.play import STARTED, HandClock
from tests.small import SMALL_SCENARIO, small_material

from crisis_sim.cli import main
from crisis_sim.engine import actions as a
from crisis_sim.session.clock import EVERY, Heartbeat
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import read_tip, tip_path
from crisis_sim.session.verify import verify

pytestmark = pytest.mark.usefixtures("no_sync")
MOST = 5.0
"""Seconds that a crash may give back."""


def killed(path: Path, clock: HandClock, seconds: int) -> None:
    """Play on at `path` for so long without an act, beats as a door gives them, and be killed just before the next.

    In a process of its own: whatever only a proper end does is not done.
    """
    pid = os.fork()
    if pid == 0:
        session = Session.resume(path, clock=clock)
        session.note_open()
        for _ in range(int(seconds // EVERY)):
            clock.now += int(EVERY * 1000)
            session.note_open()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    clock.now += int(seconds // EVERY * EVERY * 1000) + int(EVERY * 1000) - 1


def test_a_crash_gives_back_no_more_than_a_few_seconds(tmp_path: Path) -> None:
    """In the middle of a turn, again and again, with hours between in which nobody had the session open."""
    clock = HandClock(step=0)
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=clock) as session:
        session.submit("facilitator", a.Advance())
        whole = session.seconds_left()
    assert whole is not None
    played = 0.0
    for crash in range(1, 4):
        clock.now += 7_200_000
        killed(session.path, clock, 100)
        played += 99 + EVERY
        clock.now += 7_200_000
        with Session.resume(session.path, clock=clock) as again:
            left = again.seconds_left()
            assert left is not None
            assert 0 <= left - (whole - played) <= MOST * crash
    with Session.resume(session.path, clock=clock) as again:
        before = again.seconds_left()
        entry = again.submit("facilitator", a.TakeNote(text="after three of them"))
        assert again.seconds_left() == before
        assert before is not None
        assert entry.time - entry.away == STARTED + (whole - before) * 1000
    with Session.resume(session.path, clock=clock) as again:
        assert again.seconds_left() == before
    assert verify(session.path).findings == ()


def test_time_between_a_resume_and_the_first_act_counts(tmp_path: Path) -> None:
    """The clock does not jump back when that act comes."""
    clock = HandClock(step=0)
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=clock) as session:
        session.submit("facilitator", a.Advance())
        whole = session.seconds_left()
    assert whole is not None
    clock.now += 3_600_000
    with Session.resume(session.path, clock=clock) as again:
        clock.now += 60_000
        assert again.seconds_left() == whole - 60
        assert again.submit("facilitator", a.TakeNote(text="a minute later")).away == 3_600_000
        assert again.seconds_left() == whole - 60


def test_time_after_the_last_act_counts_where_a_session_is_left(tmp_path: Path) -> None:
    """Who quits in the middle of a turn finds its clock as he left it."""
    clock = HandClock(step=0)
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=clock) as session:
        session.submit("facilitator", a.Advance())
        clock.now += 240_000
        left = session.seconds_left()
    clock.now += 3_600_000
    with Session.resume(session.path, clock=clock) as again:
        assert again.seconds_left() == left


def test_in_a_pause_nothing_runs(tmp_path: Path) -> None:
    """Beats go on, and the clock of the turn does not."""
    clock = HandClock(step=0)
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=clock) as session:
        session.submit("facilitator", a.Advance())
        session.submit("facilitator", a.Pause())
        left = session.seconds_left()
    killed(session.path, clock, 60)
    with Session.resume(session.path, clock=clock) as again:
        assert again.seconds_left() == left


@pytest.mark.parametrize("noted", ["", "open 000000000000000 000000000000000", "open 999999999999999 0", "\0" * 60])
def test_a_time_that_makes_no_sense_is_not_believed(tmp_path: Path, noted: str) -> None:
    """Then the clock stands where the last act left it; it never runs because of what somebody wrote beside the log."""
    clock = HandClock(step=0)
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=clock) as session:
        session.submit("facilitator", a.Advance())
        left = session.seconds_left()
        clock.now += 60_000
    first = tip_path(session.path).read_bytes().splitlines(keepends=True)[0]
    tip_path(session.path).write_bytes(first + noted.encode())
    clock.now += 3_600_000
    with Session.resume(session.path, clock=clock) as again:
        assert again.seconds_left() == left


def test_a_beat_is_seen_by_nobody(tmp_path: Path) -> None:
    """Log, state and views are what they were, and no seat is told."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=HandClock()) as session:
        session.submit("facilitator", a.Advance())
        before, state, view = session.path.read_bytes(), session.state, session.seat("us").view()
        session.note_open()
        assert (session.path.read_bytes(), session.state, session.seat("us").view()) == (before, state, view)
        tip = read_tip(session.path)
        assert tip is not None and tip.open is not None
        assert (tip.seq, tip.hash) == (1, read_log(session.path).last_hash)


def test_a_beat_after_the_end_touches_no_file(tmp_path: Path) -> None:
    """A thread that comes too late does not write into whatever has the number of the file by then."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="1", length=45, clock=HandClock()) as session:
        pass
    other = os.open(tmp_path / "other", os.O_RDWR | os.O_CREAT)
    session.note_open()
    os.close(other)
    assert (tmp_path / "other").read_bytes() == b""


def test_it_beats_in_a_thread_of_its_own_until_it_is_left() -> None:
    """At once, again and again, and never after."""
    beats: list[str] = []
    enough = Event()

    def beat() -> None:
        beats.append(current_thread().name)
        if len(beats) == 3:
            enough.set()

    with Heartbeat(beat, every=0.001):
        assert enough.wait(60)
    count = len(beats)
    assert set(beats) == {"heartbeat"}
    assert not Event().wait(0.02)
    assert len(beats) == count


def test_a_door_beats_while_it_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever plays need not think of it: a game that is killed at a prompt has noted that it was open."""
    path, seen = tmp_path / "a.jsonl", Event()

    class Waiting:
        """A person who types nothing before the door has noted that it is open."""

        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            assert seen.wait(60)
            return "quit\n"

    def noting(session: Session) -> None:
        seen.set()

    monkeypatch.setattr(Session, "note_open", noting)
    monkeypatch.setattr(sys, "stdin", Waiting())
    assert main(["play", str(SMALL_SCENARIO), "--china", "firm", "--log", str(path), "--plain"]) == 0


def test_it_beats_often_enough() -> None:
    """What is promised leaves the machine some time to be late."""
    assert EVERY <= MOST - 1
