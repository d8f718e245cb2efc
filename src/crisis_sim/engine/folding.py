"""Folding many events at once: what they change is gathered and put into a state together.

Delivery, judging and the opening of a turn each tell a handful of events for each act, nearly all of which move one
number or add to one list. A state for each of them would cost more than judging does, so the kinds that come by the
dozen are gathered here; every other kind makes its state at once in `crisis_sim.engine.apply`, which comes back here
for these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Change, Received, Request, Sent, State, Team, story_with
from crisis_sim.rules.facts import Act, Pressing
from crisis_sim.rules.names import Side


class Numbers(dict[str, int]):
    """The numbers of one meter by whose or what's they are, each read from a state when it is first asked for."""

    __slots__ = ("_base", "_read")

    def __init__(self, base: State, read: Callable[[State, str], int]) -> None:
        self._base = base
        self._read = read

    def __missing__(self, of: str) -> int:
        self[of] = value = self._read(self._base, of)
        return value


class Folding:
    """A state with changes gathered on top of it."""

    __slots__ = (
        "acts",
        "arrived",
        "base",
        "changes",
        "felt_china",
        "felt_us",
        "fired",
        "lists",
        "numbers",
        "presses",
        "requests",
        "tension",
    )

    def __init__(self, base: State) -> None:
        self.base = base
        self.tension = base.tension
        self.felt_us = base.us.felt
        self.felt_china = base.china.felt
        self.numbers: dict[str, dict[str, int]] = {}
        """Every other number that has been asked for, by its meter."""
        self.changes: list[tuple[str, Change]] = []
        """Latency and odds."""
        self.fired: list[tuple[str, Side | None]] = []
        self.acts: dict[e.Key, Sent] = {}
        """Every act, once one has been sent, has arrived or has been weighed."""
        self.arrived: list[Act] = []
        self.requests: list[Request] = []
        """Every request, once one has been opened or answered."""
        self.lists: dict[tuple[Side, str], list[Any]] = {}  # Any: of what a team's field has
        """A team's inbox, forecasts or scored ones in full, once they have changed."""
        self.presses: list[Pressing] = []
        """Every pressing on record, once one has been gathered."""

    def of(self, meter: e.Meter) -> dict[str, int]:
        """The numbers of any meter but tension and felt tension; KeyError for an unknown one that is asked for."""
        numbers = self.numbers.get(meter)
        if numbers is None:
            numbers = self.numbers[meter] = OPENED[meter](self.base)
        return numbers

    def value(self, meter: e.Meter, of: str) -> int:
        """Where a number stands with everything gathered; KeyError for an unknown one."""
        if meter == "tension":
            return self.tension
        if meter == "felt":
            return self.felt_us if of == "us" else self.felt_china
        numbers = self.numbers.get(meter)
        return VALUES[meter](self.base, of) if numbers is None else numbers[of]

    def set(self, meter: e.Meter, of: str, value: int) -> None:
        """Put a number where it now stands."""
        if meter == "tension":
            self.tension = value
        elif meter != "felt":
            self.of(meter)[of] = value
        elif of == "us":
            self.felt_us = value
        else:
            self.felt_china = value

    def weigh(self, event: e.ActWeighed) -> None:
        """Tension and both felt tensions after an act."""
        weight = event.weight
        self.tension += weight
        if event.sender == "us":
            self.felt_us += weight
            self.felt_china += event.felt
        else:
            self.felt_us += event.felt
            self.felt_china += weight
        if not event.silence:
            acts = self.acts or self._acts()
            acts[event.act] = replace(acts[event.act], judged=weight)

    def send(self, event: e.ActSent) -> None:
        """An act that left its sender."""
        act = event.act
        acts = self.acts or self._acts()
        acts[act.key] = Sent(act, event.text, event.due_turn, event.due_hour, event.weight, event.unclear)

    def arrive(self, event: e.ActArrived) -> None:
        """An act that reached the other team."""
        key, turn = event.act, self.base.turn
        acts = self.acts or self._acts()
        acts[key] = sent = replace(acts[key], arrived=turn)
        self.arrived.append(sent.act)
        self._list(event.to, "inbox").append(Received(key, turn, event.hour))

    def ask(self, event: e.RequestOpened) -> None:
        """Something asked."""
        requests = self.requests or self._requests()
        requests.append(Request(event.act, event.due_hour))

    def answer(self, event: e.RequestAnswered) -> None:
        """Something answered; a holding note keeps it open."""
        requests = self.requests or self._requests()
        for place, kept in enumerate(requests):
            if kept.act == event.request:
                if event.how == "holding":
                    requests[place] = replace(kept, held=True, answer=event.answer)
                else:
                    requests[place] = replace(kept, status="answered", answer=event.answer, how=event.how)

    def resolve(self, event: e.ForecastResolved) -> None:
        """A forecast whose turn has come."""
        left = self._list(event.side, "forecasts")
        for place, kept in enumerate(left):
            if kept[0] == event.forecast:
                del left[place]
                break
        scored = (event.forecast, event.turn, event.chance, event.happened)
        self._list(event.side, "scored").append(scored)

    def move(self, event: e.NumberMoved) -> None:
        """One number."""
        meter, of, after = event.meter, event.of, event.trace.after
        if meter in TIMED:
            self.changes.append((meter, Change(of, after, event.until or self.base.turn)))
            self.of(meter)[of] = after
        else:
            self.set(meter, of, after)

    def press(self, event: e.LinePressed) -> None:
        """Pressure on a line, and the pressing on record."""
        name = f"{event.side}/{event.line}"
        self.of("pressure")[name] = event.trace.after
        if not self.presses:
            self.presses.extend(self.base.presses)
        self.presses.append(Pressing(name, event.by, self.base.turn))

    def fire(self, event: e.RuleFired) -> None:
        """A rule that has fired for a side, and altogether."""
        self.fired.append((event.rule, event.sender))

    def has_fired(self, rule: str, side: Side | None) -> bool:
        """A rule has fired for a side; for None, at all."""
        if (rule, side) in self.base.fired:
            return True
        if side is not None:
            return (rule, side) in self.fired
        return any(name == rule for name, _ in self.fired)

    def done(self, told: Iterable[e.AnyEvent]) -> State:
        """The state with everything gathered; `told` are the events that it was gathered from."""
        base, numbers = self.base, self.numbers
        told = [event for event in told if type(event) is not e.ForecastResolved] if self.lists else told
        parts: dict[str, Any] = {"story": story_with(base.story, told)}  # Any: fields of a state
        if self.tension != base.tension:
            parts["tension"] = self.tension
        if numbers or self.lists or self.felt_us != base.us.felt or self.felt_china != base.china.felt:
            parts["us"] = self._team("us", base.us, self.felt_us)
            parts["china"] = self._team("china", base.china, self.felt_china)
            for meter, field in WORLD:
                if meter in numbers:
                    parts[field] = numbers[meter]
        if self.changes:
            for field in TIMED:
                changes = [change for meter, change in self.changes if meter == field]
                parts[field] = (*getattr(base, field), *changes)
        if self.fired and not base.fired.issuperset(self.fired):
            parts["fired"] = base.fired.union(self.fired, [(rule, None) for rule, _ in self.fired])
        if self.presses:
            parts["presses"] = tuple(self.presses)
        if self.requests:
            parts["requests"] = tuple(self.requests)
        if self.acts:
            parts["acts"] = self.acts
        if self.arrived:
            parts["record"] = _recorded(base.record, self.acts, self.arrived)
            parts["used"] = base.used.union([act.channel for act in self.arrived])
        return replace(base, **parts)

    def _acts(self) -> dict[e.Key, Sent]:
        self.acts = acts = self.base.acts.copy()
        return acts

    def _requests(self) -> list[Request]:
        self.requests = requests = list(self.base.requests)
        return requests

    def _list(self, side: Side, field: str) -> list[Any]:  # Any: of what the field has
        found = self.lists.get((side, field))
        if found is None:
            found = self.lists[side, field] = list(getattr(self.base.team(side), field))
        return found

    def _team(self, side: Side, team: Team, felt: int) -> Team:
        """A team with what has moved of it."""
        numbers = self.numbers
        moved: dict[str, Any] = {} if felt == team.felt else {"felt": felt}  # Any: fields of a team
        for (whose, field), items in self.lists.items():
            if whose == side:
                moved[field] = tuple(items)
        if "trust" in numbers and numbers["trust"][side] != team.trust:
            moved["trust"] = numbers["trust"][side]
        if "standing" in numbers and numbers["standing"][side] != team.standing:
            moved["standing"] = numbers["standing"][side]
        if "pressure" in numbers:
            lines = {
                name[len(side) + 1 :]: value for name, value in numbers["pressure"].items() if name.startswith(side)
            }
            if lines:
                moved["pressure"] = {**team.pressure, **lines}
        return replace(team, **moved) if moved else team


