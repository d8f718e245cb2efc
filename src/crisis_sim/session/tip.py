"""A witness beside the log of the last entry that was acknowledged.

Nothing hashes a log's last line, so by itself a log cannot tell that its end was cut off between two lines. `NAME.tip`
can: it names the seq and the hash of the last acknowledged entry. It is written after the entry is on disk and not
synced, so after a crash it may be behind, never ahead; and being only a witness, it may be missing without harm.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

_FORM: Final = re.compile(rb"([0-9]{12}) ([0-9a-f]{64})\n")


class Tip(NamedTuple):
    """The last acknowledged entry."""

    seq: int
    hash: str


def tip_path(log: Path) -> Path:
    """Where the tip of `log` lies."""
    return log.with_name(f"{log.name}.tip")


def read_tip(log: Path) -> Tip | None:
    """The tip of `log`; None where there is none or it makes no sense."""
    try:
        with tip_path(log).open("rb") as file:
            match = _FORM.fullmatch(file.read(100))
    except OSError:
        return None
    return Tip(int(match[1]), match[2].decode()) if match else None


class TipWriter:
    """Keeps the tip of a log that is being written; where that fails there is no tip."""

    def __init__(self, log: Path) -> None:
        """Nothing is written before the first `note`."""
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            self._descriptor = os.open(tip_path(log), flags, 0o600)
        except OSError:
            self._descriptor = -1

    def note(self, seq: int, digest: str) -> None:
        """The entry `seq` with the hash `digest` is on disk. Always as many bytes, so no old ones stay behind."""
        if self._descriptor < 0:
            return
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, b"%012d %s\n" % (seq, digest.encode()))
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
