"""Whether what an act was chosen from is still there: the parts of a view that it is about.

The host asks this of each act that comes; a client asks it of what waits when the host has begun another life, in which
numbers of earlier views say nothing.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.sight.views import View
from crisis_sim.rooms.seat_versions import SeatVersion

_ABOUT: Final[dict[type[AnyAction], tuple[str, ...]]] = {
    a.CommitMoves: ("drafts", "decisions", "closer", "asks_closer"),
    a.CommitReadings: ("to_read", "asked_now"),
    a.CommitForecasts: ("asked_now",),
    a.Advance: ("phase", "turn"),
}
"""Fields of a view that an action is about as a whole: what it does depends on all that stands there."""


def has_moved(action: AnyAction, seen: SeatVersion | None, newest: SeatVersion) -> bool:
    """What `action` is about is not as in the view that it was chosen from; None is a view that nobody has kept."""
    fields = _ABOUT.get(type(action), ())
    place = action.number if isinstance(action, a.ReviseMove | a.WithdrawMove) else None
    if not fields and place is None:
        return False
    if seen is None or any(seen.fields.get(name) != newest.fields.get(name) for name in fields):
        return True
    return place is not None and _draft(seen.view, place) != _draft(newest.view, place)


def _draft(view: View, number: int) -> object:
    return next((of.draft for of in getattr(view, "drafts", ()) if of.number == number), None)
