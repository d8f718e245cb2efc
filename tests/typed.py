"""What a page lets its reader type, done by this process: a start of its own would cost more than most verbs do."""

from __future__ import annotations

import io
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from crisis_sim.cli import main


class Typed(NamedTuple):
    """What a line came to."""

    code: int
    out: str
    err: str


class Desk(NamedTuple):
    """Where a reader stands, with nobody at the keyboard."""

    here: Path
    captured: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def typed(self, line: str) -> Typed:
        """Do a line that begins with `scripts/run`."""
        program, *words = shlex.split(line, comments=True)
        assert program == "scripts/run", line
        self.patch.chdir(self.here)
        self.patch.setattr("sys.stdin", io.StringIO())
        self.captured.readouterr()
        code = main(words)
        return Typed(code, *self.captured.readouterr())
