"""The led hotwash: the facilitator says where it is, and whoever follows is shown that page."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.errors import ActionRefused

MOST_PLACES: Final = 1_000
"""No page has as many places."""
TAKEN: Final = 3
"""How far an act can be opened."""


def lead(recorder: EventRecorder, action: a.LeadHotwash) -> None:
    """Go to a page of the hotwash, once everything that was sealed has been opened."""
    if recorder.state.phase != "hotwash":
        raise ActionRefused("hotwash/closed")
    is_pair = action.page == "pairs" and action.act != ""
    fits = 1 <= action.opened <= TAKEN if is_pair else not action.opened
    if not fits or not 0 <= action.place < MOST_PLACES or (action.act and not is_pair):
        raise ActionRefused("hotwash/place")
    if is_pair and not _is_there(recorder.state, action.act):
        raise ActionRefused("hotwash/place")
    recorder.tell(
        e.HotwashLed(action.page, action.act, action.opened, action.place, action.everything, visible="everyone")
    )


def _is_there(state: State, act: str) -> bool:
    """An act has that name."""
    return any(f"{side}/{turn}/{order}" == act for side, turn, order in state.acts)
