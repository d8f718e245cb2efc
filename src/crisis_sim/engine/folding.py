"""Folding many events at once: numbers are gathered and put into a state together.

Judging tells a handful of events for each act, nearly all of which move one number. A state for each of them would
cost more than judging does, so those few kinds are gathered here; every other kind makes its state at once in
`crisis_sim.engine.apply`, which comes back here for these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Change, State, Team, story_with
from crisis_sim.rules.facts import Pressing
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
        "base",
        "changes",
        "felt_china",
        "felt_us",
        "fired",
        "judged",
        "numbers",
        "presses",
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
        self.judged: dict[e.Key, int] = {}
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
        return self.of(meter)[of]

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
            self.judged[event.act] = weight

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
        parts: dict[str, Any] = {"story": story_with(base.story, told)}  # Any: fields of a state
        if self.tension != base.tension:
            parts["tension"] = self.tension
        if numbers or self.felt_us != base.us.felt or self.felt_china != base.china.felt:
            parts["us"] = self._team("us", base.us, self.felt_us)
            parts["china"] = self._team("china", base.china, self.felt_china)
            for meter in numbers.keys() & WORLD.keys():
                parts[WORLD[meter]] = numbers[meter]
        if self.changes:
            for field in TIMED:
                changes = [change for meter, change in self.changes if meter == field]
                parts[field] = (*getattr(base, field), *changes)
        if self.fired and not base.fired.issuperset(self.fired):
            parts["fired"] = base.fired.union(self.fired, [(rule, None) for rule, _ in self.fired])
        if self.presses:
            parts["presses"] = tuple(self.presses)
        if self.judged:
            parts["acts"] = acts = base.acts.copy()
            for key, weight in self.judged.items():
                acts[key] = replace(acts[key], judged=weight)
        return replace(base, **parts)

    def _team(self, side: Side, team: Team, felt: int) -> Team:
        """A team with what has moved of it."""
        numbers = self.numbers
        moved: dict[str, Any] = {} if felt == team.felt else {"felt": felt}  # Any: fields of a team
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


TIMED = ("latency", "odds")
"""Meters that are kept as changes which last until a turn; their fields of a state are called the same."""
WORLD = {"readiness": "readiness", "mandate": "mandate", "track": "tracks"}
"""Meters of the world with the field of the state that keeps them."""
GATHERED: dict[type[e.Event], Callable[[Folding, Any], None]] = {  # Any: each kind has its own
    e.ActWeighed: Folding.weigh,
    e.NumberMoved: Folding.move,
    e.LinePressed: Folding.press,
    e.RuleFired: Folding.fire,
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
