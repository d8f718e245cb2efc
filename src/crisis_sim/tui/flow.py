"""Which screen a seat is shown, and who turns to a talk. Pure: from views to names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.talk_blocks import TalkStage, talk_due
from crisis_sim.pages.telling import telling_due
from crisis_sim.rules.names import Side

ScreenName: TypeAlias = Literal[
    "briefing", "telling", "talk", "team", "readings", "forecasts", "console", "hotwash", "watching"
]


def talk_at(
    current: SeatName | None, views: Mapping[Side, TeamView], stages: Mapping[Side, Mapping[int, TalkStage]]
) -> tuple[Side | Literal["both"] | None, int]:
    """Who turns to a talk before play goes on, and its number: a team for its own sheet, or both who sit here.

    What each makes of it afterwards it does when it is up.
    """
    due = {side: talk.number for side, view in views.items() if (talk := talk_due(view, stages[side])) is not None}
    if not due:
        return None, 0
    number = min(due.values())
    at = {side: stages[side].get(number, "sheet") for side in due if due[side] == number}
    for side in sorted(at, key=lambda side: side != current):
        if at[side] == "sheet" or (at[side] == "talk" and len(views) == 1):
            return side, number
    return ("both" if "talk" in at.values() else None), number


def screen_for(view: View, told: int) -> ScreenName:
    """The screen on which a seat plays the phase at hand; `told` is the last telling that it has read."""
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
        return "readings"
    if view.phase == "forecasts" and not view.committed:
        return "forecasts"
    return "team"


def is_live(view: View) -> bool:
    """Whether leaving would break off play, or the talk about it."""
    return view.phase != "closed"
