"""Folding many events at once: numbers are gathered and put into a state together.

Judging tells a handful of events for each act, nearly all of which move one number. A state for each of them would
cost more than judging does, so those few kinds are gathered here; every other kind makes its state at once in
`crisis_sim.engine.apply`, which comes back here for these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Change, State, Team
from crisis_sim.rules.authored import Side
from crisis_sim.rules.facts import Pressing

Number = tuple[str, str]
"""A meter and whose or what's it is, as in NumberMoved."""


class Folding:
    """A state with changes gathered on top of it."""

    __slots__ = ("base", "changes", "fired", "judged", "numbers", "presses", "told")

    def __init__(self, base: State) -> None:
        self.base = base
        self.numbers: dict[Number, int] = {}
        self.changes: dict[str, list[Change]] = {}
        self.fired: list[tuple[str, Side | None]] = []
        self.judged: dict[e.Key, int] = {}
        self.presses: list[Pressing] = []
        self.told: list[e.AnyEvent] = []

    def value(self, meter: e.Meter, of: str) -> int:
        """Where a number stands with everything gathered; KeyError for an unknown one."""
        found = self.numbers.get((meter, of))
        return value_of(self.base, meter, of) if found is None else found

    def add(self, event: e.AnyEvent) -> None:
        """Gather one of the kinds in GATHERED."""
        GATHERED[type(event)](self, event)
        self.told.append(event)

    def weigh(self, event: e.ActWeighed) -> None:
        """Tension and both felt tensions after an act."""
        us, china = (event.weight, event.felt) if event.sender == "us" else (event.felt, event.weight)
        numbers = self.numbers
        numbers["tension", ""] = self.value("tension", "") + event.weight
        numbers["felt", "us"] = self.value("felt", "us") + us
        numbers["felt", "china"] = self.value("felt", "china") + china
        if not event.silence:
            self.judged[event.act] = event.weight

    def move(self, event: e.NumberMoved) -> None:
        """One number."""
        if event.meter in ("latency", "odds"):
            change = Change(event.of, event.trace.after, event.until or self.base.turn)
            self.changes.setdefault(event.meter, []).append(change)
        self.numbers[event.meter, event.of] = event.trace.after

    def press(self, event: e.LinePressed) -> None:
        """Pressure on a line, and the pressing on record."""
        name = f"{event.side}/{event.line}"
        self.numbers["pressure", name] = event.trace.after
        self.presses.append(Pressing(name, event.by, self.base.turn))

    def fire(self, event: e.RuleFired) -> None:
        """A rule that has fired for a side, and altogether."""
        self.fired += ((event.rule, event.sender), (event.rule, None))

    def done(self) -> State:
        """The state with everything gathered."""
        base = self.base
        *before, last = base.story
        parts: dict[str, Any] = {"story": (*before, (*last, *self.told))}  # Any: fields of a state
        parts["us"], parts["china"] = self._team("us"), self._team("china")
        for (meter, of), value in self.numbers.items():
            if meter == "tension":
                parts["tension"] = value
            elif meter in WORLD:
                field = WORLD[meter]
                parts.setdefault(field, dict(getattr(base, field)))[of] = value
        for meter, changes in self.changes.items():
            parts[meter] = (*getattr(base, meter), *changes)
        if self.fired:
            parts["fired"] = base.fired.union(self.fired)
        if self.presses:
            parts["presses"] = (*base.presses, *self.presses)
        if self.judged:
            acts = dict(base.acts)
            for key, weight in self.judged.items():
                acts[key] = replace(acts[key], judged=weight)
            parts["acts"] = acts
        return replace(base, **parts)

    def _team(self, side: Side) -> Team:
        """One team with what was gathered for it."""
        team, numbers = self.base.team(side), self.numbers
        parts: dict[str, Any] = {  # Any: fields of a team
            meter: numbers[meter, side] for meter in ("trust", "standing", "felt") if (meter, side) in numbers
        }
        pressed = {
            of.partition("/")[2]: value
            for (meter, of), value in numbers.items()
            if meter == "pressure" and of.startswith(side)
        }
        if pressed:
            parts["pressure"] = {**team.pressure, **pressed}
        return replace(team, **parts) if parts else team


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
        case "tension":
            return state.tension
        case "felt":
            return state.team(as_side(of)).felt
        case "trust":
            return state.team(as_side(of)).trust
        case "standing":
            return state.team(as_side(of)).standing
        case "pressure":
            owner, _, line = of.partition("/")
            return state.team(as_side(owner)).pressure[line]
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
