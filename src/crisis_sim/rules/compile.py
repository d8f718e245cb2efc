"""Conditions as functions of the facts.

A condition is lowered to a formula and the formula becomes closures over what the file says, so nothing in a file can
become a name or code. `compile_watch` leaves out, for each move of the catalogue, the conditions that no act of that
move could meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final, Generic, TypeAlias, TypeVar

from msgspec import Struct

from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.formula import (
    Above,
    AllOf,
    AnyOf,
    Between,
    Claim,
    Const,
    FactSide,
    Formula,
    In,
    Is,
    Keyed,
    LookedUp,
    Luck,
    Meet,
    MoveIn,
    Not,
    Own,
    Presses,
    Read,
    Search,
    Since,
    Value,
    all_of,
    for_move,
)
from crisis_sim.rules.lowering import Lowering
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import Side

T = TypeVar("T")
Subject = TypeVar("Subject", covariant=True)

Holds: TypeAlias = Callable[[Facts], bool]
"""Whether a condition holds; never raises for facts that the engine can fill in."""

Find: TypeAlias = Callable[[Facts], list[T]]
"""Those of several things whose condition holds."""

Predicate: TypeAlias = Callable[[Any], bool]  # Any: the facts, or a past act
Getter: TypeAlias = Callable[[Any], Any]  # Any: the facts or a past act, and whatever is read of them

DEEPEST: Final = 40
"""How many conditions may lie within each other."""


class Watched(Struct, Generic[Subject], frozen=True):
    """Something that a condition watches for."""

    subject: Subject
    condition: Condition
    purpose: str
    """What the luck of the condition is for."""
    only_side: Side | None = None
    """Only for acts sent by this side (`Facts.sender`)."""

    def formula(self, moves: Mapping[str, Move]) -> Formula:
        """The condition as a formula, the side that it is for included."""
        formula = Lowering(moves, self.purpose).condition(self.condition)
        side = self.only_side
        return all_of([side is None or Is(Read("facts", "sender"), Const(side)), formula])


def compile_condition(condition: Condition, moves: Mapping[str, Move], purpose: str) -> Holds:
    """One condition as one function, with or without an act at hand; CrisisSimError if it is nested too deeply.

    That is all that can be refused. The function is built when it is first tried, since a session tries few of them.
    """
    _check_depth(condition)
    built: Holds | None = None

    def holds(facts: Facts) -> bool:
        nonlocal built
        if built is None:
            built = _Builder(moves).test(Lowering(moves, purpose).condition(condition))
        return built(facts)

    return holds


def compile_each(watched: Iterable[Watched[T]], moves: Mapping[str, Move]) -> Find[T]:
    """A function that finds the things whose condition holds, in their order, with or without an act at hand."""
    tests = [(item.subject, compile_condition(item.condition, moves, item.purpose)) for item in watched]
    return lambda facts: [subject for subject, holds in tests if holds(facts)]


def compile_watch(watched: Sequence[Watched[T]], moves: Mapping[str, Move]) -> Find[T]:
    """A function that finds the things whose condition holds for the act at hand, in their order.

    It tries only what an act of that move could meet. What can be refused is refused here; the tests of a move are
    built when an act first needs them.
    """
    for item in watched:
        _check_depth(item.condition)
    builder = _Builder(moves)
    formulas: list[Formula] = []
    by_move: dict[str, list[tuple[T, Predicate]]] = {}

    def build(move: str) -> list[tuple[T, Predicate]]:
        if not formulas:
            formulas.extend([item.formula(moves) for item in watched])
        remaining = [for_move(formula, move, moves[move].severity) for formula in formulas]
        return [
            (item.subject, builder.test(formula))
            for item, formula in zip(watched, remaining, strict=True)
            if formula is not False
        ]

    def find(facts: Facts) -> list[T]:
        assert facts.act is not None
        move = facts.act.move
        if move not in by_move:
            by_move[move] = build(move)
        return [subject for subject, holds in by_move[move] if holds(facts)]

    return find


def _check_depth(condition: Condition, level: int = 1) -> None:
    """Refuse conditions that lie within each other too deeply."""
    if level > DEEPEST:
        raise CrisisSimError(
            "condition/too-deep",
            "conditions lie within each other more than {deepest} levels deep",
            hint="one `all` or `any` can hold a long list; write it flat",
            deepest=DEEPEST,
        )
    for part in (*(condition.all or ()), *(condition.any or ())):
        _check_depth(part, level + 1)
    if condition.not_ is not None:
        _check_depth(condition.not_, level + 1)


class _Builder:
    """Builds the closures of formulas; equal formulas are one closure."""

    def __init__(self, moves: Mapping[str, Move]) -> None:
        self._moves = moves
        self._built: dict[Formula, Predicate] = {}

    def test(self, formula: Formula) -> Predicate:
        """What is true of the facts, or of a past act, as `formula` is."""
        if formula not in self._built:
            self._built[formula] = self._test(formula)
        return self._built[formula]

    def _test(self, formula: Formula) -> Predicate:
        match formula:
            case bool():
                return lambda facts: formula
            case AllOf(parts):
                return _all_of([self.test(part) for part in parts])
            case AnyOf(parts):
                return _any_of([self.test(part) for part in parts])
            case Not(Is(value, Const(None))):
                get = getter(value)
                return lambda facts: get(facts) is not None
            case Not(part):
                holds = self.test(part)
                return lambda facts: not holds(facts)
            case Search():
                return _search(formula, None if formula.past is True else self.test(formula.past))
            case Presses():
                return _presses(formula)
            case Above(margin):
                return self._above_provocation(margin)
            case _:
                return _compare(formula)

    def _above_provocation(self, margin: int) -> Predicate:
        moves = self._moves

        def holds(facts: Facts) -> bool:
            assert facts.act is not None
            return 0 < facts.provocation <= moves[facts.act.move].severity - margin

        return holds


def _all_of(tests: Sequence[Predicate]) -> Predicate:
    if len(tests) == 2:
        one, other = tests
        return lambda facts: one(facts) and other(facts)

    def holds(facts: Any) -> bool:
        for test in tests:  # noqa: SIM110 - a generator in `all` takes twice as long
            if not test(facts):
                return False
        return True

    return holds


def _any_of(tests: Sequence[Predicate]) -> Predicate:
    def holds(facts: Any) -> bool:
        for test in tests:  # noqa: SIM110 - a generator in `any` takes twice as long
            if test(facts):
                return True
        return False

    return holds


def _compare(test: Is | In | Meet | Between | Claim | MoveIn) -> Predicate:
    match test:
        case Claim(value):
            return getter(value)
        case Is(value, Const(None)):
            get = getter(value)
            return lambda facts: get(facts) is None
        case Is(value, Const(word)):
            get = getter(value)
            return lambda facts: bool(get(facts) == word)
        case Is(left_value, right):
            get, get_right = getter(left_value), getter(right)
            return lambda facts: bool(get(facts) == get_right(facts))
        case In(item, Const(frozenset() as words)):
            return _one_of(getter(item), words)
        case In(Const(word), holder):
            get = getter(holder)
            return lambda facts: word in get(facts)
        case In(item, holder):
            get, get_holder = getter(item), getter(holder)
            return lambda facts: get(facts) in get_holder(facts)
        case Meet(Const(words), other):
            get = getter(other)
            return lambda facts: not get(facts).isdisjoint(words)
        case Between(value, low, high):
            return _between(getter(value), low, high)
        case MoveIn(act, moves):
            return _one_of(getter(Read(act, "move")), moves)


def _one_of(get: Getter, words: frozenset[str]) -> Predicate:
    return lambda facts: get(facts) in words


def _between(get: Getter, low: int | None, high: int | None) -> Predicate:
    if high is None:
        return lambda facts: bool(low <= get(facts))
    if low is None:
        return lambda facts: bool(get(facts) <= high)
    return lambda facts: low <= get(facts) <= high


def getter(value: Value) -> Getter:
    """What reads `value` of the facts, or of a past act."""
    match value:
        case Const(constant):
            return lambda facts: constant
        case Read("facts" | "past", field):
            return attrgetter(field)
        case Read(source, field):
            return attrgetter(f"{source}.{field}")
        case Own(Read(_, pair), side_name):
            side = _side(side_name)
            return lambda facts: getattr(facts, pair)[side(facts) == "china"]
        case Keyed(name, side_value):
            get_side = getter(side_value)
            return lambda facts: (name, get_side(facts))
        case LookedUp(Read(_, table), key, Const(missing)):
            get_key = getter(key)
            return lambda facts: getattr(facts, table).get(get_key(facts), missing)
        case Since(key):
            get_key = getter(key)
            return lambda facts: facts.hour - facts.truths.get(get_key(facts), facts.hour + 1)
        case Luck(purpose):
            return lambda facts: facts.luck(purpose)


def _side(side_name: FactSide) -> Callable[[Facts], Side]:
    """What says which side is meant."""
    if side_name == "us" or side_name == "china":
        return lambda facts: side_name
    return attrgetter(side_name)


def _search(search: Search, is_as_described: Predicate | None) -> Holds:
    """Whether the record holds enough acts as described.

    It goes backwards and stops at the first act that is too old, or as soon as it has found enough; `Facts.record` is
    oldest first, in turns and in hours. The act at hand never counts.
    """
    when, channel, within, turns, ago = search.when, search.channel, search.within, search.turns, search.ago
    same_move, at_least, needs_act = search.same_move, search.at_least, search.same_move or search.channel is not None
    side_of = None if search.by is None else _side(search.by)

    def holds(facts: Facts) -> bool:
        act, turn = facts.act, facts.turn
        if act is None and needs_act:
            return False
        at_hand = None if act is None else act.key
        sender = None if side_of is None else side_of(facts)
        oldest = turn if when == "same_turn" else 0 if turns is None else turn - turns
        since = 0 if within is None else facts.hour - within
        until = None if ago is None else facts.hour - ago
        count = 0
        for past in reversed(facts.record):
            if past.turn < oldest or past.hour < since:
                break
            if (
                (sender is None or past.side == sender)
                and (not same_move or (act is not None and past.move == act.move))
                and (is_as_described is None or is_as_described(past))
                and (until is None or past.hour <= until)
                and (channel is None or (act is not None and _concerns(past, act, channel == "over-or-about")))
                and _is_before(past, act, turn, when)
                and past.key != at_hand
            ):
                count += 1
                if count == at_least:
                    return True
        return False

    return holds


def _is_before(past: Act, act: Act | None, turn: int, when: str) -> bool:
    """A past act lies in the stretch of the session that a search is about."""
    match when:
        case "earlier":
            own_list = act is not None and past.turn == act.turn and past.side == act.side
            return past.turn < turn or (own_list and act is not None and past.order < act.order)
        case "earlier_turns":
            return past.turn < turn
        case _:
            return True


def _concerns(past: Act, act: Act, over_or_about: bool) -> bool:
    """A past act concerns the channel that the act at hand is about, or else goes over."""
    channel = act.about or act.channel
    return channel in (past.channel, past.about) if over_or_about else (past.about or past.channel) == channel


def _presses(presses: Presses) -> Holds:
    """Whether the line at hand has been pressed often enough before."""
    side_of = None if presses.by is None else _side(presses.by)

    def holds(facts: Facts) -> bool:
        if facts.line is None:
            return False
        sender = None if side_of is None else side_of(facts)
        oldest = 0 if presses.turns is None else facts.turn - presses.turns
        count = sum(
            past.line == facts.line and sender in (None, past.by) and past.turn >= oldest for past in facts.presses
        )
        return count >= presses.at_least

    return holds
