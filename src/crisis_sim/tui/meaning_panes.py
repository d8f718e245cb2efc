"""What is sealed with a move that is composed: how we mean it, what we expect, and for whom public words are.

A digit or enter says one and goes on to the next, where the cursor lies on what was said before it. Enter on what is
said, once all of it is, asks to seal; nothing is sealed that was not chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual import on
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widget import Widget

from crisis_sim.pages.move_sheet import MoveSheet, sealed_fields
from crisis_sim.pages.phrases import example_told
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.composer_rows import audience_blocks, exemplified, scale_blocks
from crisis_sim.tui.pane_rows import PaneRow, para
from crisis_sim.tui.widgets.beside import Beside
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _

FIELDS: Final = {"meaning": "intent", "expected": "expected", "audience": "audience"}
"""What of a move each pane says, in the order in which they are asked."""
ASKED: Final = {
    "meaning": _("How do we mean it? Press 1 to 7."),
    "expected": _("How will they take it? Press 1 to 7, or enter for the same."),
    "audience": _("Whom is it mainly for? Press 1 to 4."),
}


class MeaningPanes(Container):
    """The lists, side by side or under each other, and an example of what the cursor is on."""

    DEFAULT_CSS = """
    MeaningPanes {
        height: auto;
        #sealed { height: auto; }
        #sealed Pane { width: 1fr; height: 9; }
        &.-private #audience { display: none; }
    }
    """

    @dataclass
    class Said(Message):
        """Somebody has chosen a value."""

    @dataclass
    class Sealed(Message):
        """Enter was pressed on what is said, and all of it is."""

    def __init__(self, move: MoveSheet, say: Teller) -> None:
        """Of a move that is composed."""
        super().__init__(id="meanings")
        self.move, self.tell = move, say

    def compose(self) -> Iterable[Widget]:
        """The lists, and the example."""
        say = self.tell
        yield Horizontal(
            Beside(say("We mean it as"), id="meaning", into="words", keys="1234567"),
            Beside(say("They will take it as"), id="expected", into="words", keys="1234567"),
            Beside(say("Mainly for"), id="audience", into="words", keys="1234567"),
            id="sealed",
        )
        yield FixedRows(id="example", most=2)

    def on_mount(self) -> None:
        """Nothing is under the cursor yet."""
        self.query_one("#example", FixedRows).show(self._example)

    def draw(self) -> None:
        """Show what is said, with the cursor on it; for whom it is asked of what is public alone."""
        self.set_class(self.move.visibility == "private", "-private")
        self._show("meaning", self.move.intent)
        self._show("expected", self.move.expected)
        pane, audience = self.query_one("#audience", Pane), self.move.audience
        pane.show(lambda width: audience_blocks(audience, 0, width, self.tell))
        if audience is not None:
            pane.move_to(audience)

    def _show(self, name: str, number: int | None) -> None:
        pane = self.query_one(f"#{name}", Pane)
        pane.show(lambda width: scale_blocks(number, width, self.tell))
        if number is not None:
            pane.move_to(str(number))

    @property
    def asked(self) -> list[str]:
        """The lists, in their order."""
        fields = sealed_fields(self.move)
        return [name for name, field in FIELDS.items() if field in fields]

    @property
    def unsaid(self) -> str:
        """The first of the lists in which nothing is chosen; empty if all are said."""
        return next((name for name in self.asked if getattr(self.move, FIELDS[name]) is None), "")

    @property
    def asks(self) -> str:
        """What is to be said next, or that enter seals."""
        return ASKED[self.unsaid] if self.unsaid else _("Enter seals the move.")

    @property
    def at_hand(self) -> str:
        """The list that takes the keys, if one does."""
        focused = self.screen.focused.id if self.is_mounted and self.screen.focused else None
        return focused if focused in FIELDS else ""

    def take(self, number: int) -> None:
        """Say what the list at hand asks, by its number from 1, and go on to the next."""
        keys = self.query_one(f"#{self.at_hand}", Pane).keys if self.at_hand else []
        if number <= len(keys):
            self._choose(self.at_hand, keys[number - 1])

    def _choose(self, name: str, key: str) -> None:
        setattr(self.move, FIELDS[name], key if name == "audience" else int(key))
        self.draw()
        self.post_message(self.Said())
        names = self.asked
        self.ask(names[min(names.index(name) + 1, len(names) - 1)])

    def ask(self, name: str) -> None:
        """Give the keys to a list; the cursor of one in which nothing is chosen lies on what we mean."""
        pane = self.query_one(f"#{name}", Pane)
        if name == "expected" and self.move.expected is None and self.move.intent is not None:
            pane.move_to(str(self.move.intent))
        pane.focus()

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        event.stop()
        name = event.pane.id or ""
        if str(getattr(self.move, FIELDS[name])) != event.key:
            self._choose(name, event.key)
            if not self.unsaid:
                self.notify(self.tell("Enter again seals it."))
        elif self.unsaid:
            self.ask(self.unsaid)
        else:
            self.post_message(self.Sealed())

    @on(Pane.Moved)
    def _moved(self) -> None:
        self.query_one("#example", FixedRows).redraw()

    def _example(self, width: int) -> list[PaneRow]:
        pane = self.query_one(f"#{self.at_hand or 'meaning'}", Pane)
        key = "" if self.at_hand == "audience" or exemplified(pane.room, self.tell) else pane.key
        return para(example_told(int(key), self.tell), width, "dim", indent=1) if key else []
