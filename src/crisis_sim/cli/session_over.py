"""A session that was closed at this terminal's screens: what comes next is chosen in a menu, by whoever runs the verb.

So a door knows no menu, and a menu that comes again stands on no door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_sim.cli.seating import Seated


class SessionOver(Exception):
    """Raised where people have closed their session."""

    def __init__(self, table: Seated) -> None:
        super().__init__()
        self.table = table
