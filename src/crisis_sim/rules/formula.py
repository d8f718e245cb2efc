"""Conditions in their simplest form: and, or, not over small tests of named facts.

A formula is a value: equal formulas compare equal, so what two rules share can be found. Building one folds what is
already known and puts cheap tests before dear ones, which changes no answer because no test has an effect. It knows
no pydantic models; `lowering` makes formulas and `compile` builds functions of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from crisis_sim.rules.facts import WORKED_OUT

ReadFrom: TypeAlias = Literal["facts", "act", "answered", "past"]
FactSide: TypeAlias = Literal["sender", "receiver", "us", "china"]
When: TypeAlias = Literal["earlier", "earlier_turns", "same_turn", "ever"]


class Const(Struct, frozen=True):
    """A value from the file, and never code."""

    value: str | int | frozenset[str] | None


class Read(Struct, frozen=True):
    """An attribute of the facts, the act at hand, the act it answers, or a past act."""

    of: ReadFrom
    field: str


class Own(Struct, frozen=True):
    """One team's share of a pair kept as (US, China)."""

    pair: Read
    whose: FactSide


class Keyed(Struct, frozen=True):
    """The pair (name, side) under which facts and commitments are kept."""

    name: str
    side: Const | Read


class LookedUp(Struct, frozen=True):
    """What a table holds for a key, or else `missing`."""

    table: Read
    key: Const | Keyed
    missing: Const


class Since(Struct, frozen=True):
    """For how many hours a named fact has been true; −1 while it is not."""

    key: Keyed


class Luck(Struct, frozen=True):
    """The session's luck for a purpose, 0–99."""

    purpose: str


Value: TypeAlias = Const | Read | Own | Keyed | LookedUp | Since | Luck


class Is(Struct, frozen=True):
    """Two values are equal; with None, identical."""

    left: Value
    right: Value


class In(Struct, frozen=True):
    """A value is a member of a collection."""

    item: Value
    of: Const | Read


class Meet(Struct, frozen=True):
    """Two collections share a member."""

    one: Const
    other: Read


class Between(Struct, frozen=True):
    """A number lies within bounds, both inclusive."""

    value: Value
    low: int | None
    high: int | None


class Claim(Struct, frozen=True):
    """A fact that is itself true or false."""

    value: Read


class MoveIn(Struct, frozen=True):
    """The move of an act is one of these; known at load when the move is."""

    act: ReadFrom
    moves: frozenset[str]


class Above(Struct, frozen=True):
    """The act at hand is so many classes worse than the worst it may answer, and there was one to answer."""

    by: int


class Search(Struct, frozen=True):
    """At least so many acts of the record are as described; the act at hand never counts."""

    when: When
    past: Formula
    """What each act must be, as tests of `past`."""
    by: FactSide | None
    within: int | None = None
    turns: int | None = None
    ago: int | None = None
    at_least: int = 1
    same_move: bool = False
    """Of the move of the act at hand."""
    channel: Literal["over-or-about", "about-or-else-over"] | None = None
    """Concerning the channel of the act at hand, and how that is seen in a past act."""


class Presses(Struct, frozen=True):
    """The line at hand has been pressed at least so often before."""

    by: FactSide | None
    turns: int | None
    at_least: int


class AllOf(Struct, frozen=True):
    """Every part holds; two or more parts."""

    parts: tuple[Formula, ...]


class AnyOf(Struct, frozen=True):
    """Some part holds; two or more parts."""

    parts: tuple[Formula, ...]


class Not(Struct, frozen=True):
    """The part does not hold."""

    part: Formula


Test: TypeAlias = Is | In | Meet | Between | Claim | MoveIn | Above | Search | Presses
Formula: TypeAlias = bool | Test | AllOf | AnyOf | Not

NO_ACT = Is(Read("facts", "act"), Const(None))
HAS_ACT = Not(NO_ACT)
"""There is an act at hand."""

_COST: Mapping[type, int] = {Is: 1, In: 2, Claim: 4, Between: 2, MoveIn: 1, Above: 2, Meet: 4}
_SEARCH_COST = 60
_WORKED_OUT_COST = 20
_DEAR_VALUES = {LookedUp: 5, Since: 8, Luck: 200}


def cost(formula: Formula) -> int:
    """Roughly how long it takes to try. That a thing is there at all costs nothing: it guards other tests."""
    match formula:
        case bool() | Not(Is(right=Const(None))):
            return 0
        case AllOf(parts) | AnyOf(parts):
            return sum(map(cost, parts))
        case Not(part):
            return cost(part)
        case Search() | Presses():
            return _SEARCH_COST
        case Between(value) | Is(value) | In(of=value) | Claim(value):
            return _COST[type(formula)] + _cost_of(value)
        case _:
            return _COST[type(formula)]


def _cost_of(value: Value) -> int:
    """Roughly how long it takes to have a value that is no more than read."""
    if isinstance(value, Read):
        return _WORKED_OUT_COST if value.field in WORKED_OUT else 0
    return _DEAR_VALUES.get(type(value), 0)


def all_of(parts: Iterable[Formula]) -> Formula:
    """All of `parts` together, folded."""
    operands: dict[Formula, None] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            operands.update(dict.fromkeys(part.parts if isinstance(part, AllOf) else (part,)))
    return _joined(operands, AllOf, True)


def any_of(parts: Iterable[Formula]) -> Formula:
    """Any one of `parts`, folded."""
    operands: dict[Formula, None] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            operands.update(dict.fromkeys(part.parts if isinstance(part, AnyOf) else (part,)))
    return _joined(operands, AnyOf, False)


def _joined(operands: Mapping[Formula, None], kind: type[AllOf | AnyOf], empty: bool) -> Formula:
    if len(operands) > 1:
        return kind(tuple(sorted(operands, key=cost)))
    return next(iter(operands), empty)


def negated(part: Formula) -> Formula:
    """The opposite of `part`, folded."""
    if isinstance(part, bool):
        return not part
    return part.part if isinstance(part, Not) else Not(part)


def for_move(formula: Formula, move: str, severity: int) -> Formula:
    """What is left of `formula` to try for an act at hand of this move."""
    match formula:
        case Not(part):
            remaining = for_move(part, move, severity)
            return True if formula == HAS_ACT else formula if remaining is part else negated(remaining)
        case AllOf(parts) | AnyOf(parts):
            rest = [for_move(part, move, severity) for part in parts]
            if all(one is other for one, other in zip(rest, parts, strict=True)):
                return formula
            return all_of(rest) if isinstance(formula, AllOf) else any_of(rest)
        case Is() if formula == NO_ACT:
            return False
        case MoveIn(act="act", moves=moves):
            return move in moves
        case Above(margin):
            return severity - margin >= 1 and Between(Read("facts", "provocation"), 1, severity - margin)
        case _:
            return formula
