"""What every authored model has in common: strict keys, frozen values, and the small types written in files.

A file's numbers become hundredths (`AuthoredPoints`), its durations whole hours, its texts one `Text` with a form for
each language. Anything else is refused here, so that no later floor meets a half-checked value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Final, Literal, Self, TypeAlias, TypeVar, get_type_hints

from crisis_sim.errors import Sentence
from crisis_sim.numbers import hours, points, points_text
from crisis_sim.rules.fields import (
    NEEDED,
    AfterValidator,
    BeforeValidator,
    FieldBounds,
    ModelCheck,
    StringConstraints,
    field,
    model_validator,
)
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

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A kebab-case name, stable for ever: logs hold it."""

AuthoredPoints: TypeAlias = Annotated[int, BeforeValidator(_points)]
"""A score in hundredths; files write it with at most two decimals."""

Factor: TypeAlias = Annotated[int, BeforeValidator(_factor)]
"""A multiplier in hundredths, 0–10; files write 1.5."""

Share: TypeAlias = Annotated[int, BeforeValidator(_share)]
"""A share of one in hundredths, 0–1; files write 0.6."""

AuthoredHours: TypeAlias = Annotated[int, BeforeValidator(_hours), field(ge=0, le=100_000)]
"""Game time in whole hours; files write 14h or 2d."""

Percent: TypeAlias = Annotated[int, field(ge=0, le=100, strict=True)]
"""A share or chance, 0–100."""

Hostility: TypeAlias = Annotated[int, field(ge=-3, le=3, strict=True)]
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
    dict[Length, AuthoredPoints], BeforeValidator(_by_length), AfterValidator(_every_length)
]
"""A score for each length of a session; a plain number is for all of them."""


class AuthoredType(type):
    """Keeps what the body of a class says of its fields and of a model as a whole."""

    field_notes: Mapping[str, FieldBounds]
    """What is said of each field, in their order, inherited ones first."""
    checks: Mapping[str, ModelCheck]
    """What a model asks of itself as a whole, likewise."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> AuthoredType:
        """A class whose fields have no values of their own."""
        said = {each: _notes(body.pop(each, NEEDED)) for each in body.get("__annotations__", ()) if each[0] != "_"}
        made = super().__new__(cls, name, bases, body)
        above = [each for each in bases if isinstance(each, AuthoredType)]
        checks = {each: check for each, check in body.items() if isinstance(check, ModelCheck)}
        made.field_notes = {
            key: of for each in (*(kind.field_notes for kind in above), said) for key, of in each.items()
        }
        made.checks = {key: of for each in (*(kind.checks for kind in above), checks) for key, of in each.items()}
        return made

    @property
    def hints(cls) -> Mapping[str, Any]:
        """The types of the fields, with all that they are annotated with."""
        return _hints(cls)


def _notes(default: Any) -> FieldBounds:
    if isinstance(default, FieldBounds):
        return default
    return FieldBounds() if default is NEEDED else FieldBounds(default=default)


@cache
def _hints(kind: AuthoredType) -> Mapping[str, Any]:
    found = get_type_hints(kind, include_extras=True)
    return {name: found[name] for name in kind.field_notes}


class Authored(metaclass=AuthoredType):
    """A frozen model that knows exactly its keys: plain values, which pydantic checks where they come out of a file.

    `crisis_sim.rules.validators` makes checked ones; names of pydantic's are what it has them for.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    # pydantic fills them in.

    @classmethod
    def kept(cls, values: dict[str, Any], given: set[str]) -> Self:
        """One that was checked before: all its values, and the names of those that were written."""
        made = cls.__new__(cls)
        _put(made, "__dict__", values)
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_fields_set__", given)
        _put(made, "__pydantic_private__", None)
        return made

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """One of checked values; what is not given is as it is where nothing is written."""
        held = {
            name: values.get(name, usual)
            for name, notes in cls.field_notes.items()
            if (usual := notes.default) is not NEEDED or name in values
        }
        return cls.kept(held, set(values) if _fields_set is None else _fields_set)

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same with other values."""
        more = update or {}
        return self.kept({**self.__dict__, **more}, {*self.model_fields_set, *more})

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that are written."""
        found: set[str] = getattr(self, "__pydantic_fields_set__")  # noqa: B009 - one of the slots
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Made again as it was, by whoever copies it."""
        return type(self).kept, (self.__dict__, self.model_fields_set)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        """Of all values; TypeError for one with a mapping in it."""
        return hash(self._values())

    def __repr__(self) -> str:
        written = ", ".join(f"{name}={self.__dict__.get(name)!r}" for name in sorted(self.model_fields_set))
        return f"{type(self).__name__}({written})"

    def _values(self) -> tuple[Any, ...]:
        held = self.__dict__
        return tuple([held.get(name) for name in type(self).field_notes])


_put: Final = object.__setattr__


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
SomeOf: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(one_or_many), field(min_length=1)]
Lengths: TypeAlias = OneOrMany[Length]
"""One length of a session or several."""
