"""Hostile text in a real terminal: no byte of it is obeyed, and all of it that can be printed is printed."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from tests.tui.conftest import Play, keys, quiet, screen_text
from tests.tui.fake import FakeSeat
from textual import events

from crisis_sim.engine.actions import LONGEST_TEXT, TakeNote
from crisis_sim.tui.form_panel import WordsArea

ROOT = Path(__file__).parents[2]
LEAVE = b"\x11"
"""ctrl+q, which asks; no yes that was typed ahead is taken for an answer."""
QUIET_SECONDS = 0.6
"""Seconds without output after which a screen is at rest."""
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OWN_OSC = re.compile(rb"\x1b\](?:0|2|22|8|9|10|11|12);")
"""Titles, pointers, links, progress and colours, which Textual itself writes."""


def run_in_terminal(program: list[str], pressed: bytes, seconds: float = 60.0) -> bytes:
    """Every byte that a terminal of 100×30 receives from a module and its arguments, until the keys have led out."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLUMNS": "100", "LINES": "30"}
    command = [sys.executable, "-m", *program]
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=environment, cwd=ROOT)
    os.close(child)
    received = b""
    waits = [(b"NOW", pressed), (b"", LEAVE), (b"Leave the", b"y")]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([parent], [], [], QUIET_SECONDS)[0]:
            try:
                received += os.read(parent, 65536)
            except OSError:  # it has left
                break
        elif waits and waits[0][0] in received:  # all that came before is shown
            os.write(parent, waits.pop(0)[1])
    process.kill()
    os.close(parent)
    assert process.wait() == 0, received.decode("utf-8", "replace")
    return received


@pytest.mark.parametrize(
    ("phase", "pressed"),
    [
        ("moves", b"\t\t\tn"),
        ("moves", b"\r"),
        ("briefing", b"\t\t"),
        ("readings", b"22"),
        ("forecasts", b"5"),
        ("telling", b"   "),
        ("talk", b" " * 30 + b"o"),
        ("console", b"\t\t\t"),
        ("observer", b""),
        ("hotwash", b"23\x1b[C\x1b[C9"),
    ],
)
def test_no_byte_of_hostile_text_is_obeyed(phase: str, pressed: bytes) -> None:
    """ESC, OSC 52, C1, NUL and bidi overrides in every text of a view never reach the terminal."""
    received = run_in_terminal(["tests.tui.hostile_app", phase], pressed)
    nothing_is_obeyed(received)
    assert phase != "talk" or b"The talk is over" in received


def nothing_is_obeyed(received: bytes) -> None:
    """A screen came, hostile text stands on it as text, and no byte of it is a command to the terminal."""
    text = received.decode("utf-8")
    assert "NOW" in text, text
    assert "[/][RED-1]" in text
    assert b"\x1b]52" not in received
    assert b"\x1b[31m" not in received
    assert "\x9b" not in text
    assert "\x00" not in text
    assert not BIDI.search(text)
    oscs = re.findall(rb"\x1b\][^\x07\x1b]{0,12}", received)
    assert all(OWN_OSC.match(each) for each in oscs), oscs


async def test_markup_in_foreign_text_is_printed(play: Play) -> None:
    """`[/]`, `[RED-1]` and a click that would quit stand on the screen as they were written."""
    async with play(FakeSeat(), size=(180, 40)) as pilot:
        await keys(pilot, "tab")
        text = screen_text(pilot)
        assert "[/][RED-1][@click=app.quit]x[/]" in text
        await pilot.click(offset=(40, 8))
        assert pilot.app.is_running


async def test_what_is_pasted_is_cleaned_and_cut(play: Play) -> None:
    """A paste of controls and a megabyte leaves clean text of the longest length."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "w")
        page = pilot.app.screen.query_one(WordsArea)
        page.post_message(events.Paste("\x1b]52;c;aGk=\x07\u202eab\x00\r\n" + "x" * 1_000_000))
        await quiet(pilot)
        assert "\x1b" not in page.text
        assert "\u202e" not in page.text
        assert page.text.startswith("]52;c;aGk=ab\nx")
        await keys(pilot, "ctrl+s")
    (note,) = seat.sent
    assert isinstance(note, TakeNote) and len(note.text) == LONGEST_TEXT and "\x1b" not in note.text
