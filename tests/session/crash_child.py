"""Plays until it is killed, once for every system call that play makes. Run by test_crash.

`python -m tests.session.crash_child FOLDER JOB STEP` forks a child for one call to the system in STEP and each way to
die at it: before the call, after it, for a write in the middle of it, and by a power cut that takes all that was not
synced. The child does the job in a folder of its own, called `12-before` and the like, and notes in `acks` what was
acknowledged to it before it died, and in `call` where it died. The last child survives; its folder is `end`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from tests.session.play import HandClock
from tests.session.power import Disk
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.session.branch import branch
from crisis_sim.session.salvage import salvage
from crisis_sim.session.session import Session

CALLS = ["open", "close", "mkdir", "rename", "replace", "link", "unlink"]
CALLS += ["lseek", "write", "ftruncate", "fsync", "fdatasync"]
ACTS: tuple[tuple[a.SeatName, a.AnyAction], ...] = (
    ("us", a.TakeSeat(occupant="person")),
    ("us", a.TakeNote(text="they wait, and so do we")),
    ("facilitator", a.Advance()),
    ("facilitator", a.RollBack(turn=1, child="another")),
    ("facilitator", a.Advance()),
)
LOG = Path("logs") / "play.jsonl"

PLAIN = {name: getattr(os, name) for name in CALLS}
write_plainly = os.write
open_plainly = os.open


class Death:
    """Dies at the call of that number, from 1."""

    def __init__(self, number: int, how: str, kept: int | None) -> None:
        self.left = number
        self.how = how
        self.disk = Disk({} if kept is None else {LOG.absolute(): kept})

    def wrap(self, name: str) -> None:
        call: Callable[..., Any] = getattr(os, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.die(name, call, arguments)
            self.disk.before(name, arguments)
            result = call(*arguments, **options)
            self.disk.after(name, arguments, result)
            return result

        setattr(os, name, counted)

    def die(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        write_plainly(open_plainly("call", os.O_WRONLY | os.O_CREAT), name.encode())
        try:
            if self.how == "after":
                call(*arguments)
            elif self.how == "within":
                call(arguments[0], arguments[1][: len(arguments[1]) // 2])
            elif self.how == "power":
                for wrapped in CALLS:
                    setattr(os, wrapped, PLAIN[wrapped])
                self.disk.cut()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)


def acknowledge(descriptor: int, words: str) -> None:
    write_plainly(descriptor, f"{words}\n".encode())


def play(acks: int) -> None:
    """A whole session of a few acts."""
    with Session.start(LOG, small_material(), seed="crash", length=45, session="crash", clock=HandClock()) as session:
        acknowledge(acks, "started")
        go_on(session, ACTS, acks)


def resume(acks: int) -> None:
    """Another two acts in a session whose last line was torn."""
    with Session.resume(LOG, clock=HandClock()) as session:
        acknowledge(acks, "started")
        go_on(session, ACTS[:2], acks)


def accept(acks: int) -> None:
    """Another act in a session that has lost some."""
    with Session.resume(LOG, accept_loss=True, clock=HandClock()) as session:
        acknowledge(acks, "started")
        go_on(session, ACTS[:1], acks)


def copy(acks: int) -> None:
    """A branch and a salvaged copy of a log."""
    branch(LOG, seq=2, to=LOG.with_name("branch.jsonl"), session="branch")
    acknowledge(acks, "branch.jsonl")
    salvage(LOG, LOG.with_name("salvaged.jsonl"))
    acknowledge(acks, "salvaged.jsonl")


def go_on(session: Session, acts: tuple[tuple[a.SeatName, a.AnyAction], ...], acks: int) -> None:
    for seat, action in acts:
        entry = session.submit(seat, action)
        acknowledge(acks, f"{entry.seq} {entry.hash}")
        session.note_open()


def child(job: Callable[[int], None], folder: Path, number: int, how: str, kept: int | None) -> None:
    os.chdir(folder)
    acks = open_plainly("acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    death = Death(number, how, kept)
    for name in CALLS:
        death.wrap(name)
    job(acks)


def laid_out(base: Path, folder: Path) -> Path:
    """A folder of its own with the log that the job is done on, if it needs one."""
    folder.mkdir()
    for place in base.glob("template.jsonl*"):
        (folder / LOG.parent).mkdir(exist_ok=True)
        shutil.copyfile(place, (folder / LOG).with_name(place.name.replace("template", "play")))
    return folder


def done_once(job: Callable[[int], None], folder: Path) -> None:
    """Do the job here, so that what comes but once in a process does not come in every child."""
    os.chdir(folder)
    acks = open_plainly("acks", os.O_WRONLY | os.O_CREAT)
    job(acks)
    os.close(acks)
    os.chdir(folder.parent)
    shutil.rmtree(folder)


def main(base: Path, job: Callable[[int], None], step: int) -> None:
    """Fork until a child has survived."""
    small_material()
    done_once(job, laid_out(base, base / "once"))
    kept = int((base / "kept").read_text()) if (base / "kept").exists() else None
    for number in count(1, step):
        for how in ("before", "after", "within", "power"):
            if how == "within" and (base / f"{number}-before" / "call").read_text() != "write":
                continue
            folder = laid_out(base, base / f"{number}-{how}")
            pid = os.fork()
            if pid == 0:
                try:
                    child(job, folder, number, how, kept)
                finally:
                    os._exit(0 if sys.exc_info()[0] is None else 1)
            _, status = os.waitpid(pid, 0)
            if os.WIFSIGNALED(status):
                continue
            if os.WEXITSTATUS(status) != 0:
                sys.exit(f"{folder.name} failed")
            folder.rename(base / "end")
            return


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        {"play": play, "resume": resume, "accept": accept, "copy": copy}[sys.argv[2]],
        int(sys.argv[3]),
    )
