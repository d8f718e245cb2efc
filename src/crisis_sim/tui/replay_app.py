"""The app that shows one log, with its palette and its help."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual import work
from textual.app import SystemCommand
from textual.screen import Screen

from crisis_sim.replaying.replayed import Replayed
from crisis_sim.tui import themes
from crisis_sim.tui.key_bindings import EVERYWHERE, bindings
from crisis_sim.tui.replay_frame import Start
from crisis_sim.tui.replay_screen import ReplayScreen
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.tui.typed_ahead import PatientApp


class ReplayApp(PatientApp[None]):
    """Shows a log."""

    BINDINGS = bindings(EVERYWHERE)

    def __init__(self, replayed: Replayed, start: Start, *, theme: str = themes.DEFAULT) -> None:
        """With the log, open."""
        super().__init__(theme)
        self._replay = ReplayScreen(replayed, start)

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(self._replay)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: everything that a replay can do, then the colours."""
        say = self._replay.say
        for key in (*ReplayScreen.KEYS, *EVERYWHERE):
            if key.action != "command_palette" and not key.face.isdigit():
                label = key.name(say).capitalize()
                yield SystemCommand(f"{label} ({key.face})", say(key.says), partial(self._run, key.action))
        for name in themes.NAMES:
            yield SystemCommand(
                say("Theme: {name}", name=name), say("Change the colours"), partial(setattr, self, "theme", name)
            )

    async def _run(self, action: str) -> None:
        await self._replay.run_action(
            action if hasattr(self._replay, f"action_{action.partition('(')[0]}") else f"app.{action}"
        )

    def action_help(self) -> None:
        """What can be done here."""
        from crisis_sim.tui.help_screen import HelpScreen

        if self.screen is self._replay:
            about = self._replay.say(
                "A replay goes through the log once more, moment by moment; nothing here changes the log."
            )
            self.push_screen(HelpScreen((*ReplayScreen.KEYS, *EVERYWHERE), (about,), self._replay.say))

    @work
    async def action_leave(self) -> None:
        """Leave; ask first where a note is half written."""
        from crisis_sim.tui.dialogs import Confirm, ToldPart

        if isinstance(self.screen, Confirm):
            return
        say, half = self._replay.say, self._replay.half_written
        told: list[ToldPart] = [say("A note is half written, and is lost then:"), *half]
        sure = Confirm(say("Leave the replay?"), told, say, yes="leave", no="stay")
        if not half or await self.push_screen_wait(sure):
            self.exit(None)


def run_replay(replayed: Replayed, start: Start, *, theme: str = themes.DEFAULT) -> None:
    """Replay a log on the screen until somebody leaves."""
    at_terminal(ReplayApp(replayed, start, theme=theme))
