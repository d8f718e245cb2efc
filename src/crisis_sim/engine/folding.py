"""Folding many events at once: numbers are gathered and put into a state together.

Judging tells a handful of events for each act, nearly all of which move one number. A state for each of them would
cost more than judging does, so those few kinds are gathered here; every other kind makes its state at once in
`crisis_sim.engine.apply`, which comes back here for these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Change, State
from crisis_sim.rules.facts import Pressing
from crisis_sim.rules.names import Side

Number = tuple[str, str]
"""A meter and whose or what's it is, as in NumberMoved."""


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
        self.numbers: dict[Number, int] = {}
        """Every other number that has moved."""
        self.changes: list[tuple[str, Change]] = []
        """Latency and odds."""
        self.fired: list[tuple[str, Side | None]] = []
        self.judged: dict[e.Key, int] = {}
        self.presses: list[Pressing] = []

    def value(self, meter: e.Meter, of: str) -> int:
        """Where a number stands with everything gathered; KeyError for an unknown one."""
        found = self.numbers.get((meter, of))
        if found is not None:
            return found
        if meter == "tension":
            return self.tension
        if meter == "felt":
            return self.felt_us if as_side(of) == "us" else self.felt_china
        return value_of(self.base, meter, of)

    def set(self, meter: e.Meter, of: str, value: int) -> None:
        """Put a number where it now stands."""
        if meter == "tension":
            self.tension = value
        elif meter != "felt":
            self.numbers[meter, of] = value
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
        self.numbers["pressure", name] = event.trace.after
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
        parts["story"] = (*before, (*last, *told))
        if self.changes:
            for field in TIMED:
                changes = [change for meter, change in self.changes if meter == field]
                parts[field] = (*getattr(base, field), *changes)
        if self.fired:
            parts["fired"] = base.fired.union(self.fired, [(rule, None) for rule, _ in self.fired])
        if self.presses:
            parts["presses"] = (*base.presses, *self.presses)
        if self.judged:
            acts = dict(base.acts)
            for key, weight in self.judged.items():
                acts[key] = replace(acts[key], judged=weight)
            parts["acts"] = acts
        return replace(base, **parts)

    def _numbers(self) -> dict[str, Any]:  # Any: fields of a state
        """The teams and the tables of numbers, where something in them has moved."""
        base = self.base
        teams: dict[str, dict[str, Any]] = {"us": {}, "china": {}}  # Any: fields of a team
        parts: dict[str, Any] = {}
        for (meter, of), value in self.numbers.items():
            if meter == "pressure":
                owner, _, line = of.partition("/")
                team = teams[owner]
                if "pressure" not in team:
                    team["pressure"] = dict(base.team(as_side(owner)).pressure)
                team["pressure"][line] = value
            elif meter in WORLD:
                field = WORLD[meter]
                if field not in parts:
                    parts[field] = dict(getattr(base, field))
                parts[field][of] = value
            elif meter not in TIMED:
                teams[of][meter] = value
        if teams["us"] or self.felt_us != base.us.felt:
            parts["us"] = replace(base.us, felt=self.felt_us, **teams["us"])
        if teams["china"] or self.felt_china != base.china.felt:
            parts["china"] = replace(base.china, felt=self.felt_china, **teams["china"])
        return parts


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
    match meter:
        case "trust":
            return state.us.trust if of == "us" else state.team(as_side(of)).trust
        case "standing":
            return state.us.standing if of == "us" else state.team(as_side(of)).standing
        case "pressure":
            owner, _, line = of.partition("/")
            return state.team(as_side(owner)).pressure[line]
        case "tension":
            return state.tension
        case "felt":
            return state.team(as_side(of)).felt
        case "readiness":
            return state.readiness[of]
        case "mandate":
            return state.mandate[of]
        case "track":
            return state.tracks[of]
        case "latency":
            return next((change.value for change in reversed(state.latency) if change.of == of), 100)
        case "odds":
            return next((change.value for change in reversed(state.odds) if change.of == of), 0)


def as_side(name: str) -> Side:
    """The side of that name; KeyError for any other."""
    if name == "us":
        return "us"
    if name == "china":
        return "china"
    raise KeyError(name)
