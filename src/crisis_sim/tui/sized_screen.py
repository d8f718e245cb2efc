"""Screens that know how large they are before they are laid out, and draw only what has changed.

Textual gives a screen the classes of its breakpoints once it has been laid out and drawn without them, and lays it out
again; whoever opened it saw it change its shape. It draws the whole screen anew when the focus moves in it, and what
loses it one picture before what gets it.
"""

from __future__ import annotations

import asyncio

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget


class SizedScreen(Screen[None]):
    """A screen that has the classes of its breakpoints from the first."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    async def on_idle(self) -> None:
        """Let all say first what they have to show, who has lost the focus and who has it: that is one picture."""
        await asyncio.sleep(0)

    def on_compose(self) -> None:
        """Take those that fit the terminal."""
        size = self.app.size
        for breakpoints, cells in ((self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height)):
            fitting = [name for least, name in breakpoints or () if cells >= least]
            self.add_class(*fitting[-1:])
