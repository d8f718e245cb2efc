"""What advisers say of a move beforehand, found in the packs' own rules.

A pink or red rule on a move, or on a term of it, that holds only while its sender has not done something first, or
since it has done something. It looks at nothing that the other side keeps to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from crisis_sim.rules.compile import Holds, compile_condition
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import AccountsCompared
from crisis_sim.rules.pack import Rule
from crisis_sim.rules.properties import Made, MoveIs

CHECKABLE_FIELDS = {"id", "family", "visibility", "term"}
"""What a composer can tell of a move before it is made; a rule that asks for more is not warned of."""


class Advice(Struct, frozen=True):
    """A rule that a move runs into unless one of the first steps has been taken."""

    rule: Rule
    moves: tuple[str, ...]
    term: str | None
    """The term that brings the move under the rule; None where the move alone does."""
    holds: Holds
    """A first step is on record."""
    steps: frozenset[str]
    """Moves that are such a step if they are made in the same turn."""
    spared_by: tuple[str, ...] = ()
    """Terms with which the move does as well as with a first step."""


def advice_of(rules: Iterable[Rule], moves: Mapping[str, Move]) -> tuple[Advice, ...]:
    """What can be said of each rule on acts that waits for a first step of the sender."""
    return tuple(
        Advice(
            rule,
            met,
            term,
            compile_condition(Condition.model_construct(any=guards), moves, f"advice/{rule.id}"),
            _steps(guards),
            _spares(rule.when),
        )
        for rule in rules
        if rule.on == "act" and rule.kind != "credit" and (guards := tuple(_guards(rule.when)))
        if not _asks_more(rule.when)
        for term, met in _met(rule.when, moves)
    )


class InReturn(Struct, frozen=True):
    """A rule that an act runs into for a term, unless asks of its sender in so many turns were never returned."""

    turns: int
    term: str
    moves: tuple[str, ...]
    """What asks for something and can carry the term."""


def in_return_of(rules: Iterable[Rule], moves: Mapping[str, Move]) -> tuple[InReturn, ...]:
    """What each rule on acts lets pass that is asked in return."""
    return tuple(
        InReturn(part.not_.counter_ask, term, tuple(move for move in met if moves[move].asks is not None))
        for rule in rules
        if rule.on == "act" and rule.kind != "credit"
        for part in _together(rule.when)
        if part.not_ is not None and part.not_.counter_ask is not None
        for term, met in _met(rule.when, moves)
        if term is not None
    )


def untaken(advice_list: Iterable[Advice], facts: Facts) -> tuple[Advice, ...]:
    """Advice on whose first steps none is on record."""
    return tuple([advice for advice in advice_list if not advice.holds(facts)])


def by_move(advice_list: Iterable[Advice], listed: frozenset[str]) -> dict[str, tuple[Advice, ...]]:
    """By move: what it would run into. Moves that a team has listed count as steps of the same turn."""
    grouped: dict[str, tuple[Advice, ...]] = {}
    for advice in advice_list:
        if not advice.steps & listed:
            for move in advice.moves:
                grouped[move] = (*grouped.get(move, ()), advice)
    return grouped


def _together(when: Condition) -> Iterator[Condition]:
    """The parts of a condition that must hold together."""
    yield when
    for part in when.all or ():
        yield from _together(part)


def _guards(when: Condition) -> Iterator[Condition]:
    """First steps of the sender that keep a condition from holding, or its not having done what makes it hold."""
    for part in _together(when):
        if part.not_ is not None:
            for way in part.not_.any or (part.not_,):
                if any(_is_step(made_move) for made_move in (way.earlier, way.same_turn)):
                    step = {"earlier": way.earlier} if way.earlier else {"same_turn": way.same_turn}
                    yield Condition.model_construct(**step)
        elif part.earlier is not None and _is_step(part.earlier):
            yield Condition.model_construct(not_=Condition.model_construct(earlier=part.earlier))


def _spares(when: Condition) -> tuple[str, ...]:
    """Terms of the act at hand with which alone a condition does not hold."""
    ways = (way for part in _together(when) if part.not_ is not None for way in part.not_.any or (part.not_,))
    return tuple(dict.fromkeys(term for way in ways for term in _only_terms(way)))


def _only_terms(condition: Condition) -> tuple[str, ...]:
    """The terms of the act at hand that a condition asks for, where it asks for nothing else."""
    terms = () if condition.move is None else condition.move.term or ()
    alone = Condition.model_construct(move=MoveIs.model_construct(term=terms))
    return tuple(terms) if condition == alone else ()


def _asks_more(when: Condition) -> bool:
    """It asks something of the act at hand beside what it is about, in one of several ways."""
    return any(way.move is not None for part in _together(when) for way in part.any or ())


def _is_step(made_move: Made | None) -> bool:
    """Something that the sender has made, whatever the act at hand is about."""
    return made_move is not None and made_move.by == "sender" and made_move.about is None


def _steps(guards: tuple[Condition, ...]) -> frozenset[str]:
    """Moves that count when they are made in the same turn."""
    return frozenset(move for way in guards if way.same_turn is not None for move in way.same_turn.move.id or ())


def _met(when: Condition, moves: Mapping[str, Move]) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    """Moves that a condition is about, by the term that brings them under it."""
    patterns = [part.move for part in _together(when) if part.move is not None]
    if len(patterns) != 1:
        return
    for term in patterns[0].term or (None,):
        met = tuple(move_id for move_id, move in moves.items() if _may_be(patterns[0], move_id, move, term))
        if met:
            yield term, met


def _may_be(pattern: MoveIs, move_id: str, move: Move, term: str | None) -> bool:
    """A move of the catalogue can be what is asked, with the term if there is one."""
    return (
        pattern.model_fields_set <= CHECKABLE_FIELDS
        and (pattern.id is None or move_id in pattern.id)
        and (pattern.family is None or move.family in pattern.family)
        and (pattern.visibility is None or pattern.visibility in move.visibility)
        and (term is None or term in move.terms)
    )


def breaking(condition: Condition, moves: Mapping[str, Move]) -> tuple[tuple[str, str | None], ...]:
    """Moves that would go against a promise or an instrument, each with the term that it needs for it, if any.

    As far as the move or its term alone tells; what else the condition asks for, its side may still see to.
    """
    breaks = [
        (name, term)
        for pattern in _move_patterns(condition)
        for term in pattern.term or (None,)
        for name, move in moves.items()
        if _may_be(pattern, name, move, term)
    ]
    return tuple([pair for pair in dict.fromkeys(breaks) if pair[1] is None or (pair[0], None) not in breaks])


class Breaks(Struct, frozen=True):
    """What goes against a promise, and what keeps it from doing so."""

    acts: tuple[tuple[str, str | None], ...]
    """Moves, each with the term that it needs for it, if any."""
    spared_by: tuple[str, ...]
    """Terms with which a move does not."""
    excused: Holds
    """Something is on record for which no move does now."""
    steps: frozenset[str]
    """Moves for which none does in the same turn."""


def breaks_of(name: str, condition: Condition, moves: Mapping[str, Move]) -> Breaks:
    """What goes against the promise of that name, as far as it can be told beforehand."""
    guards = tuple(_guards(condition))
    nots = [part.not_.move for part in _together(condition) if part.not_ is not None and part.not_.move is not None]
    return Breaks(
        breaking(condition, moves),
        tuple(dict.fromkeys(term for pattern in nots for term in pattern.term or ())),
        compile_condition(Condition.model_construct(any=guards), moves, f"excused/{name}") if guards else _never,
        _steps(guards),
    )


def _never(facts: Facts) -> bool:
    return False


def _move_patterns(when: Condition) -> Iterator[MoveIs]:
    """What a condition asks of the act at hand, in any of the ways in which it may hold."""
    if when.move is not None and when.move.model_fields_set & {"id", "family", "term"}:
        yield when.move
    for part in (*(when.all or ()), *(when.any or ())):
        yield from _move_patterns(part)


def broken_by_accounts(condition: Condition) -> frozenset[AccountsCompared]:
    """How accounts of an exchange compare where that goes against a promise; nothing where no account does."""
    results = frozenset([condition.readouts]) if condition.readouts is not None else frozenset()
    return results.union(*map(broken_by_accounts, (*(condition.all or ()), *(condition.any or ()))))
