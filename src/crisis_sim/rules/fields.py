"""What an authored model says of its fields and of itself: pydantic's words for it, without pydantic.

A material that was checked before is made again from what was kept of it, and nothing is checked: pydantic, and what it
makes of a hundred models, would be a quarter of the time to the first screen. `crisis_sim.rules.validators` tells it
what stands here once something is to be checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple, cast

NEEDED: Final = object()
"""Stands where there is no default."""


class FieldNote:
    """What pydantic is to be told of a type or a field, in the words of its class of the same name."""

    __slots__ = ("args", "said")

    def __init__(self, *args: Any, **said: Any) -> None:
        self.args = args
        self.said = said


class BeforeValidator(FieldNote):
    """A function that reads what a file says, before it is checked."""

    @property
    def func(self) -> Callable[[Any], Any]:
        """The function."""
        return cast(Callable[[Any], Any], self.args[0])


class AfterValidator(FieldNote):
    """A function that looks at what was checked."""


class StringConstraints(FieldNote):
    """Bounds of a text."""


class FieldBounds(FieldNote):
    """Bounds of a value; at a field its default and what files call it, and the record of a key of the vocabulary."""

    @property
    def default(self) -> Any:
        """What is there where nothing is written; `NEEDED` where something must be."""
        return self.said.get("default", NEEDED)

    @property
    def is_needed(self) -> bool:
        """Something must be written."""
        return self.default is NEEDED

    @property
    def alias(self) -> str | None:
        """What files call it, where that is no name in Python."""
        return self.said.get("alias")

    @property
    def key(self) -> Any:
        """The record of a key of the vocabulary."""
        return self.said.get("key")


def field(**said: Any) -> Any:
    """Bounds, among what a type is annotated with or where a field's default would stand."""
    return FieldBounds(**said)


class ModelCheck(NamedTuple):
    """What a model asks of itself as a whole."""

    mode: Literal["before", "after"]
    check: Any


def model_validator(*, mode: Literal["before", "after"]) -> Callable[[Any], Any]:
    """A method that reads all that a file says of a model, or looks at the model that was made."""
    return lambda check: ModelCheck(mode, check)
