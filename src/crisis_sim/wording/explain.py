"""Conditions and effects as phrases in English or Chinese, for the facilitator's plan, for `check`, and for the docs.

The words of each key stand in its record (`crisis_sim.rules.keys`); here is only how they are put together. Ids are
shown by the name that is given for them, in quotation marks, or else as they are spelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from string import Formatter
from typing import Any, Final

from msgspec import Struct

from crisis_sim.numbers import points_text
from crisis_sim.rules.authored import Authored, Range, Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects, Meter, Press
from crisis_sim.rules.keys import CONTEXT, Key, keys_of, unit_of, used_keys
from crisis_sim.rules.names import Language
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.wording import speaker

_WHOSE_WORDS: Final = keys_of(Press)["whose"].words
_SKELETON: Final = frozenset({"id", "family", "visibility"})
"""Properties of a move that make the frame of its phrase; all others stand side by side in it."""


def explain(condition: Condition, names: Mapping[str, str] | None = None, language: Language = "en") -> str:
    """`condition` in words, with `names` for ids where it has them.

    "in public, a protest or coercion, with no private inquiry by the sender in the last 6 hours"
    """
    return Explainer(names or {}, language).condition(condition)


def outcomes(effects: Effects, names: Mapping[str, str] | None = None, language: Language = "en") -> tuple[str, ...]:
    """What follows, one phrase for each effect, with `names` for ids where it has them.

    ("tension +8", "the receiver’s trust -1.5", "brings the inject “Khoram closes the ward”")
    """
    return Explainer(names or {}, language).effects(effects)


class _Several(Struct, frozen=True):
    """Phrases of which all, or at least one, must hold."""

    all_of: bool
    parts: tuple[_Phrase, ...]


_Phrase = str | _Several


class Explainer:
    """Says conditions and effects in one language, with names for ids."""

    def __init__(self, names: Mapping[str, str], language: Language) -> None:
        self._names = names
        self._language = language
        self._say = speaker(language)

    def condition(self, condition: Condition) -> str:
        """A whole condition."""
        return self._joined(self._said(condition, denied=False))

    def effects(self, effects: Effects) -> tuple[str, ...]:
        """One phrase for each effect."""
        phrases: list[str] = []
        for name, key, value in used_keys(effects):
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Meter):
                    phrases += self._meter(key, item)
                else:
                    phrases.append(self._phrase(Effects, name, key, item, denied=False))
        return tuple(phrases)

    def act(self, move: MoveIs, form: str = "") -> str:
        """A kind of act: in the middle of a sentence, `bare` after "no", `first` in it, or every `other` act."""
        kind, sorts = self._kind(move, bare=form == "bare"), self._qualities(move)
        visibility = "" if move.visibility is None else self._part(MoveIs, "visibility", move.visibility)
        if form == "other":
            return self._other_act(move, sorts, visibility)
        if not sorts:
            plain = self._say("{kind} {visibility}", "rules", kind=kind, visibility=visibility)
            leading = self._say("{visibility}, {kind}", "rules", kind=kind, visibility=visibility)
        else:
            all_of = reduce(self._compare, sorts)
            if not visibility:
                return self._say("{kind} {qualities}", "rules", kind=kind, qualities=all_of)
            parts = {"kind": kind, "qualities": all_of, "visibility": visibility}
            plain = self._say("{kind} {qualities} {visibility}", "rules", **parts)
            leading = self._say("{visibility}, {kind} {qualities}", "rules", **parts)
        return kind if not visibility else leading if form == "first" else plain

    def _kind(self, move: MoveIs, bare: bool = False) -> str:
        families = self._join_or([str(self._part(MoveIs, "family", family)) for family in move.family or ()])
        if move.id is not None:
            ids = self._join_or([self._name_of(ident) for ident in move.id])
            return ids if not move.family else self._say("{id} that is {family}", "rules", id=ids, family=families)
        if not move.family:
            return self._say("act", "rules") if bare else self._say("an act", "rules")
        one = keys_of(MoveIs)["family"].said["counted"].get(move.family[0])
        if one is not None and not bare:
            other_families = (str(self._part(MoveIs, "family", family)) for family in move.family[1:])
            families = self._join_or([self._word(one), *other_families])
        return self._say("{family}", "rules", family=families)

    def _qualities(self, move: MoveIs) -> list[str]:
        """What else is asked of an act; what the catalogue knows comes last."""
        keys = [(name, key, value) for name, key, value in used_keys(move) if name not in _SKELETON]
        keys.sort(key=lambda item: item[1].fits is not None)
        return [self._phrase(MoveIs, name, key, value, denied=False) for name, key, value in keys]

    def _other_act(self, move: MoveIs, sorts: Sequence[str], visibility: str) -> str:
        """The act at hand is another: `without the term package`, `any act but a protest`."""
        if move.id is not None or move.family is not None:
            return self._say("any act but {act}", "rules", act=self.act(move))
        opposites = [item for item in used_keys(move) if "denied" in item[1].said]
        if len(opposites) == len(sorts) == 1 and not visibility:
            return self._phrase(MoveIs, *opposites[0], denied=True)
        qualities = [*sorts, visibility] if visibility else sorts
        return self._say("not {qualities}", "rules", qualities=reduce(self._compare, qualities))

    def _phrase(self, model: type[Authored], name: str, key: Key, value: Any, denied: bool) -> str:
        """What one key says of its value."""
        parts = self._parts(model, name, key, value, denied)
        used_places = {place for place, part in parts.items() if part != ""} if isinstance(value, Authored) else set()
        phrases = key.phrases(denied, value.at_least if isinstance(value, Made) else value)
        chosen = next((phrase for phrase in phrases if used_places <= places(phrase)), None)
        if chosen is None:
            raise LookupError(f"'{name}' has no words for all of {sorted(used_places)}")
        return " ".join(self._fill(chosen, parts).split())

    def _parts(self, model: type[Authored], name: str, key: Key, value: Any, denied: bool) -> dict[str, object]:
        """What stands in the places of a key's words."""
        if isinstance(value, MoveIs):
            return {name: _Formed(lambda form: self.act(value, form))}
        if not isinstance(value, Authored) or isinstance(value, Text):
            if denied and isinstance(value, int) and key.lowered is not None and "denied" not in key.said:
                value = 100 - value
            return {} if isinstance(value, bool) else {name: self._part(model, name, value)}
        parts: dict[str, object] = {}
        if isinstance(value, Range):
            parts["range"] = self._range(value, denied)
        for inner, part in keys_of(type(value)).items():
            if key.heeds is None or inner in key.heeds:
                parts[inner] = self._inner(type(value), inner, part, getattr(value, inner), denied)
        return parts

    def _inner(self, model: type[Authored], name: str, key: Key, value: Any, denied: bool) -> object:
        """What a key within another says; nothing where it says what would be so anyway."""
        if value is None:
            return ""
        if isinstance(value, MoveIs):
            return _Formed(lambda form: self.act(value, form))
        if not key.phrases():
            return self._part(model, name, value)
        as_it_would_be = not key.needed and value == model.model_fields[name].default
        return "" if as_it_would_be else self._phrase(model, name, key, value, denied)

    def _part(self, model: type[Authored], name: str, value: Any) -> Any:
        """One value: a number, a word, a name, or several."""
        words = keys_of(model)[name].words
        match value:
            case tuple():
                return self._join_or([str(self._part(model, name, item)) for item in value])
            case Range():
                return self._range(value, denied=False)
            case Text():
                return value.in_(self._language)
            case bool() | str() if value in words:
                return self._word(words[value])
            case str():
                return self._name_of(value)
            case int() if unit_of(model, name) == "hours":
                return self._hours(value)
            case int() if unit_of(model, name) == "hundredths":
                return _points(value)
            case _:
                return value

    def _meter(self, key: Key, meter: Meter) -> Iterator[str]:
        parts: dict[str, object] = {}
        for name, inner in keys_of(type(meter)).items():
            if (value := getattr(meter, name)) is not None:
                parts[name] = self._phrase(type(meter), name, inner, value, denied=False)
        phrase = next(phrase for phrase in key.phrases() if parts.keys() <= places(phrase))
        for side, word in _WHOSE_WORDS.items():
            if points := getattr(meter, side, 0):
                yield self._fill(phrase, {**parts, "whose": self._word(word), "by": _points(points)})

    # small parts

    def _fill(self, english: str, parts: Mapping[str, object]) -> str:
        return self._say(english, CONTEXT, **parts)

    def _word(self, english: str) -> str:
        return self._say(english, CONTEXT)

    def _name_of(self, ident: str) -> str:
        name = self._names.get(ident)
        if name:
            return self._say("“{name}”", "rules", name=name)
        return self._say("{id:words}", "rules", id=_Formed(lambda form: ident.replace("-", " ") if form else ident))

    def _join_or(self, words: Sequence[str]) -> str:
        """`a, b or c`."""
        if len(words) < 2:
            return "".join(words)
        first = reduce(lambda one, other: self._say("{one}, {other}", "rules", one=one, other=other), words[:-1])
        return self._say("{one} or {other}", "rules", one=first, other=words[-1])

    def _compare(self, one: str, other: str) -> str:
        return self._say("{one} {other}", "rules", one=one, other=other)

    def _range(self, bounds: Range, denied: bool) -> str:
        """`at least 2`, `at most 3`, `from 2 to 3`, `exactly 2`, or the opposite."""
        low, high = (None if bound is None else points_text(bound) for bound in (bounds.at_least, bounds.at_most))
        if low == high:
            return self._say("other than {low}" if denied else "exactly {low}", "rules", low=low)
        if low is not None and high is not None:
            return self._say(
                "outside {low} to {high}" if denied else "from {low} to {high}", "rules", low=low, high=high
            )
        if low is not None:
            return self._say("under {low}" if denied else "at least {low}", "rules", low=low)
        return self._say("over {high}" if denied else "at most {high}", "rules", high=high)

    def _hours(self, hours: int) -> str:
        if hours % 24 == 0 and hours > 24:
            return self._say("{count} days", "rules", count=hours // 24)
        return self._say("{n} hour", "rules", plural="{n} hours", n=hours)

    # together

    def _said(self, condition: Condition, denied: bool) -> _Phrase:
        """What a condition says, with every `not` taken down to the single phrases."""
        own = [
            self._phrase(Condition, name, key, value, denied)
            for name, key, value in used_keys(condition)
            if key.phrases()
        ]
        return _several(not denied, [*own, *self._members(condition, denied)])

    def _members(self, condition: Condition, denied: bool) -> Iterator[_Phrase]:
        if condition.all is not None:
            yield _several(not denied, [self._said(part, denied) for part in condition.all])
        if condition.any is not None:
            yield _several(denied, [self._said(part, denied) for part in condition.any])
        if condition.not_ is not None:
            yield self._said(condition.not_, not denied)

    def _joined(self, phrase: _Phrase) -> str:
        if isinstance(phrase, str):
            return phrase
        if not phrase.parts:
            return self._word("always") if phrase.all_of else self._word("never")
        if not phrase.all_of:
            return self._say("either {choices}", "phrases", choices=self._choices(phrase))
        plain = [part for part in phrase.parts if isinstance(part, str)]
        choices = [self._within(part) for part in phrase.parts if not isinstance(part, str)]
        return reduce(self._and_choice, [*([reduce(self._and, plain)] if plain else []), *choices])

    def _choices(self, group: _Several) -> str:
        words = [self._within(part) for part in group.parts]
        return reduce(self._or if all(isinstance(part, str) for part in group.parts) else self._or_else, words)

    def _within(self, part: _Phrase) -> str:
        """A list within a list: one of plain phrases reads on, and one that holds lists of its own is set off."""
        if isinstance(part, str):
            return part
        if not part.parts or not all(isinstance(inner, str) for inner in part.parts):
            return self._say("({phrases})", "phrases", phrases=self._joined(part))
        if part.all_of:
            together = reduce(self._and_that, map(str, part.parts))
            return self._say("{phrases}", "phrases within phrases", phrases=together)
        return self._say("either {choices}", "phrases within phrases", choices=self._choices(part))

    def _and(self, one: str, other: str) -> str:
        return self._say("{one}, {other}", "phrases", one=one, other=other)

    def _and_choice(self, one: str, other: str) -> str:
        return self._say("{one}, and {other}", "phrases", one=one, other=other)

    def _and_that(self, one: str, other: str) -> str:
        return self._say("{one} and {other}", "phrases", one=one, other=other)

    def _or(self, one: str, other: str) -> str:
        return self._say("{one} or {other}", "phrases", one=one, other=other)

    def _or_else(self, one: str, other: str) -> str:
        return self._say("{one}; or {other}", "phrases", one=one, other=other)


class _Formed:
    """A word that a phrase may have in several forms, by what stands behind the colon of its place."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form

    def __format__(self, spec: str) -> str:
        return self._form(spec)


def _points(value: int) -> _Formed:
    return _Formed(lambda form: points_text(value, signed=form == "+"))


def places(phrase: str) -> frozenset[str]:
    """What is filled in."""
    return frozenset(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)


def _several(all_of: bool, parts: Sequence[_Phrase]) -> _Phrase:
    """Nothing is said twice, and a list within a list of its own kind is one list."""
    flat: list[_Phrase] = []
    for part in parts:
        flat += part.parts if isinstance(part, _Several) and part.all_of == all_of else (part,)
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else _Several(all_of, unique)
