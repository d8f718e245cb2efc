"""Kept logs are real ones: verified, marked as played by bots, and the run that they say they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec import Raw
from msgspec.structs import replace
from tests.playtest.experiments import subject

from crisis_sim.engine.actions import TakeSeat
from crisis_sim.engine.inheritance import Inheritance
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.experiment import keep, prepare
from crisis_sim.playtest.game import Bots, played
from crisis_sim.playtest.run_measures import FinishedSession
from crisis_sim.session.log import read_log
from crisis_sim.session.record import Header
from crisis_sim.session.replay import replay, reuse_table
from crisis_sim.session.verify import verify

EARLIER = Inheritance(session="0", hash="0", title={}, trust={}, readiness={}, promises=(), principles=(), acts=())
BOTS = Bots("curious", "salami", 50)


def kept(folder: Path, stem: str = "a") -> Path:
    return keep(folder, stem, subject().table, BOTS, seed="1-17")


def test_a_kept_log_is_sound(tmp_path: Path) -> None:
    """Nothing in it was changed, and judging its acts again gives the same results."""
    assert verify(kept(tmp_path)).findings == ()


def test_a_kept_log_is_synced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its end, with all of it written; nobody waits for it before."""
    sizes: list[int] = []
    sync = "fdatasync" if hasattr(os, "fdatasync") else "fsync"
    monkeypatch.setattr(os, sync, lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
    monkeypatch.setattr("crisis_sim.session.disk.sync_folder", lambda folder: None)
    log = kept(tmp_path)
    assert sizes == [log.stat().st_size]


def test_a_kept_log_is_played_and_judged_again_on_the_table_of_its_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is compiled for it; what a log holds that is not the very same is made from what that log holds."""
    table, made = subject().table, list[Header]()
    log = read_log(kept(tmp_path))

    def make(header: Header, path: Path) -> GameTable:
        made.append(header)
        return table

    monkeypatch.setattr("crisis_sim.session.replay.table_of", make)
    keep(tmp_path, "b", table, BOTS, seed="1")
    assert made == []
    others = [
        replace(log.header, material=Raw(bytes(log.header.material) + b" ")),
        replace(log.header, length=90),
        replace(log.header, show="all"),
        replace(log.header, options={"one_table": True}),
        replace(log.header, inherits=EARLIER),
    ]
    for other in others:
        reuse_table(table)(other, log.path)
    assert made == others


def test_a_kept_log_is_the_run(tmp_path: Path) -> None:
    """Its events are those of the run in memory, and so is everything that was measured."""
    log = kept(tmp_path)
    again = replay(log)
    events = [event for entry in again.log.entries for event in entry.events]
    ended = FinishedSession(again.table, again.state, events)
    record = played(subject().table, BOTS, "1-17", subject().measures)
    assert tuple(measure.read(ended) for measure in subject().measures) == record.values
    assert again.state.phase == "closed"


def test_the_same_seed_gives_the_same_entries(tmp_path: Path) -> None:
    """But for the time at which they were written and the hashes that answer for it; the session's id is the same."""
    first, second = (read_log(kept(tmp_path / name)) for name in ("one", "two"))
    assert [(e.seq, e.seat, e.action, e.events) for e in first.entries] == [
        (e.seq, e.seat, e.action, e.events) for e in second.entries
    ]
    assert first.header.session == second.header.session


def test_the_log_says_that_bots_played(tmp_path: Path) -> None:
    """Who sits where is the first thing in it."""
    entries = read_log(kept(tmp_path)).entries
    assert [(entry.seat, entry.action) for entry in entries[:3]] == [
        ("us", TakeSeat(occupant="bot", policy="curious")),
        ("china", TakeSeat(occupant="bot", policy="salami")),
        ("facilitator", TakeSeat(occupant="bot", policy="auto")),
    ]


def test_no_log_is_written_over_another(tmp_path: Path) -> None:
    """The second of a name gets the next one."""
    assert [kept(tmp_path).name for _ in range(3)] == ["a.jsonl", "a-2.jsonl", "a-3.jsonl"]


def test_a_folder_that_cannot_be_written_is_told_before_play(tmp_path: Path) -> None:
    """A file is in the way: a sentence, and nothing made."""
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(UnreadableInput) as caught:
            prepare(place)
        assert str(caught.value).startswith("nothing can be written to the folder ")
    prepare(tmp_path / "new" / "deeper")
    assert list((tmp_path / "new" / "deeper").iterdir()) == []
