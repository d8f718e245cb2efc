"""The state after events. Every kind of event has its case, and none is refused.

Numbers are moved only by what the event itself says, so replay needs no rules. What is sent, arrives and is judged has
its cases here, what the table does in `apply_table`, and what comes of play in `apply_play`. A case is looked up by its
kind, for a `match` of as many kinds as there are would try half of them for each event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import takewhile
from operator import attrgetter
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_cases import StateAfter
from crisis_sim.engine.apply_play import PLAY_CASES, SEALED_CASES
from crisis_sim.engine.apply_table import ROOM_CASES, TABLE_CASES
from crisis_sim.engine.state import Passing, Received, Sent, State, TimedChange, with_team
from crisis_sim.rules.facts import Act, Pressing
from crisis_sim.rules.names import SIDES, other


def apply(state: State, event: e.AnyEvent) -> State:
    """The state after `event`; but for what the table does and teams seal, it stands among the events of its turn."""
    kind = type(event)
    if kind in OTHER_EVENT_CASES:
        return OTHER_EVENT_CASES[kind](state, event)
    state = TURN_EVENT_CASES[kind](state, event)
    *earlier, turn = state.turn_events
    return replace(state, turn_events=(*earlier, (*turn, event)))


def fold(state: State, events: Iterable[e.AnyEvent]) -> State:
    """The state after all of `events`."""
    return reduce(apply, events, state)


def numbers_of(state: State, meter: e.MeterName) -> Mapping[str, int]:
    """The numbers of a meter by whose or what's they are."""
    return NUMBERS[meter](state)


def _with_number(state: State, meter: e.MeterName, name: str, value: int) -> State:
    if meter == "tension":
        return replace(state, tension=value)
    part = "tracks" if meter == "track" else meter
    return replace(state, **{part: {**getattr(state, part), name: value}})


def _act_weighed(state: State, event: e.ActWeighed) -> State:
    """Tension and both felt tensions move with an act."""
    sender, receiver, felt = event.sender, other(event.sender), state.felt
    moved = {sender: felt[sender] + event.weight, receiver: felt[receiver] + event.felt}
    return replace(state, tension=state.tension + event.weight, felt={**felt, **moved})


def _act_sent(state: State, event: e.ActSent) -> State:
    act, under_way = event.act, state.under_way
    line_text = None
    if act.line is not UNSET:  # its words, where its team wrote it at the table
        line_text = next((line.says for line in state.team(act.side).own_lines if line.id == act.line), None)
    sent = Sent(act, event.text, event.due_turn, event.due_hour, event.weight, event.unclear, says=line_text)
    if event.due_turn > act.turn:
        under_way = {**under_way, event.due_turn: (*under_way.get(event.due_turn, ()), act.key)}
    return replace(state, acts={**state.acts, act.key: sent}, under_way=under_way)


def _act_arrived(state: State, event: e.ActArrived) -> State:
    """An act is on record and in the other team's inbox; a request has its number there."""
    turn, team = state.turn, state.team(event.to)
    sent = replace(state.acts[event.act], arrived=turn)
    acts, act = {**state.acts, event.act: sent}, sent.act
    inbox = (*team.inbox, Received(event.act, turn, event.hour))
    state = replace(
        with_team(state, event.to, replace(team, inbox=inbox)),
        acts=acts,
        record=_recorded(state.record, acts, act, turn),
        used=state.used | {act.channel},
        requests=tuple(
            [
                replace(request, number=len(inbox), arrived=turn) if request.act == event.act else request
                for request in state.requests
            ]
        ),
    )
    if act.line is not UNSET:
        state = _line_named(state, sent)
    if act.mistaken:
        mistaken = sorted((*state.mistaken, act), key=lambda act: (act.turn, SIDES.index(act.side), act.order))
        state = replace(state, mistaken=tuple(mistaken))
    return state


def _recorded(record: tuple[Act, ...], acts: dict[e.ActKey, Sent], act: Act, turn: int) -> tuple[Act, ...]:
    """The record with what has arrived: at its end, unless it was sent in an earlier turn."""
    if act.turn == turn:
        return (*record, act)
    lately = takewhile(lambda sent: sent.act.turn >= act.turn, reversed(acts.values()))
    again = [sent.act for sent in lately if sent.arrived]
    return record[: bisect_left(record, act.turn, key=attrgetter("turn"))] + tuple(reversed(again))


def _line_named(state: State, sent: Sent) -> State:
    """The other side has been told of a line; that counts where its owner has drawn a conclusion on it."""
    act, name = sent.act, f"{sent.act.side}/{sent.act.line}"
    conclusion = state.concluded.get(name)
    if conclusion is None or not conclusion.on_alert or sent.unclear is not None:
        return state
    confided = conclusion.confided or (state.turn if act.visibility == "private" else 0)
    updated = replace(conclusion, told=conclusion.told or state.turn, confided=confided)
    return replace(state, concluded={**state.concluded, name: updated})


def _revealed(state: State, event: e.Revealed) -> State:
    return replace(state, acts={**state.acts, event.act: replace(state.acts[event.act], revealed=True)})


