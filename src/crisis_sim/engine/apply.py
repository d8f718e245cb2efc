"""The state after an event. Every kind of event has its case, and none is refused.

Numbers are moved only by what the event itself says, so replay needs no rules. The case of an event is looked up by its
kind, for a `match` of as many kinds as there are would try half of them for each event; the tests see to it that no
kind is missing. What single kinds do is written beside their likes: `apply_table`, `apply_play`, `apply_results`, and
in `folding` for those that judging tells by the dozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_play import PLAY
from crisis_sim.engine.apply_results import RESULTS
from crisis_sim.engine.apply_table import TABLE
from crisis_sim.engine.folding import GATHERED, Folding
from crisis_sim.engine.state import State


def apply(state: State, event: e.AnyEvent) -> State:
    """The state after `event`."""
    return CASES[type(event)](state, event)


def fold(state: State, events: Iterable[e.AnyEvent]) -> State:
    """The state after all of `events`, the same as applying one after another."""
    folding: Folding | None = None
    told: list[e.AnyEvent] = []
    for event in events:
        gather = GATHERED.get(type(event))
        if gather is None:
            state = CASES[type(event)](state if folding is None else folding.done(told), event)
            folding = None
        else:
            if folding is None:
                folding, told = Folding(state), []
            gather(folding, event)
            told.append(event)
    return state if folding is None else folding.done(told)


def _gathered(state: State, event: e.AnyEvent) -> State:
    """The state after one event of the kinds that can be gathered."""
    folding = Folding(state)
    GATHERED[type(event)](folding, event)
    return folding.done((event,))


CASES: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each case has its own kind
    **TABLE,
    **PLAY,
    **RESULTS,
    **dict.fromkeys(GATHERED, _gathered),
}
"""What each kind of event does to a state."""
