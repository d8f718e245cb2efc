"""What is being decided: events told one after another, and the state as they leave it.

`decide` and its rooms write into a story; nothing else does, and it lives no longer than one action.
"""

from __future__ import annotations

from crisis_sim.engine.apply import apply
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.events import AnyEvent, Meter, NumberMoved, Trace, Visible
from crisis_sim.engine.facts import moment
from crisis_sim.engine.folding import GATHERED, Folding, value_of
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.authored import Side
from crisis_sim.rules.facts import Facts


class Story:
    """Events of one action, with the state after the last of them."""

    __slots__ = ("_facts", "_folding", "_frame", "events", "floors", "table")

    def __init__(self, state: State, table: Table) -> None:
        self.table = table
        self.events: list[AnyEvent] = []
        self.floors: list[tuple[int, Cause]] = []
        """Levels below which tension must not end, with what set them."""
        self._frame = state
        self._folding: Folding | None = None
        """What has been told since the frame, if anything."""
        self._facts: Facts | None = None

    @property
    def state(self) -> State:
        """The state after every event told."""
        if self._folding is not None:
            self._frame = self._folding.done()
            self._folding = None
        return self._frame

    @property
    def frame(self) -> State:
        """The state but for numbers, pressings and fired rules told of late; cheaper to ask for."""
        return self._frame

    def tell(self, event: AnyEvent) -> None:
        """Add an event."""
        self.events.append(event)
        gather = GATHERED.get(type(event))
        if gather is None:
            self._frame = apply(self.state, event)
        else:
            gather(self._gathering(), event)

    def move(self, meter: Meter, of: str, trace: Trace, until: int | None = None) -> None:
        """Move a number, if it moves at all."""
        if trace.before != trace.after or until is not None:
            event = NumberMoved(meter, of, trace, until, visible=seen_by(meter, of))
            self.events.append(event)
            self._gathering().move(event)

    def value(self, meter: Meter, of: str) -> int:
        """Where a number stands; KeyError for an unknown one."""
        if self._folding is None:
            return value_of(self._frame, meter, of)
        return self._folding.value(meter, of)

    def has_fired(self, rule: str, side: Side | None) -> bool:
        """A rule has fired for a side; for None, at all."""
        if self._folding is None:
            return (rule, side) in self._frame.fired
        return self._folding.has_fired(rule, side)

    def _gathering(self) -> Folding:
        if self._folding is None:
            self._folding = Folding(self._frame)
        return self._folding

    def press_facts(self) -> Facts:
        """Facts for rules on press: those of the moment when this story first pressed a line, with all pressings."""
        if self._facts is None:
            self._facts = moment(self._frame, self.table)
        pressed = self._folding.presses if self._folding is not None else ()
        self._facts.presses = (*self._frame.presses, *pressed)
        return self._facts


def seen_by(meter: Meter, of: str) -> Visible:
    """Who may see a number move: a team its own trust, standing and pressure, everybody the tracks."""
    if meter in TEAM_METERS:
        return "us" if of.startswith("us") else "china"
    return "everyone" if meter == "track" else "facilitator"


TEAM_METERS = frozenset({"trust", "standing", "pressure"})
"""Meters that their own team may see."""
