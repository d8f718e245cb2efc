"""A witness beside the log of the last entry that was acknowledged.

Nothing hashes a log's last line, so by itself a log cannot tell that its end was cut off between two lines. `NAME.tip`
can: its first line names the seq and the hash of the last acknowledged entry, and the bytes that the log then had. Its
second says when somebody last had the log open, for the turn's clock. It is written after the entry is on disk and not
synced, so after a crash it may be behind, never ahead; and being only a witness, it may be missing without harm. Each
line ends with a sum over it, so that half a line is none.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple
from zlib import crc32

from crisis_sim.session.disk import open_regular

FORM: Final = 2
"""Number of the file's form; another form has another number before its first space."""

_FIRST: Final = re.compile(rb"([0-9]{12}) ([0-9a-f]{64})\n")
_LAST: Final = re.compile(rb"2 ([0-9]{12}) ([0-9a-f]{64}) ([0-9]{15}) ")
_OPEN: Final = re.compile(rb"open ([0-9]{15}) ([0-9]{15}) ")
_LONGEST: Final = 400
"""Bytes that are looked at."""


class LastOpen(NamedTuple):
    """When somebody last had a log open, in milliseconds since 1970-01-01T00:00Z."""

    at: int
    away: int
    """Milliseconds between its last entry and `at` in which nobody had it open."""


class Tip(NamedTuple):
    """The last acknowledged entry."""

    seq: int
    hash: str
    size: int | None = None
    """Bytes of the log up to its end; None where the tip's form does not say."""
    open: LastOpen | None = None
    """None where nobody noted it."""


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
    first, second, *_ = [*data.split(b"\n"), b""]
    match = _LAST.fullmatch(_summed(first))
    return Tip(int(match[1]), match[2].decode(), int(match[3]) or None, _open_in(second)) if match else None


def _open_in(line: bytes) -> LastOpen | None:
    match = _OPEN.fullmatch(_summed(line))
    return LastOpen(int(match[1]), int(match[2])) if match else None


def tip_line(tip: Tip) -> bytes:
    """The bytes of a tip; always as many, so no old ones stay behind."""
    return _with_sum(b"%d %012d %s %015d " % (FORM, tip.seq, tip.hash.encode(), tip.size or 0))


def _with_sum(body: bytes) -> bytes:
    return b"%s%08x\n" % (body, crc32(body))


def _summed(line: bytes) -> bytes:
    """A line without its sum; nothing where that is not the sum of it."""
    body = line[:-8]
    return body if _with_sum(body) == line + b"\n" else b""


_SECOND: Final = len(tip_line(Tip(0, "0" * 64)))
"""Where the second line begins."""


class TipWriter:
    """Keeps the tip of a log that is being written; where that fails there is no tip. Threads may share it."""

    def __init__(self, log: Path) -> None:
        """Nothing is written before the first `note`."""
        self._descriptor = -1
        self._turn = Lock()
        with suppress(OSError):  # whoever reads the log is told that its tip is not a file
            self._descriptor = open_regular(tip_path(log), os.O_WRONLY | os.O_CREAT)

    def note(self, tip: Tip) -> None:
        """The entry that `tip` names is on disk."""
        self._write(0, tip_line(tip))

    def note_open(self, when: LastOpen) -> None:
        """The log is open at this time."""
        self._write(_SECOND, _with_sum(b"open %015d %015d " % when))

    def _write(self, place: int, line: bytes) -> None:
        with self._turn:
            if self._descriptor < 0:
                return
            try:
                os.lseek(self._descriptor, place, os.SEEK_SET)
                os.write(self._descriptor, line)
            except OSError:
                self._let_go()

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            self._let_go()

    def _let_go(self) -> None:
        if self._descriptor >= 0:
            descriptor, self._descriptor = self._descriptor, -1
            os.close(descriptor)
