"""From authored conditions to formulas: one entry for each key of `Condition` and of `MoveIs`.

What a key means is written here once, in the order of the model. Bounds come in hundredths and are turned into plain
numbers where the fact is a plain number, rounding inwards. A condition that asks about an act where there is none does
not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.authored import Range
from crisis_sim.rules.conditions import CommitmentIs, Condition, FactIs, LineIs, Made, MeterIs, MoveIs, NumberIs, Who
from crisis_sim.rules.formula import (
    HAS_ACT,
    Above,
    Base,
    Between,
    Bits,
    Both,
    Claim,
    Const,
    Formula,
    Found,
    In,
    Is,
    Keyed,
    Luck,
    Meet,
    MoveIn,
    Own,
    Presses,
    Read,
    Search,
    Since,
    Value,
    When,
    Whose,
    every,
    negated,
    some,
)
from crisis_sim.rules.names import SIDES, TRACK_OF, Track
from crisis_sim.rules.pack import Move

DEEPEST: Final = 40
"""How many conditions may lie within each other."""

_WHOSE: Mapping[Who, Whose | None] = {
    "sender": "sender",
    "self": "sender",
    "receiver": "receiver",
    "other": "receiver",
    "us": "us",
    "china": "china",
    "either": None,
}


class Lowering:
    """Makes formulas of conditions over one catalogue; counts the chances that share a purpose."""

    def __init__(self, moves: Mapping[str, Move], purpose: str) -> None:
        self.moves = moves
        self._bit = {move: 1 << place for place, move in enumerate(moves)}
        self._purpose = purpose
        self._chances = 0
        self._depth = 0

    def condition(self, condition: Condition) -> Formula:
        """All keys of one condition together; CrisisSimError beyond `DEEPEST` levels."""
        if self._depth >= DEEPEST:
            raise CrisisSimError(
                "condition/too-deep",
                f"conditions lie within each other more than {DEEPEST} levels deep",
                hint="one `all` or `any` can hold a long list; write it flat",
            )
        self._depth += 1
        try:
            return every([KEYS[key](self, condition) for key in _given(condition)])
        finally:
            self._depth -= 1

    def made(self, when: When, made: Made | None) -> Formula:
        """Acts of the record, with a quick no for moves that nobody has made."""
        if made is None:
            return True
        static, known = self._static(made.move)
        past = self.move(made.move, "past")
        if past is False:
            return False
        by = _WHOSE[made.by]
        search = Search(
            when=when,
            past=past,
            by=by,
            within=made.within,
            turns=made.turns,
            ago=made.ago,
            at_least=made.at_least,
            channel=None if made.about is None else "over-or-about",
        )
        needs_act = HAS_ACT if made.about else True
        return every([needs_act, self._ever_made(by, known) if static else True, search])

    def _ever_made(self, by: Whose | None, moves: frozenset[str]) -> Formula:
        made = Read("facts", "made")
        return Bits(Own(made, by) if by else Both(made), sum(self._bit[move] for move in moves))

    def move(self, move: MoveIs | None, act: Base) -> Formula:
        """What `act` must be; the static keys together become one set of moves."""
        if move is None:
            return True
        static, known = self._static(move)
        kind: Formula = (bool(known) and MoveIn(act, known)) if static else True
        return every([kind, *(MOVE_KEYS[key](act, move) for key in _given(move) if key in MOVE_KEYS)])

    def _static(self, asked: MoveIs) -> tuple[bool, frozenset[str]]:
        """Whether the catalogue has a say, and the moves that it leaves."""
        given = [key for key in _given(asked) if key not in MOVE_KEYS]
        fits = [name for name, move in self.moves.items() if all(STATIC_KEYS[key](name, move, asked) for key in given)]
        return bool(given), frozenset(fits)

    def chance(self, percent: int | None) -> Formula:
        """Each chance draws for a purpose of its own, numbered from the second on in the order of the model."""
        if percent is None:
            return True
        self._chances += 1
        purpose = self._purpose if self._chances == 1 else f"{self._purpose}/{self._chances}"
        if percent in (0, 100):
            return percent == 100
        return Between(Luck(purpose), None, percent - 1)


def _given(model: Condition | MoveIs) -> Sequence[str]:
    written = model.model_fields_set
    return [key for key in type(model).model_fields if key in written and getattr(model, key) is not None]


def _within(value: Value, bounds: Range | None, unit: Literal[1, 100] = 1) -> Formula:
    """`value` lies within `bounds`; with a unit of 100 the value is a plain number and the bounds are hundredths."""
    if bounds is None:
        return True
    low = None if bounds.at_least is None else -(-bounds.at_least // unit)
    high = None if bounds.at_most is None else bounds.at_most // unit
    if low is not None and high is not None and low > high:
        return False
    return Is(value, Const(low)) if low == high else Between(value, low, high)


def _entry(table: str, key: Const | Keyed, bounds: Range | None, unit: Literal[1, 100]) -> Formula:
    """A number in a table lies within `bounds`; one that is missing does not."""
    shape = _within(Const(0), bounds, unit)
    match shape:
        case Between(_, low, high):
            missing = low - 1 if low is not None else (high or 0) + 1
            return Between(Found(Read("facts", table), key, Const(missing)), low, high)
        case Is():
            return Is(Found(Read("facts", table), key, Const(None)), shape.right)
        case _:
            return shape


def _one_of(value: Value, names: Sequence[str] | None) -> Formula:
    if names is None:
        return True
    kinds = frozenset(names)
    return Is(value, Const(names[0])) if len(kinds) == 1 else In(value, Const(kinds))


def _sides(who: Who) -> Sequence[Const | Read]:
    whose = _WHOSE[who]
    if whose is None:
        return [Const(side) for side in SIDES]
    return [Const(whose) if whose in SIDES else Read("facts", whose)]


def _meter(pair: str, meter: MeterIs | None) -> Formula:
    if meter is None:
        return True
    whose = _WHOSE[meter.of]
    return some(_within(Own(Read("facts", pair), each), meter) for each in ([whose] if whose else SIDES))


def _fact(fact: FactIs | None) -> Formula:
    if fact is None:
        return True
    keys = [Keyed(fact.id, side) for side in ([Const(None)] if fact.of is None else _sides(fact.of))]
    if fact.lasting is None:
        return some(In(key, Read("facts", "truths")) for key in keys)
    return some(Between(Since(key), fact.lasting, None) for key in keys)


def _commitment(commitment: CommitmentIs | None) -> Formula:
    if commitment is None:
        return True
    held = Read("facts", commitment.state.replace("-", "_"))
    return some(In(Keyed(commitment.id, side), held) for side in _sides(commitment.by))


def _line(line: LineIs | None) -> Formula:
    """A plain id stands for the line of that name of either side."""
    if line is None:
        return True
    keys = [line.id] if "/" in line.id else [f"{side}/{line.id}" for side in SIDES]
    crossed = [In(Const(key), Read("facts", "crossed")) for key in keys]
    pressed = [_entry("pressure", Const(key), line.pressure, 1) for key in keys]
    if line.crossed:
        return some(every(pair) for pair in zip(crossed, pressed, strict=True))
    return every([some(pressed), negated(some(crossed)) if line.crossed is False else True])


def _number(table: str, number: NumberIs | None, unit: Literal[1, 100]) -> Formula:
    return True if number is None else _entry(table, Const(number.id), number, unit)


def _injects(names: Sequence[str] | None) -> Formula:
    delivered = Read("facts", "injects")
    if names is None:
        return True
    return In(Const(names[0]), delivered) if len(names) == 1 else Meet(Const(frozenset(names)), delivered)


def _pressed(made: Made | None) -> Formula:
    return True if made is None else Presses(_WHOSE[made.by], made.turns, made.at_least)


def pressings(made: Made) -> Presses:
    """The earlier pressings that `pressed` counts."""
    return Presses(_WHOSE[made.by], made.turns, 1)


def _repeated(times: int | None) -> Formula:
    if times is None:
        return True
    return every([HAS_ACT, Search(when="earlier_turns", past=True, by="sender", at_least=times, same_move=True)])


def _first_on_channel(first: bool | None) -> Formula:
    if first is None:
        return True
    search = Search(when="earlier", past=True, by=None, same_move=True, channel="about-or-else-over")
    return every([HAS_ACT, negated(search)])


def _visibility(act: Base, move: MoveIs) -> Formula:
    if move.visibility is None:
        return True
    public = some([Is(Read(act, "visibility"), Const("public")), Is(Read(act, "outcome"), Const("leaked"))])
    return public if move.visibility == "public" else negated(public)


def _channel(act: Base, move: MoveIs) -> Formula:
    return some([_one_of(Read(act, "channel"), move.channel), _one_of(Read(act, "channel_kind"), move.channel)])


def _tracks(move: MoveIs) -> Sequence[Track] | None:
    return None if move.diplomacy is None else [TRACK_OF[diplomacy] for diplomacy in move.diplomacy]


def _term(act: Base, move: MoveIs) -> Formula:
    return some(In(Const(term), Read(act, "terms")) for term in move.term or ())


def _needs_act(test: Formula) -> Formula:
    return every([HAS_ACT, test])


def _fits(value: int, bounds: Range | None, unit: Literal[1, 100] = 1) -> bool:
    if bounds is None:
        return True
    low, high = bounds.at_least, bounds.at_most
    return (low is None or value * unit >= low) and (high is None or value * unit <= high)


STATIC_KEYS: Final[Mapping[str, Callable[[str, Move, MoveIs], bool]]] = {
    "id": lambda name, _, asked: name in (asked.id or ()),
    "family": lambda _, move, asked: move.family in (asked.family or ()),
    "illocution": lambda _, move, asked: move.illocution == asked.illocution,
    "costliness": lambda _, move, asked: _fits(move.costliness, asked.costliness),
    "face_threat": lambda _, move, asked: _fits(move.face_threat, asked.face_threat, 100),
    "ambiguity": lambda _, move, asked: _fits(move.ambiguity, asked.ambiguity),
    "severity": lambda _, move, asked: _fits(move.severity, asked.severity, 100),
}
"""The keys of `MoveIs` that the catalogue answers: (move's id, move, what is asked) → whether it fits."""

MOVE_KEYS: Final[Mapping[str, Callable[[Base, MoveIs], Formula]]] = {
    "visibility": _visibility,
    "channel": _channel,
    "diplomacy": lambda act, move: _one_of(Read(act, "track"), _tracks(move)),
    "level": lambda act, move: _one_of(Read(act, "level"), move.level),
    "term": _term,
    "promise": lambda act, move: _one_of(Read(act, "promise"), move.promise),
    "answer": lambda act, move: _one_of(Read(act, "answer"), move.answer),
}
"""The keys of `MoveIs` that each act answers for itself."""

_ANSWERED = Read("facts", "answered")
_READING = Read("facts", "reading")
_CHANNEL_READINESS = Read("facts", "channel_readiness")

KEYS: Final[Mapping[str, Callable[[Lowering, Condition], Formula]]] = {
    "all": lambda low, c: every([low.condition(part) for part in c.all or ()]),
    "any": lambda low, c: some([low.condition(part) for part in c.any or ()]),
    "not_": lambda low, c: c.not_ is None or negated(low.condition(c.not_)),
    "always": lambda low, c: True,
    "move": lambda low, c: _needs_act(low.move(c.move, "act")),
    "delivery": lambda low, c: _needs_act(_one_of(Read("act", "outcome"), c.delivery)),
    "answers": lambda low, c: every([negated(Is(_ANSWERED, Const(None))), low.move(c.answers, "answered")]),
    "intent": lambda low, c: _needs_act(_within(Read("act", "intent"), c.intent, 100)),
    "read_as": lambda low, c: every([negated(Is(_READING, Const(None))), _within(_READING, c.read_as, 100)]),
    "above_provocation": lambda low, c: _needs_act(c.above_provocation is None or Above(c.above_provocation)),
    "repeated": lambda low, c: _repeated(c.repeated),
    "first_on_channel": lambda low, c: _first_on_channel(c.first_on_channel),
    "pressed": lambda low, c: _pressed(c.pressed),
    "earlier": lambda low, c: low.made("earlier", c.earlier),
    "same_turn": lambda low, c: low.made("same_turn", c.same_turn),
    "ever": lambda low, c: low.made("ever", c.ever),
    "fact": lambda low, c: _fact(c.fact),
    "commitment": lambda low, c: _commitment(c.commitment),
    "line": lambda low, c: _line(c.line),
    "track": lambda low, c: _number("tracks", c.track, 1),
    "readiness": lambda low, c: _number("readiness", c.readiness, 100),
    "channel_readiness": lambda low, c: _needs_act(_within(_CHANNEL_READINESS, c.channel_readiness, 100)),
    "tension": lambda low, c: _within(Read("facts", "tension"), c.tension),
    "trust": lambda low, c: _meter("trust", c.trust),
    "standing": lambda low, c: _meter("standing", c.standing),
    "turn": lambda low, c: _within(Read("facts", "turn"), c.turn, 100),
    "hour": lambda low, c: _within(Read("facts", "hour"), c.hour, 100),
    "time_left": lambda low, c: _within(Read("facts", "time_left"), c.time_left, 100),
    "inject": lambda low, c: _injects(c.inject),
    "opening_mismatch": lambda low, c: c.opening_mismatch is None or Claim(Read("facts", "opening_mismatch")),
    "blind_dilemma": lambda low, c: c.blind_dilemma is None or Claim(Read("facts", "blind_dilemma")),
    "readouts": lambda low, c: c.readouts is None or Is(Read("facts", "readouts"), Const(c.readouts)),
    "chance": lambda low, c: low.chance(c.chance),
}
"""What each key of `Condition` means."""
