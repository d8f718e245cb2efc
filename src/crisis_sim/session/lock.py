"""Who may write a file: one process, held by a lock on the file itself and by one beside its name.

The file's own lock holds under whatever name somebody comes, and whatever becomes of the one beside. The one beside
keeps two from making one file; where a locked file could not be read (Windows) there is that one alone.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout, lock_descriptor

from crisis_sim.errors import Sentence, SessionLocked
from crisis_sim.session.disk import NOTHING_THERE, PRIVATE, open_regular, refuse_other, storage_failed, write_new

_CAN_BE_READ: Final = os.name != "nt"
"""Others read a file whose own lock somebody holds."""


class Lock:
    """The right to write one file, from when it is taken until `release`."""

    def __init__(self, path: Path) -> None:
        """Raises SessionLocked or StorageFailed."""
        self.path = path
        self.descriptor = -1
        """Of the file, open for reading and appending; -1 while there is none."""
        self._beside = _acquire_lock(path)
        try:
            self._hold()
        except BaseException:
            self.release()
            raise

    def create(self, data: bytes, *, waits: bool = True) -> None:
        """Make the file with `data`, as `write_new` does. Raises SessionLocked or StorageFailed."""
        write_new(self.path, data, waits=waits)
        self._hold()

    def _hold(self) -> None:
        """Open the file, if there is one, and lock it."""
        try:
            self.descriptor = open_regular(self.path, os.O_RDWR | os.O_APPEND)
        except FileNotFoundError:
            return
        except OSError as error:
            raise storage_failed(
                "storage/open", Sentence("{path} cannot be opened for writing", path=self.path), error
            ) from error
        try:
            free = not _CAN_BE_READ or lock_descriptor(self.descriptor, blocking=False)
        except OSError as error:
            if error.errno != errno.ENOSYS:  # a file system without such locks; there is the one beside
                raise storage_failed(
                    "storage/lock", Sentence("{path} cannot be locked", path=self.path.name), error
                ) from error
            free = True
        if not free:
            raise _locked_error(self.path)

    def release(self) -> None:
        """Close the file and let others write it."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            with suppress(OSError):
                os.close(descriptor)
        self._beside.release()

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _acquire_lock(path: Path) -> FileLock:
    """The lock beside the name, taken."""
    place = path.with_name(f"{path.name}.lock")
    lock = FileLock(place, mode=PRIVATE, thread_local=False)
    try:
        refuse_other(place)
        lock.acquire(timeout=0)
    except Timeout:
        if os.path.lexists(place):
            raise _locked_error(path) from None
        missing = OSError(errno.ENOENT, NOTHING_THERE)
        raise storage_failed("storage/lock", Sentence("{path} cannot be locked", path=path), missing) from None
    except OSError as error:
        message = Sentence("{path} cannot be locked with {lock}", path=path.name, lock=place.name)
        raise storage_failed("storage/lock", message, error) from error
    return lock


def _locked_error(path: Path) -> SessionLocked:
    return SessionLocked(
        "log/locked",
        "another crisis-sim is writing {name}",
        hint="go on in that one or close it; reading and verifying work meanwhile",
        name=path.name,
    )
