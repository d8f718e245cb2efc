"""Bytes that survive: a file that appears whole or not at all, and one to which whole records are appended.

Every write is one `write(2)` followed by a sync, and nothing returns before the disk has it; only a file for whose
records nobody waits is synced once, at its end. A failed sync is never tried again: after it nobody knows what the disk
holds, so the file takes no more until it has been read anew. A write that failed, for want of room above all, may be
tried again: no sync came after it, so all that the last sync confirmed is as it was, and the file is cut back to just
that. Where it cannot be cut, it takes no more either. What is opened is a regular file and never a link, a pipe,
a folder or a device, so that nothing that somebody has put in a file's place is written through, or waited for. Nothing
here knows what the bytes mean.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Final

from crisis_sim.errors import Sentence, StorageFailed, UnreadableInput, why_not
from crisis_sim.wording import _

PRIVATE: Final = 0o600
"""A file that is made is its owner's alone."""

_ALWAYS: Final = (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without another end is not waited for; to a regular file it is nothing
)
_KINDS: Final = {
    stat.S_IFLNK: _("it is a link, not a file"),
    stat.S_IFIFO: _("it is a pipe, not a file"),
    stat.S_IFDIR: _("it is a folder, not a file"),
    stat.S_IFSOCK: _("it is a socket, not a file"),
    stat.S_IFCHR: _("it is a device, not a file"),
    stat.S_IFBLK: _("it is a device, not a file"),
}


class NotRegular(OSError):
    """Something else than a regular file lies at a path; its sentence says what."""


def open_regular(path: Path, flags: int) -> int:
    """A descriptor of the regular file at `path`, which is made where `flags` say so.

    Raises NotRegular where something else lies there, and OSError.
    """
    try:
        descriptor = os.open(path, flags | _ALWAYS, PRIVATE)
    except OSError:
        refuse_other(path)
        raise
    kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
    if kind != stat.S_IFREG:
        os.close(descriptor)
        raise _other(kind)
    return descriptor


