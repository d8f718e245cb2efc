"""The palette: what can be done here, in the order in which it is used and not of the alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.app import App, SystemCommand
from textual.command import DiscoveryHit, Hits
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from crisis_sim.tui import themes
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.key_bindings import EVERYWHERE, KeyBinding

UNNAMED = frozenset({"nothing", "on", "mark", "search_up", "search_down", "next_field(1)", "next_field(-1)"})
"""Actions that mean something only under a cursor, and stay out of the palette."""


def palette(app: App[Any], screen: Screen[Any]) -> Iterator[SystemCommand]:
    """Every action of the screen that can be done at present, then what can be done everywhere."""
    if isinstance(screen, SeatScreen):
        for key in screen.offered():
            if key.action not in UNNAMED:
                yield _command(screen, key)
    for name in themes.NAMES:
        yield SystemCommand(f"Theme: {name}", "Change the colours", lambda name=name: setattr(app, "theme", name))
    for key in EVERYWHERE:
        if key.action != "command_palette":
            yield _command(screen, key)


def _command(screen: Screen[Any], key: KeyBinding) -> SystemCommand:
    async def run() -> None:
        await screen.run_action(key.action)

    say = screen.say if isinstance(screen, SeatScreen) else str
    label = say(key.label)
    return SystemCommand(f"{label[0].upper()}{label[1:]} ({key.face})", say(key.says), run)


class CommandsByUse(SystemCommandsProvider):
    """The commands as the app gives them: the screen's own first, what can be done everywhere last."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, says, callback, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, callback, help=says)
