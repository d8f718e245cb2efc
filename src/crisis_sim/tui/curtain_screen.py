"""The curtain between two seats at one terminal: who comes, who looks away, nothing else.

It opens on three presses of the space bar, so that a hand resting on the keyboard does not open it; where a facilitator
has set a word, on that word and enter.
"""

from __future__ import annotations

from typing import Final

from rich.console import Group
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.blocks import Paragraph, words
from crisis_sim.pages.screen_words import curtain_blocks
from crisis_sim.pages.translator import Translator

PRESSES: Final = 3
LONGEST_WORD: Final = 40


class CurtainScreen(Screen[None]):
    """Nothing of either team, until the right people sit here."""

    DEFAULT_CSS = """
    CurtainScreen { background: $ink-now-ground; align: center middle; }
    CurtainScreen Static { width: 100%; height: auto; color: $ink-now; background: $ink-now-ground; text-style: bold; }
    """

    class Opened(Message):
        """The next seat is at the terminal."""

    def __init__(self, seat: SeatName, say: Translator, word: str = "", changed: str = "") -> None:
        """For the seat that comes, which opens it by `word` if it has set one; `changed` says that chairs are."""
        super().__init__()
        self.comes, self.say = seat, say
        self._changed, self._word, self._typed, self._is_wrong, self._pressed = changed, word, "", False, 0

    def compose(self) -> ComposeResult:
        """A few lines in the middle."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def _draw(self) -> None:
        page = curtain_blocks(self.comes, self._changed, self._way_in(), self.say)
        lines = (Text(words(block.line), justify="center") for block in page if isinstance(block, Paragraph))
        self.query_one(Static).update(Group(*lines))

    def _way_in(self) -> tuple[str, ...]:
        """What opens it, and how far that has come."""
        if self._word:
            wrong = self.say("That is not the word. ") if self._is_wrong else ""
            return wrong + self.say("Type the facilitator's word, then enter."), "●" * len(self._typed) or "○"
        presses_left = PRESSES - self._pressed
        marks = " ".join("●" if number < self._pressed else "○" for number in range(PRESSES))
        return self.say("Press space once more to open", plural="Press space {n} times to open", n=presses_left), marks

    def on_key(self, event: events.Key) -> None:
        """Count presses of the space bar, any other key starts again; or take the word, letter by letter."""
        if event.key in ("ctrl+q", "ctrl+c"):
            return
        event.stop()
        event.prevent_default()
        if self._word:
            self._letter(event)
        else:
            self._pressed = self._pressed + 1 if event.key == "space" else 0
            if self._pressed == PRESSES:
                self.post_message(self.Opened())
        self._draw()

    def _letter(self, event: events.Key) -> None:
        if event.key == "enter":
            if self._typed.casefold() == self._word.casefold():
                self.post_message(self.Opened())
                return
            self._typed, self._is_wrong = "", True
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.is_printable and event.character and len(self._typed) < LONGEST_WORD:
            self._typed += event.character
