"""From authored conditions to formulas: what the records of keys are lowered with.

What a key means stands in its record. Bounds come in hundredths and are turned into plain numbers where the fact is a
plain number, rounding inwards. A condition that asks about an act where there is none does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal, TypeVar, Unpack

from crisis_sim.rules.authored import Authored, Range
from crisis_sim.rules.formula import (
    HAS_ACT,
    Between,
    Const,
    FactSide,
    Formula,
    In,
    Is,
    Keyed,
    LookedUp,
    Luck,
    MoveIn,
    Own,
    Read,
    ReadFrom,
    Value,
    all_of,
    any_of,
)
from crisis_sim.rules.keys import EVERYWHERE, Key, KeyFields, Place, record_at, used_keys
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, SideWord

KeyValue = TypeVar("KeyValue")

FACT_SIDES: Final[Mapping[SideWord, FactSide | None]] = {
    "sender": "sender",
    "self": "sender",
    "receiver": "receiver",
    "other": "receiver",
    "us": "us",
    "china": "china",
    "either": None,
}
"""The side that a word stands for; none for both."""


class Lowering:
    """Makes formulas of conditions over one catalogue; counts the chances that share a purpose."""

    def __init__(self, moves: Mapping[str, Move], purpose: str) -> None:
        self.moves = moves
        self._purpose = purpose
        self._chances = 0

    def condition(self, condition: Authored) -> Formula:
        """All keys of one condition together; it is no deeper than `DEEPEST` levels."""
        return all_of([key.lowered(self, value) for _, key, value in used_keys(condition) if key.lowered is not None])

    def move(self, wanted: Authored, act: ReadFrom) -> Formula:
        """What `act` must be; the properties that the catalogue knows together become one set of moves."""
        static, move_ids = self.matching_moves(wanted)
        kind: Formula = (bool(move_ids) and MoveIn(act, move_ids)) if static else True
        return all_of(
            [kind, *(key.of_act(act, value) for _, key, value in used_keys(wanted) if key.of_act is not None)]
        )

    def matching_moves(self, wanted: Authored) -> tuple[bool, frozenset[str]]:
        """Whether the catalogue has a say in what is asked of a move, and the moves that it leaves."""
        static = [(key.fits, value) for _, key, value in used_keys(wanted) if key.fits is not None]
        fitting = [name for name, move in self.moves.items() if all(fits(name, move, value) for fits, value in static)]
        return bool(static), frozenset(fitting)

    def chance(self, percent: int) -> Formula:
        """Each chance draws for a purpose of its own, numbered from the second on in the order of the model."""
        self._chances += 1
        purpose = self._purpose if self._chances == 1 else f"{self._purpose}/{self._chances}"
        if percent in (0, 100):
            return percent == 100
        return Between(Luck(purpose), None, percent - 1)


def condition_key(
    lowered: Callable[[Lowering, KeyValue], Formula],
    *,
    places: frozenset[Place] = EVERYWHERE,
    heeds: frozenset[str] | None = None,
    sealed: bool = False,
    alias: str | None = None,
    **fields: Unpack[KeyFields],
) -> KeyValue | None:
    """A key of a condition."""
    return record_at(Key(said=fields, lowered=lowered, where=places, heeds=heeds, sealed=sealed), None, alias)


def needs_act(test: Formula) -> Formula:
    """There is an act at hand, and `test` holds."""
    return all_of([HAS_ACT, test])


def bounded(value: Value, bounds: Range, unit: Literal[1, 100] = 1) -> Formula:
    """`value` lies within `bounds`; with a unit of 100 the value is a plain number and the bounds are hundredths."""
    low = None if bounds.at_least is None else -(-bounds.at_least // unit)
    high = None if bounds.at_most is None else bounds.at_most // unit
    if low is not None and high is not None and low > high:
        return False
    return Is(value, Const(low)) if low == high else Between(value, low, high)


def entry(table: str, key: Const | Keyed, bounds: Range, unit: Literal[1, 100] = 1) -> Formula:
    """A number in a table lies within `bounds`; one that is missing does not."""
    shape = bounded(Const(0), bounds, unit)
    match shape:
        case Between(_, low, high):
            missing = low - 1 if low is not None else (high or 0) + 1
            return Between(LookedUp(Read("facts", table), key, Const(missing)), low, high)
        case Is():
            return Is(LookedUp(Read("facts", table), key, Const(None)), shape.right)
        case _:
            return shape


def one_of(value: Value, names: Sequence[str]) -> Formula:
    """`value` is one of these words."""
    kinds = frozenset(names)
    return Is(value, Const(names[0])) if len(kinds) == 1 else In(value, Const(kinds))


def sides(word: SideWord) -> Sequence[Const | Read]:
    """The sides that a word may mean."""
    fact_side = FACT_SIDES[word]
    if fact_side is None:
        return [Const(side) for side in SIDES]
    return [Const(fact_side) if fact_side in SIDES else Read("facts", fact_side)]


def meter(pair: str, word: SideWord, bounds: Range) -> Formula:
    """A team's share of a pair of numbers lies within `bounds`."""
    fact_side = FACT_SIDES[word]
    return any_of(bounded(Own(Read("facts", pair), side), bounds) for side in ([fact_side] if fact_side else SIDES))


def is_within(value: int, bounds: Range, unit: Literal[1, 100] = 1) -> bool:
    """Whether a number of the catalogue lies within `bounds`."""
    low, high = bounds.at_least, bounds.at_most
    return (low is None or value * unit >= low) and (high is None or value * unit <= high)
