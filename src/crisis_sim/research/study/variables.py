"""What coders code: four variables of the instrument for messages, and any others that a column names with its level.

A column headed `frame:nominal` is a variable `frame` of whoever leads the study; its level decides what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: Final[tuple[Level, ...]] = ("nominal", "ordinal", "interval", "ratio")
Code: TypeAlias = float | str


class Variable(NamedTuple):
    """One variable."""

    key: str
    level: Level
    """What its values are; agreement is also counted at every level below."""
    says: str
    words: tuple[str, ...] = ()
    """The values it can have, where they are words."""
    low: float | None = None
    high: float | None = None
    lowest: Level = "nominal"
    """The level from which agreement is counted; for a scale of a hundred steps, equal numbers say nothing."""

    @property
    def levels(self) -> tuple[Level, ...]:
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
    "hostility", "interval", "How hostile is this act? -3 friendly … +3 hostile", low=-3, high=3
)
VARIABLES: Final = (
    HOSTILITY,
    Variable(
        "illocution",
        "nominal",
        "What is it doing? assert, ask (or demand), promise (or threaten), express, declare",
        words=("assert", "ask", "promise", "express", "declare"),
    ),
    Variable(
        "audience",
        "nominal",
        "Who is it mainly for? other (the other side), home (its own public), third (third states), allies",
        words=("other", "home", "third", "allies"),
    ),
    Variable(
        "control",
        "ratio",
        "Was it ordered at the top? 0 surely not … 100 surely, in percent",
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
    return Variable(match[1], level, f"a variable of this study, {level}")
