"""The palette: what can be done here, in the order in which it is used and not of the alphabet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from textual.app import App, SystemCommand
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from crisis_sim.tui import themes
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.key_bindings import EVERYWHERE, KeyBinding
from crisis_sim.tui.screen_words import said_by
from crisis_sim.wording import _

THEMES: Final[Mapping[str, str]] = {
    "dark": _("Theme: dark"),
    "light": _("Theme: light"),
    "high-contrast": _("Theme: high-contrast"),
    "colour-blind-safe": _("Theme: colour-blind-safe"),
}
UNNAMED = frozenset({"nothing", "on", "mark", "search_up", "search_down", "next_field(1)", "next_field(-1)"})
"""Actions that mean something only under a cursor, and stay out of the palette, as digits do."""


def palette(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Every action of the screen that can be done at present, then what can be done everywhere."""
    say = said_by(screen)
    if isinstance(screen, SeatScreen):
        for key in screen.offered():
            if key.action not in UNNAMED and not key.face.isdigit():
                yield _command(screen, key)
    for name in themes.NAMES:
        yield SystemCommand(say(THEMES[name]), say("Change the colours"), partial(setattr, app, "theme", name))
    for key in EVERYWHERE:
        if key.action != "command_palette":
            yield _command(screen, key)


class Palette(CommandPalette):
    """The palette, which asks in its reader's language, framed and coloured as every other dialog is."""

    DEFAULT_CSS = """
    Palette {
        background: $ink-ground 60%;
        & > Vertical { width: 84; max-width: 96%; margin-top: 2; background: transparent; }
        & #--input, & #--input.--list-visible { border: round $ink-focus; background: $ink-panel; }
        & SearchIcon { display: none; }
        & CommandInput { padding-left: 1; color: $ink-strong; }
        & .input--placeholder { color: $ink-dim; }
        & CommandList, & CommandList:focus {
            border: round $ink-edge; background: $ink-panel; color: $ink-text;
            scrollbar-size: 0 1; scrollbar-color: $ink-edge; scrollbar-background: $ink-panel;
        }
        & CommandList > .option-list--option { padding: 0 1; color: $ink-text; }
        & CommandList > .option-list--option-highlighted {
            color: $ink-strong; background: $ink-cursor; text-style: bold;
        }
        & > .command-palette--help-text { color: $ink-dim; text-style: none; }
        & > .command-palette--highlight { color: $ink-focus; text-style: bold underline; }
    }
    """

    def __init__(self, below: Screen[Any]) -> None:
        """For the screen that it is opened over."""
        say = said_by(below)
        super().__init__(placeholder=say("What do you look for?"), id="--command-palette")


def _command(screen: Screen[Any], key: KeyBinding) -> SystemCommand:
    async def run() -> None:
        await screen.run_action(key.action)

    say = said_by(screen)
    label = key.name(say)
    return SystemCommand(f"{label[0].upper()}{label[1:]} ({key.face})", say(key.says), run)


class CommandsByUse(SystemCommandsProvider):
    """The commands as the app gives them: the screen's own first, what can be done everywhere last."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, says, callback, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, callback, help=says)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed; where none does, a line that says so in the reader's language."""
        say, is_found = said_by(self.screen), False
        async for hit in super().search(query):
            is_found = True
            yield hit
        if not is_found:
            yield Hit(1, say("Nothing has these words. Delete some of them."), lambda: None)
