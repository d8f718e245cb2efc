"""An app at a terminal: a signal that stops it ends it cleanly, and goes on to whoever takes it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
from tests.tui.fake import FakeSeat
from crisis_sim.tui.app import run_at
from crisis_sim.pages.seat_table import SeatTable
run_at(SeatTable({"us": FakeSeat()}, ("us",)))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stop_by_a_signal_restores_the_terminal_and_is_taken_for_what_it_is(number: signal.Signals) -> None:
    """The alternate screen is left, and the process ends by that signal."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=child, stdout=child, stderr=child, env=environment, cwd=ROOT
    )
    os.close(child)
    received, end, is_told = b"", time.monotonic() + 60, False
    while time.monotonic() < end and select.select([parent], [], [], 10)[0]:
        try:
            received += os.read(parent, 65536)
        except OSError:  # it has left
            break
        if b"NOW" in received and not is_told:
            process.send_signal(number)
            is_told = True
    assert process.wait(timeout=20) == -number
    os.close(parent)
    assert b"\x1b[?1049l" in received


def test_a_terminal_that_goes_without_a_signal_ends_the_program() -> None:
    """A process that is in no session of the terminal is sent nothing when it closes, and is not left behind."""
    parent, child = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLUMNS": "80", "LINES": "24"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=child, stdout=child, stderr=child, env=environment, cwd=ROOT
    )
    os.close(child)
    received = b""
    while b"NOW" not in received and select.select([parent], [], [], 30)[0]:
        received += os.read(parent, 65536)
    os.close(parent)
    try:
        assert process.wait(timeout=20) == -signal.SIGHUP
    finally:
        process.kill()
