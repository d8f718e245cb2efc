"""What is left of a file that makes no model, so that the rest of its mistakes can be found in the same check.

Every part that can be read is kept where it stands; a part that cannot is `absent`, and something empty of its kind
stands in for it, so that nothing shifts and no name that is given gets lost. A stand-in is never to be judged: what is
said of a place goes through `Source.is_given`. Nothing is played from what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, cast

from pydantic_core import ValidationError

from crisis_sim.content.model_shape import SHORT_FORMS, Field, ValueForm, fields_of
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.keys import Loc

Model = TypeVar("Model", bound=Authored)


KEY: Final = "[key]"
"""A step beyond a key that means the key itself."""


class Contradiction(NamedTuple):
    """Parts that are right one by one and do not go together."""

    loc: Loc
    sentence: str


class RemainingModel(NamedTuple, Generic[Model]):
    """What is left of a tree."""

    model: Model
    absent: Mapping[Loc, Any]
    """Where something stands in for what cannot be read, and what is there; None where a key is missing."""
    senseless: Sequence[Contradiction]
    """What the models say of themselves only once all their parts can be read."""


def remaining_model(kind: type[Model], tree: Any, wrong: Collection[Loc]) -> RemainingModel[Model]:
    """The parts of a tree of which a model can be made; `wrong` are the places that were found not to fit."""
    collector = _Remaining(frozenset(loc[:length] for loc in wrong for length in range(len(loc) + 1)))
    model = collector.model(kind, tree, ())
    return RemainingModel(model, collector.absent, collector.senseless)


class _Remaining:
    """Gathers what is left, from the whole down to the parts that cannot be read."""

    def __init__(self, wrong: Collection[Loc]) -> None:
        """What lies at `wrong` does not fit as a whole, and is not tried again as one."""
        self.absent: dict[Loc, Any] = {}
        self.senseless: list[Contradiction] = []
        self._wrong = wrong

    def model(self, kind: type[Model], tree: Any, loc: Loc) -> Model:
        """A model with what is left of its parts; its own checks of itself are told as far as nothing is absent."""
        fields = fields_of(kind)
        if kind in SHORT_FORMS and isinstance(tree, str | list):
            tree = {next(iter(fields.values())).key: tree}
        if not isinstance(tree, dict):
            self.absent[loc] = tree
            return _empty(kind)
        values: dict[str, Any] = {}
        missing = set[str]()
        for name, field in fields.items():
            field_loc = (*loc, field.key) if field.required or field.key in tree else ()
            if field.key in tree:
                values[name] = self._value(field.form, tree[field.key], field_loc, field)
            elif field.required:
                self.absent[field_loc] = None
            if field_loc in self.absent:
                missing.add(name)
        model = _empty(kind).model_copy(update=values)
        if len(values) == len(tree):
            self.senseless += [Contradiction(loc, sentence) for sentence in _own_checks(kind, model, missing)]
        return model

    def _value(self, form: ValueForm, value: Any, loc: Loc, field: Field | None = None) -> Any:
        """What is left of a value; what stands in for it is the default of its field, or something empty."""
        if loc not in self._wrong:
            try:
                return form.read(value)
            except ValidationError:
                pass  # a short form: its parts are elsewhere in the model than in the file
        for choice in form.choices or (form,):
            if choice.kind is not None and (isinstance(value, dict) or choice.kind in SHORT_FORMS):
                return self.model(choice.kind, value, loc)
            if choice.items is not None and (isinstance(value, list) or choice.lone):
                many = value if isinstance(value, list) else [value]
                return tuple(self._value(choice.items, item, (*loc, place)) for place, item in enumerate(many))
            if choice.entries is not None and isinstance(value, dict):
                return self._entries(*choice.entries, value, loc)
        self.absent[loc] = value
        return _empty_value(form) if field is None or field.required else field.default

    def _entries(self, keys: ValueForm, values: ValueForm, tree: Mapping[Any, Any], loc: Loc) -> dict[Any, Any]:
        """The entries, those under a text that cannot be a key here too."""
        entries: dict[Any, Any] = {}
        for key, value in tree.items():
            try:
                name = keys.read(key)
            except ValidationError:
                if not isinstance(key, str):
                    self.absent[(*loc, key)] = value
                    continue
                name = key
                self.absent[(*loc, key, KEY)] = key
            entries[name] = self._value(values, value, (*loc, key))
        return entries


def _own_checks(kind: type[Authored], model: Authored, missing: Collection[str]) -> Iterator[str]:
    """What a model says against itself. A check that asks for a part that is `missing` cannot be made."""
    probe = model.model_copy()
    for name in missing:
        probe.__dict__.pop(name, None)
    try:
        kind.model_validate(probe)
    except AttributeError:
        return
    except ValidationError as error:
        yield from (detail["ctx"]["error"].args[0] for detail in error.errors())


def _empty(kind: type[Model]) -> Model:
    """A model of which every key that is needed has something empty."""
    needed = {name: _empty_value(field.form) for name, field in fields_of(kind).items() if field.required}
    return cast(Model, kind.model_construct(_fields_set=set(), **needed))


def _empty_value(form: ValueForm) -> Any:
    """Something empty of a type."""
    if form.bare is Any or NoneType in form.args:
        return None
    if form.choices:
        return _empty_value(form.choices[0])
    if form.kind is not None:
        return _empty(form.kind)
    if form.origin is Literal:
        return form.args[0]
    if form.origin is tuple and form.items is None:
        return tuple(_empty_value(ValueForm(arg)) for arg in form.args)
    return (form.origin or form.bare)()
