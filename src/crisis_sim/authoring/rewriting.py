"""Putting another text in the place of an author's file, whole or not at all.

The new text goes to a file beside the old one, onto the disk, and takes its name with its permissions. What has been
changed by somebody else in the meantime is left alone.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from crisis_sim.errors import UnreadableInput
from crisis_sim.text import clean


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Let the file at `path`, which holds `old`, hold `new`; a symbolic link is followed.

    Raises UnreadableInput, with the old file as it was, if it holds something else or cannot be written.
    """
    at = Path(os.path.realpath(path))
    try:
        if at.read_bytes() != old:
            raise _unwritable(path, "somebody else has changed it in the meantime", "try again")
        status = at.stat()
        number, name = tempfile.mkstemp(dir=at.parent, prefix=f".{at.name[:40]}-", suffix=".new")
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(number)
        beside.chmod(status.st_mode & 0o7777)
        with contextlib.suppress(OSError, AttributeError):
            os.chown(beside, status.st_uid, status.st_gid)
        beside.replace(at)
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    finally:
        beside.unlink(missing_ok=True)


_ALLOW = "look at the permissions of the file and its folder, and at the room on the disk"


def _reason(error: OSError) -> str:
    return (error.strerror or "the disk refuses").lower()


def _unwritable(path: Path, why: str, hint: str) -> UnreadableInput:
    shown = clean(str(path), lines=False)
    return UnreadableInput("file/unwritable", f"{shown} is left as it was: {why}", hint=hint)
