"""A witness beside the log of the last entry that was acknowledged.

Nothing hashes a log's last line, so by itself a log cannot tell that its end was cut off between two lines. `NAME.tip`
can: its first line names the seq and the hash of the last acknowledged entry, and the bytes that the log then had. It
is written after the entry is on disk and not synced, so after a crash it may be behind, never ahead; and being only a
witness, it may be missing without harm. Each line ends with a sum over it, so that half a line is none.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from crisis_sim.session.regular import open_regular

FORM: Final = 2
"""Number of the file's form; another form has another number before its first space."""

_FIRST: Final = re.compile(rb"([0-9]{12}) ([0-9a-f]{64})\n")
_LAST: Final = re.compile(rb"2 ([0-9]{12}) ([0-9a-f]{64}) ([0-9]{15}) ")
_LONGEST: Final = 400
"""Bytes that are looked at."""


class Tip(NamedTuple):
    """The last acknowledged entry."""

    seq: int
    hash: str
    size: int | None = None
    """Bytes of the log up to its end; None where the tip's form does not say."""


def tip_path(log: Path) -> Path:
    """Where the tip of `log` lies."""
    return log.with_name(f"{log.name}.tip")


def kept_tip_path(log: Path, tip: Tip) -> Path:
    """Where `tip` is kept once the log of which it is a witness goes on without what it names."""
    return log.with_name(f"{log.name}.tip.{tip.hash[:12]}")


def read_tip(log: Path) -> Tip | None:
    """The tip of `log`; None where there is none or it makes no sense. Raises OSError where it is not a file."""
    try:
        descriptor = open_regular(tip_path(log), os.O_RDONLY)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        return _tip_in(file.read(_LONGEST))


def _tip_in(data: bytes) -> Tip | None:
    if match := _FIRST.fullmatch(data):
        return Tip(int(match[1]), match[2].decode())
    first, *_ = data.split(b"\n")
    body = _summed(first)
    if body is not None and (match := _LAST.fullmatch(body)):
        return Tip(int(match[1]), match[2].decode(), int(match[3]) or None)
    return None


def tip_line(tip: Tip) -> bytes:
    """The bytes of a tip; always as many, so no old ones stay behind."""
    return _with_sum(b"%d %012d %s %015d " % (FORM, tip.seq, tip.hash.encode(), tip.size or 0))


def _with_sum(body: bytes) -> bytes:
    return b"%s%08x\n" % (body, crc32(body))


def _summed(line: bytes) -> bytes | None:
    """A line without its sum; None where that is not the sum of it."""
    body = line[:-8]
    return body if _with_sum(body) == line + b"\n" else None


class TipWriter:
    """Keeps the tip of a log that is being written; where that fails there is no tip."""

    def __init__(self, log: Path) -> None:
        """Nothing is written before the first `note`."""
        self._descriptor = -1
        with suppress(OSError):  # whoever reads the log is told that its tip is not a file
            self._descriptor = open_regular(tip_path(log), os.O_WRONLY | os.O_CREAT)

    def note(self, tip: Tip) -> None:
        """The entry that `tip` names is on disk."""
        if self._descriptor < 0:
            return
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, tip_line(tip))
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
