"""What all apps here share: themes, the palette, help, and an end that leaves the terminal as it was found."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar, Final

from textual import events, work
from textual.app import App, ReturnType, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.driver import Driver
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from crisis_sim.pages.screen_words import help_blocks
from crisis_sim.tui import themes
from crisis_sim.tui.dialogs import LookScreen
from crisis_sim.tui.key_bindings import EVERYWHERE, keys_text
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.terminal import resuming_at_terminal
from crisis_sim.wording import Say, _, plain

THEMES: Final[Mapping[str, str]] = {
    "dark": _("Theme: dark"),
    "light": _("Theme: light"),
    "high-contrast": _("Theme: high-contrast"),
    "colour-blind-safe": _("Theme: colour-blind-safe"),
}

MAX_SETTLING_SECONDS: Final = 1.0
"""Seconds that a key waits at most for what the key before it led to."""


class ActionCommands(SystemCommandsProvider):
    """The commands in the order in which they are used, and a line in the reader's language where none matches."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, help_text, callback, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, callback, help=help_text)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        has_hit = False
        async for hit in super().search(query):
            has_hit = True
            yield hit
        if not has_hit:
            say: Say = getattr(self.screen, "say", plain)
            yield Hit(1, say("Nothing has these words. Delete some of them."), lambda: None)


class CrisisApp(App[ReturnType]):
    """An app in our themes, whose screens are `KeyScreen`s."""

    CSS = themes.SHEET
    COMMANDS: ClassVar[set[type[Provider] | Any]] = {ActionCommands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("f1", "help", show=False),
    ]
    ENABLE_COMMAND_PALETTE = True
    TITLE = "crisis-sim"

    def __init__(self, theme: str = themes.DEFAULT) -> None:
        """Begin in a theme by its name."""
        super().__init__()
        for colour_theme in themes.themes():
            self.register_theme(colour_theme)
        self.theme = theme if theme in themes.NAMES else themes.DEFAULT
        self._input: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, which leaves a terminal that has gone alone."""
        return resuming_at_terminal(super().get_driver_class())

    def on_load(self) -> None:
        """Begin to take keys."""
        self._take_input()

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pastes: Textual hands each at once to what has the focus, wherever the last one leads."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._input.put_nowait(event)
        else:
            await super().on_event(event)

    @work(group="input")
    async def _take_input(self) -> None:
        """Hand on each key once the one before it has led where it leads."""
        while True:
            event = await self._input.get()
            await super().on_event(event)
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_SETTLING_SECONDS):
                    await self._rest()

    async def _rest(self) -> None:
        """Wait until the focused widget, all around it and the app have dealt with what they were sent."""
        for _again in range(2):  # what has the focus now may be another
            node: DOMNode | None = self.focused or self.screen
            while node is not None:
                has_dealt = asyncio.Event()
                if node.is_running and node.call_later(has_dealt.set):
                    await has_dealt.wait()
                node = node.parent

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The style sheet's variables where a theme has none."""
        return themes.variables()

    def say_here(self) -> Say:
        """The language of the screen that is shown."""
        return next((screen.say for screen in reversed(self.screen_stack) if isinstance(screen, KeyScreen)), plain)

    def action_leave(self) -> object:
        """End the app."""
        self.exit(None)
        return None

    def action_help_quit(self) -> None:
        """Say how to leave where ctrl+c has nothing to copy."""
        say = self.say_here()
        self.clear_notifications()
        self.notify(say("Nothing is marked to copy; ctrl+q leaves."), markup=False)

    def action_help(self) -> None:
        """Show what can be done here."""
        screen = self.screen
        if isinstance(screen, KeyScreen) and not isinstance(screen, LookScreen):
            keys = [key for key in screen.all_keys() if not key.face.isdigit()]
            self.push_screen(
                LookScreen([tuple(help_blocks(screen.about(), keys_text(keys, screen.say), screen.say))], screen.say)
            )

    def action_command_palette(self) -> None:
        """Search every action by name."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            say = self.say_here()
            placeholder = say("What do you look for?")
            self.push_screen(CommandPalette(placeholder=placeholder, id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The screen's own actions, the themes, and what can be done everywhere."""
        say = self.say_here()
        keys = screen.all_keys() if isinstance(screen, KeyScreen) else [*EVERYWHERE]
        own = [key for key in keys if key not in EVERYWHERE]
        actions = dict.fromkeys(key.action for key in own if key.description and not key.face.isdigit())
        for action in actions:
            key = next(key for key in own if key.action == action)
            yield SystemCommand(
                f"{say(key.description)} ({key.face})", key.name(say), partial(screen.run_action, key.action)
            )
        for name in themes.NAMES:
            yield SystemCommand(say(THEMES[name]), say("Change the colours"), partial(setattr, self, "theme", name))
        for key in (EVERYWHERE[0], EVERYWHERE[2]):
            yield SystemCommand(
                f"{say(key.description)} ({key.face})", key.name(say), partial(screen.run_action, key.action)
            )
