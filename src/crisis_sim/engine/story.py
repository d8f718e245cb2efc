"""What is being decided: events told one after another, and the state as they leave it.

`decide` and its rooms write into a story; nothing else does, and it lives no longer than one action.
"""

from __future__ import annotations

from crisis_sim.engine.apply import apply
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.events import AnyEvent, Meter, NumberMoved, Trace, Visible
from crisis_sim.engine.facts import moment
from crisis_sim.engine.folding import GATHERED, Folding
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.facts import Facts


class Story:
    """Events of one action, with the state after the last of them."""

    __slots__ = ("_facts", "_folding", "events", "floors", "table")

    def __init__(self, state: State, table: Table) -> None:
        self.table = table
        self.events: list[AnyEvent] = []
        self.floors: list[tuple[int, Cause]] = []
        """Levels below which tension must not end, with what set them."""
        self._folding = Folding(state)
        self._facts: Facts | None = None

    @property
    def state(self) -> State:
        """The state after every event told."""
        folding = self._folding
        if folding.told:
            self._folding = folding = Folding(folding.done())
        return folding.base

    @property
    def frame(self) -> State:
        """The state but for numbers, pressings and fired rules told of late; cheaper to ask for."""
        return self._folding.base

    def tell(self, event: AnyEvent) -> None:
        """Add an event."""
        self.events.append(event)
        if type(event) in GATHERED:
            self._folding.add(event)
        else:
            self._folding = Folding(apply(self.state, event))

    def move(self, meter: Meter, of: str, trace: Trace, until: int | None = None) -> None:
        """Move a number, if it moves at all."""
        if trace.before != trace.after or until is not None:
            self.tell(NumberMoved(meter, of, trace, until, visible=seen_by(meter, of)))

    def value(self, meter: Meter, of: str) -> int:
        """Where a number stands; KeyError for an unknown one."""
        return self._folding.value(meter, of)

    def press_facts(self) -> Facts:
        """Facts for rules on press: those of the moment when this story first pressed a line, with all pressings."""
        if self._facts is None:
            self._facts = moment(self.frame, self.table)
        self._facts.presses = (*self.frame.presses, *self._folding.presses)
        return self._facts


def seen_by(meter: Meter, of: str) -> Visible:
    """Who may see a number move: a team its own trust, standing and pressure, everybody the tracks."""
    if meter == "track":
        return "everyone"
    if meter in {"trust", "standing", "pressure"}:
        return "us" if of.startswith("us") else "china"
    return "facilitator"
