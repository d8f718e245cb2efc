"""What can come of one length of a scenario, turn by turn: which injects, facts and crossings, and from when.

A generous reckoning: whatever is not plainly impossible may happen, whoever plays. So what can never happen here can
never happen in play, and only that is a reason to warn. What the facilitator does by hand is left out, but for injects
that are released by hand alone: those may come once the first turn has opened.

Time is counted in half turns. Turn n opens at 2n, when injects are tried against what came before; its acts are made
and judged at 2n + 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from crisis_sim.authoring.lints.ways import HasEffects, SendingWay
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject
from crisis_sim.engine.inject_times import inject_plan, injects_played, schedule
from crisis_sim.engine.table_parts import hours_played
from crisis_sim.engine.workload import workload_of
from crisis_sim.rules.authored import Length, Range
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import Key, used_keys
from crisis_sim.rules.moment import CommitmentIs, FactIs, LineIs, NumberIs
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.rules.properties import Made, MoveIs

Half: TypeAlias = int
"""A moment in half turns."""
SidedFact: TypeAlias = tuple[str, Side | None]

NEVER: Final[Half] = 10**6
"""Later than any moment."""
HOLDING: Final = 5
"""Holding notes that one list may have besides its moves."""


class World:
    """One length, as far as it can be known beforehand."""

    def __init__(
        self,
        material: Material,
        length: Length,
        ways: Mapping[str, tuple[SendingWay, ...]],
        fitting: Callable[[MoveIs], frozenset[str]],
        effects: Sequence[tuple[HasEffects, str, Effects]],
    ) -> None:
        """Work out the earliest moment of everything that may happen."""
        self.material = material
        self.scenario = material.scenario
        self.length = length
        self.hours = hours_played(self.scenario, length)[:-1]
        """Game hour at which each turn begins."""
        self.workload = workload_of(material, length)
        played = injects_played(self.scenario, length, decisions="decisions" in self.workload.on)
        self.plans = {inject.id: inject_plan(inject, self.hours) for inject in played}
        """When each inject that this length has comes."""
        self._times = schedule(played, self.hours)
        self.ways = ways
        self.injects: dict[str, Half] = {}
        """When an inject may first come; by hand from the first turn on."""
        self.truths: dict[tuple[SidedFact, bool], Half] = {}
        """When a fact may first be true, or be false."""
        self.crossings: dict[tuple[Side, str], Half] = {}
        self.due: dict[str, Half] = {}
        """When something may first release an inject."""
        self._moved = {(item.id, item.by > 0) for _, _, outcome in effects for item in outcome.track if item.by}
        """Tracks that some effect moves, each with whether it is up."""
        self._waiting = {
            rule.id: rule for rule in material.rules if rule.then.set or rule.then.release or rule.then.cross
        }
        """Rules that may still bring something about; what one may do, it may do from the first time on."""
        self._fitting = fitting
        self._sent = self._first_sent()
        self._begin()
        for turn in range(1, len(self.hours) + 1):
            self._open(turn)
            self._play(2 * turn + 1)

    def moments(self, *, acts: bool) -> Iterator[tuple[int, Half]]:
        """Each turn with the moment of its acts, or else of its opening."""
        return ((turn, 2 * turn + acts) for turn in range(1, len(self.hours) + 1))

    def hour(self, half: Half) -> int:
        """The game hour of a moment."""
        return self.hours[half // 2 - 1]

    def first_sent(self, move_test: MoveIs) -> Half:
        """When somebody may first make such a move."""
        first = min((self._sent[name] for name in self._fitting(move_test)), default=NEVER)
        return max(first, 5) if move_test.answer is not None else first

    def may(self, condition: Condition, half: Half) -> bool:
        """Whether a condition may hold at a moment."""
        return all(
            MAY[name](self, value, half) if name in MAY else _ever(key, value)
            for name, key, value in used_keys(condition)
        )

    def ever_may(self, condition: Condition) -> bool:
        """Whether a condition may hold as some turn opens, or among its acts."""
        return any(self.may(condition, half) for half in range(2, 2 * len(self.hours) + 2))

    def must(self, condition: Condition, half: Half) -> bool:
        """Whether a condition holds at a moment whatever anybody does."""
        return all(key in MUST and MUST[key](self, getattr(condition, key), half) for key in condition.model_fields_set)

    def by_then(self, first: Half, half: Half) -> bool:
        """Whether what may first happen at `first` may be known at `half`; an opening knows only what came before."""
        return first < half if half % 2 == 0 else first <= half

    def last(self, inject: Inject) -> int:
        """The last hour at which an inject is due."""
        last = inject.last_hour(self.hours)
        return self.scenario.ends if last is None else last

    def never_due(self, inject: Inject) -> bool:
        """Whether no turn begins while an inject is due."""
        last = self.last(inject)
        return not any(inject.at <= hour <= last for hour in self.hours)

    def never_after(self, inject: Inject) -> bool:
        """Whether what an inject follows never comes, or too late for it."""
        until = self.last(inject)
        turns = [turn for turn, hour in enumerate(self.hours, 1) if inject.at <= hour <= until]
        return not any(self.is_after(inject, turn) for turn in turns)

    def _first_sent(self) -> dict[str, Half]:
        """When each move may first be made; an answer waits for a request that reached its side in an earlier turn."""
        asks = [move.asks for name, move in self.material.moves.items() if move.asks and self.ways[name]]
        holding = self.material.base.holding
        first_halves = {}
        for name, move in self.material.moves.items():
            is_answer = any(name in (ask.accept, ask.decline) for ask in asks) or (asks and name == holding)
            later = 5 if is_answer else NEVER
            first_halves[name] = NEVER if not self.ways[name] else later if move.only_as_answer else 3
        return first_halves

    def _begin(self) -> None:
        for name, declared in self.material.facts.items():
            start = self.scenario.facts.get(name)
            for side in SIDES if declared.per == "team" else (None,):
                true = start is not None and (
                    start.start if side is None else start.us if side == "us" else start.china
                )
                self.truths[(name, side), bool(true)] = 0

    def _open(self, turn: int) -> None:
        """Injects that may come as a turn opens, and what marks of tracks may do."""
        half, hour = 2 * turn, self.hours[turn - 1]
        for inject in self.scenario.msel:
            plan = self.plans.get(inject.id)
            if plan is None or inject.id in self.injects:
                continue
            timely = plan.is_timely(hour) and self.is_after(inject, turn)
            if inject.by_hand or self.due.get(inject.id, NEVER) <= half or (timely and self._holds(inject, half)):
                self.injects[inject.id] = half + inject.by_hand
                if inject.then is not None:
                    self._take(inject.then, half)
                for effects in self.scenario.decided(inject):
                    self._take(effects, half + 1)
        for track in self.scenario.tracks.values():
            for mark in track.marks if track.changes or track.per_hour else ():
                if mark.then is not None:
                    self._take(mark.then, half)

    def is_after(self, inject: Inject, turn: int) -> bool:
        """Whether what an inject follows, if anything, may have come long enough before a turn opens."""
        first = 0 if inject.after is None else self.injects.get(inject.after.inject, 0) // 2
        return self.plans[inject.id].is_after(first, self.hours, turn)

    def _holds(self, inject: Inject, half: Half) -> bool:
        return inject.when is None or self.may(inject.when, half)

    def _play(self, half: Half) -> None:
        """What the acts of a turn may set off."""
        for name, rule in tuple(self._waiting.items()):
            if self.may(rule.when, half):
                self._take(rule.then, half)
                del self._waiting[name]
        crossing = self.material.base.lines.crossing
        for side, _place, line in self.scenario.teams.lines:
            if line.kind != "red" or (side, line.id) in self.crossings:
                continue
            if any(self.may(watch.when, half) for watch in line.crossed_by):
                self._cross(side, line.id, line.crossing or crossing, half)

    def _cross(self, side: Side, line: str, effects: Effects, half: Half) -> None:
        self.crossings[side, line] = half
        self._take(effects, half)

    def _take(self, effects: Effects, half: Half) -> None:
        """Whatever effects may bring about."""
        for item in effects.set:
            for side in SIDES if item.of else (None,):
                if item.of not in SIDES or side == item.of:
                    self.truths.setdefault(((item.fact, side), item.to), half)
        if effects.release is not None:
            self.due.setdefault(effects.release, half)
        for cross in effects.cross:
            for side, _place, line in self.scenario.teams.lines:
                if cross.line == line.id and (side, line.id) not in self.crossings:
                    self._cross(side, line.id, line.crossing or self.material.base.lines.crossing, half)

    def can_be_made(self, search: Made, half: Half, *, now_only: bool = False) -> bool:
        """Whether enough such acts may be on record at a moment; with `now_only` acts of its turn alone."""
        first, turn, hour = self.first_sent(search.move), half // 2, self.hour(half)
        sides = 2 if search.by == "either" else 1
        count = 0
        for number, begins in enumerate(self.hours[: turn if half % 2 else turn - 1], 1):
            old = search.turns is not None and number < turn - search.turns
            past = search.within is not None and begins < hour - search.within
            young = search.ago is not None and begins > hour - search.ago
            if first <= 2 * number + 1 and not (old or past or young or (now_only and number < turn)):
                count += (self.workload.acts + HOLDING) * sides
        return count >= search.at_least

    def fact(self, fact: FactIs, half: Half) -> bool:
        """Whether a fact may be true at a moment, and may have been for as long as is asked."""
        for side in _owners(fact):
            first = self.truths.get(((fact.id, side), True), NEVER)
            if self.by_then(first, half) and self.hour(half) - self.hour(max(first, 2)) >= (fact.lasting or 0):
                return True
        return False

    def fact_must_hold(self, fact: FactIs, half: Half) -> bool:
        """Whether a fact is true from the start and nothing may have changed it."""
        sure_facts = [
            (fact.id, side)
            for side in _owners(fact)
            if self.truths.get(((fact.id, side), True)) == 0
            and not self.by_then(self.truths.get(((fact.id, side), False), NEVER), half)
        ]
        is_any_enough = fact.of in (None, "either", *SIDES)
        return fact.lasting is None and (bool(sure_facts) if is_any_enough else len(sure_facts) == len(SIDES))

    def promised(self, promise: CommitmentIs, half: Half) -> bool:
        """Whether a promise may be in force, or be broken or kept for a turn."""
        commitment = self.material.commitments[promise.id]
        first = min(self._sent[move] for move in commitment.with_moves)
        later = (commitment.binds == "both") + (promise.state in ("broken", "breached"))
        return self.by_then(first + 2 * later, half)

    def crossed(self, line: LineIs, half: Half) -> bool:
        """Whether a line may be crossed, if that is asked; pressure may be anything."""
        first = min((self.crossings.get((side, line.id), NEVER) for side in SIDES), default=NEVER)
        return not line.crossed or self.by_then(first, half)

    def track_may_lie_within(self, track: NumberIs) -> bool:
        """Whether a track may come within bounds."""
        return overlaps_range(track, *self.span(track.id))

    def span(self, track: str) -> tuple[int, int]:
        """The least and the most that a track can come to: its start, where nothing moves it that way."""
        definition = self.scenario.tracks[track]
        ways = {change.by > 0 for change in definition.changes if change.by} | (
            {definition.per_hour > 0} if definition.per_hour else set()
        )
        ways |= {up for name, up in self._moved if name == track}
        return (
            definition.least if False in ways else definition.start,
            definition.most if True in ways else definition.start,
        )

    def stands(self, track: NumberIs) -> bool:
        """Whether a track lies within bounds wherever it comes to."""
        lowest, highest = self.span(track.id)
        return overlaps_range(track, lowest, lowest) and overlaps_range(track, highest, highest)

    def comes(self, names: tuple[str, ...], half: Half) -> bool:
        """Whether one of these injects may have come."""
        return any(self.by_then(self.injects.get(name, NEVER), half) for name in names)

    def came(self, names: tuple[str, ...], half: Half) -> bool:
        """Whether one of these injects comes by the clock alone and has."""
        times = [self._times[name] for name in names if name in self._times]
        return any(inject_times.is_certain and self.by_then(2 * inject_times.turns[0], half) for inject_times in times)


def _owners(fact: FactIs) -> tuple[Side | None, ...]:
    """Whose fact it may be."""
    if fact.of is None:
        return (None,)
    return (fact.of,) if fact.of == "us" or fact.of == "china" else SIDES


def overlaps_range(bounds: Range, lowest: int, highest: int) -> bool:
    """Whether a number between `lowest` and `highest` may lie within bounds."""
    low, high = bounds.at_least, bounds.at_most
    return (low is None or low <= highest) and (high is None or high >= lowest)


def _ever(key: Key, value: object) -> bool:
    """Whether what is asked is ever so, as far as a key's record can tell: a number stays within its span."""
    span = key.said.get("span")
    return span is None or not isinstance(value, Range) or overlaps_range(value, span[0] * 100, span[1] * 100)


