"""The state after events. Every kind of event has its case, and none is refused.

Numbers are moved only by what the event itself says, so replay needs no rules. Delivery, judging and the opening of a
turn each tell a handful of events for each act, nearly all of which move one number or add to one list; a state for
each of them would cost more than judging does. So the kinds that come by the dozen are gathered, and what they change
is put into a state together. Every other kind makes its state at once, as `apply_table` and `apply_play` say. A case is
looked up by its kind, for a `match` of as many kinds as there are would try half of them for each event; the tests see
to it that no kind is missing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
from operator import attrgetter
from typing import Any, Final, TypeAlias

from msgspec import UNSET, Struct
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.apply_play import PLAY, SEALED
from crisis_sim.engine.apply_table import ROOMS, TABLE
from crisis_sim.engine.state import Received, Request, Sent, State, TimedChange
from crisis_sim.engine.state_parts import Passing
from crisis_sim.rules.facts import Act, Pressing
from crisis_sim.rules.names import SIDES, other


def apply(state: State, event: e.AnyEvent) -> State:
    """The state after `event`."""
    case = ALONE.get(type(event))
    return fold(state, (event,)) if case is None else case(state, event)


def fold(state: State, events: Iterable[e.AnyEvent]) -> State:
    """The state after all of `events`, the same as applying one after another."""
    folding = Folding(state)
    for event in events:
        folding.tell(event)
    return folding.state


class Folding(Struct, eq=False):
    """A state, and events that are told after it."""

    frame: State
    """The state but for what has been gathered since: numbers, acts, rules that fired; cheaper to ask for."""
    events: list[e.AnyEvent] = []
    """All that has been told."""
    _folded: int = 0
    """How many events were told when the frame last had all of them in it."""
    _numbers: dict[str, dict[str, int]] = {}
    """The numbers of each meter that has moved."""
    fired: list[e.RuleFired] = []
    """Rules that have fired since."""
    _acts: dict[e.ActKey, Sent] | None = None
    """Every act, once one has been sent or has arrived."""
    _timed: dict[str, list[TimedChange]] = {}
    """What has been told of latency and odds since."""
    _pressed: tuple[Pressing, ...] = ()
    _peaks: dict[str, int] = {}
    """Highest pressures that have been passed since."""
    _arrived: list[e.ActArrived] = []

    def tell(self, event: e.AnyEvent) -> None:
        """Add an event."""
        gather, case, begins_whole = CASES[type(event)]
        if gather is not None:
            gather(self, event)
        elif begins_whole:
            self.frame = case(self.state, event)
            self._folded += 1
        else:
            self.frame = case(self.frame, event)
        self.events.append(event)

    @property
    def state(self) -> State:
        """The state after every event told."""
        if self._folded != len(self.events) or self._numbers:
            self._fold()
        return self.frame

    @property
    def acts(self) -> dict[e.ActKey, Sent]:
        """Every act, as the events told leave it."""
        return self._acts or self.frame.acts

    @property
    def used(self) -> frozenset[str]:
        """Channels that have carried something this turn."""
        acts = self.acts
        return self.frame.used.union([acts[event.act].act.channel for event in self._arrived])

    def numbers(self, meter: e.MeterName) -> Mapping[str, int]:
        """The numbers of a meter by whose or what's they are."""
        return self._numbers.get(meter) or NUMBERS[meter](self.frame)

    def moving(self, meter: e.MeterName) -> dict[str, int]:
        """The same, to be moved."""
        numbers = self._numbers.get(meter)
        if numbers is None:
            numbers = self._numbers[meter] = NUMBERS[meter](self.frame).copy()
        return numbers

    def _weigh(self, event: e.ActWeighed) -> None:
        """Tension and both felt tensions after an act."""
        tension, felt, sender = self.moving("tension"), self.moving("felt"), event.sender
        weight, receiver = event.weight, other(sender)
        tension[""] += weight
        felt[sender] += weight
        felt[receiver] += event.felt

    def _send(self, event: e.ActSent) -> None:
        """An act that left its sender."""
        act, acts = event.act, self._acts or self._copied_acts()
        says = None if act.line is UNSET else _written(self.frame, act)
        acts[act.key] = Sent(act, event.text, event.due_turn, event.due_hour, event.weight, event.unclear, says=says)
        if event.due_turn > act.turn:
            under_way = self.frame.under_way
            later = {event.due_turn: (*under_way.get(event.due_turn, ()), act.key)}
            self.frame = replace(self.frame, under_way={**under_way, **later})

    def _arrive(self, event: e.ActArrived) -> None:
        """An act that reached the other team."""
        acts = self._acts or self._copied_acts()
        acts[event.act] = sent = replace(acts[event.act], arrived=self.frame.turn)
        self._arrived.append(event)
        act = sent.act
        if act.line is not UNSET:
            self._hear(sent)
        if act.mistaken:
            mistaken = sorted((*self.frame.mistaken, act), key=lambda act: (act.turn, SIDES.index(act.side), act.order))
            self.frame = replace(self.frame, mistaken=tuple(mistaken))

    def _hear(self, sent: Sent) -> None:
        """A line that the other side has been told of, where its owner has drawn a conclusion on it."""
        act, concluded, turn = sent.act, self.frame.concluded, self.frame.turn
        name = f"{act.side}/{act.line}"
        kept = concluded.get(name)
        if kept is not None and kept.on_alert and sent.unclear is None:
            confided = kept.confided or (turn if act.visibility == "private" else 0)
            told = replace(kept, told=kept.told or turn, confided=confided)
            self.frame = replace(self.frame, concluded={**concluded, name: told})

    def _reveal(self, event: e.Revealed) -> None:
        """An act whose meaning and reading both teams have been shown."""
        acts = self._acts or self._copied_acts()
        acts[event.act] = replace(acts[event.act], revealed=True)

    def _move(self, event: e.NumberMoved) -> None:
        """One number; latency and odds are kept as changes that last until a turn."""
        meter, of, after, frame = event.meter, event.of, event.trace.after, self.frame
        self.moving(meter)[of] = after
        if meter == "latency" or meter == "odds":
            self._timed.setdefault(meter, []).append(TimedChange(of, after, event.until or frame.turn))
        elif event.trace.rule == "bounds":
            self._undo(meter, of, event.trace.before - after if meter == "felt" else after - event.trace.before)
        elif event.trace.rule == ONCE_TOLD:
            told = replace(frame.concluded[of], eased=True)
            self.frame = replace(frame, concluded={**frame.concluded, of: told})
        if meter == "standing" and event.until is not None:
            kept = Passing(of, after - event.trace.before, frame.turn, event.until)
            self.frame = replace(self.frame, passing=(*frame.passing, kept))

    def _override(self, event: e.Overridden) -> None:
        """A number that the facilitator set by hand."""
        self.moving(event.meter)[event.of] = event.after
        if event.meter == "pressure":
            self._peaks[event.of] = event.after
        else:
            self._undo(event.meter, event.of, MOST)

    def _press(self, event: e.LinePressed) -> None:
        """Pressure on a line, and the pressing on record."""
        name = f"{event.side}/{event.line}"
        self.moving("pressure")[name] = event.trace.after
        self._heap(name, event.trace.after)
        self._pressed += (Pressing(name, event.by, self.frame.turn),)

    def _heap(self, name: str, pressure: int) -> None:
        """Keep the highest pressure on a line."""
        if pressure > self._peaks.get(name, self.frame.peaks.get(name, 0)):
            self._peaks[name] = pressure

    def _undo(self, meter: e.MeterName, of: str, by: int) -> None:
        """What conclusions did to a number is no longer in it where the end of a scale or a hand has put it."""
        concluded = self.frame.concluded
        if by > 0 and concluded and (meter == "felt" or meter == "trust"):
            less = {
                name: replace(kept, **{meter: max(0, getattr(kept, meter) - by)})
                for name, kept in concluded.items()
                if name.startswith(f"{of}/")
            }
            self.frame = replace(self.frame, concluded={**concluded, **less})

    def _fire(self, event: e.RuleFired) -> None:
        """A rule that has fired for a side, and altogether."""
        self.fired.append(event)

    def _draw_back(self, event: e.FurtherFrom) -> None:
        """A team that is drawn back from a conclusion: its line is as high as it stands."""
        name = f"{event.side}/{event.line}"
        back = replace(self.frame.concluded[name], on_alert=False, credited=True)
        self.frame = replace(self.frame, concluded={**self.frame.concluded, name: back})
        self._peaks[name] = self.numbers("pressure").get(name, 0)

    def _pass(self, event: e.AnyEvent) -> None:
        """What is kept for feeds and traces and changes nothing."""

    def _copied_acts(self) -> dict[e.ActKey, Sent]:
        self._acts = acts = self.frame.acts.copy()
        return acts

    def _fold(self) -> None:
        """Put what has been gathered into the frame."""
        frame, told = self.frame, self.events[self._folded :]
        parts: dict[str, Any] = {}  # Any: fields of a state
        self._folded = len(self.events)
        if told:
            parts["turn_events"] = (*frame.turn_events[:-1], frame.turn_events[-1].more(told))
        if self._numbers:
            parts.update(self._numbers)
            self._numbers.clear()
            if "tension" in parts:
                parts["tension"] = parts["tension"][""]
            if "track" in parts:
                parts["tracks"] = parts.pop("track")
            if self._timed:
                for meter, changes in self._timed.items():
                    parts[meter] = (*getattr(frame, meter), *changes)
                self._timed.clear()
        if self.fired:
            parts["firings"] = (*frame.firings[:-1], (*frame.firings[-1], *self.fired))
            self.fired.clear()
        if self._pressed:
            parts["presses"], self._pressed = frame.presses + self._pressed, ()
        if self._peaks:
            parts["peaks"], self._peaks = {**frame.peaks, **self._peaks}, {}
        if self._arrived:
            parts["record"] = _recorded(frame.record, self.acts, self._arrived, frame.turn)
            parts["used"] = self.used
            inboxes = {"us": frame.us.inbox, "china": frame.china.inbox}
            numbers: dict[e.ActKey, int] = {}
            for event in self._arrived:
                inboxes[event.to] += (Received(event.act, frame.turn, event.hour),)
                numbers[event.act] = len(inboxes[event.to])
            for side, inbox in inboxes.items():
                team = frame.us if side == "us" else frame.china
                if inbox is not team.inbox:
                    parts[side] = replace(team, inbox=inbox)
            if not numbers.keys().isdisjoint([request.act for request in frame.requests if not request.arrived]):
                parts["requests"] = _numbered(frame.requests, numbers, frame.turn)
            self._arrived.clear()
        if self._acts:
            parts["acts"], self._acts = self._acts, None
        if parts:
            self.frame = replace(frame, **parts)