def refuse_other(path: Path) -> None:
    """Raise NotRegular where something else than a regular file lies at `path`; nothing there is no fault."""
    try:
        kind = stat.S_IFMT(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return
    if kind != stat.S_IFREG:
        raise _other(kind)


def _other(kind: int) -> NotRegular:
    return NotRegular(errno.EINVAL, _KINDS.get(kind, _("it is something else, not a file")))


LARGEST: Final = 256 * 1024 * 1024
"""Bytes; a longer file is not read."""

NOTHING_THERE: Final = _("nothing can be made there")
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def sync(descriptor: int) -> None:
    """Wait until the disk has the file's bytes and its length."""
    (os.fdatasync if hasattr(os, "fdatasync") else os.fsync)(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's names; nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def real_path(path: Path) -> Path:
    """The file that `path` names, so that two names of one log have one lock. Raises UnreadableInput."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        raise _unreadable(path, reason_of(error)) from None


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, each name durable. Raises StorageFailed."""
    try:
        for place in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
            with suppress(FileExistsError):
                place.mkdir(mode=0o700)
            sync_folder(place.parent)
    except OSError as error:
        is_no_place = isinstance(error, FileNotFoundError)  # what is above it is there; /proc is no place for folders
        why = OSError(errno.ENOENT, NOTHING_THERE) if is_no_place else error
        message = Sentence("the folder {folder} cannot be made", folder=folder)
        raise storage_failed("storage/folder", message, why) from error
    if not folder.is_dir():
        hint = Sentence("name a folder, or a new file that ends in .jsonl")
        raise StorageFailed(
            "storage/no-folder", "{folder} is not a folder, and no log can lie in it", hint=hint, folder=folder
        )


def read_whole(path: Path) -> bytes:
    """The bytes of a regular file. Raises UnreadableInput."""
    try:
        descriptor = open_regular(path, os.O_RDONLY)
    except (OSError, ValueError) as error:
        raise _unreadable(path, reason_of(error)) from None
    try:
        size = os.fstat(descriptor).st_size
        if size > LARGEST:
            raise _unreadable(path, Sentence("it has {size:,} bytes, more than {most:,}", size=size, most=LARGEST))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(LARGEST)
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from None
    finally:
        os.close(descriptor)


def _unreadable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        "log/unreadable", "{path} cannot be read: {why}", hint="give the path of a session's log", path=path, why=why
    )


def write_new(path: Path, data: bytes, *, waits: bool = True) -> None:
    """Make the file `path` with `data`, whole or not at all, never over another. The caller holds its lock.

    Where nobody `waits` for the disk, whoever goes on writing the file syncs both. Raises StorageFailed.
    """
    with done_or_failed("storage/create", Sentence("{path} cannot be made", path=path)):
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        write_over(path, data, waits=waits)


def write_over(path: Path, data: bytes, *, waits: bool = True) -> None:
    """Let `data` be what the file `path` holds, for its owner alone, whatever it held before. Raises OSError.

    The bytes go to a hidden file beside it, are synced where anybody `waits` for the disk, and then take the name: a
    kill before the rename leaves what was there, a kill after it the whole of what is new.
    """
    part = path.with_name(f".{path.name}.part")
    descriptor = open_regular(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        try:
            _write_all(descriptor, data)
            if waits:
                sync(descriptor)
        finally:
            os.close(descriptor)
        os.rename(part, path)  # noqa: PTH104 – the calls that can be cut short all go through `os`
        if waits:
            sync_folder(path.parent)
    except OSError:
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108 - the crash tests count os calls
        raise


def _write_all(descriptor: int, data: bytes) -> None:
    count = os.write(descriptor, data)
    if count != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Appender:
    """A file to whose end whole records are written. Whoever gives it holds the file's lock, and closes the file."""

    def __init__(self, path: Path, descriptor: int, size: int, *, waits: bool = True) -> None:
        """Cut what is open as `descriptor` to `size` bytes, and make sure of these and of its name in `path`.

        What a killed process had written and not synced can be read, and is shown to people from now on. Where nobody
        `waits` for the disk, all of it is made sure of in `settle`. Raises StorageFailed.
        """
        self._path = path
        self._name = path.name
        self._waits = waits
        self._descriptor = descriptor
        self._size = size
        self._trouble: StorageFailed | None = None
        self._interrupted = self._stopped("storage/interrupted", Sentence("the last write was interrupted"))
        with done_or_failed("storage/resume", Sentence("the end of {path} cannot be made sure of", path=path)):
            if os.fstat(descriptor).st_size != size:
                os.ftruncate(descriptor, size)
            if waits:
                self._sync()

    def _sync(self) -> None:
        """Wait until the disk has the bytes and the name."""
        sync(self._descriptor)
        sync_folder(self._path.parent)

    @property
    def size(self) -> int:
        """Bytes that are known to be on the disk, or to be written where nobody waits for it."""
        return self._size

    @property
    def trouble(self) -> StorageFailed | None:
        """Why nothing more can be appended; None while all is well."""
        return self._trouble

    def line(self, number: int) -> bytes:
        """The line of that number, from 0, without its newline; it is there. Raises StorageFailed."""
        message = Sentence("{name} cannot be read again", name=self._name)
        with done_or_failed("storage/read", message), os.fdopen(self._descriptor, "rb", closefd=False) as file:
            file.seek(0)
            line = next(islice(file, number, None), b"")
        return line.rstrip(b"\n")

    def append(self, record: bytes) -> None:
        """Put `record` at the end; returns once the disk has it, if anybody waits. Raises StorageFailed: not kept."""
        if self._trouble is not None:
            raise self._trouble
        self._trouble = self._interrupted
        try:
            if os.write(self._descriptor, record) != len(record):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise self._not_written(error) from error
        try:
            if self._waits:
                sync(self._descriptor)
        except OSError as error:
            self._trouble = self._stopped(
                "storage/sync", Sentence("the disk did not confirm the last write ({reason})", reason=reason_of(error))
            )
            self._take_back()
            raise self._trouble from error
        self._size += len(record)
        self._trouble = None

    def _not_written(self, error: OSError) -> StorageFailed:
        """What to say; the file can be used again once the piece that was written is gone."""
        if self._take_back():
            self._trouble = None
            return storage_failed(
                "storage/write",
                Sentence("the act does not count: it could not be written to {name}", name=self._name),
                error,
            )
        self._trouble = self._stopped(
            "storage/torn", Sentence("the last write broke off ({reason})", reason=reason_of(error))
        )
        return self._trouble

    def _take_back(self) -> bool:
        """Cut off what is there of a record that does not count; a read-only disk took nothing, and cuts nothing."""
        try:
            if os.fstat(self._descriptor).st_size != self._size:
                os.ftruncate(self._descriptor, self._size)
        except OSError:
            return False
        return True

    def _stopped(self, code: str, why: str) -> StorageFailed:
        return StorageFailed(
            code,
            "{name} takes no more acts: {why}; every act before it is safe",
            hint="look at the disk, then resume the session",
            name=self._name,
            why=why,
        )

    def settle(self) -> None:
        """Make sure of all that is written and of its name, for which nobody has waited. Raises StorageFailed."""
        try:
            self._sync()
        except OSError as error:
            message = Sentence("the disk did not confirm {name}", name=self._name)
            raise storage_failed("storage/sync", message, error) from error

    def close(self) -> None:
        """Take no more; nothing is waiting to be written."""
        self._trouble = StorageFailed("storage/closed", "{name} is closed", hint="resume the session", name=self._name)


def storage_failed(code: str, failure: str, error: OSError) -> StorageFailed:
    """Build the error that says `failure`, what could not be done, with its reason and a way out."""
    if error.errno in _FULL:
        return StorageFailed(
            "storage/full", "{what}: the disk is full", hint="free some space, then do it again", what=failure
        )
    if error.errno == errno.EEXIST:
        return StorageFailed("storage/exists", "{what}: there is such a file", hint="give another name", what=failure)
    if isinstance(error, NotRegular):
        return StorageFailed(
            code, "{what}: {reason}", hint="move it away, then do it again", what=failure, reason=reason_of(error)
        )
    return StorageFailed(
        code,
        "{what}: {reason}",
        hint="look at the disk, or put the log elsewhere",
        what=failure,
        reason=reason_of(error),
    )


@contextmanager
def done_or_failed(code: str, failure: str) -> Iterator[None]:
    """Turn an OSError within into a StorageFailed that says `failure` and the system's reason."""
    try:
        yield
    except OSError as error:
        raise storage_failed(code, failure, error) from error


def reason_of(error: Exception) -> str:
    """The system's own words, without its numbers and paths."""
    return why_not(error, Sentence(str(error).lower()))
