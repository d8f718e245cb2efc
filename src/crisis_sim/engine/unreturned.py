"""Asks that were never returned: how often in a row a team has asked what could have been answered and was not."""

from __future__ import annotations

from crisis_sim.engine.events import RequestUnanswered
from crisis_sim.engine.state import State
from crisis_sim.rules.names import Side


def unreturned_turns(state: State, side: Side, turn: int) -> int:
    """Turns in which a team asked and met silence, after the last ask that was answered, as things stood before a turn.

    What never reached the other team, or came too late to be answered, is none of it.
    """
    noted = state.told(RequestUnanswered, before=turn)
    silent = {event.act[1] for _, event in noted if event.act[0] == side and not event.lost}
    answered = [
        asked.act[1]
        for asked in state.requests
        if asked.act[0] == side
        and asked.how is not None
        and asked.answer is not None
        and state.sent(asked.answer).arrived < turn
    ]
    return len([of for of in silent if of > max(answered, default=0)])
