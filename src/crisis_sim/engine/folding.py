"""Folding many events at once: numbers are gathered and put into a state together.

Judging tells a handful of events for each act, nearly all of which move one number. A state for each of them would
cost more than judging does, so those few kinds are gathered here; every other kind makes its state at once in
`crisis_sim.engine.apply`, which comes back here for these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Change, State, Team
from crisis_sim.rules.facts import Pressing
from crisis_sim.rules.names import Side


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
        """Every other number that has moved, by its meter and whose or what's it is."""
        self.changes: list[tuple[str, Change]] = []
        """Latency and odds."""
        self.fired: list[tuple[str, Side | None]] = []
        self.judged: dict[e.Key, int] = {}
        self.presses: list[Pressing] = []
        """Every pressing on record, once one has been gathered."""

    def value(self, meter: e.Meter, of: str) -> int:
        """Where a number stands with everything gathered; KeyError for an unknown one."""
        moved = self.numbers.get(meter)
        if moved is not None and of in moved:
            return moved[of]
        if meter == "tension":
            return self.tension
        if meter == "felt":
            return self.felt_us if as_side(of) == "us" else self.felt_china
        return VALUES[meter](self.base, of)

    def set(self, meter: e.Meter, of: str, value: int) -> None:
        """Put a number where it now stands."""
        if meter == "tension":
            self.tension = value
        elif meter != "felt":
            self._moved(meter)[of] = value
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
        meter, after = event.meter, event.trace.after
        if meter in TIMED:
            self.changes.append((meter, Change(event.of, after, event.until or self.base.turn)))
        self.set(meter, event.of, after)

    def press(self, event: e.LinePressed) -> None:
        """Pressure on a line, and the pressing on record."""
        name = f"{event.side}/{event.line}"
        self._moved("pressure")[name] = event.trace.after
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
        return any(name == rule and side in (None, sender) for name, sender in self.fired)

    def done(self, told: Iterable[e.AnyEvent]) -> State:
        """The state with everything gathered; `told` are the events that it was gathered from."""
        base, parts = self.base, self._numbers()
        parts["tension"] = self.tension
        *before, last = base.story
        parts["story"] = (*before, last.more(told))
        if self.changes:
            for field in TIMED:
                changes = [change for meter, change in self.changes if meter == field]
                parts[field] = (*getattr(base, field), *changes)
        if self.fired:
            parts["fired"] = base.fired.union(self.fired, [(rule, None) for rule, _ in self.fired])
        if self.presses:
            parts["presses"] = tuple(self.presses)
        if self.judged:
            acts = dict(base.acts)
            for key, weight in self.judged.items():
                acts[key] = replace(acts[key], judged=weight)
            parts["acts"] = acts
        return replace(base, **parts)

    def _moved(self, meter: e.Meter) -> dict[str, int]:
        """What has moved of a meter, to be added to."""
        moved = self.numbers.get(meter)
        if moved is None:
            moved = self.numbers[meter] = {}
        return moved

    def _numbers(self) -> dict[str, Any]:  # Any: fields of a state
        """The teams and the tables of numbers, where something in them has moved."""
        base, parts = self.base, dict[str, Any]()  # Any: fields of a state
        us, china = self._team("us", base.us, self.felt_us), self._team("china", base.china, self.felt_china)
        if us is not base.us:
            parts["us"] = us
        if china is not base.china:
            parts["china"] = china
        for meter, field in WORLD.items():
            if meter in self.numbers:
                parts[field] = {**getattr(base, field), **self.numbers[meter]}
        return parts

    def _team(self, side: Side, team: Team, felt: int) -> Team:
        """A team with what has moved of it."""
        moved: dict[str, Any] = {} if felt == team.felt else {"felt": felt}  # Any: fields of a team
        for meter in OF_TEAMS:
            value = self.numbers.get(meter, NOTHING).get(side)
            if value is not None:
                moved[meter] = value
        pressed = self.numbers.get("pressure", NOTHING)
        lines = {name.partition("/")[2]: value for name, value in pressed.items() if name.startswith(side)}
        if lines:
            moved["pressure"] = {**team.pressure, **lines}
        return replace(team, **moved) if moved else team


NOTHING: Final[Mapping[str, int]] = {}
"""Where nothing of a meter has moved."""
OF_TEAMS = ("trust", "standing")
"""Meters of the teams that are kept as a field of the same name."""
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
    return state.team(as_side(owner)).pressure[line]


def _latest(changes: tuple[Change, ...], of: str, otherwise: int) -> int:
    """What the last change of something made it."""
    for change in reversed(changes):
        if change.of == of:
            return change.value
    return otherwise


def as_side(name: str) -> Side:
    """The side of that name; KeyError for any other."""
    if name == "us":
        return "us"
    if name == "china":
        return "china"
    raise KeyError(name)


VALUES: dict[str, Callable[[State, str], int]] = {
    "tension": lambda state, of: state.tension,
    "felt": lambda state, of: state.team(as_side(of)).felt,
    "trust": lambda state, of: state.team(as_side(of)).trust,
    "standing": lambda state, of: state.team(as_side(of)).standing,
    "pressure": _pressure,
    "readiness": lambda state, of: state.readiness[of],
    "mandate": lambda state, of: state.mandate[of],
    "track": lambda state, of: state.tracks[of],
    "latency": lambda state, of: _latest(state.latency, of, 100),
    "odds": lambda state, of: _latest(state.odds, of, 0),
}
"""Where a state keeps the number of a meter."""
