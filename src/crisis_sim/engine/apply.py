"""The state after an event. Every kind of event has its case, and none is refused.

Numbers are moved only by what the event itself says, so replay needs no rules. The case of an event is looked up by its
kind, for a `match` of as many kinds as there are would try half of them for each event; the tests see to it that no
kind is missing. What single kinds do is written here for judging, else in `apply_table` and `apply_play`, and in
`folding` for those that judging tells by the dozen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_play import PLAY
from crisis_sim.engine.apply_table import TABLE
from crisis_sim.engine.folding import GATHERED, Folding
from crisis_sim.engine.state import Crossing, State, kept_told


def _turn_judged(state: State, event: e.TurnJudged) -> State:
    return replace(state, curve=(*state.curve, (state.tension, state.us.felt, state.china.felt)))


def _told(state: State, event: e.NearMiss) -> State:
    """Kept for feeds and traces; it changes nothing else."""
    return replace(state, story=kept_told(state, event))


def _line_crossed(state: State, event: e.LineCrossed) -> State:
    crossing = Crossing(event.side, event.line, event.by, event.through, state.turn)
    return replace(state, crossings=(*state.crossings, crossing), story=kept_told(state, event))


def _channel_suspended(state: State, event: e.ChannelSuspended) -> State:
    suspended = {**state.suspended, event.channel: event.by}
    reopening = {name: turn for name, turn in state.reopening.items() if name != event.channel}
    return replace(state, suspended=suspended, reopening=reopening, story=kept_told(state, event))


def _channel_reopening(state: State, event: e.ChannelReopening) -> State:
    return replace(state, reopening={**state.reopening, event.channel: event.turn}, story=kept_told(state, event))


def _channel_reopened(state: State, event: e.ChannelReopened) -> State:
    suspended = {name: by for name, by in state.suspended.items() if name != event.channel}
    reopening = {name: turn for name, turn in state.reopening.items() if name != event.channel}
    return replace(state, suspended=suspended, reopening=reopening, story=kept_told(state, event))


def _fact_set(state: State, event: e.FactSet) -> State:
    truths = {name: since for name, since in state.truths.items() if name != (event.fact, event.of)}
    if event.to:
        truths[event.fact, event.of] = state.hour
    return replace(state, truths=truths, story=kept_told(state, event))


def _flag_raised(state: State, event: e.FlagRaised) -> State:
    return replace(state, flags=(*state.flags, (state.turn, event.flag, event.rule)), story=kept_told(state, event))


def _track_marked(state: State, event: e.TrackMarked) -> State:
    return replace(state, marked=state.marked | {(event.track, event.mark)}, story=kept_told(state, event))


def _overridden(state: State, event: e.Overridden) -> State:
    folding = Folding(state)
    folding.set(event.meter, event.of, event.after)
    return folding.done((event,))


RESULTS: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each case has its own kind
    e.TurnJudged: _turn_judged,
    e.NearMiss: _told,
    e.LineCrossed: _line_crossed,
    e.ChannelSuspended: _channel_suspended,
    e.ChannelReopening: _channel_reopening,
    e.ChannelReopened: _channel_reopened,
    e.FactSet: _fact_set,
    e.FlagRaised: _flag_raised,
    e.TrackMarked: _track_marked,
    e.Overridden: _overridden,
}
"""Crossings, channels, facts, flags, tracks and what the facilitator set by hand."""


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