def _recorded(record: tuple[Act, ...], acts: dict[e.Key, Sent], arrived: list[Act]) -> tuple[Act, ...]:
    """The record with what has arrived: at its end, unless something sent later had arrived already."""
    latest = []
    for sent in reversed(acts.values()):
        if sent.arrived:
            latest.append(sent.act)
            if len(latest) == len(arrived):
                break
    if set(map(id, latest)) == set(map(id, arrived)):
        return (*record, *latest[::-1])
    return tuple([sent.act for sent in acts.values() if sent.arrived])


TIMED = ("latency", "odds")
"""Meters that are kept as changes which last until a turn; their fields of a state are called the same."""
WORLD = (("readiness", "readiness"), ("mandate", "mandate"), ("track", "tracks"))
"""Meters of the world with the field of the state that keeps them."""
GATHERED: dict[type[e.Event], Callable[[Folding, Any], None]] = {  # Any: each kind has its own
    e.ActWeighed: Folding.weigh,
    e.NumberMoved: Folding.move,
    e.LinePressed: Folding.press,
    e.RuleFired: Folding.fire,
    e.ActSent: Folding.send,
    e.ActArrived: Folding.arrive,
    e.RequestOpened: Folding.ask,
    e.RequestAnswered: Folding.answer,
    e.ForecastResolved: Folding.resolve,
}
"""Kinds that are gathered."""


