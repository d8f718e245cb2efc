"""What is half written when somebody leaves, kept beside a log or a seat until he comes back, and by nobody else read.

It is no part of the session: a file that is missing, damaged or cannot be written is as if nothing had been written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from crisis_sim.session.disk import open_regular, write_over

ENDING: Final = ".half-written.json"
LARGEST: Final = 1_000_000
"""Bytes that are read."""
Sheets: TypeAlias = dict[str, dict[str, str | tuple[str, ...]]]
"""Answers by question, by the form that asks."""


def beside(log: Path) -> Path:
    """Where it is kept for those who play a log at one terminal."""
    return log.with_name(f"{log.stem}{ENDING}")


class HalfWritten:
    """The file of it, its owner's alone."""

    def __init__(self, path: Path) -> None:
        """In that file, which is there only while something is half written."""
        self.path = path

    def read(self) -> dict[str, Sheets]:
        """What was kept, by seat."""
        try:
            descriptor = open_regular(self.path, os.O_RDONLY)
            try:
                data = os.read(descriptor, LARGEST)
            finally:
                os.close(descriptor)
            return msgspec.json.decode(data, type=dict[str, Sheets])
        except (OSError, msgspec.MsgspecError, UnicodeError):
            return {}

    def write(self, sheets: Mapping[str, Sheets]) -> bool:
        """Keep these by seat, or nothing where there are none; whether they are kept."""
        kept = {seat: of for seat, of in sheets.items() if of}
        if not kept:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
            return False
        try:
            write_over(self.path, msgspec.json.encode(kept), waits=False)
        except OSError:
            return False
        return True
