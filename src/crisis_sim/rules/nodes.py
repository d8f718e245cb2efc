"""Syntax-tree nodes, each with a place, so that a tree can be compiled as it is.

What is built here is all that conditions are ever made of. Places are all the same: there is no source to point to.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from typing import TypeVar

Placed = TypeVar("Placed", ast.expr, ast.stmt)

_LOAD, _STORE = ast.Load(), ast.Store()


def _at(node: Placed) -> Placed:
    node.lineno = node.end_lineno = 1
    node.col_offset = node.end_col_offset = 0
    return node


def name(word: str) -> ast.expr:
    """A variable's value."""
    return _at(ast.Name(word, _LOAD))


def const(value: str | int | frozenset[str] | None) -> ast.expr:
    """A constant."""
    return _at(ast.Constant(value))  # type: ignore[arg-type]  # the compiler takes frozensets; the stubs leave them out


def attribute(of: ast.expr, field: str) -> ast.expr:
    """`of.field`."""
    return _at(ast.Attribute(of, field, _LOAD))


def item(pair: ast.expr, place: int) -> ast.expr:
    """`pair[place]`."""
    return _at(ast.Subscript(pair, const(place), _LOAD))


def couple(one: ast.expr, other: ast.expr) -> ast.expr:
    """`(one, other)`."""
    return _at(ast.Tuple([one, other], _LOAD))


def call(function: ast.expr, *arguments: ast.expr) -> ast.expr:
    """`function(arguments)`."""
    return _at(ast.Call(function, list(arguments), []))


def compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    """`left operator right`."""
    return _at(ast.Compare(left, [operator], [right]))


def equal(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left == right`."""
    return compare(left, ast.Eq(), right)


def less(left: ast.expr, right: ast.expr) -> ast.expr:
    """`left < right`."""
    return compare(left, ast.Lt(), right)


def is_none(value: ast.expr) -> ast.expr:
    """`value is None`."""
    return compare(value, ast.Is(), const(None))


def between(value: ast.expr, low: int | None, high: int | None) -> ast.expr:
    """`low <= value <= high`; at least one bound is given."""
    if low is not None and high is not None:
        return _at(ast.Compare(const(low), [ast.LtE(), ast.LtE()], [value, const(high)]))
    return compare(value, ast.GtE(), const(low)) if high is None else compare(value, ast.LtE(), const(high))


def arithmetic(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.expr:
    """`left operator right`, for numbers and bits."""
    return _at(ast.BinOp(left, operator, right))


def both(*parts: ast.expr) -> ast.expr:
    """`part and part …`, or the one part."""
    return _at(ast.BoolOp(ast.And(), list(parts))) if len(parts) > 1 else parts[0]


def either(*parts: ast.expr) -> ast.expr:
    """`part or part …`, or the one part."""
    return _at(ast.BoolOp(ast.Or(), list(parts))) if len(parts) > 1 else parts[0]


def negation(part: ast.expr) -> ast.expr:
    """`not part`."""
    return _at(ast.UnaryOp(ast.Not(), part))


def choice(test: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
    """`then if test else otherwise`."""
    return _at(ast.IfExp(test, then, otherwise))


def remembered(word: str, value: ast.expr) -> ast.expr:
    """`(word := value)`."""
    return _at(ast.NamedExpr(ast.Name(word, _STORE, lineno=1, col_offset=0), value))


def nothing_yet() -> ast.expr:
    """`[]`."""
    return _at(ast.List([], _LOAD))


def assign(word: str, value: ast.expr) -> ast.stmt:
    """`word = value`."""
    return _at(ast.Assign([ast.Name(word, _STORE, lineno=1, col_offset=0)], value))


def add_one(word: str) -> ast.stmt:
    """`word += 1`."""
    return _at(ast.AugAssign(ast.Name(word, _STORE, lineno=1, col_offset=0), ast.Add(), const(1)))


def done(value: ast.expr) -> ast.stmt:
    """`value`, as a statement."""
    return _at(ast.Expr(value))


def when(test: ast.expr, then: Sequence[ast.stmt], otherwise: Sequence[ast.stmt] = ()) -> ast.stmt:
    """`if test: then`, and `else: otherwise`."""
    return _at(ast.If(test, list(then), list(otherwise)))


def each(word: str, of: ast.expr, body: Sequence[ast.stmt]) -> ast.stmt:
    """`for word in of: body`."""
    return _at(ast.For(ast.Name(word, _STORE, lineno=1, col_offset=0), of, list(body), []))


def stop() -> ast.stmt:
    """`break`."""
    return _at(ast.Break())


def answer(value: ast.expr) -> ast.stmt:
    """`return value`."""
    return _at(ast.Return(value))


def function(word: str, body: Sequence[ast.stmt]) -> ast.stmt:
    """A function of the facts."""
    facts = ast.arg("facts", lineno=1, col_offset=0)
    only = ast.arguments(posonlyargs=[], args=[facts], kwonlyargs=[], kw_defaults=[], defaults=[])
    if sys.version_info >= (3, 12):
        return _at(ast.FunctionDef(word, only, list(body), [], type_params=[]))
    return _at(ast.FunctionDef(word, only, list(body), []))
