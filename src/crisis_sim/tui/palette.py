"""The palette: what can be done here, in the order in which it is used and not of the alphabet."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hits
from textual.system_commands import SystemCommandsProvider


class CommandsByUse(SystemCommandsProvider):
    """The commands as the app gives them: the screen's own first, what can be done everywhere last."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, says, callback, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, callback, help=says)
