"""Plain YAML scalars as values, by the core schema of YAML 1.2: null, true and false, numbers, text.

Which scalar is of which kind is yamlcore's to say. Numbers stay exact; the ones nobody can count with are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import yaml

from crisis_sim.errors import Sentence

# yamlcore names the C classes even where PyYAML was built without them.
vars(yaml).setdefault("CBaseLoader", yaml.BaseLoader)
vars(yaml).setdefault("CBaseDumper", yaml.BaseDumper)
from yamlcore import CoreLoader  # type: ignore[import-untyped]  # no types  # noqa: E402 - after the names

LONGEST_NUMBER: Final = 30
"""The most characters of one number."""

_GREATEST = 15


def plain(text: str) -> Any:
    """The value of a plain scalar; raises Uncountable."""
    for matches, made in _KINDS.get(text[:1], ()):
        if matches(text):
            return made(text)
    return text


class Uncountable(Exception):
    """A scalar that reads as a number, and is none that can be used."""

    def __init__(self, why: Sentence) -> None:
        """`why` it cannot."""
        super().__init__(why)
        self.why = why


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Uncountable(Sentence("this number is too long"))
    if text.startswith(("0o", "0x")):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return int(text)


def _fraction(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise Uncountable(Sentence("this number is too long"))
    if text[-1] in "fFnN":
        raise Uncountable(Sentence("{number} is not a number that can be counted with", number=text))
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
        size = _GREATEST + 1
    else:
        size = abs(number.adjusted())
    if size > _GREATEST:
        raise Uncountable(Sentence("this number is too large or too small"))
    return number


_MAKERS: Final[dict[str, Callable[[str], Any]]] = {
    "null": lambda text: None,
    "bool": lambda text: text[0] in "tT",
    "int": _whole,
    "float": _fraction,
}
_KINDS: Final = {
    first: tuple((pattern.match, _MAKERS[tag.rpartition(":")[2]]) for tag, pattern in kinds)
    for first, kinds in CoreLoader.yaml_implicit_resolvers.items()
}
"""For the first character of a plain scalar, what it may be besides text: yamlcore's rules of the core schema."""

MAY_BE_MORE: Final = frozenset(_KINDS)
"""First characters of plain scalars that may be more than text; the empty one is null."""
