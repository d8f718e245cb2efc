"""What every authored model has in common: strict keys, frozen values, and the small types written in files.

A file's numbers become hundredths (`AuthoredPoints`), its durations whole hours, its texts one `Text` with a form for
each language. Anything else is refused here, so that no later floor meets a half-checked value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from crisis_sim.errors import Sentence
from crisis_sim.numbers import hours, points, points_text
from crisis_sim.rules.names import Language, Words


def _points(value: Any) -> Any:
    """Hundredths from a number in a file."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ValueError(Sentence("write a number with at most two decimals"))
    return points(value)


def _no_percent(value: Any) -> None:
    """Refuse a share in percent, as `150 %`, with what to write for it."""
    if isinstance(value, str) and (percent := re.fullmatch(r"\s*([0-9]{1,4})\s*%\s*", value)):
        share = points_text(int(percent[1]))
        raise ValueError(Sentence("'{value}' is a share in percent: write {share} for it", value=value, share=share))


def _factor(value: Any) -> Any:
    """Hundredths of a multiplier."""
    _no_percent(value)
    factor = _points(value)
    if not 0 <= factor <= 1000:
        raise ValueError(Sentence("a factor lies between 0 and 10, so {value} cannot be one", value=value))
    return factor


def _share(value: Any) -> Any:
    """Hundredths of a share of one."""
    _no_percent(value)
    share = _points(value)
    if not 0 <= share <= 100:
        raise ValueError(Sentence("this lies between 0 and 1, so it cannot be {value}", value=value))
    return share


def _hours(value: Any) -> Any:
    """Whole hours from '14h' or '2d'."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(Sentence("write hours as 14h or days as 2d"))
    return hours(value)


FORMAT: Final = 1
"""The format of scenarios and rule packs that this program reads."""

_ID_MESSAGE: Final = "An id is written in lower case letters, digits and hyphens, such as survey-ship."

Id: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60),
    Field(json_schema_extra={"patternErrorMessage": _ID_MESSAGE}),
]
"""A kebab-case name, stable for ever: logs hold it."""

_DECIMALS: Final = {"type": ["number", "string"], "pattern": r"^[+-]?[0-9]+(\.[0-9]{1,2})?$"}

AuthoredPoints: TypeAlias = Annotated[int, BeforeValidator(_points), WithJsonSchema(_DECIMALS)]
"""A score in hundredths; files write it with at most two decimals."""

Factor: TypeAlias = Annotated[
    int, BeforeValidator(_factor), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10})
]
"""A multiplier in hundredths, 0–10; files write 1.5."""

Share: TypeAlias = Annotated[
    int, BeforeValidator(_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
"""A share of one in hundredths, 0–1; files write 0.6."""

AuthoredHours: TypeAlias = Annotated[
    int,
    BeforeValidator(_hours),
    Field(ge=0, le=100_000),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": "^([0-9]{1,9}h|[0-9]{1,9}d( ?[0-9]{1,9}h)?)$",
            "patternErrorMessage": "Write a time in whole hours or days, such as 14h or 2d.",
            "if": {"type": "integer"},
            "then": {"const": 0, "errorMessage": "A time says what it counts: write 14h for hours, or 2d for days."},
        }
    ),
]
"""Game time in whole hours; files write 14h or 2d."""

Percent: TypeAlias = Annotated[int, Field(ge=0, le=100, strict=True)]
"""A share or chance, 0–100."""

Hostility: TypeAlias = Annotated[int, Field(ge=-3, le=3, strict=True)]
"""How hostile an act is meant or taken: −3 friendly … +3 hostile."""


def number_as_text(value: object) -> object:
    """What is a number to YAML and a text to people, such as a year or a seed."""
    return str(value) if type(value) is int else value


def _minutes(value: Any) -> Any:
    """JSON objects have text keys; a log's header brings 45 back as "45"."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


Length: TypeAlias = Annotated[Literal[45, 90, 150], BeforeValidator(_minutes)]
"""Minutes of a whole session, briefing to hotwash."""
LENGTHS: Final[tuple[Literal[45, 90, 150], ...]] = (45, 90, 150)


def _by_length(value: Any) -> Any:
    """A lone number stands for every length."""
    return value if isinstance(value, dict) else dict.fromkeys(LENGTHS, value)


def _every_length(value: Any) -> Any:
    missing = [str(length) for length in LENGTHS if length not in value]
    if missing:
        raise ValueError(Sentence("say it for every length; {missing} is missing", missing=", ".join(missing)))
    return value


ByLength: TypeAlias = Annotated[
    dict[Length, AuthoredPoints],
    BeforeValidator(_by_length),
    AfterValidator(_every_length),
    WithJsonSchema({"anyOf": [_DECIMALS, {"type": "object", "additionalProperties": _DECIMALS}]}),
]
"""A score for each length of a session; a plain number is for all of them."""


class Authored(BaseModel):
    """A frozen model that knows exactly its keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True, use_attribute_docstrings=True
    )


@cache
def field_types(model: type[BaseModel]) -> Mapping[str, Any]:
    """The types of a model's fields by their names, with all that they are annotated with."""
    return {
        name: Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        for name, info in model.model_fields.items()
    }


class Text(Authored):
    """Words shown to people, in English and perhaps Chinese; files may write a plain string for English alone."""

    en: Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
    """The words in English."""
    zh: Annotated[str, StringConstraints(min_length=1, max_length=20_000)] | None = None
    """The words in Chinese."""

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"en": value} if isinstance(value, str) else value

    def in_(self, language: Language) -> str:
        """The words in `language`, or in English where they have not been written."""
        return (self.zh or self.en) if language == "zh" else self.en

    @property
    def words(self) -> Words:
        """The words in every language that they have been written in."""
        return {"en": self.en} if self.zh is None else {"en": self.en, "zh": self.zh}

    def __str__(self) -> str:
        return self.en


class ById(Authored):
    """Something of which a plain id may stand for `{id: …}`."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


class SourceText(Text):
    """Where a number or a claim comes from; it alone may tell history, and name countries."""


class Range(Authored):
    """Bounds on a number, both inclusive; at least one is given."""

    at_least: AuthoredPoints | None = None
    """This or more."""
    at_most: AuthoredPoints | None = None
    """This or less."""

    @model_validator(mode="after")
    def _bounded(self) -> Range:
        if self.at_least is None and self.at_most is None:
            raise ValueError(Sentence("give at_least, at_most or both"))
        return self


def one_or_many(value: Any) -> Any:
    """A lone value stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


T = TypeVar("T")
OneOrMany: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(one_or_many)]
"""Several of a kind, of which files may write a single one plainly; and the same, at least one."""
SomeOf: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(one_or_many), Field(min_length=1)]
Lengths: TypeAlias = OneOrMany[Length]
"""One length of a session or several."""
