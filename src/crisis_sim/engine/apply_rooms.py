"""What agreeing, a person's own reading, a translation and the led hotwash do to the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import State, with_team
from crisis_sim.engine.state_parts import Lead, Pressed


def _agreed(state: State, event: e.CardAgreed) -> State:
    """The first of a seat counts for it."""
    return state if event.seat in state.agreed else replace(state, agreed=(*state.agreed, event.seat))


def _call_ended(state: State, event: e.CallEnded) -> State:
    exchanges = list(state.exchanges)
    exchanges[event.exchange - 1] = replace(exchanges[event.exchange - 1], ended=event.side)
    return replace(state, exchanges=tuple(exchanges))


def _pressed(state: State, event: e.ReadingPressed) -> State:
    """The last that a person said of an act counts."""
    team = state.team(event.side)
    kept = tuple([each for each in team.pressed if (each.act, each.by) != (event.act, event.by)])
    return with_team(state, event.side, replace(team, pressed=(*kept, Pressed(event.act, event.by, event.hostility))))


def _act_translated(state: State, event: e.ActTranslated) -> State:
    acts = {**state.acts, event.act: replace(state.acts[event.act], translation=event.text)}
    return replace(state, acts=acts, translated=(*state.translated, event.act))


def _line_translated(state: State, event: e.LineTranslated) -> State:
    held = state.exchanges[event.exchange - 1]
    said = list(held.said)
    said[event.line - 1] = said[event.line - 1]._replace(translation=event.text)
    exchanges = list(state.exchanges)
    exchanges[event.exchange - 1] = replace(held, said=tuple(said))
    return replace(state, exchanges=tuple(exchanges))


def _led(state: State, event: e.HotwashLed) -> State:
    """What has been opened stays open."""
    before = state.lead or Lead(event.page, event.act)
    places, furthest, acts = before.places, before.furthest, before.acts
    if event.page != "pairs":
        places = {**places, event.page: event.place}
        furthest = {**furthest, event.page: max(event.place, furthest.get(event.page, 0))}
    elif event.act:
        acts = {**acts, event.act: max(event.opened, acts.get(event.act, 0))}
    everything = event.everything or before.everything
    return replace(state, lead=Lead(event.page, event.act, places, furthest, acts, everything))


ROOMS: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each case has its own kind
    e.CardAgreed: _agreed,
    e.CallEnded: _call_ended,
    e.ReadingPressed: _pressed,
    e.ActTranslated: _act_translated,
    e.LineTranslated: _line_translated,
    e.HotwashLed: _led,
}
"""They make their state at once, and no feed is told of them as such."""
