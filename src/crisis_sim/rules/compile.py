"""Conditions as plain Python functions.

A condition is lowered to a formula, the formula is written as a syntax tree, and the tree is compiled: no text is ever
compiled or evaluated, and nothing in a file can become a name. `compile_watch` makes one function for each move of the
catalogue that tries only the conditions which an act of that move could meet, with everything the catalogue knows about
the move settled beforehand.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from types import FunctionType
from typing import TypeAlias

from msgspec import Struct

from crisis_sim.rules.authored import Side
from crisis_sim.rules.conditions import Condition, Made
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.formula import Formula, Presses, Search, for_move
from crisis_sim.rules.lowering import Lowering, pressings
from crisis_sim.rules.pack import Move
from crisis_sim.rules.searches import pressed_function, search_function
from crisis_sim.rules.syntax import Writer, assign, attribute, call, compare, const, function, name

Holds: TypeAlias = Callable[[Facts], bool]
"""Whether a condition holds; never raises for facts that the engine can fill in."""

Tried: TypeAlias = Callable[[Facts], list[int]]
"""Indexes of the watched conditions that hold for the act at hand, ascending."""


class Watched(Struct, frozen=True):
    """A condition to try for each act, with the purpose of its luck."""

    condition: Condition
    purpose: str
    only_side: Side | None = None
    """Only for acts sent by this side (`Facts.sender`)."""


class _Left(Struct, frozen=True):
    """What is left of a watched condition for one move."""

    place: int
    only_side: Side | None
    formula: Formula


def compile_condition(condition: Condition, moves: Mapping[str, Move], purpose: str) -> Holds:
    """One condition as one function, with or without an act at hand; CrisisSimError if it is nested too deeply."""
    formula = Lowering(moves, purpose).condition(condition)
    module = _Module(moves)
    writer = Writer([formula], module.severities, module.searched, has_act=False)
    holds: ast.stmt = ast.If(writer.test(formula), [ast.Return(const(True))], [])
    module.add(function("holds", [*writer.opening(), holds, ast.Return(const(False))]))
    return module.functions()["holds"]


def compile_watch(watched: Sequence[Watched], moves: Mapping[str, Move]) -> Mapping[str, Tried]:
    """For each move of the catalogue, a function that tries what an act of that move could meet."""
    formulas = [Lowering(moves, each.purpose).condition(each.condition) for each in watched]
    module = _Module(moves)
    written: dict[tuple[_Left, ...], str] = {}
    names: dict[str, str] = {}
    for move, entry in moves.items():
        left = tuple(
            _Left(place, each.only_side, formula)
            for place, each in enumerate(watched)
            if (formula := for_move(formulas[place], move, entry.severity)) is not False
        )
        if left not in written:
            written[left] = f"tried_{len(written)}"
            module.add(_tried_function(written[left], left, module))
        names[move] = written[left]
    functions = module.functions()
    return {move: functions[word] for move, word in names.items()}


def compile_pressings(made: Made) -> Callable[[Facts], int]:
    """How many earlier pressings a rule's `pressed` counts; 0 where no line is at hand."""
    module = _Module({})
    module.add(pressed_function("count", pressings(made), counts=True))
    return module.functions()["count"]


class _Module:
    """The functions of one compilation and the searches they call, each search written once."""

    def __init__(self, moves: Mapping[str, Move]) -> None:
        self.severities = {move: entry.severity for move, entry in moves.items()}
        self._searches: dict[Search | Presses, str] = {}
        self._body: list[ast.stmt] = []

    def add(self, statement: ast.stmt) -> None:
        """Add a function."""
        self._body.append(statement)

    def searched(self, search: Search | Presses) -> str:
        """The name of the function that makes this search."""
        if search not in self._searches:
            self._searches[search] = word = f"search_{len(self._searches)}"
            if isinstance(search, Search):
                self.add(search_function(word, search, self.severities))
            else:
                self.add(pressed_function(word, search))
        return self._searches[search]

    def functions(self) -> Mapping[str, FunctionType]:
        """The functions by name."""
        tree = ast.fix_missing_locations(ast.Module(self._body, []))
        namespace: dict[str, object] = {"__builtins__": {"reversed": reversed}}
        exec(compile(tree, "<rules>", "exec"), namespace)  # noqa: S102 - a tree built here of constants and fixed names
        return {word: value for word, value in namespace.items() if isinstance(value, FunctionType)}


def _tried_function(word: str, left: Sequence[_Left], module: _Module) -> ast.stmt:
    writer = Writer([each.formula for each in left], module.severities, module.searched, has_act=True)
    found = name("found")
    lines: list[ast.stmt] = []
    for side, group in groupby(left, lambda each: each.only_side):
        tries = list(_tries(group, writer))
        sent = compare(attribute(name("facts"), "sender"), ast.Eq(), const(side))
        lines.extend(tries if side is None else [ast.If(sent, tries, [])])
    return function(word, [*writer.opening(), assign("found", ast.List([], ast.Load())), *lines, ast.Return(found)])


def _tries(group: Iterable[_Left], writer: Writer) -> Iterable[ast.stmt]:
    for each in group:
        add = ast.Expr(call(attribute(name("found"), "append"), const(each.place)))
        yield add if each.formula is True else ast.If(writer.test(each.formula), [add], [])
