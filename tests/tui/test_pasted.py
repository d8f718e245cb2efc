"""What is pasted arrives as one text in its order, whatever is in it, and presses no key."""

from __future__ import annotations

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste

from crisis_sim.tui.pasted import BEGINS, ENDS, PastedText, keep_pastes_text

HOSTILE = "First line，第二\n\x1b[31mred\x1b[0m\x1b\x1b[A１２３ \x1b"


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_paste_is_one_text_and_presses_nothing(size: int) -> None:
    """However it is cut on its way; keys before and after it stay keys."""
    keep_pastes_text()
    sent, parser = f"a{BEGINS}{HOSTILE}{ENDS}b\x1b[A", XTermParser()
    # the sign that a paste begins comes whole, as terminals write it at once
    head, rest = sent[: 1 + len(BEGINS)], sent[1 + len(BEGINS) :]
    pieces = [head, *(rest[start : start + size] for start in range(0, len(rest), size))]
    events = [event for piece in pieces for event in parser.feed(piece)]
    assert [event.text for event in events if isinstance(event, Paste)] == [HOSTILE.replace("\x1b", "")]
    assert [event.key for event in events if isinstance(event, Key)] == ["a", "b", "up"]


def test_what_is_typed_is_left_alone() -> None:
    """Escape signs outside a paste are keys, and none is held back; the end of what is sent is passed on."""
    text = PastedText()
    assert [text.without_escapes(piece) for piece in ("\x1b", "\x1b[A", "x")] == ["\x1b", "\x1b[A", "x"]
    keep_pastes_text()
    parser = XTermParser()
    assert list(parser.feed("")) == [] and parser.is_eof
