"""Searches of the record, as functions built from syntax-tree nodes.

A search runs backwards over the record and stops at the first act that is too old, or as soon as it has found enough.
It relies on `Facts.record` being oldest first, in turns and in hours.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from crisis_sim.rules.formula import FactSide, Presses, Search
from crisis_sim.rules.nodes import (
    add_one,
    answer,
    arithmetic,
    assign,
    attribute,
    both,
    call,
    choice,
    compare,
    const,
    each,
    either,
    equal,
    is_none,
    less,
    name,
    negation,
    stop,
    when,
)
from crisis_sim.rules.syntax import ExpressionWriter

_FACTS = name("facts")
_PAST = name("past")


def search_body(search: Search, severities: Mapping[str, int]) -> Sequence[ast.stmt]:
    """The body of a function of the facts: whether the record holds enough acts as described."""
    needs_act = search.same_move or search.channel is not None
    writer = ExpressionWriter([], severities, _no_search)
    tests = [
        *([equal(attribute(_PAST, "move"), name("move"))] if search.same_move else []),
        *([] if search.past is True else [writer.test(search.past)]),
        *_by(search.by, "side"),
        *_concerning(search),
        *([compare(attribute(_PAST, "hour"), ast.LtE(), name("until"))] if search.ago is not None else []),
        *_scope(search),
    ]
    loop = [*_too_old(search), when(both(*tests), _counted(search.at_least))]
    return [
        *_act_at_hand(search, needs_act),
        *_bounds(search),
        *([assign("count", const(0))] if search.at_least > 1 else []),
        _backwards("record", loop),
        answer(const(False)),
    ]


def pressed_body(presses: Presses) -> Sequence[ast.stmt]:
    """The body of a function of the facts: whether the line at hand has been pressed often enough."""
    tests = [equal(attribute(_PAST, "line"), name("line")), *_by(presses.by, "by")]
    oldest = _oldest_turn(presses.turns)
    too_old = [when(less(attribute(_PAST, "turn"), name("oldest")), [stop()])] if oldest else []
    return [
        assign("line", attribute(_FACTS, "line")),
        when(is_none(name("line")), [answer(const(False))]),
        *_who(presses.by),
        *oldest,
        assign("count", const(0)),
        _backwards("presses", [*too_old, when(both(*tests), _counted(presses.at_least))]),
        answer(const(False)),
    ]


def _no_search(search: Search | Presses) -> str:
    raise AssertionError(f"a search within a search: {search}")


def _backwards(field: str, body: Sequence[ast.stmt]) -> ast.stmt:
    return each("past", call(name("reversed"), attribute(_FACTS, field)), body)


def _counted(at_least: int) -> Sequence[ast.stmt]:
    if at_least == 1:
        return [answer(const(True))]
    enough = equal(name("count"), const(at_least))
    return [add_one("count"), when(enough, [answer(const(True))])]


def _act_at_hand(search: Search, needs_act: bool) -> Sequence[ast.stmt]:
    """Locals for the act at hand: its turn, side and order, which no act of the record has when there is none."""
    act = name("act")
    given = [
        assign("own_turn", attribute(act, "turn")),
        assign("own_side", attribute(act, "side")),
        assign("own_order", attribute(act, "order")),
        *([assign("move", attribute(act, "move"))] if search.same_move else []),
        *([assign("channel", _concerned(act))] if search.channel else []),
    ]
    none: Sequence[ast.stmt] = (
        [answer(const(False))]
        if needs_act
        else [assign("own_turn", const(-1)), assign("own_side", const(None)), assign("own_order", const(0))]
    )
    return [assign("act", attribute(_FACTS, "act")), when(is_none(act), none, given), *_who(search.by)]


def _concerned(act: ast.expr) -> ast.expr:
    """The channel that an act is about, or else the one it goes over."""
    about = attribute(act, "about")
    return choice(is_none(about), attribute(act, "channel"), about)


def _concerning(search: Search) -> Sequence[ast.expr]:
    if search.channel is None:
        return []
    if search.channel == "about-or-else-over":
        return [equal(_concerned(_PAST), name("channel"))]
    over = equal(attribute(_PAST, "channel"), name("channel"))
    about = equal(attribute(_PAST, "about"), name("channel"))
    return [either(over, about)]


def _who(by: FactSide | None) -> Sequence[ast.stmt]:
    return [assign("who", attribute(_FACTS, by))] if by in ("sender", "receiver") else []


def _by(by: FactSide | None, field: str) -> Sequence[ast.expr]:
    if by is None:
        return []
    who = name("who") if by in ("sender", "receiver") else const(by)
    return [equal(attribute(_PAST, field), who)]


def _hours_before(hours: int) -> ast.expr:
    return arithmetic(attribute(_FACTS, "hour"), ast.Sub(), const(hours))


def _bounds(search: Search) -> Sequence[ast.stmt]:
    return [
        assign("turn", attribute(_FACTS, "turn")),
        *_oldest_turn(search.turns),
        *([assign("since", _hours_before(search.within))] if search.within is not None else []),
        *([assign("until", _hours_before(search.ago))] if search.ago is not None else []),
    ]


def _oldest_turn(turns: int | None) -> Sequence[ast.stmt]:
    if turns is None:
        return []
    return [assign("oldest", arithmetic(attribute(_FACTS, "turn"), ast.Sub(), const(turns)))]


def _too_old(search: Search) -> Sequence[ast.stmt]:
    """Stop at the first act before the search's window."""
    turn, hour = attribute(_PAST, "turn"), attribute(_PAST, "hour")
    limits = [
        *([less(turn, name("turn"))] if search.when == "same_turn" else []),
        *([less(turn, name("oldest"))] if search.turns is not None else []),
        *([less(hour, name("since"))] if search.within is not None else []),
    ]
    return [when(limit, [stop()]) for limit in limits]


def _scope(search: Search) -> Sequence[ast.expr]:
    """Which acts count, last of the tests because few acts get so far: never the act at hand itself."""
    turn, side, order = attribute(_PAST, "turn"), attribute(_PAST, "side"), attribute(_PAST, "order")
    own_list = [equal(turn, name("own_turn")), equal(side, name("own_side"))]
    other = negation(both(equal(order, name("own_order")), *own_list))
    before = less(turn, name("turn"))
    match search.when:
        case "earlier":
            lower = both(less(order, name("own_order")), *own_list)
            return [either(before, lower), other]
        case "earlier_turns":
            return [before, other]
        case "same_turn":
            return [equal(turn, name("turn")), other]
        case "ever":
            return [other]
