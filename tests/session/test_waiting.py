"""Who waits for the disk: whoever plays, at every act; for a log that nobody waits for, once, at its end."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.session.play import HandClock, legal_play
from tests.small import small_material

from crisis_sim.errors import StorageFailed
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import TableCache
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import read_tip
from crisis_sim.session.verify import verify

SYNC = "fdatasync" if hasattr(os, "fdatasync") else "fsync"
ENTRIES = 30


def begun(place: Path, *, waits: bool) -> Session:
    return Session.start(place, small_material(), seed="seed", length=45, session="one", clock=HandClock(), waits=waits)


def played(place: Path, *, waits: bool) -> Path:
    """A closed log of so many acts."""
    with begun(place, waits=waits) as session:
        assert len(list(legal_play(session, 5, ENTRIES))) == ENTRIES
    return place


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of the file at each sync of one; folders are not among them."""
    sizes: list[int] = []
    monkeypatch.setattr(os, SYNC, lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
    monkeypatch.setattr("crisis_sim.session.disk.sync_folder", lambda folder: None)
    return sizes


def test_every_act_of_a_session_waits_for_the_disk(tmp_path: Path, synced: list[int]) -> None:
    """One sync for each entry, and one that makes sure of the header before the first."""
    place = played(tmp_path / "a.jsonl", waits=True)
    lines = place.read_bytes().splitlines(keepends=True)
    ends = [sum(map(len, lines[:count])) for count in range(1, len(lines) + 1)]
    assert sorted(set(synced)) == ends
    assert synced[-ENTRIES:] == ends[1:]


def test_a_log_that_nobody_waits_for_is_synced_once_at_its_end(tmp_path: Path, synced: list[int]) -> None:
    """Header and all entries at once."""
    place = played(tmp_path / "a.jsonl", waits=False)
    assert synced == [place.stat().st_size]


def test_its_bytes_are_those_of_a_log_that_was_waited_for(tmp_path: Path) -> None:
    """The same acts at the same times, in the log and in its tip; nothing tells the two apart."""
    waited, other = (played(tmp_path / str(waits) / "a.jsonl", waits=waits) for waits in (True, False))
    assert waited.read_bytes() == other.read_bytes()
    assert read_tip(waited) == read_tip(other)
    assert verify(other).findings == ()


def test_its_tip_is_never_ahead_of_the_disk(tmp_path: Path) -> None:
    """It names no entry before the sync at the end, so that a power cut in between loses nothing acknowledged."""
    session = begun(tmp_path / "a.jsonl", waits=False)
    last = list(legal_play(session, 5, ENTRIES))[-1]
    assert read_tip(session.path) is None
    session.close()
    tip = read_tip(session.path)
    assert tip is not None
    assert (tip.seq, tip.hash) == (last.seq, last.hash)


def test_a_log_that_the_disk_does_not_confirm_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing says so, nothing vouches for it, and the lock is free for whoever looks after it."""
    session = begun(tmp_path / "a.jsonl", waits=False)
    entries = list(legal_play(session, 5, ENTRIES))
    with monkeypatch.context() as patch:
        patch.setattr(os, SYNC, _failing(errno.EIO))
        with pytest.raises(StorageFailed, match=r"the disk did not confirm a\.jsonl") as failed:
            session.close()
    assert failed.value.hint
    assert read_tip(session.path) is None
    assert read_log(session.path).entries == entries
    Session.resume(session.path).close()


def test_logs_of_one_material_share_a_table(tmp_path: Path) -> None:
    """Each has luck and views of its own; another length is another table."""
    tables = TableCache()
    log = read_log(played(tmp_path / "a.jsonl", waits=False))
    with Session.start(
        tmp_path / "b.jsonl", small_material(), seed="other", length=45, table_of=tables.table_for
    ) as session:
        again = tables.table_for(log.header, log.path)
        assert again.pink is session.table.pink
        assert (again.seed, again.session) == ("seed", "one")
        assert again.memos is not session.table.memos
    with Session.start(
        tmp_path / "c.jsonl", small_material(), seed="other", length=90, table_of=tables.table_for
    ) as session:
        assert session.table.pink is not again.pink


def _failing(number: int) -> Callable[[int], None]:
    def sync(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return sync
