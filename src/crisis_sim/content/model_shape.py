"""The shape of authored files, read off the models: which keys may stand where, and where else a key belongs.

Serves the sentences about mistakes, and what is left of a file that has some; it checks no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Final, NamedTuple, Union, get_args, get_origin

from pydantic import BeforeValidator, TypeAdapter

from crisis_sim.content.authored_bonds import InstructionCard, SidedText
from crisis_sim.content.authored_stakes import Change, Line, Mark, Watch
from crisis_sim.content.guesses import nearly
from crisis_sim.content.scenario import Files, Forecast, Inject
from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, Text, field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.moment import CommitmentIs, FactIs
from crisis_sim.rules.pack import Rule
from crisis_sim.rules.properties import MoveIs
from crisis_sim.wording import _

SHORT_FORMS: Final[dict[type[Authored], Sentence]] = {
    Text: Sentence("a text"),
    Files: Sentence("a text"),
    SidedText: Sentence("a text"),
    MoveIs: Sentence("a move's id or keys with values"),
    FactIs: Sentence("a fact's id or keys with values"),
    CommitmentIs: Sentence("a commitment's id or keys with values"),
}
"""What may be written in place of a model's keys."""


_UNDER_THEN: Final = _("write it under `then`")
_WHEN: Final = _("write it under `when`")

HOMES: Final[dict[type[Authored], dict[type[Authored], str]]] = {
    Condition: {
        MoveIs: _("ask it of a move: move: {{{key}: …}}"),
        Effects: _("it is an effect; write it under `then`"),
    },
    Effects: {Condition: _("it is a condition; write it under `when`")},
    MoveIs: {Condition: _("write it beside `move`, not inside")},
    Rule: {Effects: _UNDER_THEN, Condition: _WHEN},
    Inject: {Effects: _UNDER_THEN, Condition: _WHEN},
    Mark: {Effects: _UNDER_THEN},
    Line: {Effects: _("write it under `crossing`")},
    Watch: {Condition: _WHEN},
    Change: {Condition: _WHEN},
    Forecast: {Condition: _("write it under `happens`")},
    InstructionCard: {Condition: _("write it under `met_when`")},
}
"""For a model, others near it whose keys are written into it by mistake, and what to do about that."""


BY_HINTS: Final[Mapping[type[Authored], str]] = {
    Condition: _(
        "whose act it was stands beside the `move` of a record (earlier, same_turn or ever: {{move: …, by: …}}), and of"
        " the act at hand within it (move: {{id: …, by: us}}), where it may be either team's"
    ),
    FactIs: _("whose fact it is stands under `of`"),
    Effects: _("how much stands within an effect: press: {{line: …, by: …}}"),
}
"""What to do with a `by` in these."""


SEALED: Final = frozenset({"instruction", "instructions", "card", "cards", "belief", "beliefs"})
"""What somebody may try to ask in a condition of instruction cards and beliefs."""


def home_of(key: str, models: Sequence[type[Authored]]) -> str:
    """What to do with a key that belongs to another part nearby; empty when there is none, or it is a key misspelt."""
    if key == "by" and (hint := next((BY_HINTS[model] for model in models if model in BY_HINTS), "")):
        return Sentence(hint, key=key)
    if key in SEALED and Condition in models:
        return Sentence(
            "a card and what is believed are sealed, and nothing hangs on them: a scenario has them under"
            " `instructions`, and the debrief scores them"
        )
    if any(nearly(key, candidate) for model in models for candidate in _keys(model)):
        return ""
    homes = [home for model in models for home in HOMES.get(model, {}).items()]
    return next((Sentence(hint, key=key) for home, hint in homes if key in _keys(home)), "")


class ValueForm:
    """A type that a value in a file may have."""

    def __init__(self, annotation: Any) -> None:
        self._whole = annotation
        self.lone = False
        """A lone value may stand for a list of one."""
        while get_origin(annotation) is Annotated:
            annotation, *notes = get_args(annotation)
            self.lone |= any(isinstance(note, BeforeValidator) for note in notes)
        self.bare = annotation
        self.origin = get_origin(annotation)
        self.args = get_args(annotation)

    def read(self, value: Any) -> Any:
        """The value as a model would hold it; raises ValidationError."""
        return self._validator.validate_python(value.strip() if isinstance(value, str) else value)

    @cached_property
    def _validator(self) -> TypeAdapter[Any]:
        return TypeAdapter(self._whole)

    @cached_property
    def choices(self) -> Sequence[ValueForm]:
        """The types that it may be, if there are several."""
        of_several = self.origin in (Union, UnionType)
        return [ValueForm(arg) for arg in self.args if arg is not NoneType] if of_several else ()

    @cached_property
    def items(self) -> ValueForm | None:
        """The type of the items, of a list of any length."""
        return ValueForm(self.args[0]) if self.origin is tuple and self.args[-1:] == (Ellipsis,) else None

    @cached_property
    def entries(self) -> tuple[ValueForm, ValueForm] | None:
        """The types of keys and values, of a mapping."""
        return (ValueForm(self.args[0]), ValueForm(self.args[1])) if self.origin is dict else None

    @cached_property
    def kind(self) -> type[Authored] | None:
        """The model that it is."""
        is_model = isinstance(self.bare, type) and issubclass(self.bare, Authored)
        return self.bare if is_model else None

    @property
    def kinds(self) -> Iterator[type[Authored]]:
        """The models that it may be."""
        for form in self.choices or (self,):
            if form.kind is not None:
                yield form.kind

    def step(self, part: int | str) -> Iterator[ValueForm]:
        """What lies one step further."""
        if self.kind is not None:
            yield from (field.form for field in fields_of(self.kind).values() if field.key == part)
        elif self.entries is not None:
            yield self.entries[1]
        elif self.origin is tuple and isinstance(part, int):
            yield self.items or ValueForm(self.args[min(part, len(self.args) - 1)])
        for choice in self.choices:
            yield from choice.step(part)


class Field(NamedTuple):
    """What stands under a key of a model."""

    key: str
    form: ValueForm
    required: bool
    default: Any


@cache
def fields_of(kind: type[Authored]) -> Mapping[str, Field]:
    """The fields of a model by their names in the code."""
    types = field_types(kind)
    return {
        name: Field(info.alias or name, ValueForm(types[name]), info.is_required(), info.default)
        for name, info in kind.model_fields.items()
    }


def keys_at(kind: type[Authored], raw: Sequence[int | str]) -> list[str]:
    """The keys that the model at a path has; none where the path leads to no model."""
    return [key for model in models_at(kind, raw) for key in _keys(model)]


def _keys(model: type[Authored]) -> list[str]:
    return [field.key for field in fields_of(model).values()]


def models_at(kind: type[Authored], raw: Sequence[int | str]) -> list[type[Authored]]:
    """The models that a path of keys and list places leads to from `kind`; the checker's own steps are skipped."""
    return [model for form in _forms_at(kind, raw) for model in form.kinds]


def _forms_at(kind: type[Authored], raw: Sequence[int | str]) -> Sequence[ValueForm]:
    """The types of what a path leads to."""
    forms: Sequence[ValueForm] = (ValueForm(kind),)
    for part in raw:
        forms = [inner for form in forms for inner in form.step(part)] or forms
    return forms
