"""Escape signs that a terminal sends: what is pasted stays text without them, and one that nothing follows is the key.

Textual's parser takes an escape sequence within a paste for keys, and gives those out before the text around them:
colours from another terminal end up in front of it, and hostile text could press keys. Of a sign that ends what was
read it waits a tenth of a second for more, so that the escape key would be the slowest of all; and what begins a paste
it takes for keys where the rest is late.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE: Final = "\x1b"
BEGINS: Final = "\x1b[200~"
ENDS: Final = "\x1b[201~"
SOON: Final = 0.01
"""Seconds in which what follows an escape sign comes, as tmux has it; ESCDELAY says otherwise."""
TYPED: Final = 2
"""Signs of a sequence that somebody can have typed: alt and a bracket."""


class PastedText:
    """Takes escape signs out of what a terminal sends between the signs that a paste begins and that it ends."""

    def __init__(self) -> None:
        """Before anything was sent."""
        self._is_within = False
        self._held = ""
        """What may be the start of the sign that a paste ends."""
        self.begun = ""
        """What was given out and may be the start of the sign that a paste begins."""

    def without_escapes(self, sent: str) -> str:
        """The same; what may go on in the next piece is held back, within a paste alone."""
        told, rest = [], self._held + sent
        self._held = ""
        while rest:
            if not self._is_within:
                before, begins, rest = (self.begun + rest).partition(BEGINS)
                told.append((before + begins)[len(self.begun) :])
                self.begun = "" if begins else _start_of(BEGINS, before)
                self._is_within = bool(begins)
                continue
            text, ends, rest = rest.partition(ENDS)
            if not ends:
                self._held = _start_of(ENDS, text)
                text = text.removesuffix(self._held)
            told += [text.replace(ESCAPE, ""), ends]
            self._is_within = not ends
        return "".join(told)


def _start_of(sign: str, text: str) -> str:
    """As much of a sign as a text ends with, and not all of it."""
    return next((sign[:n] for n in range(len(sign) - 1, 0, -1) if text.endswith(sign[:n])), "")


_FEED = XTermParser.feed


def _feed(parser: XTermParser, data: str) -> Iterable[Message]:
    """Give the parser what was sent, pastes without escape signs; nothing at all is the end of what is sent."""
    pasted: PastedText = parser.__dict__.setdefault("_pasted", PastedText())
    if not data or (told := pasted.without_escapes(data)):
        yield from _FEED(parser, told if data else data)
    if pasted.begun == ESCAPE and "ESCDELAY" not in os.environ and _is_all():
        parser._timeout_time = 0.0
        yield from parser.tick()
    elif len(pasted.begun) > TYPED:
        parser._timeout_time = None  # the rest comes, however late


def _is_all() -> bool:
    """Whether nothing follows soon at this terminal."""
    try:
        return sys.__stdin__ is not None and not select.select([sys.__stdin__], [], [], SOON)[0]
    except (OSError, ValueError):  # it cannot be asked: the parser waits as long as it does
        return False


def read_escape_signs() -> None:
    """Have Textual's parser read them so, in this process from now on."""
    XTermParser.feed = _feed  # type: ignore[method-assign,assignment]  # it takes no other reader of its input
