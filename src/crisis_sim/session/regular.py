"""Opening what lies at a path only where it is a regular file: never a link, a pipe, a folder or a device.

A log and all that lies beside it is opened here, so that nothing that somebody has put in a file's place is written
through, or waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
"""A file that is made is its owner's alone."""

_ALWAYS: Final = (
    getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without another end is not waited for; to a regular file it is nothing
)
_KINDS: Final = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFDIR: "a folder",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
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
    return NotRegular(errno.EINVAL, f"it is {_KINDS.get(kind, 'something else')}, not a file")
