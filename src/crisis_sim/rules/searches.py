"""Searches of the record, as functions built from syntax-tree nodes.

A search runs backwards over the record and stops at the first act that is too old, or as soon as it has found enough.
It relies on `Facts.record` being oldest first, in turns and in hours.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from crisis_sim.rules.formula import Presses, Search, Whose
from crisis_sim.rules.syntax import Writer, assign, attribute, both, call, compare, const, function, name

_FACTS = name("facts")
_PAST = name("past")


def search_function(word: str, search: Search, severities: Mapping[str, int]) -> ast.stmt:
    """A function of the facts: whether the record holds enough acts as described."""
    needs_act = search.same_move or search.channel is not None
    writer = Writer([], severities, _no_search, has_act=False)
    tests = [
        *([compare(attribute(_PAST, "move"), ast.Eq(), name("move"))] if search.same_move else []),
        *([] if search.past is True else [writer.test(search.past)]),
        *_by(search.by, "side"),
        *_concerning(search),
        *([compare(attribute(_PAST, "hour"), ast.LtE(), name("until"))] if search.ago is not None else []),
        *_scope(search),
    ]
    loop = [*_too_old(search), _when(both(*tests), _counted(search.at_least))]
    return function(
        word,
        [
            *_act_at_hand(search, needs_act),
            *_bounds(search),
            *([assign("count", const(0))] if search.at_least > 1 else []),
            _backwards("record", loop),
            ast.Return(const(False)),
        ],
    )


def pressed_function(word: str, presses: Presses, *, counts: bool = False) -> ast.stmt:
    """A function of the facts: whether the line at hand has been pressed often enough, or how often."""
    tests = [compare(attribute(_PAST, "line"), ast.Eq(), name("line")), *_by(presses.by, "by")]
    oldest = _oldest_turn(presses.turns)
    found: Sequence[ast.stmt] = [_add_one()] if counts else _counted(presses.at_least)
    too_old = [_when(compare(attribute(_PAST, "turn"), ast.Lt(), name("oldest")), [ast.Break()])] if oldest else []
    none: ast.expr = const(0) if counts else const(False)
    return function(
        word,
        [
            assign("line", attribute(_FACTS, "line")),
            _when(compare(name("line"), ast.Is(), const(None)), [ast.Return(none)]),
            *_who(presses.by),
            *oldest,
            assign("count", const(0)),
            _backwards("presses", [*too_old, _when(both(*tests), found)]),
            ast.Return(name("count") if counts else const(False)),
        ],
    )


def _no_search(search: Search | Presses) -> str:
    raise AssertionError(f"a search within a search: {search}")


def _when(test: ast.expr, then: Sequence[ast.stmt]) -> ast.stmt:
    return ast.If(test, list(then), [])


def _backwards(field: str, body: Sequence[ast.stmt]) -> ast.stmt:
    past = ast.Name("past", ast.Store())
    return ast.For(past, call(name("reversed"), attribute(_FACTS, field)), list(body), [])


def _add_one() -> ast.stmt:
    return ast.AugAssign(ast.Name("count", ast.Store()), ast.Add(), const(1))


def _counted(at_least: int) -> Sequence[ast.stmt]:
    if at_least == 1:
        return [ast.Return(const(True))]
    enough = compare(name("count"), ast.Eq(), const(at_least))
    return [_add_one(), _when(enough, [ast.Return(const(True))])]


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
        [ast.Return(const(False))]
        if needs_act
        else [assign("own_turn", const(-1)), assign("own_side", const(None)), assign("own_order", const(0))]
    )
    return [
        assign("act", attribute(_FACTS, "act")),
        ast.If(compare(act, ast.Is(), const(None)), list(none), given),
        *_who(search.by),
    ]


def _concerned(act: ast.expr) -> ast.expr:
    """The channel that an act is about, or else the one it goes over."""
    about = attribute(act, "about")
    return ast.IfExp(compare(about, ast.Is(), const(None)), attribute(act, "channel"), about)


def _concerning(search: Search) -> Sequence[ast.expr]:
    if search.channel is None:
        return []
    if search.channel == "about-or-else-over":
        return [compare(_concerned(_PAST), ast.Eq(), name("channel"))]
    over = compare(attribute(_PAST, "channel"), ast.Eq(), name("channel"))
    about = compare(attribute(_PAST, "about"), ast.Eq(), name("channel"))
    return [ast.BoolOp(ast.Or(), [over, about])]


def _who(by: Whose | None) -> Sequence[ast.stmt]:
    return [assign("who", attribute(_FACTS, by))] if by in ("sender", "receiver") else []


def _by(by: Whose | None, field: str) -> Sequence[ast.expr]:
    if by is None:
        return []
    who = name("who") if by in ("sender", "receiver") else const(by)
    return [compare(attribute(_PAST, field), ast.Eq(), who)]


def _hours_before(hours: int) -> ast.expr:
    return ast.BinOp(attribute(_FACTS, "hour"), ast.Sub(), const(hours))


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
    return [assign("oldest", ast.BinOp(attribute(_FACTS, "turn"), ast.Sub(), const(turns)))]


def _too_old(search: Search) -> Sequence[ast.stmt]:
    """Stop at the first act before the search's window."""
    turn, hour = attribute(_PAST, "turn"), attribute(_PAST, "hour")
    limits = [
        *([compare(turn, ast.Lt(), name("turn"))] if search.when == "same_turn" else []),
        *([compare(turn, ast.Lt(), name("oldest"))] if search.turns is not None else []),
        *([compare(hour, ast.Lt(), name("since"))] if search.within is not None else []),
    ]
    return [_when(limit, [ast.Break()]) for limit in limits]


def _scope(search: Search) -> Sequence[ast.expr]:
    """Which acts count, last of the tests because few acts get so far: never the act at hand itself."""
    turn, side, order = attribute(_PAST, "turn"), attribute(_PAST, "side"), attribute(_PAST, "order")
    own_list = [compare(turn, ast.Eq(), name("own_turn")), compare(side, ast.Eq(), name("own_side"))]
    other = ast.UnaryOp(ast.Not(), both(compare(order, ast.Eq(), name("own_order")), *own_list))
    before = compare(turn, ast.Lt(), name("turn"))
    match search.when:
        case "earlier":
            lower = both(compare(order, ast.Lt(), name("own_order")), *own_list)
            return [ast.BoolOp(ast.Or(), [before, lower]), other]
        case "earlier_turns":
            return [before, other]
        case "same_turn":
            return [compare(turn, ast.Eq(), name("turn")), other]
        case "ever":
            return [other]
