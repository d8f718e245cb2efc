"""What is pasted arrives as one text in its order and presses no key; an escape sign that nothing follows is one."""

from __future__ import annotations

import math
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from crisis_sim.tui.escape_signs import BEGINS, ENDS, PastedText, read_escape_signs

HOSTILE = "First line，第二\n\x1b[31mred\x1b[0m\x1b\x1b[A１２３ \x1b"
PATIENCE = 30.0
"""Seconds after which something hangs."""
WRITES = """
from textual.app import ComposeResult
from crisis_sim.tui.themes import DEFAULT
from crisis_sim.tui.typed_ahead import PatientApp
from crisis_sim.tui.widgets.text_inputs import TextBox

class Writes(PatientApp[str]):
    def compose(self) -> ComposeResult:
        yield TextBox(title="READY")

    def on_text_box_sent(self, sent: TextBox.Sent) -> None:
        self.exit(sent.page.text)

print("WRITTEN", ascii(Writes(DEFAULT).run()))
"""


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where what a terminal sends is read from, which is given to it at the other end."""
    read_escape_signs()
    monkeypatch.delenv("ESCDELAY", raising=False)
    reads, writes = os.pipe()
    with os.fdopen(reads) as stdin:
        monkeypatch.setattr(sys, "__stdin__", stdin)
        yield writes
        monkeypatch.undo()
    os.close(writes)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_paste_is_one_text_and_presses_nothing(size: int, terminal: int) -> None:
    """However it is cut on its way, while more of it comes; keys before and after it stay keys."""
    os.write(terminal, b"more")
    sent, parser = f"a{BEGINS}{HOSTILE}{ENDS}b\x1b[A", XTermParser()
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    events = [event for piece in pieces for event in parser.feed(piece)]
    assert [event.text for event in events if isinstance(event, Paste)] == [HOSTILE.replace("\x1b", "")]
    assert [event.key for event in events if isinstance(event, Key)] == ["a", "b", "up"]


@pytest.mark.parametrize("cut", range(3, len(BEGINS)))
def test_a_paste_whose_first_sign_comes_in_two_pieces_is_one(cut: int) -> None:
    """At a real terminal, which is read in between."""
    end, child = pty.openpty()
    said = bytearray()
    try:
        program = [sys.executable, "-c", WRITES]
        with subprocess.Popen(program, stdin=child, stdout=child, stderr=child, start_new_session=True):
            _until(end, said, b"READY")
            os.write(end, f"Q{BEGINS[:cut]}".encode())
            _until(end, said, b"Q")
            os.write(end, f"{BEGINS[cut:]}{HOSTILE}{ENDS}b\n".encode())
            _until(end, said, b"WRITTEN '.*'")
    finally:
        os.close(child)
        os.close(end)
    assert ascii("Q" + HOSTILE.replace("\x1b", "") + "b").encode() in said


@pytest.mark.parametrize("cut", range(3, len(BEGINS)))
def test_the_rest_of_what_begins_a_paste_is_waited_for(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However late it is: nobody types the half of it."""
    read_escape_signs()
    parser = XTermParser()
    assert not list(parser.feed(BEGINS[:cut]))
    monkeypatch.setattr("textual._parser.get_time", lambda: math.inf)
    assert not list(parser.tick())
    assert [event.text for event in parser.feed(f"{BEGINS[cut:]}all{ENDS}") if isinstance(event, Paste)] == ["all"]


def _until(end: int, said: bytearray, pattern: bytes) -> None:
    """Take what a terminal is written until that has come."""
    while not re.search(pattern, said):
        assert select.select([end], [], [], PATIENCE)[0], said[-300:]
        said += os.read(end, 65536)


def test_an_escape_sign_that_nothing_follows_is_the_key(terminal: int) -> None:
    """As soon as that is known; Textual would wait for a tenth of a second more."""
    parser = XTermParser()
    assert [event.key for event in parser.feed("\x1b") if isinstance(event, Key)] == ["escape"]
    assert [event.key for event in parser.feed("[") if isinstance(event, Key)] == ["left_square_bracket"]


def test_an_escape_sign_that_more_follows_waits_for_it(terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is an arrow; whoever has set a delay of their own for slow lines keeps it."""
    os.write(terminal, b"[A")
    parser = XTermParser()
    assert not list(parser.feed("\x1b"))
    assert [event.key for event in parser.feed(os.read(sys.__stdin__.fileno(), 2).decode())] == ["up"]  # type: ignore[attr-defined,union-attr]  # a key, from a pipe
    monkeypatch.setenv("ESCDELAY", "500")
    assert not list(parser.feed("\x1b"))


def test_what_is_typed_is_left_alone() -> None:
    """Escape signs outside a paste are keys, and none is held back; the end of what is sent is passed on."""
    text = PastedText()
    assert [text.without_escapes(piece) for piece in ("\x1b", "\x1b[A", "x")] == ["\x1b", "\x1b[A", "x"]
    read_escape_signs()
    parser = XTermParser()
    assert list(parser.feed("")) == [] and parser.is_eof
