"""What a session has the time to ask of people: one table, by its minutes and by whether each team has a screen.

A scenario or a pack may have a thing and be played too briefly for it; here alone stands when it is on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args

from pydantic import Field

from crisis_sim.rules.authored import Authored, Id, Length, Lengths

WorkloadThing: TypeAlias = Literal[
    "offence_card",
    "instructions",
    "decisions",
    "disclosure",
    "telling",
    "citing",
    "call_purposes",
    "further_moves",
    "principles",
]
"""What a session can do without; each is a key of `SettingLoad`."""
WORKLOAD_PARTS: Final[tuple[WorkloadThing, ...]] = get_args(WorkloadThing)

Limit: TypeAlias = Literal["moves", "calls", "forecasts"]
"""What there can be too much of, likewise."""
LIMITS: Final[tuple[Limit, ...]] = get_args(Limit)

LengthsOn: TypeAlias = Lengths | None
"""Without it a thing is on wherever the scenario has it."""

MostAt: TypeAlias = dict[Length, Annotated[int, Field(ge=1, le=24, strict=True)]]
"""A limit by the minutes of a session; a length that is left out has none."""


class SettingLoad(Authored):
    """What is asked in one setting, by the minutes of a session; what is left out, wherever a scenario has it."""

    moves: MostAt = {}
    """Moves of its own that a team makes in a turn at most, whatever more the scenario allows; answers come on top."""
    calls: MostAt = {}
    """Calls and meetings of a session at most."""
    forecasts: MostAt = {}
    """Forecasts asked after a turn at most; where there are more they take turns."""
    offence_card: LengthsOn = None
    """Teams order acts by how gravely they take them, and guess the other's order."""
    instructions: LengthsOn = None
    """Instruction cards are dealt, and each team says how likely the other is here for something besides."""
    decisions: LengthsOn = None
    """Voices ask for decisions, and the hard one at home is heard."""
    disclosure: LengthsOn = None
    """Facts that one team alone knows can be told with a move."""
    telling: LengthsOn = None
    """Lines are told, and the question is put which acts moved a side closer to one."""
    citing: LengthsOn = None
    """Words cite instruments."""
    call_purposes: LengthsOn = None
    """Each side says what it wants of a call, and what the other wants."""
    terms: dict[Id, Lengths] = {}
    """Terms that acts do without in some lengths, each with those in which it can be put on one."""
    promises: dict[Id, Lengths] = {}
    """Promises likewise."""
    further_moves: LengthsOn = None
    """Moves can be made that the shortest sessions do without."""
    forecasts_with_readings: LengthsOn = None
    """Forecasts and the belief are asked in one sitting with the readings, before the results; without it never."""
    principles: LengthsOn = None
    """Both look at the end for principles that both accept."""


class WorkloadSettings(SettingLoad):
    """What a session has the time to ask of people, where each team has a screen of its own."""

    one_table: SettingLoad = SettingLoad.model_construct()
    """Where both teams share one screen; what is said here goes before what is said above."""

    def limit(self, kind: Limit, length: int, *, one_table: bool) -> int:
        """The most of these in sessions of so many minutes; 0 where there is no limit."""
        limits: Mapping[int, int] = self._by_key(kind, one_table)
        return limits.get(length, 0)

    def is_on(self, part: WorkloadThing, length: int, *, one_table: bool) -> bool:
        """Sessions of so many minutes have the time for it."""
        at_one_table = getattr(self.one_table, part) if one_table else None
        lengths = getattr(self, part) if at_one_table is None else at_one_table
        return lengths is None or length in lengths

    def is_said(self, part: Literal["forecasts_with_readings"], length: int, *, one_table: bool) -> bool:
        """The same of what is on only where it is said."""
        at_one_table = getattr(self.one_table, part) if one_table else None
        lengths = getattr(self, part) if at_one_table is None else at_one_table
        return lengths is not None and length in lengths

    def has(self, kind: Literal["terms", "promises"], name: str, length: int, *, one_table: bool) -> bool:
        """In sessions of so many minutes the term can be put on an act, or the promise be given."""
        lengths: Mapping[str, tuple[int, ...]] = self._by_key(kind, one_table)
        return name not in lengths or length in lengths[name]

    def _by_key(self, key: str, one_table: bool) -> Any:  # Any: each has its own keys
        """What is said of limits, terms or promises; at one table what is said of that goes before."""
        settings = getattr(self, key)
        return settings | getattr(self.one_table, key) if one_table else settings
