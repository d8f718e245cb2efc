"""Kept logs are real ones: verified, marked as played by bots, and the run that they say they are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.playtest.experiments import subject

from crisis_sim.content.material import Material
from crisis_sim.engine.actions import TakeSeat
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.experiment import keep, prepare
from crisis_sim.playtest.game import Bots, played
from crisis_sim.playtest.run_measures import Ended
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import TableCache, replay
from crisis_sim.session.verify import verify

BOTS = Bots("curious", "salami", 50)


def kept(folder: Path, stem: str = "a") -> Path:
    return keep(folder, stem, subject().material, BOTS, seed="1-17", length=45)


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


def test_kept_logs_of_a_subject_are_played_on_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checked and compiled once, from what the first of them holds, however many are written and verified."""
    built: list[str] = []

    def build_once_more(material: Material, *, seed: str, **more: Any) -> GameTable:  # Any: what a table is built with
        built.append(seed)
        return build_table(material, seed=seed, **more)

    monkeypatch.setattr("crisis_sim.session.replay.build_table", build_once_more)
    tables = TableCache()
    for seed in ("1", "2", "3"):
        keep(tmp_path, "a", subject().material, BOTS, seed=seed, length=45, tables=tables)
    assert built == ["1"]


def test_a_kept_log_is_the_run(tmp_path: Path) -> None:
    """Its events are those of the run in memory, and so is everything that was measured."""
    log = kept(tmp_path)
    again = replay(log)
    events = [event for entry in again.log.entries for event in entry.events]
    ended = Ended(again.table, again.state, events)
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
