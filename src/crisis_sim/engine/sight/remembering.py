"""Parts of views that stay as they are while nothing that they are made of has changed.

A view is asked for after every act, and an act changes little; states are frozen, and what an event does not change is
the same object in the state after it. So a part is made again only when one of its pieces is another object.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import TypeVar

from crisis_sim.engine.table import Table

T = TypeVar("T")


def unless_changed(table: Table, name: str, pieces: tuple[object, ...], build: Callable[[], T]) -> T:
    """What was made under this name from these very pieces, or what is made now."""
    held = table.kept.get(name)
    if held is None or not all(map(is_, held[0], pieces)):
        held = table.kept[name] = pieces, build()
    made: T = held[1]
    return made