def _number_moved(state: State, event: e.NumberMoved) -> State:
    """One number; latency and odds are kept as changes that last until a turn."""
    meter, name, old_value, new_value = event.meter, event.of, event.trace.before, event.trace.after
    if meter == "latency" or meter == "odds":
        change = TimedChange(name, new_value, event.until or state.turn)
        return replace(state, **{meter: (*getattr(state, meter), change)})
    state = _with_number(state, meter, name, new_value)
    if event.trace.rule == "bounds":
        state = _conclusions_undone(
            state, meter, name, old_value - new_value if meter == "felt" else new_value - old_value
        )
    elif event.trace.rule == ONCE_TOLD:
        updated = replace(state.concluded[name], eased=True)
        state = replace(state, concluded={**state.concluded, name: updated})
    if meter == "standing" and event.until is not None:
        state = replace(state, passing=(*state.passing, Passing(name, new_value - old_value, state.turn, event.until)))
    return state


def _conclusions_undone(state: State, meter: e.MeterName, side: str, amount: int) -> State:
    """What conclusions did to a number is no longer in it where the end of a scale or a hand has put it."""
    if amount <= 0 or (meter != "felt" and meter != "trust"):
        return state
    less = {
        name: replace(conclusion, **{meter: max(0, getattr(conclusion, meter) - amount)})
        for name, conclusion in state.concluded.items()
        if name.startswith(f"{side}/")
    }
    return replace(state, concluded={**state.concluded, **less})


def _overridden(state: State, event: e.Overridden) -> State:
    """A number that the facilitator set by hand."""
    state = _with_number(state, event.meter, event.of, event.after)
    if event.meter == "pressure":
        return replace(state, peaks={**state.peaks, event.of: event.after})
    return _conclusions_undone(state, event.meter, event.of, MAX_CHANGE)


def _line_pressed(state: State, event: e.LinePressed) -> State:
    """Pressure on a line, the highest that it has been, and the pressing on record."""
    name, pressure = f"{event.side}/{event.line}", event.trace.after
    state = _with_number(state, "pressure", name, pressure)
    if pressure > state.peaks.get(name, 0):
        state = replace(state, peaks={**state.peaks, name: pressure})
    return replace(state, presses=(*state.presses, Pressing(name, event.by, state.turn)))


def _rule_fired(state: State, event: e.RuleFired) -> State:
    return replace(state, fired=state.fired | {(event.rule, event.sender)})


def _withdraw_conclusion(state: State, event: e.FurtherFrom) -> State:
    """A team is drawn back from a conclusion: its line is as high as it stands."""
    name = f"{event.side}/{event.line}"
    back = replace(state.concluded[name], on_alert=False, credited=True)
    peaks = {**state.peaks, name: state.pressure.get(name, 0)}
    return replace(state, concluded={**state.concluded, name: back}, peaks=peaks)


def _unchanged(state: State, event: e.AnyEvent) -> State:
    """Feeds and traces are told of it, and it changes nothing."""
    return state


MAX_CHANGE = 10_000
"""More than a conclusion can do to a number, hundredths."""
ONCE_TOLD: Final = "once told"
"""What a trace calls relief that counts more since its line had been told; no rule has a space in its id."""
NUMBERS: Final[Mapping[e.MeterName, Callable[[State], dict[str, int]]]] = {
    "tension": lambda state: {"": state.tension},
    "felt": attrgetter("felt"),
    "trust": attrgetter("trust"),
    "standing": attrgetter("standing"),
    "expectation": attrgetter("expectation"),
    "pressure": attrgetter("pressure"),
    "readiness": attrgetter("readiness"),
    "track": attrgetter("tracks"),
    "latency": lambda state: defaultdict(lambda: 100, [(change.of, change.value) for change in state.latency]),
    "odds": lambda state: defaultdict(int, [(change.of, change.value) for change in state.odds]),
}
"""Where a state keeps the numbers of each meter."""
JUDGING_CASES: Final[Mapping[type[e.Event], StateAfter]] = {
    e.ActWeighed: _act_weighed,
    e.NumberMoved: _number_moved,
    e.LinePressed: _line_pressed,
    e.RuleFired: _rule_fired,
    e.ActSent: _act_sent,
    e.ActArrived: _act_arrived,
    e.Overridden: _overridden,
    e.Revealed: _revealed,
    e.FurtherFrom: _withdraw_conclusion,
    **dict.fromkeys(
        (
            *(e.Improvised, e.NearMiss, e.ConclusionAnswered, e.CrossingProposed, e.CallJudged, e.MirrorHeld),
            *(e.RolledBack, e.LogShortened),
        ),
        _unchanged,
    ),
}
"""What is sent, arrives and is judged."""
TURN_EVENT_CASES: Final[Mapping[type[e.Event], StateAfter]] = {**JUDGING_CASES, **PLAY_CASES}
"""Kinds that stand among the events of their turn."""
OTHER_EVENT_CASES: Final[Mapping[type[e.Event], StateAfter]] = {**TABLE_CASES, **SEALED_CASES, **ROOM_CASES}
"""Kinds that do not."""
