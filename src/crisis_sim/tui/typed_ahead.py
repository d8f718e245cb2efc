"""What all apps here share: title, sheet and colours, and keys that are typed ahead: each goes where the last one led.

Textual gives a key to what has the focus when the key comes in, though the one before may still be opening a screen or
moving the focus. Here it waits for that, at most `LONGEST`; letters within a text wait for nothing.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections import deque
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual import work
from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.events import Callback, Event, Key
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.messages import InvokeLater
from textual.screen import Screen
from textual.widget import Widget

from crisis_sim.text import FULL_WIDTH
from crisis_sim.tui import themes
from crisis_sim.tui.changed_lines import draw_what_changes
from crisis_sim.tui.escape_signs import read_escape_signs
from crisis_sim.tui.screen_words import said_by
from crisis_sim.tui.terminal import search_behind_a_key
from crisis_sim.tui.widgets.half_bar import draw_half_bars
from crisis_sim.tui.widgets.laid_out_notices import lay_out_notices

if TYPE_CHECKING:
    from textual.command import Provider

Result = TypeVar("Result")

LONGEST: Final = 3.0
"""Seconds that a key waits for the one before."""
UNNOTICED: Final = 0.05
"""Seconds that the screen waits for what a key does; most is done in a hundredth of that."""
LOOK: Final = 0.05
"""Seconds after which it is looked again what is on the screen: what goes away answers no more."""


SIGNS: Final = {**FULL_WIDTH, **str.maketrans("【】、。—·", "[]/.-`")}
"""What a Chinese input method types for a key, by that key's own sign."""


def is_written(place: Widget | None, key: Key) -> bool:
    """Whether a sign that is typed there is part of a text."""
    writes = getattr(place, "writes", None)  # a list beside a place to write, whose module is slow to load
    if writes is not None:
        return bool(writes(key.character))
    return place is not None and place.check_consume_key(key.key, key.character)


def commands_by_use() -> type[Provider]:
    """What the palette offers; loaded when it is first opened."""
    from crisis_sim.tui.palette import CommandsByUse

    return CommandsByUse


class PatientApp(App[Result]):
    """An app that gives out keys one after the other."""

    TITLE = "crisis-sim"
    CSS = themes.SHEET
    COMMANDS = {commands_by_use}
    BINDINGS = [
        Binding("ctrl+c", "help_quit_over_dialog", show=False, priority=True),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]

    def __init__(self, theme: str) -> None:
        """With nothing typed, in the colours of a theme."""
        super().__init__()
        read_escape_signs()
        draw_what_changes()
        draw_half_bars()
        lay_out_notices()
        themes.put_on(self, theme)
        self._typed: deque[Key] = deque()
        self._at_work: set[asyncio.Future[bool]] = set()
        self.follows = False
        """Whether keys wait, as the last is still at work."""
        self._told_on: Screen[Any] | None = None
        """Where it has been said that an input method's letters are no keys."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours for the moment before a theme is set."""
        return themes.variables()

    def action_command_palette(self) -> None:
        """Open the palette; loaded when it is first opened."""
        from crisis_sim.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(self.screen))

    def notify(self, message: str, **how: Any) -> None:
        """A notice in the corner; told again it stands there once."""
        for each in [each for each in self._notifications if each.message == message]:
            self._unnotify(each, refresh=False)
        super().notify(message, **how)

    def action_help_quit(self) -> None:
        """Where ctrl+c has nothing to copy: say so, and how to leave."""
        say = said_by(self.screen)
        self.notify(say("Nothing is marked to copy; ctrl+q leaves."), markup=False)

    def action_help_quit_over_dialog(self) -> None:
        """The same over a dialog, which hears no other key of an app's. Raises SkipAction where it is not so."""
        marked = bool(getattr(self.focused, "selected_text", False)) or self.screen.get_selected_text()
        if not self.screen.is_modal or marked:
            raise SkipAction
        self.action_help_quit()

    async def on_event(self, event: Event) -> None:
        """Keep a key while the one before is followed."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self.follows or self._typed:
            self._typed.append(event)
        else:
            await self._give(event)

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Wait for what a key does as long as nobody notices: what asks a host far away goes on beside the keys."""
        doing = asyncio.ensure_future(super()._dispatch_action(namespace, action_name, params))
        await asyncio.wait({doing}, timeout=UNNOTICED)
        if doing.done():
            return doing.result()
        self._at_work.add(doing)
        doing.add_done_callback(self._done)
        return True

    def _done(self, doing: asyncio.Future[bool]) -> None:
        self._at_work.discard(doing)
        if not doing.cancelled() and isinstance(fault := doing.exception(), Exception):
            self.call_later(self._handle_exception, fault)

    async def _give(self, key: Key) -> None:
        place = self.focused
        if key.character is not None and not key.character.isascii() and not is_written(place, key):
            key = self._narrow(key)
        self.follows = place is None or not (key.is_printable and place.check_consume_key(key.key, key.character))
        await super().on_event(key)
        if self.follows:
            self._follow_key()

    def _narrow(self, key: Key) -> Key:
        """The key that a full-width sign stands for, where nothing is written; of an ideograph, what to do."""
        character = (key.character or "").translate(SIGNS)
        if len(character) == 1 and character.isascii():
            return Key(_character_to_key(character), character)
        if unicodedata.category(character[:1] or " ") == "Lo" and self.screen is not self._told_on:
            self._told_on = self.screen
            say = said_by(self.screen)
            self.notify(say("That is no key here. Switch your input method to Latin letters."), markup=False)
        return key

    @work(group="typed-ahead", exit_on_error=False)
    async def _follow_key(self) -> None:
        try:
            async with asyncio.timeout(LONGEST):
                while not await self._at_rest():
                    pass
        except TimeoutError:
            pass
        self.call_later(self._give_next)

    async def _give_next(self) -> None:
        self.follows = False
        if not self._typed:
            search_behind_a_key()
        while self._typed and not self.follows:
            await self._give(self._typed.popleft())

    async def _at_rest(self) -> bool:
        """Wait for what is at work on the screen, and until it is drawn; without any, go once round all that is there.

        Whether there was nothing to do, before and after. Who goes round asks every widget: not before the key shows.
        """
        screen = self.screen
        pumps: list[MessagePump] = [*screen.walk_children(with_self=True), self]
        busy = [pump for pump in pumps if pump.message_queue_size]
        for asked, question in ((busy, Callback), ([screen], InvokeLater), ([] if busy else pumps, Callback)):
            turns = asyncio.Semaphore(0)
            for _ in range(sum([pump.post_message(question(turns.release)) for pump in asked])):
                while not await _came(turns):
                    if self.screen is not screen or not all(pump.is_running for pump in pumps):
                        return False
        return not busy and self.screen is screen and not any(pump.message_queue_size for pump in pumps)


async def _came(turns: asyncio.Semaphore) -> bool:
    if not turns.locked():
        return await turns.acquire()
    try:
        async with asyncio.timeout(LOOK):
            return await turns.acquire()
    except TimeoutError:
        return False
