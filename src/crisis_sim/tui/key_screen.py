"""A screen that acts on keys from its table: the footer, the palette and the help show the same table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.keys import _character_to_key
from textual.screen import Screen, ScreenResultType

from crisis_sim.pages.blocks import capital
from crisis_sim.text import clean, narrow
from crisis_sim.tui.key_bindings import EVERYWHERE, Foot, KeyBinding
from crisis_sim.wording import Say


class KeyScreen(Screen[ScreenResultType]):
    """A subclass says which keys do something at present."""

    AUTO_FOCUS: ClassVar[str] = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-tall")]
    say: Say

    def own_keys(self) -> Sequence[KeyBinding]:
        """The keys of this screen that do something at present."""
        return ()

    def all_keys(self) -> list[KeyBinding]:
        """Those, and the keys that every screen has."""
        return [*self.own_keys(), *EVERYWHERE]

    def about(self) -> Sequence[str]:
        """What help says of this screen, sentence by sentence."""
        return ()

    async def on_key(self, event: events.Key) -> None:
        """Do what the key does, if it does anything here; a full-width sign is the key that it stands for."""
        name, character = event.key, event.character or ""
        if character and not character.isascii() and narrow(character) != character:
            name = _character_to_key(narrow(character))
        key = next((key for key in self.all_keys() if name in key.keys.split(",")), None)
        if key is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(key.action)
        elif unicodedata.category(character[:1] or " ") == "Lo":
            self.tell(self.say("That is no key here. Switch your input method to Latin letters."))

    async def action_press(self, name: str) -> None:
        """Do what a key does that was clicked in the footer."""
        key = next((key for key in self.all_keys() if name in key.keys.split(",")), None)
        if key is not None:
            await self.run_action(key.action)
        else:
            self.app.simulate_key(name)

    def show_keys(self) -> None:
        """Draw the footer again."""
        for foot in self.query(Foot):
            foot.show(self.all_keys(), self.say)

    def tell(self, sentence: str, *, warning: bool = False) -> None:
        """Show a notice in the corner, as plain text."""
        notice = capital(clean(sentence, lines=False))
        self.notify(notice, severity="warning" if warning else "information", markup=False, timeout=12)
