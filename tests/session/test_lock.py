"""One log has one writer, whatever is done to the files around it, and no act is acknowledged into nowhere."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.session.lines import HEADER, open_log, small_log, write_entry
from tests.session.play import HandClock
from tests.small import small_material

from crisis_sim.engine.actions import Advance, TakeNote
from crisis_sim.errors import AcknowledgedLost, SessionLocked, StorageFailed
from crisis_sim.session.log import read_log
from crisis_sim.session.notices import notices_of
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import Tip, kept_tip_path, tip_path
from crisis_sim.session.verify import verify
from crisis_sim.session.writer import LogWriter, create_log

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture
def writer(tmp_path: Path) -> LogWriter:
    """A log with three entries, open for more."""
    _, writer = create_log(tmp_path / "a.jsonl", HEADER)
    for number in range(3):
        write_entry(writer, number)
    return writer


def test_a_hard_link_is_the_same_log(tmp_path: Path, writer: LogWriter) -> None:
    """Under another name, even in another folder, it is written by the same one."""
    (tmp_path / "elsewhere").mkdir()
    for name in ("b.jsonl", "elsewhere/a.jsonl"):
        os.link(tmp_path / "a.jsonl", tmp_path / name)
        with pytest.raises(SessionLocked, match="another crisis-sim is writing"):
            open_log(tmp_path / name)
    assert write_entry(writer, 3).seq == 4
    writer.close()
    open_log(tmp_path / "b.jsonl")[1].close()


def test_a_lock_that_was_taken_away_lets_nobody_in(tmp_path: Path, writer: LogWriter) -> None:
    """The file beside the log can be deleted, and the log is still being written."""
    (tmp_path / "a.jsonl.lock").unlink()
    with pytest.raises(SessionLocked):
        open_log(tmp_path / "a.jsonl")
    writer.close()
    open_log(tmp_path / "a.jsonl")[1].close()


def replaced(path: Path) -> None:
    """As a program does that syncs folders: an older copy takes the name."""
    other = path.with_name("synced")
    other.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    other.replace(path)


def rewritten(path: Path) -> None:
    """As some do: the same bytes, in a new file."""
    shutil.copy(path, path.with_name("synced"))
    path.with_name("synced").replace(path)


def moved(path: Path) -> None:
    path.rename(path.with_name("moved.jsonl"))


def linked(path: Path) -> None:
    path.rename(path.with_name("moved.jsonl"))
    path.symlink_to("moved.jsonl")


DISPLACED = {"replaced": replaced, "rewritten": rewritten, "deleted": Path.unlink, "moved": moved, "linked": linked}


@pytest.mark.parametrize("displace", DISPLACED.values(), ids=DISPLACED.keys())
def test_a_log_that_is_not_in_its_place_takes_no_more(
    tmp_path: Path, writer: LogWriter, displace: Callable[[Path], object]
) -> None:
    """No act is acknowledged into a file that nobody finds; all before it are in a copy, and play goes on there."""
    displace(tmp_path / "a.jsonl")
    with pytest.raises(StorageFailed, match=r"a.jsonl takes no more acts: .*a-kept.jsonl") as refused:
        write_entry(writer, 3)
    with pytest.raises(StorageFailed, match="takes no more acts"):
        write_entry(writer, 3)
    assert "resume" in refused.value.hint
    assert writer.trouble is refused.value
    writer.close()
    assert sorted(place.name for place in tmp_path.glob("*kept*.jsonl")) == ["a-kept.jsonl"]
    log, again = open_log(tmp_path / "a-kept.jsonl")
    assert len(log.entries) == 3
    assert notices_of(log) == ()
    assert write_entry(again, 3).seq == 4
    again.close()


@pytest.mark.parametrize("displace", DISPLACED.values(), ids=DISPLACED.keys())
def test_it_is_found_at_the_end_too(tmp_path: Path, writer: LogWriter, displace: Callable[[Path], object]) -> None:
    """After the last act nothing else would ask; the copy is made and said before the log is let go."""
    displace(tmp_path / "a.jsonl")
    with pytest.raises(StorageFailed, match="every act so far is in"):
        writer.close()
    assert len(read_log(tmp_path / "a-kept.jsonl").entries) == 3
    writer.close()


def test_a_log_whose_folder_was_renamed_is_copied_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every act that was acknowledged is in the copy, whose path is said; the log under its new name is sound."""
    folder, here = tmp_path / "logs", tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    _, writer = create_log(folder / "a.jsonl", HEADER)
    for number in range(3):
        write_entry(writer, number)
    folder.rename(tmp_path / "renamed")
    with pytest.raises(StorageFailed, match=str(here / "a-kept.jsonl")):
        write_entry(writer, 3)
    writer.close()
    for log in (here / "a-kept.jsonl", tmp_path / "renamed" / "a.jsonl"):
        assert len(read_log(log).entries) == 3


def appended(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"{}")


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 30)


@pytest.mark.parametrize(
    ("meddle", "says"), [(appended, "something else has written to it"), (truncated, "its end was cut off")]
)
def test_something_else_that_writes_is_noticed(
    tmp_path: Path, writer: LogWriter, meddle: Callable[[Path], object], says: str
) -> None:
    """Nothing is written behind bytes that are not ours."""
    meddle(tmp_path / "a.jsonl")
    before = (tmp_path / "a.jsonl").read_bytes()
    with pytest.raises(StorageFailed, match=says):
        write_entry(writer, 3)
    writer.close()
    assert (tmp_path / "a.jsonl").read_bytes() == before


