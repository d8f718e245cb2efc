"""Where a session stands, as the plain door heads its pages, and sentences that end."""

from __future__ import annotations

from crisis_sim.engine.sight.views import View
from crisis_sim.pages.telling import Teller


def where(view: View, say: Teller) -> str:
    """Phase, turn and game hour."""
    if not view.turn:
        return say("{title}. Before the first turn.", title=say.title)
    clock = say(
        "Turn {turn} of {turns}, hour {hour}; the next turn begins at hour {next}.",
        turn=view.turn,
        turns=view.turns,
        hour=view.hour,
        next=view.next_hour,
    )
    return clock + say(" Paused.") if view.paused else clock
