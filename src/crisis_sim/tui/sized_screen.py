"""Screens that know how large they are before they are laid out.

Textual gives a screen the classes of its breakpoints once it has been laid out and drawn without them, and lays it out
again; whoever opened it saw it change its shape.
"""

from __future__ import annotations

from textual.screen import Screen


class SizedScreen(Screen[None]):
    """A screen that has the classes of its breakpoints from the first."""

    def on_compose(self) -> None:
        """Take those that fit the terminal."""
        size = self.app.size
        for breakpoints, cells in ((self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height)):
            fitting = [name for least, name in breakpoints or () if cells >= least]
            self.add_class(*fitting[-1:])