def test_a_copy_that_cannot_be_made_is_tried_again(
    tmp_path: Path, writer: LogWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk the session waits with its acts until there is space for them."""

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a.jsonl").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StorageFailed, match="the disk is full"):
            write_entry(writer, 3)
    with pytest.raises(StorageFailed, match="every act so far is in"):
        write_entry(writer, 3)
    writer.close()
    assert len(read_log(tmp_path / "a-kept.jsonl").entries) == 3


def test_a_session_whose_log_is_replaced_pauses_and_goes_on_in_the_copy(tmp_path: Path) -> None:
    """The act that could not be kept changes nothing; what is left in the log's place is known to be too short."""
    path = tmp_path / "a.jsonl"
    with Session.start(path, small_material(), seed="1", length=45, clock=HandClock()) as session:
        for _ in range(3):
            session.submit("facilitator", Advance())
        replaced(path)
        before = session.state
        with pytest.raises(StorageFailed, match="another file was put in its place"):
            session.submit("facilitator", TakeNote(text="into nowhere"))
        assert session.state is before
        assert session.trouble is not None
    with Session.resume(tmp_path / "a-kept.jsonl", clock=HandClock(now=10**13)) as again:
        assert again.state == before
    assert verify(tmp_path / "a-kept.jsonl").findings == ()
    with pytest.raises(AcknowledgedLost, match="entries 2–3 were acknowledged"):
        Session.resume(path)


def link(path: Path) -> None:
    (path.parent / "victim").write_bytes(b"precious")
    path.symlink_to("victim")


def dangling(path: Path) -> None:
    path.symlink_to("nobody")


ODD: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "link": link,
    "dangling link": dangling,
    "folder": Path.mkdir,
    "endless": lambda path: path.symlink_to("/dev/zero"),
}
"""What may lie where a file of ours should."""


def untouched(folder: Path) -> None:
    victim = folder / "victim"
    assert not victim.exists() or victim.read_bytes() == b"precious"
    assert not (folder / "nobody").exists()


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_tip_that_is_no_file_is_left_alone(tmp_path: Path, odd: Callable[[Path], object]) -> None:
    """Nobody waits for it and nothing is written through it; the log is played, and its reader is told."""
    path, _ = small_log(tmp_path / "a.jsonl")
    tip_path(path).unlink()
    odd(tip_path(path))
    assert [notice.code for notice in notices_of(read_log(path))] == ["log/no-tip"]
    log, writer = open_log(path)
    assert write_entry(writer, len(log.entries)).seq == 5
    writer.close()
    assert "not a file; move it away" in notices_of(read_log(path))[0].sentence
    untouched(tmp_path)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_lock_that_is_no_file_is_refused(tmp_path: Path, odd: Callable[[Path], object]) -> None:
    """With a sentence that says which file to move away."""
    path, _ = small_log(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl.lock").unlink()
    odd(tmp_path / "a.jsonl.lock")
    with pytest.raises(StorageFailed, match=r"cannot be locked with a.jsonl.lock: it is a \w+, not a file"):
        open_log(path)
    untouched(tmp_path)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_half_a_file_that_is_none_is_refused(tmp_path: Path, odd: Callable[[Path], object]) -> None:
    """A log that is being made lies under a hidden name first; nothing is written through that either."""
    odd(tmp_path / ".a.jsonl.part")
    with pytest.raises(StorageFailed, match=r"cannot be made: it is a \w+, not a file"):
        create_log(tmp_path / "a.jsonl", HEADER)
    untouched(tmp_path)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_a_kept_tip_that_is_no_file_is_left_alone(tmp_path: Path, odd: Callable[[Path], object]) -> None:
    """The log's own entry says what is lost; its copy beside it is no reason to write through a link."""
    path = tmp_path / "a.jsonl"
    with Session.start(path, small_material(), seed="1", length=45, clock=HandClock()) as session:
        digest = [session.submit("facilitator", Advance()) for _ in range(2)][-1].hash
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    odd(kept_tip_path(path, Tip(2, digest)))
    Session.resume(path, accept_loss=True, clock=HandClock(now=10**13)).close()
    assert [finding.code for finding in verify(path).findings] == ["log/shortened"]
    untouched(tmp_path)


def test_no_command_waits_for_a_pipe_beside_a_log(tmp_path: Path) -> None:
    """Whatever lies there, every verb that reads or resumes a log comes to its end."""
    path, page = tmp_path / "a.jsonl", tmp_path / "page.html"
    with Session.start(path, small_material(), seed="1", length=45, clock=HandClock()) as session:
        session.submit("facilitator", Advance())
    tip_path(path).unlink()
    for place in (tip_path(path), tmp_path / "a.notes.jsonl"):
        os.mkfifo(place)
    verbs = (["verify"], ["list", "sessions"], ["replay", "--plain", "--open"], ["debrief", "--open", "-o", str(page)])
    for verb in verbs:
        arguments = verb if verb[0] == "list" else [verb[0], str(path), *verb[1:]]
        done = subprocess.run(
            [sys.executable, "-m", "crisis_sim", *arguments],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode in (0, 1), (verb, done.stderr)
        assert "fault of ours" not in done.stderr
