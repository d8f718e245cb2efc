"""What is pasted stays text: the escape signs in it are taken out before anything looks for keys.

Textual's parser takes an escape sequence within a paste for keys, and gives those out before the text around them:
colours from another terminal end up in front of it, and hostile text could press keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.message import Message

BEGINS: Final = "\x1b[200~"
ENDS: Final = "\x1b[201~"


class PastedText:
    """Takes escape signs out of what a terminal sends between the signs that a paste begins and that it ends."""

    def __init__(self) -> None:
        """Before anything was sent."""
        self._is_within = False
        self._held = ""
        """What may be the start of the sign that a paste ends."""

    def without_escapes(self, sent: str) -> str:
        """The same; what may go on in the next piece is held back, within a paste alone."""
        told, rest = [], self._held + sent
        self._held = ""
        while rest:
            if not self._is_within:
                before, begins, rest = rest.partition(BEGINS)
                told += [before, begins]
                self._is_within = bool(begins)
                continue
            text, ends, rest = rest.partition(ENDS)
            if not ends:
                self._held = next((ENDS[:n] for n in range(len(ENDS) - 1, 0, -1) if text.endswith(ENDS[:n])), "")
                text = text.removesuffix(self._held)
            told += [text.replace("\x1b", ""), ends]
            self._is_within = not ends
        return "".join(told)


_FEED = XTermParser.feed


def _feed(parser: XTermParser, data: str) -> Iterable[Message]:
    """Give the parser what was sent, pastes without escape signs; nothing at all is the end of what is sent."""
    pasted: PastedText = parser.__dict__.setdefault("_pasted", PastedText())
    if not data or (told := pasted.without_escapes(data)):
        yield from _FEED(parser, told if data else data)


def keep_pastes_text() -> None:
    """Have Textual's parser give out what is pasted without escape signs, in this process from now on."""
    XTermParser.feed = _feed  # type: ignore[method-assign,assignment]  # it takes no other reader of its input