def _written(state: State, act: Act) -> str | None:
    """The words of the line that an act names, where its team wrote it at the table."""
    return next((line.says for line in state.team(act.side).own_lines if line.id == act.line), None)


def _numbered(requests: tuple[Request, ...], numbers: Mapping[e.ActKey, int], turn: int) -> tuple[Request, ...]:
    """Requests of which some have arrived, with their places in inboxes."""
    return tuple(
        [replace(kept, number=numbers[kept.act], arrived=turn) if kept.act in numbers else kept for kept in requests]
    )


def _recorded(
    record: tuple[Act, ...], acts: dict[e.ActKey, Sent], arrived: Iterable[e.ActArrived], turn: int
) -> tuple[Act, ...]:
    """The record with what has arrived: at its end, unless something of it was sent in an earlier turn."""
    came = [acts[event.act].act for event in arrived]
    since = min([act.turn for act in came])
    if since == turn:
        return (*record, *came)
    lately = takewhile(lambda sent: sent.act.turn >= since, reversed(acts.values()))
    again = [sent.act for sent in lately if sent.arrived]
    return record[: bisect_left(record, since, key=attrgetter("turn"))] + tuple(reversed(again))


MOST = 10_000
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
GATHERED: Final[Mapping[type[e.Event], Callable[[Folding, Any], None]]] = {  # Any: each kind has its own
    e.ActWeighed: Folding._weigh,
    e.NumberMoved: Folding._move,
    e.LinePressed: Folding._press,
    e.RuleFired: Folding._fire,
    e.ActSent: Folding._send,
    e.ActArrived: Folding._arrive,
    e.Overridden: Folding._override,
    e.Revealed: Folding._reveal,
    e.FurtherFrom: Folding._draw_back,
    **dict.fromkeys(
        (
            *(e.Improvised, e.NearMiss, e.ConclusionAnswered, e.CrossingProposed, e.CallJudged, e.MirrorHeld),
            *(e.RolledBack, e.LogShortened),
        ),
        Folding._pass,
    ),
}
"""Kinds that are gathered, and those that are kept for feeds and traces alone."""
ALONE: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {**TABLE, **SEALED, **ROOMS}  # Any: as above
"""Kinds that make their state at once, and begin from a whole one."""
Case: TypeAlias = tuple[Callable[[Folding, Any], None] | None, Callable[[State, Any], State], bool]  # Any: as above
CASES: Final[Mapping[type[e.Event], Case]] = {
    **{kind: (gather, apply, False) for kind, gather in GATHERED.items()},
    **{kind: (None, case, kind in ALONE) for kind, case in {**PLAY, **ALONE}.items()},
}
"""What gathers each kind that is gathered; what makes the state after it; and whether that begins from a whole one."""
