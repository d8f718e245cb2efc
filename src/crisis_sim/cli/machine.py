"""What the machine may refuse: its standard streams, its working folder, its clock, its room.

It mends what can be mended before a command runs, and says afterwards of a failure that it was the machine's. It knows
no command.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Final, TextIO

from crisis_sim.errors import CrisisSimError, StorageFailed, UnreadableInput

_OF_A_PATH: Final = (
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.ESTALE),
    *(errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.ENOMEM),
)
"""Reasons that lie in a path that somebody named, or in the disk that it is on."""

_OF_A_STREAM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF, errno.EPIPE)


def three_streams() -> None:
    """See to it that there are three standard streams. Raises UnreadableInput where there is none for the answer.

    Without input there is nothing to read; without a stream for messages they go nowhere. No file that is opened later
    gets the number of a stream that is closed: what is printed there would end up in it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    has_output = sys.stdout is not None
    sys.stdin, sys.stdout, sys.stderr = (
        stream if stream is not None else Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for good
        for stream, mode in ((sys.stdin, "r"), (sys.stdout, "w"), (sys.stderr, "w"))
    )
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a character that a terminal lacks, a byte that is none: `?`
    if not has_output:
        raise UnreadableInput(
            "output/closed",
            "standard output is closed, and the answer has nowhere to go",
            hint="send it to a file, or to /dev/null",
        )


def let_go(stream: TextIO) -> None:
    """Nobody takes what is written to `stream` any more: let Python's last flush go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


def refusal_of(fault: Exception) -> CrisisSimError | None:
    """What the machine refused, where `fault` comes of that; None where it is ours."""
    if isinstance(fault, MemoryError):
        return StorageFailed("machine/memory", "there is not enough memory for this", hint="close other programs")
    if isinstance(fault, OverflowError) and not _has_time():
        return UnreadableInput(
            "machine/clock", "this machine's clock shows a time that cannot be counted with", hint="set the clock"
        )
    if isinstance(fault, FileNotFoundError) and not _has_folder():
        return UnreadableInput(
            "machine/folder",
            "the folder that this was started in is not there any more",
            hint="change to another folder, and do it again there",
        )
    return _refused(fault) if isinstance(fault, OSError) else None


def _refused(fault: OSError) -> CrisisSimError | None:
    why = (fault.strerror or "").lower()
    if isinstance(fault.filename, (str, bytes)) and fault.errno in _OF_A_PATH:
        named = os.fsdecode(fault.filename)
        return UnreadableInput(
            "machine/path", "'{named}' cannot be used: {why}", hint="name another", named=named, why=why
        )
    if fault.errno in _OF_A_STREAM:
        return StorageFailed(
            "output/lost", "the answer could not be written: {why}", hint="look at where standard output goes", why=why
        )
    return None


def _has_time() -> bool:
    try:
        time.time()
    except OverflowError:
        return False
    return True


def _has_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True
