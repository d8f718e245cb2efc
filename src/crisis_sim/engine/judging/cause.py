"""What brings an effect about: a rule, a line, an inject, a track, with whom and what it concerns."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.engine.events import Key, Trace
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import SIDES, Side, Whose, other


class Cause(Struct, frozen=True, gc=False):
    """What brings an effect about."""

    rule: str
    at: str
    sender: Side | None = None
    act: Key | None = None
    channel: str | None = None
    about: str | None = None
    press_factor: int = 100
    """Scale of pressure on the receiver's lines, from how the act was read; hundredths."""
    part: int | UnsetType = UNSET
    """Which sentence of the rule, as in a trace."""

    def sides(self, whose: Whose) -> tuple[Side, ...]:
        """The teams that `whose` names."""
        if whose == "both":
            return SIDES
        if whose == "us" or whose == "china":
            return (whose,)
        if self.sender is None:
            return ()
        return (self.sender,) if whose == "sender" else (other(self.sender),)

    def channels(self, named: str, table: Table) -> tuple[str, ...]:
        """The channels that an effect names."""
        if named == "all":
            return tuple(table.scenario.channels)
        found = self.channel if named == "used" else (self.about or self.channel) if named == "about" else named
        return (found,) if found in table.scenario.channels else ()

    def trace(self, before: int, after: int) -> Trace:
        """The trace of a number that this moves."""
        part = self.part
        if part is UNSET:
            return Trace(self.rule, self.at, self.act, before, after)
        return Trace(self.rule, self.at, self.act, before, after, UNSET, part)
