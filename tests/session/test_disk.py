"""Full disks, failing disks, interrupted writes: nothing is acknowledged that is not kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.session.lines import HEADER, open_log, write_entry

from crisis_sim.errors import StorageFailed, UnreadableInput
from crisis_sim.session.log import read_log
from crisis_sim.session.notices import notices_of
from crisis_sim.session.writer import LogWriter, create_log

SYNC = "fdatasync" if hasattr(os, "fdatasync") else "fsync"


@pytest.fixture
def writer(tmp_path: Path) -> LogWriter:
    """A log with one entry, open for more."""
    _, writer = create_log(tmp_path / "a.jsonl", HEADER)
    write_entry(writer, 0)
    return writer


def failing(number: int) -> Callable[..., int]:
    """A call that the system refuses."""

    def call(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


def cut_short(part: int) -> Callable[[int, bytes], int]:
    """A write that takes only the first `part` bytes of a line, as a disk does that has just filled up."""
    whole = os.write

    def write(descriptor: int, data: bytes) -> int:
        return whole(descriptor, data[:part])

    return write


@pytest.mark.parametrize("write", [failing(errno.ENOSPC), failing(errno.EDQUOT), cut_short(0), cut_short(50)])
def test_on_a_full_disk_the_act_does_not_count(
    tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch, write: Callable[..., int]
) -> None:
    """Nothing of the act stays in the log, and once there is space the session goes on as if it had not been tried."""
    before = (tmp_path / "a.jsonl").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(StorageFailed, match="the act does not count.*the disk is full") as refused:
            write_entry(writer, 1)
    assert refused.value.hint == "free some space, then do it again"
    assert (tmp_path / "a.jsonl").read_bytes() == before
    assert writer.trouble is None
    assert write_entry(writer, 1).seq == 2
    writer.close()
    assert len(read_log(tmp_path / "a.jsonl").entries) == 2


def test_a_torn_write_that_cannot_be_taken_back_stops_the_session(
    tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is ever written behind half a line; resuming cuts it off."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", cut_short(50))
        patch.setattr(os, "ftruncate", failing(errno.EIO))
        with pytest.raises(StorageFailed, match="takes no more acts: the last write broke off"):
            write_entry(writer, 1)
    with pytest.raises(StorageFailed, match="takes no more acts"):
        write_entry(writer, 1)
    writer.close()
    log, again = open_log(tmp_path / "a.jsonl")
    assert [notice.code for notice in notices_of(log)] == ["log/torn"]
    assert write_entry(again, 1).seq == 2
    again.close()


def test_a_failed_sync_is_not_tried_again(tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it the session takes no more acts, though the disk would say yes, until it is resumed."""
    calls = []

    def sync(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, SYNC, sync)
        with pytest.raises(StorageFailed, match="did not confirm the last write"):
            write_entry(writer, 1)
    assert len(calls) == 1
    with pytest.raises(StorageFailed, match="did not confirm the last write") as refused:
        write_entry(writer, 1)
    assert refused.value.hint == "look at the disk, then resume the session"
    writer.close()
    log, again = open_log(tmp_path / "a.jsonl")
    assert len(log.entries) == 1
    again.close()


@pytest.mark.parametrize("call", ["write", SYNC])
def test_a_write_that_was_interrupted_stops_the_session(
    tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Ctrl+C in the midst of a write leaves nobody knowing what is on disk, so nothing follows it."""
    whole = getattr(os, call)

    def interrupted(*arguments: object) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, call, interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_entry(writer, 1)
    with pytest.raises(StorageFailed, match="interrupted"):
        write_entry(writer, 1)
    writer.close()
    log, again = open_log(tmp_path / "a.jsonl")
    assert len(log.entries) == 2
    again.close()


def test_a_log_that_cannot_be_made_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the header does not reach the disk there is no log, and no piece of one."""
    for call, number in [("write", errno.ENOSPC), (SYNC, errno.EIO), ("rename", errno.EACCES)]:
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing(number))
            with pytest.raises(StorageFailed, match="cannot be made"):
                create_log(tmp_path / "b.jsonl", HEADER)
        assert [place.name for place in tmp_path.iterdir()] == ["b.jsonl.lock"]
    create_log(tmp_path / "b.jsonl", HEADER)[1].close()


def test_without_a_tip_the_log_is_whole(tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The witness is no part of the log: where it cannot be written, acts are taken all the same."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "lseek", failing(errno.EIO))
        assert write_entry(writer, 1).seq == 2
    assert write_entry(writer, 2).seq == 3
    writer.close()
    assert len(read_log(tmp_path / "a.jsonl").entries) == 3


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """The sentence names the folder and the system's reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match=r"the folder .*file/deep cannot be made: not a directory"):
        create_log(tmp_path / "file" / "deep" / "a.jsonl", HEADER)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("/proc/x.jsonl", r"/proc/x.jsonl cannot be locked: nothing can be made there"),
        ("/proc/deep/x.jsonl", r"the folder /proc/deep cannot be made: nothing can be made there"),
        ("/dev/null/x.jsonl", r"/dev/null is not a folder, and no log can lie in it"),
    ],
)
def test_where_no_log_can_lie_it_is_said(place: str, sentence: str) -> None:
    """And not that somebody else is writing there, or that every name is taken."""
    if not Path(place).parents[-2].exists():
        pytest.skip("there is no such folder on this system")
    with pytest.raises(StorageFailed, match=f"^{sentence}$") as refused:
        create_log(Path(place), HEADER)
    assert refused.value.hint


@pytest.mark.parametrize("place", ["/dev/null", "/dev/zero", "/dev"])
def test_what_is_no_file_is_no_log(place: str) -> None:
    """A device or a folder is named as what it is, at once."""
    with pytest.raises(UnreadableInput, match=f"^{place} cannot be read: it is a (device|folder), not a file$"):
        open_log(Path(place))


FILL_A_SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from crisis_sim.errors import StorageFailed
from crisis_sim.session.log import read_log
from crisis_sim.session.writer import create_log
from tests.session.lines import HEADER, write_entry
log, writer = create_log(Path(sys.argv[1]), HEADER)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_240, resource.RLIM_INFINITY))
kept = 0
try:
    while True:
        write_entry(writer, kept)
        kept += 1
except StorageFailed as failed:
    print(kept, len(read_log(log.path).entries), log.path.read_bytes().endswith(b"\\n"), failed.code, failed)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
write_entry(writer, kept)
print(len(read_log(log.path).entries))
"""


def test_a_limit_of_the_system_is_met_like_a_full_disk(tmp_path: Path) -> None:
    """With a real limit on the file's size, the system cuts a write short; what was acknowledged is in the log."""
    done = subprocess.run(
        [sys.executable, "-c", FILL_A_SMALL_DISK, str(tmp_path / "a.jsonl")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    assert first == "2 2 True storage/full the act does not count: it could not be written to a.jsonl: the disk is full"
    assert second == "3"


def test_a_disk_that_is_read_only_for_a_while_takes_acts_again(
    tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took nothing, so there is nothing to take back, and no sync had come after it."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing(errno.EROFS))
        patch.setattr(os, "ftruncate", failing(errno.EROFS))
        with pytest.raises(StorageFailed, match="the act does not count.*read-only file system") as refused:
            write_entry(writer, 1)
    assert not refused.value.is_final
    assert write_entry(writer, 1).seq == 2
    writer.close()
    assert len(read_log(tmp_path / "a.jsonl").entries) == 2