def value_of(state: State, meter: e.Meter, of: str) -> int:
    """Where a number stands: hundredths, or percent for readiness, mandate and odds; KeyError for an unknown one."""
    return VALUES[meter](state, of)


def _pressure(state: State, of: str) -> int:
    """Of a line, as `side/line`."""
    owner, _, line = of.partition("/")
    return TEAMS[owner](state).pressure[line]


def _latest(changes: tuple[Change, ...], of: str, otherwise: int) -> int:
    """What the last change of something made it."""
    for change in reversed(changes):
        if change.of == of:
            return change.value
    return otherwise


TEAMS: dict[str, Callable[[State], Team]] = {"us": attrgetter("us"), "china": attrgetter("china")}
"""A team's part of a state by the name of its side; KeyError for any other."""
VALUES: dict[str, Callable[[State, str], int]] = {
    "tension": lambda state, of: state.tension,
    "felt": lambda state, of: TEAMS[of](state).felt,
    "trust": lambda state, of: TEAMS[of](state).trust,
    "standing": lambda state, of: TEAMS[of](state).standing,
    "pressure": _pressure,
    "readiness": lambda state, of: state.readiness[of],
    "mandate": lambda state, of: state.mandate[of],
    "track": lambda state, of: state.tracks[of],
    "latency": lambda state, of: _latest(state.latency, of, 100),
    "odds": lambda state, of: _latest(state.odds, of, 0),
}
"""Where a state keeps the number of a meter."""
OPENED: dict[str, Callable[[State], dict[str, int]]] = {
    "trust": lambda state: {"us": state.us.trust, "china": state.china.trust},
    "standing": lambda state: {"us": state.us.standing, "china": state.china.standing},
    "pressure": lambda state: Numbers(state, _pressure),
    "readiness": lambda state: state.readiness.copy(),
    "mandate": lambda state: state.mandate.copy(),
    "track": lambda state: state.tracks.copy(),
    "latency": lambda state: Numbers(state, VALUES["latency"]),
    "odds": lambda state: Numbers(state, VALUES["odds"]),
}
"""The numbers of a meter as a folding begins with them: a few at once, many as they are asked for."""
