"""Formulas as Python syntax trees.

What a file says goes in as constants; names are chosen here. A `ExpressionWriter` writes the expressions of one
function: it reads an attribute once where it is needed twice, and remembers the answer of a dear test that several
conditions share.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from crisis_sim.rules.facts import WORKED_OUT
from crisis_sim.rules.formula import (
    OFTEN_EMPTY,
    Above,
    AllOf,
    AnyOf,
    Between,
    Bits,
    Both,
    Claim,
    Const,
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
    cost,
    inside,
)
from crisis_sim.rules.nodes import (
    arithmetic,
    assign,
    attribute,
    between,
    both,
    call,
    choice,
    compare,
    const,
    couple,
    either,
    is_none,
    item,
    name,
    negation,
    remembered,
)

SHARED_FROM = 3
"""The least cost at which remembering an answer beats asking again."""

Called: TypeAlias = Callable[[Search | Presses], str]
"""The name of the function that searches."""


class ExpressionWriter:
    """Writes the expressions of one function."""

    def __init__(
        self, formulas: Iterable[Formula], severities: Mapping[str, int], called: Called, *there: str, level: int = 0
    ) -> None:
        """`there` is what the function is only called with, `act` or `answered`: their attributes may be read early.

        Names of one level are taken by no other, so that a stretch of a function can lie within another.
        """
        self._level = level
        self._called = called
        self._severities = severities
        self._locals: dict[Value, str] = {}
        self._shared: dict[Formula, str] = {}
        self._plan(list(formulas), there)

    def _plan(self, formulas: Sequence[Formula], there: Sequence[str]) -> None:
        tests = Counter(part for formula in formulas for part in inside(formula))
        again = {test for test, times in tests.items() if times > 1 and cost(test) >= SHARED_FROM}
        wholes = Counter(part for formula in formulas for part in _outermost(formula, again))
        self._shared = {
            test: f"known_{self._level}_{n}" for n, test in enumerate(t for t, times in wholes.items() if times > 1)
        }
        seen: set[Formula] = set()
        reads: Counter[Value] = Counter()
        for formula in formulas:
            _count(formula, self._shared, seen, reads)
        for value, times in reads.items():
            early = isinstance(value, Own | Both) or (
                isinstance(value, Read) and value.of in ("facts", *there) and value.field not in WORKED_OUT
            )
            if times > 1 and early:
                self._locals[value] = f"read_{self._level}_{len(self._locals)}"
        read_from = {value.of for value in reads if isinstance(value, Read)}
        self._bases = [of for of in there if of in read_from]

    def opening(self) -> list[ast.stmt]:
        """The statements that come before the expressions."""
        lines = [assign(of, attribute(name("facts"), of)) for of in self._bases]
        reads_first = sorted(self._locals, key=lambda value: not isinstance(value, Read))
        lines += [assign(self._locals[value], self._fresh(value)) for value in reads_first]
        return lines + [assign(word, const(None)) for word in self._shared.values()]

    def test(self, formula: Formula) -> ast.expr:
        """An expression that is true or false as `formula` is."""
        known = self._shared.get(formula)
        if known is None:
            return self._asked(formula)
        return choice(is_none(name(known)), remembered(known, self._asked(formula)), name(known))

    def _asked(self, formula: Formula) -> ast.expr:
        match formula:
            case bool():
                return const(formula)
            case AllOf(parts):
                return both(*map(self.test, parts))
            case AnyOf(parts):
                return self._any(parts)
            case Not(Is(value, Const(None))):
                return compare(self.value(value), ast.IsNot(), const(None))
            case Not(part):
                return negation(self.test(part))
            case Search() | Presses():
                return call(name(self._called(formula)), name("facts"))
            case _:
                return self._compared(formula)

    def _any(self, parts: Sequence[Formula]) -> ast.expr:
        """One of `parts` holds; of what mostly holds nothing, it is asked first whether it holds anything."""
        asked: dict[Value | None, list[Formula]] = {}
        for part in parts:
            asked.setdefault(part.of if isinstance(part, In) and part.of in OFTEN_EMPTY else None, []).append(part)
        tests: list[ast.expr] = []
        for of, those in asked.items():
            each = list(map(self.test, those))
            tests += each if of is None or len(each) < SHARED_FROM else [both(self.value(of), either(*each))]
        return either(*tests)

    def _compared(self, test: Is | In | Meet | Between | Bits | Claim | MoveIn | Above) -> ast.expr:
        match test:
            case Is(left, right):
                operator = ast.Is() if right == Const(None) else ast.Eq()
                return compare(self.value(left), operator, self.value(right))
            case In(member, of):
                return compare(self.value(member), ast.In(), self.value(of))
            case Meet(one, other):
                return negation(call(attribute(self.value(other), "isdisjoint"), self.value(one)))
            case Between(value, low, high):
                return between(self.value(value), low, high)
            case Bits(value, mask):
                return compare(arithmetic(self.value(value), ast.BitAnd(), const(mask)), ast.NotEq(), const(0))
            case Claim(value):
                return self.value(value)
            case MoveIn(act, moves):
                return self._one_of(Read(act, "move"), moves)
            case Above(by):
                return self._above(by)

    def _one_of(self, value: Read, names: frozenset[str]) -> ast.expr:
        if len(names) == 1:
            return compare(self.value(value), ast.Eq(), const(next(iter(names))))
        return compare(self.value(value), ast.In(), const(names))

    def _above(self, by: int) -> ast.expr:
        """`0 < provocation <= severity - by`, with the severities looked up among those that are high enough."""
        rungs = sorted({severity - by for severity in self._severities.values() if severity > by})
        provocation, move = self.value(Read("facts", "provocation")), self.value(Read("act", "move"))
        choices = [
            both(
                compare(move, ast.In(), const(frozenset(m for m, s in self._severities.items() if s - by == rung))),
                between(provocation, 1, rung),
            )
            for rung in rungs
        ]
        return either(*choices) if choices else const(False)

    def value(self, value: Value) -> ast.expr:
        """An expression for `value`."""
        known = self._locals.get(value)
        return name(known) if known else self._fresh(value)

    def _fresh(self, value: Value) -> ast.expr:
        match value:
            case Const(constant):
                return const(constant)
            case Read(of, field):
                return attribute(self._base(of), field)
            case Own(pair, whose):
                return self._own(pair, whose)
            case Both(pair):
                teams = self.value(pair)
                return arithmetic(item(teams, 0), ast.BitOr(), item(teams, 1))
            case Keyed(word, side):
                return couple(const(word), self.value(side))
            case LookedUp(table, key, missing):
                return call(attribute(self.value(table), "get"), self.value(key), self.value(missing))
            case Since(key):
                hour, truths = self.value(Read("facts", "hour")), self.value(Read("facts", "truths"))
                never = arithmetic(hour, ast.Add(), const(1))
                return arithmetic(hour, ast.Sub(), call(attribute(truths, "get"), self.value(key), never))
            case Luck(purpose):
                return call(attribute(name("facts"), "luck"), const(purpose))

    def _base(self, of: str) -> ast.expr:
        return attribute(name("facts"), of) if of in ("act", "answered") and of not in self._bases else name(of)

    def _own(self, pair: Read, whose: str) -> ast.expr:
        if whose in ("us", "china"):
            return item(self.value(pair), int(whose == "china"))
        is_us = compare(self.value(Read("facts", whose)), ast.Eq(), const("us"))
        return choice(is_us, item(self.value(pair), 0), item(self.value(pair), 1))


def _outermost(formula: Formula, chosen: set[Formula]) -> Iterable[Formula]:
    """The largest formulas within `formula` that are among the chosen."""
    if formula in chosen:
        yield formula
        return
    match formula:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _outermost(part, chosen)
        case Not(part):
            yield from _outermost(part, chosen)


def _count(formula: Formula, shared: Mapping[Formula, str], seen: set[Formula], reads: Counter[Value]) -> None:
    """Count the values that one run may read; what is shared is read once."""
    if formula in shared:
        if formula in seen:
            return
        seen.add(formula)
    match formula:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                _count(part, shared, seen, reads)
        case Not(part):
            _count(part, shared, seen, reads)
        case _:
            reads.update(values(formula))


def values(test: Formula) -> Iterable[Value]:
    """The values that one test reads, the parts of values included."""
    match test:
        case Is(left, right):
            yield from _parts(left)
            yield from _parts(right)
        case In(item, of):
            yield from _parts(item)
            yield of
        case Meet(_, other):
            yield other
        case Between(value) | Bits(value) | Claim(value):
            yield from _parts(value)
        case MoveIn(act):
            yield Read(act, "move")
        case Above():
            yield from (Read("act", "move"), Read("facts", "provocation"))
        case _:
            return


def _parts(value: Value) -> Iterable[Value]:
    yield value
    match value:
        case Own(pair, whose):
            yield pair
            if whose in ("sender", "receiver"):
                yield Read("facts", whose)
        case Both(pair):
            yield from (pair, pair)
        case Keyed(_, side):
            yield side
        case LookedUp(table, key):
            yield table
            yield from _parts(key)
        case Since(key):
            yield from (Read("facts", "hour"), Read("facts", "hour"), Read("facts", "truths"))
            yield from _parts(key)
        case _:
            return
