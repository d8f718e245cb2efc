"""A session's log as a file, begun and written by one process at a time.

An entry is acknowledged after the disk has it; only a log for which nobody waits is synced once, when it is closed. A
log appears with its whole header or not at all, and is never written over another file. A program that syncs folders
may put another in its place, and whoever has the old one open would write on into nowhere: that is found before an act
counts, and what was played is copied.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.events import AnyEvent
from crisis_sim.errors import Sentence, SessionLocked, StorageFailed
from crisis_sim.session import record
from crisis_sim.session.admission import check_size
from crisis_sim.session.disk import Appender, done_or_failed, make_folder, read_whole, real_path, write_new
from crisis_sim.session.folder import names
from crisis_sim.session.lock import Lock
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.notices import lost_end
from crisis_sim.session.tip_file import LastOpen, Tip, TipWriter
from crisis_sim.wording import _


class LogWriter:
    """The one writer of a log; holds its lock until it is closed."""

    def __init__(self, log: Log, lock: Lock, *, waits: bool = True) -> None:
        """Go on behind the last sound entry; what was torn off there is cut away. Raises StorageFailed.

        Where nobody `waits` for the disk, `close` does, once.
        """
        self._lock = lock
        self._waits = waits
        self._displaced: StorageFailed | None = None
        self._appender = Appender(log.path, lock.descriptor, log.end, waits=waits)
        self._name = log.path.name
        self._seq = len(log.entries)
        self._hash = log.last_hash
        self._chain = log.chain
        if log.unended:
            self._appender.append(b"\n")
            self._chain.add(b"\n")
        self._tip = TipWriter(log.path)
        if waits and lost_end(log) is None:  # else it stays a witness until an entry says what is lost
            self._note()

    @property
    def size(self) -> int:
        """Bytes of the log."""
        return self._appender.size

    @property
    def last_hash(self) -> str:
        """Hash of the last line."""
        return self._hash

    @property
    def trouble(self) -> StorageFailed | None:
        """Why the log takes no more entries; None while all is well."""
        return self._displaced or self._appender.trouble

    def append(
        self,
        *,
        time: record.Milliseconds,
        away: record.Milliseconds,
        seat: SeatName,
        action: AnyAction,
        events: tuple[AnyEvent, ...],
        ref: str | None = None,
    ) -> record.Entry:
        """Write one entry; returns once the disk has it, if anybody waits.

        Raises StorageFailed; then there is no such entry.
        """
        unsealed = record.Entry(
            seq=self._seq + 1,
            time=time,
            away=away,
            seat=seat,
            action=action,
            events=events,
            ref=UNSET if ref is None else ref,
            prev=self._hash,
        )
        line, entry = record.sealed_entry(unsealed, self._chain)
        if self._waits:  # else nobody is told that it counts before it is closed
            self._check_place()
        check_size(self.size + len(line), self._name)
        self._appender.append(line)
        self._chain.add(line)
        self._seq, self._hash = entry.seq, entry.hash
        if self._waits:  # a witness is never ahead of the disk
            self._note()
        return entry

    def entry(self, seq: int) -> record.Entry:
        """The entry of that number, read back. Raises StorageFailed."""
        line = self._appender.line(seq)
        with suppress(record.LineWrong):
            if (entry := record.read_sealed(line, None)).seq == seq:
                return entry
        raise StorageFailed(
            "storage/read",
            _("{name} cannot be read again: entry {seq} is not what was written"),
            hint=_FOREIGN,
            name=self._name,
            seq=seq,
        )

    def _note(self) -> None:
        self._tip.note(Tip(self._seq, self._hash, self._appender.size))

    def _check_place(self) -> None:
        """Write no further into a file that nobody finds any more. Raises StorageFailed."""
        if self.trouble is None:
            self._displaced = check_displaced(self._lock.path, self._lock.descriptor, self._appender.size)
        if self._displaced is not None:
            raise self._displaced

    def note_open(self, open_time: record.Milliseconds, away: record.Milliseconds) -> None:
        """Note beside the log that it is open, `away` of the time since its last entry left out. From any thread."""
        self._tip.note_open(LastOpen(open_time, away))

    def close(self) -> None:
        """Close the file and let others write it. Raises StorageFailed where it is no longer in its place."""
        try:
            if self.trouble is None:  # else it has been said
                self._check_place()
                if not self._waits:
                    self._appender.settle()
                    self._note()
        finally:
            self._tip.close()
            self._appender.close()
            self._lock.release()


def create_log(
    path: Path, header: record.Header, entries: Iterable[record.Entry] = (), *, waits: bool = True
) -> tuple[Log, LogWriter]:
    """A log in a file that is new, open for writing, with copies of `entries` sealed into its own chain.

    `waits` is as for `LogWriter`. Raises StorageFailed or SessionLocked.
    """
    path = real_path(path)
    make_folder(path.parent)
    lines, log = _sealed(path, header, entries)
    lock = Lock(path)
    try:
        lock.create(lines, waits=waits)
        return log, LogWriter(log, lock, waits=waits)
    except BaseException:
        lock.release()
        raise


def create_named(
    folder: Path, stem: str, header: record.Header, entries: Iterable[record.Entry] = (), *, waits: bool = True
) -> tuple[Log, LogWriter]:
    """As `create_log`, in `folder` under the first name that is free: `stem.jsonl`, `stem-2.jsonl` and so on."""
    for name in names(stem):
        if (folder / name).exists():
            continue
        try:
            return create_log(folder / name, header, entries, waits=waits)
        except SessionLocked:
            continue
        except StorageFailed as failed:
            if failed.code != "storage/exists":
                raise
    raise StorageFailed(
        "storage/names",
        "every name like {stem}.jsonl is taken in {folder}",
        hint="give another place",
        stem=stem,
        folder=folder,
    )


def _sealed(path: Path, header: record.Header, entries: Iterable[record.Entry]) -> tuple[bytes, Log]:
    """All bytes of a log that is to be made, and what they hold."""
    line, header = record.sealed_header(header)
    log = Log(path, header, [], 0, 0, False, None, record.chain_of(line))
    lines = [line]
    for entry in entries:
        unsealed = replace(entry, seq=len(log.entries) + 1, prev=log.last_hash, hash="")
        line, copy = record.sealed_entry(unsealed, log.chain)
        log.chain.add(line)
        log.entries.append(copy)
        lines.append(line)
    data = b"".join(lines)
    return data, log._replace(end=len(data))


def claim_log(path: Path) -> tuple[Log, Lock]:
    """The log in `path` and its lock, taken; the file is as it was. `LogWriter` goes on from both.

    Raises UnreadableInput, LogDamaged, SessionLocked or StorageFailed.
    """
    path = real_path(path)
    if not os.path.isfile(path):  # noqa: PTH113 – says no where pathlib raises
        read_whole(path)  # says why not, and leaves no lock file behind
    lock = Lock(path)
    try:
        return read_log(path), lock
    except BaseException:
        lock.release()
        raise


_MOVED_AWAY: Final = _("{name} takes no more acts: it was moved or deleted; every act so far is in {copy}")
_REPLACED: Final = _("{name} takes no more acts: another file was put in its place; every act so far is in {copy}")

_FOREIGN: Final = _("close what writes there; `crisis-sim verify {name}` says what the log holds")


def check_displaced(path: Path, descriptor: int, size: int) -> StorageFailed | None:
    """Why the log that is open as `descriptor`, with `size` bytes of ours, takes no more acts; None while it may.

    Raises StorageFailed where what was played could not be copied; then it may be asked again.
    """
    ours = os.fstat(descriptor)
    try:
        status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 – pathlib's follows links on Python 3.11's Windows
    except OSError:
        status = None
    if status is None or not os.path.samestat(ours, status):
        return StorageFailed(
            "storage/displaced",
            _MOVED_AWAY if status is None else _REPLACED,
            hint=_("go on with `crisis-sim resume {copy}`; keep logs where no program syncs or moves them"),
            name=path.name,
            copy=_copy_log(path, descriptor, size),
        )
    if ours.st_size == size:
        return None
    return StorageFailed(
        "storage/foreign",
        _("{name} takes no more acts: {why}"),
        hint=_FOREIGN,
        name=path.name,
        why=Sentence("something else has written to it") if ours.st_size > size else Sentence("its end was cut off"),
    )


def _is_writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK)


def _copy_log(path: Path, descriptor: int, size: int) -> Path:
    """The first `size` bytes of what is open, in a new file beside `path`.

    Where its folder is gone too, in the folder that the command was started in, or in the system's for such files.
    """
    message = Sentence("{name} is gone, and cannot be copied", name=path.name)
    with done_or_failed("storage/copy", message), os.fdopen(descriptor, "rb", closefd=False) as file:
        file.seek(0)
        data = file.read(size)
    folder = next(filter(_is_writable, (path.parent, Path.cwd())), Path(tempfile.gettempdir()))
    for name in names(f"{path.stem}-kept"):
        place = folder / name
        if not os.path.lexists(place):
            write_new(place, data)
            return place
    raise StorageFailed(
        "storage/names", "every name like {stem}-kept.jsonl is taken", hint="move some away", stem=path.stem
    )
