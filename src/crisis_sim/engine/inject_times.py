"""When injects come: from their hour on, after what they follow, and again.

As a turn opens, play asks each `InjectPlan` whether its time has come. `schedule_of` asks the same of every turn
beforehand, as if every condition held and the facilitator released at its hour whatever comes by hand alone. What an
effect brings earlier than that is not reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.engine.table_parts import hours_played
from crisis_sim.engine.workload import workload_of


class InjectPlan(Struct, frozen=True):
    """When an inject comes, if its condition holds."""

    inject: str
    by_hand: bool
    hour: int
    until: int | None
    follows: tuple[str, int, int] | None
    """The inject that it follows, and by how many hours and turns."""
    again: tuple[int, int, int] | None
    """Hours and turns until it comes again, and how often in all."""

    def is_timely(self, hour: int) -> bool:
        """Whether it can come by itself at this hour."""
        return self.hour <= hour and not self.by_hand and (self.until is None or hour <= self.until)

    def is_after(self, first: int, hours: Sequence[int], turn: int) -> bool:
        """Whether what it follows, if anything, came long enough before a turn opens.

        `first` is the turn in which that came first, 0 if it has not; `hours` are those at which turns begin.
        """
        return self.follows is None or (first > 0 and _has_passed(hours, first, turn, *self.follows[1:]))

    def is_again(self, last: int, hours: Sequence[int], turn: int) -> bool:
        """Whether it may come once more as a turn opens, having come last in the turn `last`."""
        return self.again is not None and _has_passed(hours, last, turn, *self.again[:2])


def _has_passed(hours: Sequence[int], since: int, turn: int, min_hours: int, turns: int) -> bool:
    """Whether so many hours and turns lie between the openings of two turns."""
    return hours[since - 1] + min_hours <= hours[turn - 1] and since + turns <= turn


def inject_plan(inject: Inject, hours: Sequence[int]) -> InjectPlan:
    """When an inject comes, where turns begin at these hours."""
    predecessor, often = inject.after, inject.again
    follow_rule = None if predecessor is None else (predecessor.inject, predecessor.by, predecessor.turns or 0)
    again = None if often is None else (often.every or 0, often.turns or 0, often.times)
    return InjectPlan(inject.id, inject.by_hand, inject.at, inject.last_hour(hours), follow_rule, again)


def injects_played(scenario: Scenario, length: int, *, decisions: bool) -> list[Inject]:
    """The injects that a session of so many minutes has; those that ask for a decision only where decisions are on."""
    return [inject for inject in scenario.msel if length in inject.lengths and (decisions or not inject.decide)]


class InjectTimes(NamedTuple):
    """When an inject comes in a session, as far as hours decide."""

    turns: tuple[int, ...]
    """Turns, from 1, in which it comes at the earliest: at first, and again. None if it never comes."""
    is_certain: bool
    """It waits for no condition and nobody's hand, and neither does what it follows."""

    def due_hour(self, inject: Inject, hours: Sequence[int]) -> int:
        """From which hour on the inject is due; if it follows another, the hour of its first turn."""
        return inject.at if inject.after is None or not self.turns else hours[self.turns[0] - 1]


def schedule_of(material: Material, length: int) -> Mapping[str, InjectTimes]:
    """When each inject comes that sessions of so many minutes have."""
    decisions = "decisions" in workload_of(material, length).on
    played = injects_played(material.scenario, length, decisions=decisions)
    return schedule(played, hours_played(material.scenario, length)[:-1])


def schedule(injects: Iterable[Inject], hours: Sequence[int]) -> Mapping[str, InjectTimes]:
    """When each of these injects comes where turns begin at these hours."""
    plans = [(inject_plan(inject, hours), inject.when is None and not inject.by_hand) for inject in injects]
    came: dict[str, list[int]] = {plan.inject: [] for plan, _ in plans}
    certain = {"": True}
    for turn, hour in enumerate(hours, 1):
        for plan, is_free in plans:
            turns, followed = came[plan.inject], plan.follows[0] if plan.follows else ""
            if turns and not (plan.is_again(turns[-1], hours, turn) and plan.again and len(turns) < plan.again[2]):
                continue
            first = next(iter(came.get(followed, ())), 0)
            is_timely = (
                plan.hour <= hour if plan.by_hand else plan.is_timely(hour) and plan.is_after(first, hours, turn)
            )
            if is_timely:
                turns.append(turn)
                certain[plan.inject] = is_free and certain[followed]
    return {inject: InjectTimes(tuple(turns), certain.get(inject, False)) for inject, turns in came.items()}
