"""The curtain between two seats at one terminal: one colour, who comes, who looks away, nothing else.

It opens on three presses of the space bar, so that a hand resting on the keyboard does not open it; where a facilitator
has set a word, that word and enter.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.pane_rows import BLANK, PaneRow, row, width_of
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.wording import _

PRESSES = 3
LONGEST_WORD = 40

COME: dict[str, str] = {
    "us": _("US TEAM, please."),
    "china": _("CHINA TEAM, please."),
    "facilitator": _("FACILITATOR, please."),
    "observer": _("OBSERVER, please."),
}
AWAY: dict[str, str] = {
    "us": _("China team, look away."),
    "china": _("US team, look away."),
    "facilitator": _("Both teams, look away."),
    "observer": "",
}


class CurtainScreen(Screen[None]):
    """Nothing of either team, until the right people sit here."""

    DEFAULT_CSS = """
    CurtainScreen { background: $ink-now-ground; align: center middle; }
    CurtainScreen Vertical { width: 100%; height: auto; background: $ink-now-ground; }
    CurtainScreen FixedRows { background: $ink-now-ground; color: $ink-now; }
    """

    class Opened(Message):
        """The next seat is at the terminal."""

    def __init__(self, seat: SeatName, say: Teller, word: str = "", changed: str = "") -> None:
        """For the seat that comes, which opens it by `word` if it has set one; `changed`, that chairs are."""
        super().__init__()
        self.comes = seat
        self.say = say
        self._pressed = 0
        self._changed = say(changed) if changed else ""
        self._word, self._typed, self._is_wrong = word, "", False

    def compose(self) -> ComposeResult:
        """A few lines in the middle."""
        with Vertical():
            yield FixedRows(id="curtain", most=10)

    def on_mount(self) -> None:
        """Draw the curtain."""
        self.query_one("#curtain", FixedRows).show(self._draw)

    def _draw(self, width: int) -> list[PaneRow]:
        told = (self._changed,) if self._changed else ()
        lines = (self.say(COME[self.comes]), *told, self.say(AWAY[self.comes]), "", *self._way_in())
        rows = (row((line, "now" if line else "")) for line in (*lines, "", self.say("ctrl+q leaves")))
        return [
            each if not width_of(each) else ((" " * max((width - width_of(each)) // 2, 0), ""), *each) for each in rows
        ] + [BLANK]

    def _way_in(self) -> tuple[str, ...]:
        """What opens it, and how far that has come."""
        if self._word:
            wrong = self.say("That is not the word. ") if self._is_wrong else ""
            return wrong + self.say("Type the facilitator's word, then enter."), "●" * len(self._typed) or "○"
        left = PRESSES - self._pressed
        marks = " ".join("●" if number < self._pressed else "○" for number in range(PRESSES))
        return self.say("Press space once more to open", plural="Press space {n} times to open", n=left), marks

    def on_key(self, event: events.Key) -> None:
        """Count presses of the space bar, any other key starts again; or take the word, letter by letter."""
        if event.key in ("ctrl+q", "ctrl+c"):
            return
        event.stop()
        if self._word:
            self._letter(event)
            return
        self._pressed = self._pressed + 1 if event.key == "space" else 0
        self.query_one("#curtain", FixedRows).redraw()
        if self._pressed >= PRESSES:
            self.post_message(self.Opened())

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
        self.query_one("#curtain", FixedRows).redraw()
