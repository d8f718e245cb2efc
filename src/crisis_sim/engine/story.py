"""What is being decided: events told one after another, and the state as they leave it.

`decide` and its rooms write into a story; nothing else does, and it lives no longer than one action.
"""

from __future__ import annotations

from crisis_sim.engine.apply import apply
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.events import AnyEvent, Meter, NumberMoved, Trace, Visible
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.authored import Side


class Story:
    """Events of one action, with the state after the last of them."""

    __slots__ = ("events", "floors", "state", "table")

    def __init__(self, state: State, table: Table) -> None:
        self.state = state
        self.table = table
        self.events: list[AnyEvent] = []
        self.floors: list[tuple[int, Cause]] = []
        """Levels below which tension must not end, with what set them."""

    def tell(self, event: AnyEvent) -> None:
        """Add an event."""
        self.events.append(event)
        self.state = apply(self.state, event)

    def move(self, meter: Meter, of: str, trace: Trace, until: int | None = None) -> None:
        """Move a number, if it moves at all."""
        if trace.before != trace.after or until is not None:
            self.tell(NumberMoved(meter, of, trace, until, visible=seen_by(meter, of)))

    def value(self, meter: Meter, of: str) -> int:
        """Where a number stands."""
        return value_of(self.state, meter, of)


def value_of(state: State, meter: Meter, of: str) -> int:
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


def seen_by(meter: Meter, of: str) -> Visible:
    """Who may see a number move: a team its own trust, standing and pressure, everybody the tracks."""
    if meter == "track":
        return "everyone"
    if meter in {"trust", "standing", "pressure"}:
        return "us" if of.startswith("us") else "china"
    return "facilitator"
