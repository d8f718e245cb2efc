"""Conditions as plain Python functions.

A condition is lowered to a formula, the formula is written as a syntax tree, and the tree is compiled: no text is ever
compiled or evaluated, and nothing in a file can become a name. `compile_watch` makes one function for each move of the
catalogue that tries only the conditions which an act of that move could meet, with everything the catalogue knows about
the move settled beforehand.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import FunctionType
from typing import Final, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.formula import (
    OFTEN_EMPTY,
    Formula,
    Presses,
    Read,
    Search,
    answering,
    every,
    for_move,
    is_of_act,
    needed,
    parts_of,
)
from crisis_sim.rules.lowering import Lowering
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import Side
from crisis_sim.rules.nodes import (
    answer,
    assign,
    attribute,
    call,
    const,
    done,
    equal,
    function,
    name,
    nothing_yet,
    when,
)
from crisis_sim.rules.searches import pressed_body, search_body
from crisis_sim.rules.syntax import ExpressionWriter

T = TypeVar("T")

Holds: TypeAlias = Callable[[Facts], bool]
"""Whether a condition holds; never raises for facts that the engine can fill in."""

TriedRules: TypeAlias = Callable[[Facts], list[int]]
"""Indexes of the watched conditions that hold for the act at hand, ascending."""


ANSWERED: Final = Read("facts", "answered")
DEEPEST: Final = 40
"""How many conditions may lie within each other."""


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
    """One condition as one function, with or without an act at hand; CrisisSimError if it is nested too deeply.

    That is all that can be refused. The function is written when it is first tried, for most are not in one session.
    """
    _check_depth(condition)
    written: Holds | None = None

    def holds(facts: Facts) -> bool:
        nonlocal written
        if written is None:
            written = write_condition(condition, moves, purpose)
        return written(facts)

    return holds


def compile_each(things: Sequence[tuple[T, Condition, str]], moves: Mapping[str, Move]) -> Callable[[Facts], list[T]]:
    """A function that finds those of several things whose condition holds, with or without an act at hand.

    Each thing comes with its condition and the purpose of its luck. What can be refused, and when the function is
    written, is as for one condition; what several of them ask is asked once.
    """
    for _, condition, _ in things:
        _check_depth(condition)
    written: TriedRules | None = None

    def holding(facts: Facts) -> list[T]:
        nonlocal written
        if written is None:
            left = [
                _Left(place, None, Lowering(moves, purpose).condition(condition))
                for place, (_, condition, purpose) in enumerate(things)
            ]
            module = _Module(moves)
            written = module.compiled("tried", _tries(left, module))
        places = written(facts)
        return [things[place][0] for place in places] if places else []

    return holding


def write_condition(condition: Condition, moves: Mapping[str, Move], purpose: str) -> FunctionType:
    """The function of a condition, written at once."""
    formula = Lowering(moves, purpose).condition(condition)
    module = _Module(moves)
    writer = ExpressionWriter([formula], module.severities, module.searched)
    body = [*writer.opening(), when(writer.test(formula), [answer(const(True))]), answer(const(False))]
    return module.compiled("holds", body)


def compile_watch(watched: Sequence[Watched], moves: Mapping[str, Move]) -> Mapping[str, TriedRules]:
    """For each move of the catalogue, a function that tries what an act of that move could meet.

    Everything that can be refused is refused here; the function of a move is written when an act first needs it, since
    a session uses a part of the catalogue, and takes its own place in the mapping.
    """
    for each in watched:
        _check_depth(each.condition)
    formulas: list[Formula] = []
    module = _Module(moves)
    written: dict[tuple[_Left, ...], TriedRules] = {}
    functions: dict[str, TriedRules] = {}

    def write(move: str) -> TriedRules:
        if not formulas:
            formulas.extend([Lowering(moves, each.purpose).condition(each.condition) for each in watched])
        left = tuple(
            _Left(place, each.only_side, formula)
            for place, each in enumerate(watched)
            if (formula := for_move(formulas[place], move, moves[move].severity)) is not False
        )
        if left not in written:
            written[left] = module.compiled(f"tried_{len(written)}", _tries(left, module, "act"))
        return written[left]

    def unwritten(move: str) -> TriedRules:
        def first(facts: Facts) -> list[int]:
            functions[move] = tried = write(move)
            return tried(facts)

        return first

    functions.update((move, unwritten(move)) for move in moves)
    return functions


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


class _Module:
    """A place for compiled functions and the searches they share, each search written once."""

    def __init__(self, moves: Mapping[str, Move]) -> None:
        self.severities = {move: entry.severity for move, entry in moves.items()}
        self._searches: dict[Search | Presses, str] = {}
        self._waiting: list[ast.stmt] = []
        self._names: dict[str, object] = {"__builtins__": {"reversed": reversed}}

    def searched(self, search: Search | Presses) -> str:
        """The name of the function that makes this search."""
        if search not in self._searches:
            self._searches[search] = word = f"search_{len(self._searches)}"
            body = search_body(search, self.severities) if isinstance(search, Search) else pressed_body(search)
            self._waiting.append(function(word, body))
        return self._searches[search]

    def writer(self, formulas: Sequence[Formula], there: Sequence[str], level: int = 0) -> ExpressionWriter:
        """What writes the expressions of a stretch of a function that lies so deep."""
        return ExpressionWriter(formulas, self.severities, self.searched, *there, level=level)

    def compiled(self, word: str, body: Sequence[ast.stmt]) -> FunctionType:
        """A function of the facts with this body; the searches that it calls come with it."""
        tree = ast.Module([*self._waiting, function(word, body)], [])
        self._waiting.clear()
        exec(compile(tree, "<rules>", "exec"), self._names)  # noqa: S102 - a tree built here of constants and fixed names
        made = self._names[word]
        assert isinstance(made, FunctionType)
        return made


def _tries(left: Sequence[_Left], module: _Module, *there: str) -> Sequence[ast.stmt]:
    """Try each condition and return the places of those that hold.

    Those that cannot hold unless something is there which mostly is not stand together, behind the one question.
    """
    groups: dict[Read | None, list[_Left]] = {None: []}
    for each in left:
        needs = needed(each.formula)
        guard = next((read for read in OFTEN_EMPTY if read in needs and read.of in ("facts", *there)), None)
        if guard == ANSWERED:
            each = replace(each, formula=answering(each.formula))
        groups.setdefault(guard, []).append(each)
    lines = [assign("found", nothing_yet())]
    for guard, group in groups.items():
        if guard is None:
            writer = module.writer([each.formula for each in group], there)
            lines += [*writer.opening(), *_tries_of(group, writer)]
        else:
            of = name("facts") if guard.of == "facts" else attribute(name("facts"), "act")
            tries = _tries_behind(group, module, (*there, "answered") if guard == ANSWERED else there)
            lines.append(when(attribute(of, guard.field), [*tries, done(call(attribute(name("found"), "sort")))]))
    return [*lines, answer(name("found"))]


def _tries_behind(group: list[_Left], module: _Module, there: Sequence[str], level: int = 1) -> list[ast.stmt]:
    """Try conditions in any order: what several ask of an act is asked once, and they are tried where it holds."""
    asked = Counter([part for each in group for part in parts_of(each.formula) if is_of_act(part, there)])
    behind: dict[Formula, list[_Left]] = {}
    for each in group:
        parts = parts_of(each.formula)
        most = max(parts, key=lambda part: asked[part])
        if asked[most] > 1:
            each = replace(each, formula=every([part for part in parts if part != most]))
        behind.setdefault(most if asked[most] > 1 else True, []).append(each)
    alone = behind.pop(True, [])
    writer = module.writer([*behind, *(each.formula for each in alone)], there, level)
    tries = [when(writer.test(most), _tries_behind(those, module, there, level + 1)) for most, those in behind.items()]
    return [*writer.opening(), *tries, *_tries_of(alone, writer)]


def _tries_of(group: Sequence[_Left], writer: ExpressionWriter) -> Iterator[ast.stmt]:
    for side, several in groupby(group, lambda each: each.only_side):
        tries = [_try(each, writer) for each in several]
        if side is None:
            yield from tries
        else:
            yield when(equal(attribute(name("facts"), "sender"), const(side)), tries)


def _try(each: _Left, writer: ExpressionWriter) -> ast.stmt:
    add = done(call(attribute(name("found"), "append"), const(each.place)))
    return add if each.formula is True else when(writer.test(each.formula), [add])
