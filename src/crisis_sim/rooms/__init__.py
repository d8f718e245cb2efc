"""One exercise, many screens: a host that owns session and log, and clients that each hold a seat.

The host's part and the client's part are pure and meet in `wire`; `server` and `remote` lend each a socket. A client's
seat is a seat like any other: no door can tell it from one in its own process. A program takes a seat by `Remote`,
as docs/agents.md shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crisis_sim.rooms.not_admitted import NotAdmitted
    from crisis_sim.rooms.remote import Remote

__all__ = ["NotAdmitted", "Remote"]


def __getattr__(name: str) -> object:
    """The client's classes, once they are asked for: whoever opens no line loads no sockets."""
    if name in __all__:
        from crisis_sim.rooms import remote

        return vars(remote)[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
