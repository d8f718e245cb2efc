"""Which screen a seat is shown. Pure: from views to names."""

from __future__ import annotations

from typing import Literal, TypeAlias

from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.telling import telling_due

ScreenName: TypeAlias = Literal[
    "consent", "briefing", "telling", "talk", "team", "readings", "forecasts", "console", "hotwash", "watching"
]


def screen_for(view: View, told: int, *, is_read: bool = False) -> ScreenName:
    """The screen on which a seat plays the phase at hand; `told` is the last telling that it has read.

    Where forecasts are asked with the readings, they come once the cards are read and the team goes on.
    """
    if view.hotwash is not None and view.phase in ("hotwash", "closed"):
        return "hotwash"
    if isinstance(view, FacilitatorView):
        return "console"
    if not isinstance(view, TeamView):
        return "watching"
    if told < telling_due(view):
        return "telling"
    if view.phase in ("briefing", "closing"):
        return "briefing"
    if view.phase == "readings" and not view.committed:
        return "forecasts" if view.asked_now and (is_read or not view.to_read) else "readings"
    if view.phase == "forecasts" and not view.committed:
        return "forecasts"
    return "team"


def is_live(view: View) -> bool:
    """Whether leaving would break off play, or the talk about it."""
    return view.phase != "closed"
