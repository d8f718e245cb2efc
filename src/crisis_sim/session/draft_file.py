"""What is half written when somebody leaves, kept beside a log or a seat until he comes back, and by nobody else read.

The time that each team at a shared terminal has spent of its turn lies there too, since no log knows who sat there.

It is no part of the session: a file that is missing, damaged or cannot be written is as if nothing had been written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

import msgspec

from crisis_sim.session.disk import open_regular, write_over

ENDING: Final = ".half-written.json"
LARGEST: Final = 1_000_000
"""Bytes that are read."""
Sheets: TypeAlias = dict[str, dict[str, str | tuple[str, ...]]]
"""Answers by question, by the form that asks."""
NO_TIME: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({})


class _SavedDraft(msgspec.Struct):
    sheets: dict[str, Sheets] = {}
    """By seat."""
    spent: dict[str, tuple[int, int]] = {}


def half_written_file(log: Path) -> Path:
    """Where it is kept for those who play a log at one terminal."""
    return log.with_name(f"{log.stem}{ENDING}")


class HalfWritten:
    """The file of it, its owner's alone."""

    def __init__(self, path: Path) -> None:
        """In that file, which is there only while there is something to be kept."""
        self.path = path
        self._written = b""

    def read(self) -> dict[str, Sheets]:
        """What was kept, by seat."""
        return self._read().sheets

    def spent(self) -> dict[str, tuple[int, int]]:
        """A turn, and the real seconds of it that were spent at a shared terminal, by seat."""
        return self._read().spent

    def _read(self) -> _SavedDraft:
        try:
            descriptor = open_regular(self.path, os.O_RDONLY)
            try:
                data = os.read(descriptor, LARGEST)
            finally:
                os.close(descriptor)
            return msgspec.json.decode(data, type=_SavedDraft)
        except (OSError, msgspec.MsgspecError, UnicodeError):
            return _SavedDraft()

    def write(self, sheets: Mapping[str, Sheets], spent: Mapping[str, tuple[int, int]] = NO_TIME) -> bool:
        """Keep these by seat, or nothing where there are none; whether something half written is kept."""
        content = _SavedDraft({seat: drafts for seat, drafts in sheets.items() if drafts}, dict(spent))
        data = msgspec.json.encode(content) if content.sheets or content.spent else b""
        try:
            if not data:
                self.path.unlink(missing_ok=True)
            elif data != self._written:
                write_over(self.path, data, waits=False)
        except OSError:
            return False
        self._written = data
        return bool(content.sheets)
