"""What every event has in common.

`visible` names who may ever see the event as such before the hotwash; the facilitator sees all of them. Screens do not
read events but views (`crisis_sim.engine.views`), which are built from the state.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.rules.names import Side

Visible: TypeAlias = Literal["everyone", "us", "china", "teams", "facilitator"]
Phase: TypeAlias = Literal[
    "briefing", "situation", "moves", "readings", "results", "forecasts", "closing", "hotwash", "closed"
]
ActKey: TypeAlias = tuple[Side, int, int]
"""What names an act: side, turn, place in that side's list."""
MeterName: TypeAlias = Literal[
    "tension",
    "felt",
    "trust",
    "standing",
    "expectation",
    "pressure",
    "readiness",
    "track",
    "latency",
    "odds",
]


class Event(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """What happened."""

    visible: Visible


class Trace(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a number changed: what did it, and where that stands. Its sentence is looked up there."""

    rule: str
    """Rule id; `catalogue`, `decay`, `channel-use`, `reading`, `clock`, `limit`, `conclusion`, `further from`,
    `once told`, `worn off`, `under rest`, `without force`; or what the scenario calls it."""
    at: str
    """file:line of the rule or number."""
    act: ActKey | None
    before: int
    after: int
    part: int | UnsetType = UNSET
    """Which of the sentences of `rule`, where it has several: the place from 0 among the acts that press or cross a
    line, among a track's marks, or, for a crossing, among the sides, of the one whose line it is."""
