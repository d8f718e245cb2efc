"""The sheets that coders have filled in: what each of them says of each act, in which variables.

Variables are the four of the instrument for messages, and any others that a column names with its level: one headed
`frame:nominal` is a variable `frame` of whoever leads the study; its level decides what is counted.

A coder is named by the column `coder`, or else by the name of the file. Empty cells are acts that a coder left out.
Whatever is wrong is told with its place, all of it at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems
from crisis_sim.research.study.answers import NOTHING, plain
from crisis_sim.research.study.grids import Cell, Grid, heading, placed, read_grid
from crisis_sim.text import clean
from crisis_sim.wording import _

MeasurementLevel: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: Final[tuple[MeasurementLevel, ...]] = ("nominal", "ordinal", "interval", "ratio")
Code: TypeAlias = float | str


class Variable(NamedTuple):
    """One variable."""

    key: str
    level: MeasurementLevel
    """What its values are; agreement is also counted at every level below."""
    says: str
    words: tuple[str, ...] = ()
    """The values it can have, where they are words."""
    low: float | None = None
    high: float | None = None
    lowest: MeasurementLevel = "nominal"
    """The level from which agreement is counted; for a scale of a hundred steps, equal numbers say nothing."""

    @property
    def levels(self) -> tuple[MeasurementLevel, ...]:
        """The levels at which agreement is counted."""
        return LEVELS[LEVELS.index(self.lowest) : LEVELS.index(self.level) + 1]

    def code(self, word: str) -> Code | None:
        """What a cell says, already lower-case; None if it says nothing that this variable can have."""
        if self.words:
            word = SYNONYMS.get(word, word)
            return word if word in self.words else None
        if self.level == "nominal":
            return word[:100]
        return self._number(word)

    def _number(self, word: str) -> float | None:
        match = _NUMBER.fullmatch(word.replace("−", "-").removesuffix("%").strip())
        if match is None:
            return None
        value = float(match[0].replace(",", "."))
        too_low, too_high = self.low is not None and value < self.low, self.high is not None and value > self.high
        if too_low or too_high or (self.level == "ratio" and value < 0):
            return None
        return value if self.key != "hostility" or value.is_integer() else None


_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,6})?")
_OWN: Final = re.compile(rf"([^:]{{1,40}}):({'|'.join(LEVELS)})")

SYNONYMS: Final[Mapping[str, str]] = {
    "demand": "ask",
    "ask-demand": "ask",
    "threat": "promise",
    "threaten": "promise",
    "promise-threat": "promise",
    "other side": "other",
    "own public": "home",
    "third states": "third",
}

HOSTILITY: Final = Variable(
    "hostility", "interval", _("How hostile is this act? -3 friendly … +3 hostile"), low=-3, high=3
)
VARIABLES: Final = (
    HOSTILITY,
    Variable(
        "illocution",
        "nominal",
        _("What is it doing? assert, ask (or demand), promise (or threaten), express, declare"),
        words=("assert", "ask", "promise", "express", "declare"),
    ),
    Variable(
        "audience",
        "nominal",
        _("Who is it mainly for? other (the other side), home (its own public), third (third states), allies"),
        words=("other", "home", "third", "allies"),
    ),
    Variable(
        "control",
        "ratio",
        _("Was it ordered at the top? 0 surely not … 100 surely, in percent"),
        low=0,
        high=100,
        lowest="ordinal",
    ),
)


def own_variable(heading: str) -> Variable | None:
    """The variable that a heading such as `frame:nominal` names."""
    match = _OWN.fullmatch(heading)
    if match is None:
        return None
    level = next(level for level in LEVELS if level == match[2])
    return Variable(match[1], level, Sentence("a variable of this study, {level}", level=level))


CodedUnit: TypeAlias = tuple[str, str, int, int]
"""An act: session, side, turn, order."""
Coded: TypeAlias = dict[str, dict[CodedUnit, Code]]
"""By coder and act."""

KEYS: Final[Mapping[str, bool]] = {"coder": False, "session": True, "turn": True, "side": True, "order": True}
_KNOWN: Final = frozenset(KEYS) | {variable.key for variable in VARIABLES}


class Codes(NamedTuple):
    """What all coders say, variable by variable."""

    coders: tuple[str, ...]
    units: int
    """Acts of which somebody says something."""
    coded: tuple[tuple[Variable, Coded], ...]
    """Variables of which something is said, those of the instrument first."""


class _Reader:
    """Gathers sheets and their problems."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.coded: dict[Variable, Coded] = {}
        self.lines: dict[tuple[str, CodedUnit], str] = {}

    def read(self, path: Path) -> None:
        """Take a file in."""
        grid = read_grid(path, lambda name: name in _KNOWN or own_variable(name) is not None, self.problems)
        if grid is None:
            return
        variables = {variable.key: variable for variable in VARIABLES}
        variables |= {heading(cell.text): own for cell in grid.head if (own := own_variable(heading(cell.text)))}
        places = placed(grid, {**KEYS, **dict.fromkeys(variables, False)}, self.problems)
        if any(must and name not in places for name, must in KEYS.items()):
            return
        if not any(name in places for name in variables):
            hint = Sentence(
                "head one with {columns}, or NAME:nominal", columns=commas([each.key for each in VARIABLES])
            )
            self.problems.error(grid.spot(grid.head[0]), "no column is coded", code="codes/nothing", hint=hint)
        file = clean(path.stem, lines=False).strip()[:80]
        for row in grid.rows:
            self._row(grid, row, places, {name: variables[name] for name in variables if name in places}, file)

    def _row(
        self, grid: Grid, row: tuple[Cell, ...], places: Mapping[str, int], variables: Mapping[str, Variable], file: str
    ) -> None:
        cells = {name: grid.cell(row, places[name]) for name in variables}
        said = {name: cell for name, cell in cells.items() if plain(cell.text) not in NOTHING}
        if not said:
            return
        unit = self._unit(grid, {name: grid.cell(row, places.get(name)) for name in KEYS})
        who = grid.cell(row, places.get("coder")).text[:80] if "coder" in places else ""
        if unit is not None and self._is_first(grid, row, who or file, unit):
            for name, cell in said.items():
                self._code(grid, cell, variables[name], who or file, unit)

    def _unit(self, grid: Grid, cells: Mapping[str, Cell]) -> CodedUnit | None:
        """The act that a row is about; None, and its problem, where it names none."""
        side = plain(cells["side"].text)
        numbers = [re.fullmatch(r"([0-9]{1,6})(?:[.,]0{1,6})?", plain(cells[name].text)) for name in ("turn", "order")]
        if cells["session"].text and side in ("us", "china") and numbers[0] and numbers[1]:
            return cells["session"].text[:200], side, int(numbers[0][1]), int(numbers[1][1])
        named = zip(
            ("session", "turn", "side", "order"),
            (cells["session"].text, numbers[0], side in ("us", "china"), numbers[1]),
            strict=True,
        )
        wrong = next(name for name, fine in named if not fine)
        say = Sentence("'{value}' is no {column} of an act", value=cells[wrong].text[:40], column=wrong)
        hint = Sentence("leave session, turn, side and order as `study --sheets` wrote them")
        self.problems.error(grid.spot(cells[wrong]), say, code="codes/act", hint=hint)
        return None

    def _is_first(self, grid: Grid, row: tuple[Cell, ...], coder: str, unit: CodedUnit) -> bool:
        where = Sentence("{file}, line {line}", file=grid.path, line=row[0].line)
        first = self.lines.setdefault((coder, unit), where)
        if first == where:
            return True
        say = Sentence("{coder} codes this act a second time; the first is in {place}", coder=coder, place=first)
        self.problems.error(grid.spot(row[0]), say, code="codes/twice", hint="name another coder, or take one out")
        return False

    def _code(self, grid: Grid, cell: Cell, variable: Variable, coder: str, unit: CodedUnit) -> None:
        code = variable.code(plain(cell.text))
        if code is None:
            say = Sentence("'{value}' is no {variable}", value=cell.text[:40], variable=variable.key)
            hint = Sentence("{scale}; NA where it cannot be said", scale=Sentence.of(variable.says))
            self.problems.error(grid.spot(cell), say, code="codes/value", hint=hint)
        else:
            self.coded.setdefault(variable, {}).setdefault(coder, {})[unit] = code


def read_codes(paths: Iterable[Path]) -> Codes:
    """What these files say. Raises UnreadableInput, and ProblemsFound with all problems."""
    reader = _Reader()
    for path in paths:
        reader.read(path)
    reader.problems.raise_errors()
    order = {variable: place for place, variable in enumerate(VARIABLES)}
    coded = sorted(reader.coded.items(), key=lambda each: (order.get(each[0], len(order)), each[0].key))
    coders = sorted({coder for _, by in coded for coder in by})
    units = {unit for _, by in coded for of in by.values() for unit in of}
    return Codes(tuple(coders), len(units), tuple(coded))
