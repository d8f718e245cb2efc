"""A list beside a place to write: what is typed in it are words that go there; it chooses nothing, and loses none."""

from __future__ import annotations

from textual.events import Key, Paste

from crisis_sim.text import narrow
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.tui.widgets.text_inputs import LineInput, TextBox


class Beside(Pane):
    """A list that gives what is typed or pasted into it to a place to write."""

    def __init__(
        self, title: str, *, id: str, into: str, keys: str = "", classes: str = "", cursor: bool = False
    ) -> None:
        """`into` is the id of the place to write; `keys` are the letters that mean something in this list."""
        super().__init__(title, id=id, classes=classes, cursor=cursor)
        self._into, self._kept = into, f"?{keys}"

    def writes(self, character: str) -> bool:
        """Whether a sign that is typed here is a word's: it is none of this list's keys, in full width either."""
        return narrow(character) not in self._kept

    def on_key(self, event: Key) -> None:
        """Words begin here and go on there, also those that came before the focus had moved."""
        if event.is_printable and ((event.character or "") not in self._kept or self.screen.focused is not self):
            self._write(event, Key(event.key, event.character))

    def on_paste(self, event: Paste) -> None:
        """What is pasted are words."""
        self._write(event, Paste(event.text))

    def _write(self, event: Key | Paste, again: Key | Paste) -> None:
        event.stop()
        event.prevent_default()
        place = self.screen.query_one(f"#{self._into}")
        if isinstance(place, LineInput | TextBox):
            if self.screen.focused is not place:
                self.screen.set_focus(place)
                place.at_end()
            place.post_message(again)