def _inside(bounds: Range, value: int) -> bool:
    return overlaps_range(bounds, value, value)


MAY: Final[Mapping[str, Callable[..., bool]]] = {
    "all": lambda world, parts, half: all(world.may(part, half) for part in parts),
    "any": lambda world, parts, half: any(world.may(part, half) for part in parts),
    "not_": lambda world, part, half: not world.must(part, half),
    "move": lambda world, move, half: world.first_sent(move) <= half,
    "answers": lambda world, move, half: half >= 5 and world.first_sent(move) <= half - 2,
    "repeated": lambda world, times, half: half >= 5,
    "earlier": lambda world, search, half: world.can_be_made(search, half),
    "same_turn": lambda world, search, half: world.can_be_made(search, half, now_only=True),
    "ever": lambda world, search, half: world.can_be_made(search, half),
    "fact": lambda world, fact, half: world.fact(fact, half),
    "commitment": lambda world, promise, half: world.promised(promise, half),
    "line": lambda world, line, half: world.crossed(line, half),
    "track": lambda world, track, half: world.track_may_lie_within(track),
    "turn": lambda world, bounds, half: _inside(bounds, half // 2 * 100),
    "hour": lambda world, bounds, half: _inside(bounds, world.hour(half) * 100),
    "inject": lambda world, names, half: world.comes(names, half),
    "opening_mismatch": lambda world, *_: world.scenario.teams.us.opening != world.scenario.teams.china.opening,
    "blind_dilemma": lambda world, _, half: half % 2 == 1 or half > 2,
    "readouts": lambda world, _, half: any(
        world.ways[name] and move.exchange for name, move in world.material.moves.items()
    ),
    "chance": lambda world, percent, half: percent > 0,
}
"""For keys of which the world knows more than their records say, whether they may hold."""

MUST: Final[Mapping[str, Callable[..., bool]]] = {
    "all": lambda world, parts, half: all(world.must(part, half) for part in parts),
    "any": lambda world, parts, half: any(world.must(part, half) for part in parts),
    "not_": lambda world, part, half: not world.may(part, half),
    "always": lambda *_: True,
    "fact": lambda world, fact, half: world.fact_must_hold(fact, half),
    "track": lambda world, track, half: world.stands(track),
    "turn": MAY["turn"],
    "hour": MAY["hour"],
    "inject": lambda world, names, half: world.came(names, half),
    "opening_mismatch": MAY["opening_mismatch"],
    "chance": lambda world, percent, half: percent == 100,
}
"""For each key that can be sure beforehand, whether it surely holds."""
