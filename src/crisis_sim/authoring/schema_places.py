"""A schema put together for the places of a file: which keys mean something there, whom they may name, which ids exist.

What a place allows is `crisis_sim.content.where`'s to say, so an editor offers what the loader takes, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args

from crisis_sim.authoring import schema_words
from crisis_sim.authoring.schema_forms import AS_WRITTEN, MANY, WRITTEN, Schema, forms, one_or_many
from crisis_sim.content import where
from crisis_sim.content.authored_bonds import InstructionCard, NamedAnswer, Otherwise, SidedText, VoiceAct
from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.authored_stakes import Change, Line, Mark, TrackOf, Watch
from crisis_sim.content.scenario import After, Files, Forecast, Inject, MovesATurn, Scenario, TextFile
from crisis_sim.content.where import COUNTRIES, ROLES, RULES, Where
from crisis_sim.errors import Sentence
from crisis_sim.rules.authored import Authored, Id, SourceText, Text
from crisis_sim.rules.base_settings import LineSettings
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import (
    Cross,
    Effects,
    Latency,
    Meter,
    Odds,
    Press,
    Readiness,
    Reopen,
    SetFact,
    Standing,
    Suspend,
)
from crisis_sim.rules.moment import CommitmentIs, DecidedIs, DisclosedIs, FactIs, MeterIs
from crisis_sim.rules.pack import Commitment, Pack, Rule
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.rules.workload_settings import LIMITS, SettingLoad, WorkloadSettings


class SchemaPlace(NamedTuple):
    """A kind of place where conditions or effects stand."""

    label: str
    """Told apart from others in the names of definitions."""
    where: Where


_ANY_RULE: Final = Where(
    Sentence("a rule"),
    asks=frozenset[str]().union(*(rule.asks for rule in RULES.values())),
    does=frozenset[str]().union(*(rule.does for rule in RULES.values())),
    who=ROLES,
    act=True,
)

_ANYWHERE: Final = SchemaPlace("anywhere", _ANY_RULE)

PLACES: Final[Mapping[schema_words.ModelKey, SchemaPlace]] = {
    (Watch, "when"): SchemaPlace("act", where.WATCH),
    (Change, "when"): SchemaPlace("act", where.CHANGES["act"]),
    (Line, "crossing"): SchemaPlace("crossing", where.CROSSING),
    (TrackOf, "stops_when"): SchemaPlace("moment", where.STOPS),
    (Mark, "then"): SchemaPlace("moment", where.MARK),
    (Inject, "when"): SchemaPlace("moment", where.INJECT),
    (Inject, "then"): SchemaPlace("moment", where.INJECT),
    **{(model, "then"): SchemaPlace("moment", where.DECISION) for model in (VoiceAct, NamedAnswer, Otherwise)},
    (Forecast, "happens"): SchemaPlace("forecast", where.FORECAST),
    (InstructionCard, "met_when"): SchemaPlace("instruction", where.INSTRUCTION),
    (Rule, "when"): SchemaPlace("rule", _ANY_RULE),
    (Rule, "then"): SchemaPlace("rule", _ANY_RULE),
    (LineSettings, "crossing"): SchemaPlace("crossing", where.DEFAULT_CROSSING),
}
"""Where conditions and effects stand."""

_BREACH: Final = {Scenario: SchemaPlace("act", where.BREAKS_HERE), Pack: SchemaPlace("breach", where.BREAKS)}

_PLACED: Final = frozenset(
    {Condition, Effects, Made, FactIs, MeterIs, CommitmentIs, Press, Cross, Meter, Standing, SetFact}
    | {Readiness, Latency, Odds, Reopen}
)
"""Models of which a place allows a part."""

_BY_ID: Final[Mapping[type[Authored], str]] = {
    MoveIs: "id",
    FactIs: "id",
    CommitmentIs: "id",
    DecidedIs: "id",
    DisclosedIs: "id",
    Suspend: "channel",
    After: "inject",
}
"""Models for which the id alone may stand, with the key that it stands for."""

_TEXTS: Final = frozenset({Text, SourceText, Files})
"""Models for which a text may stand."""

_OWN: Final = frozenset({(Channel, "visibility")})
"""Keys whose lists a lone item may stand for, besides those that say so themselves."""
ID: Final[str] = get_args(Id)[1].said["pattern"]
_FILED: Final = "Name a Markdown file beside the scenario, such as brief.md."
_FILE: Final[str] = get_args(TextFile)[1].said["pattern"]

_BY_KIND: Final[Schema] = {
    "if": {"properties": {"kind": {"const": "pink"}}},
    "then": {"required": ["leads_to"], "properties": {"crossed_by": False, "crossing": False, "crossing_says": False}},
    "else": {"properties": {"leads_to": False, "pressed_by": False, "limit": False, "decay": False}},
}
"""What a pink line has and a red one has not, and the other way round, as `Line` itself refuses it."""

_SPELLED: Final = "An id is written in lower case letters, digits and hyphens, such as survey-ship."
_CHANNELS: Final = "A channel by its id, or `used` (the act's own), `about` (the one the act is about), or `all`."
_OTHERWISE: Final = {ID: "An id, stable for ever: logs hold it.", _FILE: "A Markdown file beside the scenario."}
_OLDER: Final = "`crisis-sim migrate` rewrites a file of an older one."
_NAMED: Final = (
    "Nothing here has this id. Ctrl+Space lists those there are; `crisis-sim schema` brings the list up to date."
)


def fitted(root: type[Authored], names: schema_words.Offered) -> Schema:
    """The schema of a file that holds a `root`, a scenario or a pack, and may use `names`."""
    return _Fitting(root, names).whole()


class _Fitting:
    """One schema in the making."""

    def __init__(self, root: type[Authored], names: schema_words.Offered) -> None:
        self._root = root
        self._names = names
        self._form, self._forms = forms(root)
        self._models = {model.__name__: model for model in models_in(root)}
        self._made: dict[str, Schema] = {}

    def whole(self) -> Schema:
        """The root's schema, with everything that it refers to beside it."""
        top = self._keys(self._root, self._form, _ANYWHERE)
        return {**top, "definitions": dict(sorted(self._made.items()))}

    def _refer(self, name: str, schema: Schema) -> Schema:
        self._made.setdefault(name, schema)
        return {"$ref": f"#/definitions/{name}"}

    def _model(self, model: type[Authored], place: SchemaPlace, named: tuple[str, ...]) -> Schema:
        """A reference to a model as it stands in a place; `named` is what its id may name if that depends."""
        parts = [
            model.__name__,
            *([place.label] if model in _PLACED else []),
            *(word.replace(" ", "-") for word in named),
        ]
        name = ".".join(parts)
        if name not in self._made:
            self._made[name] = {}
            self._made[name] = self._keys(model, self._forms[model.__name__], place, named)
        return {"$ref": f"#/definitions/{name}"}

    def _keys(self, model: type[Authored], form: Schema, place: SchemaPlace, named: tuple[str, ...] = ()) -> Schema:
        """A model's keys, and the short form that may stand for them."""
        keys = [key for key in form["properties"] if _is_here(model, key, place.where)]
        properties = {key: self._key(model, key, form["properties"][key], place, named) for key in keys}
        missing = {"whose", "of", "channel"} & {
            key for key in keys if "default" in form["properties"][key] and "default" not in properties[key]
        }
        required = [key for key in keys if key in form.get("required", ()) or key in missing]
        schema: Schema = {
            "description": schema_words.model_docstring(model),
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {"minProperties": 1}),
            "additionalProperties": False,
        }
        return self._with_short_form(model, {**schema, **_BY_KIND} if model is Line else schema)

    def _with_short_form(self, model: type[Authored], schema: Schema) -> Schema:
        if model is SidedText:
            return {"description": schema.pop("description"), "anyOf": [self._model(Text, _ANYWHERE, ()), schema]}
        if model in _TEXTS:
            if model is not Files:
                return {**schema, "type": ["string", "object"], "minLength": 1}
            text = {"pattern": _FILE, "patternErrorMessage": _FILED}
            files = {name: {**of, **text} for name, of in schema["properties"].items()}
            return {**schema, "type": ["string", "object"], "properties": files, **text}
        if model not in _BY_ID:
            return schema
        named = self._name(schema_words.TAKES[model, _BY_ID[model]])
        several = {"items": named, "minItems": 1} if model is MoveIs else {}
        kinds = ["array", "object"] if several else ["object"]
        return {"description": schema.pop("description"), "anyOf": [named, {**schema, "type": kinds, **several}]}

    def _key(self, model: type[Authored], key: str, form: Schema, place: SchemaPlace, named: tuple[str, ...]) -> Schema:
        """What stands under a key, with what it is for."""
        inner = PLACES.get((model, key), place)
        if (model, key) in ((Commitment, "broken_by"), (Commitment, "void_by")):
            inner = _BREACH[self._root]
        kinds = named if named and key == "id" else schema_words.TAKES.get((model, key), ())
        if (model, key) in _OWN:
            form = {**form, MANY: True}
        schema = self._value(form, inner, kinds, (model, key))
        if key == "id" and (model, key) in schema_words.OWN:
            schema = self._asked((schema_words.OWN[model, key],), schema)
        if "default" in form and self._may_stand(form["default"], schema, kinds, inner):
            schema = {**schema, "default": form["default"]}
        said = schema_words.key_docstrings(model).get(key) or (
            _CHANNELS if "channel word" in kinds else self._said_elsewhere(form)
        )
        return schema_words.described(schema, said, schema_words.key_example(model, key))

    def _may_stand(self, default: Any, schema: Schema, kinds: tuple[str, ...], place: SchemaPlace) -> bool:
        if kinds:
            return "channel word" not in kinds or default in self._channel_words(place)
        return "enum" not in schema or default in schema["enum"]

    def _said_elsewhere(self, form: Schema) -> str:
        """For a key without words of its own, those of what it holds."""
        for part in (form, form.get("items", {}), form.get("additionalProperties", {}), *_values(form)):
            if not isinstance(part, dict):
                continue
            if AS_WRITTEN in part:
                return str(WRITTEN[part[AS_WRITTEN]]["description"])
            if "$ref" in part:
                return schema_words.model_docstring(self._models[part["$ref"].rpartition("/")[2]])
            if part.get("pattern") in _OTHERWISE:
                return _OTHERWISE[part["pattern"]]
        return ""

    def _value(self, form: Schema, place: SchemaPlace, kinds: tuple[str, ...], key: schema_words.ModelKey) -> Schema:
        """What a value may be."""
        if AS_WRITTEN in form:
            return self._refer(form[AS_WRITTEN], dict(WRITTEN[form[AS_WRITTEN]]))
        if "$ref" in form:
            model = self._models[form["$ref"].rpartition("/")[2]]
            return self._model(model, place, kinds if model not in _BY_ID else ())
        if "anyOf" in form:
            return {"anyOf": [self._value(part, place, kinds, key) for part in form["anyOf"]]}
        match form["type"]:
            case "array":
                return self._list(form, place, kinds, key)
            case "object":
                return self._mapping(form, place, key)
            case "string" if kinds:
                return self._name(kinds, place)
            case _:
                return self._scalar(form, place, key)

    def _list(self, form: Schema, place: SchemaPlace, kinds: tuple[str, ...], key: schema_words.ModelKey) -> Schema:
        items = form["items"] if "items" in form else form["prefixItems"][0]
        item = self._value(items, place, kinds, key)
        least = int(form.get("minItems") or form.get("minLength") or 0)
        if form.get(MANY):
            whole = self._made[item["$ref"].rpartition("/")[2]] if self._is_plain_model(items) else item
            return {**one_or_many(whole, least), **({"items": item} if whole is not item else {})}
        bounds = {"minItems": least} if least else {}
        return {
            "type": "array",
            "items": item,
            **bounds,
            **({"maxItems": form["maxItems"]} if "maxItems" in form else {}),
        }

    def _is_plain_model(self, form: Schema) -> bool:
        return "$ref" in form and self._models[form["$ref"].rpartition("/")[2]] not in _BY_ID

    def _mapping(self, form: Schema, place: SchemaPlace, key: schema_words.ModelKey) -> Schema:
        value = self._value(next(_values(form)), place, (), key)
        bounds: Schema = {name: form[name] for name in ("minProperties", "maxProperties") if name in form}
        if key in _BY_MINUTES:
            return _by_minutes(value)
        spelled: Schema = {"pattern": ID, "patternErrorMessage": _SPELLED, "maxLength": 60}
        kind = schema_words.GIVES.get(key)
        if kind is None:
            told = self._names.asked.get(schema_words.OWN.get(key, ""), {})
            own = {name: {**value, "markdownDescription": said} for name, said in told.items()}
            known = {"properties": own} if own else {}
            return {"type": "object", **known, "propertyNames": spelled, "additionalProperties": value, **bounds}
        known = {name: schema_words.described(value, said) for name, said in self._names.of((kind,)).items()}
        others = False if kind in self._names.closed else value
        return {"type": "object", "properties": known, "propertyNames": spelled, "additionalProperties": others}

    def _scalar(self, form: Schema, place: SchemaPlace, key: schema_words.ModelKey) -> Schema:
        if "enum" in form:
            return _choice(form, place, key)
        if form.get("pattern") == ID:
            return {"type": "string", "pattern": ID, "patternErrorMessage": _SPELLED, "maxLength": 60}
        if key[1] == "format":
            return {"const": form["const"], "errorMessage": f"This is format {form['const']}. {_OLDER}"}
        kept = ("type", "const", "pattern", "minimum", "maximum", "minLength", "maxLength")
        return {name: form[name] for name in kept if name in form}

    def _channel_words(self, place: SchemaPlace) -> tuple[str, ...]:
        return ("used", "about", "all") if place.where.act or "sender" in place.where.who else ("all",)

    def _name(self, kinds: tuple[str, ...], place: SchemaPlace = _ANYWHERE) -> Schema:
        """An id of one of some kinds: one of those there are, or where more may come, any that is spelled as one."""
        label = "-or-".join(kind.replace(" ", "-") for kind in kinds)
        titles = dict(self._names.of(kinds))
        if "channel word" in kinds:
            titles = {
                name: said
                for name, said in titles.items()
                if name not in ("used", "about", "all") or name in self._channel_words(place)
            }
            label += f".{len(self._channel_words(place))}"
        known: Schema = {"type": "string", "enum": list(titles), "enumDescriptions": list(titles.values())}
        if set(kinds) <= self._names.closed | {"channel word"} and titles:
            return self._refer(label, self._asked(kinds, {**known, "errorMessage": _NAMED}))
        spelled: Schema = {"type": "string", "pattern": ID, "patternErrorMessage": _SPELLED, "maxLength": 60}
        return self._refer(label, self._asked(kinds, {"anyOf": [known, spelled]} if titles else spelled))

    def _asked(self, kinds: tuple[str, ...], schema: Schema) -> Schema:
        """A schema of ids with what is said over each of them; an editor shows the innermost words first.

        They stand behind an `if`: editors offer nothing in a list whose items have an `allOf`.
        """
        every = [
            self._refer(f"asked.{kind.replace(' ', '-')}", _by_name(told))
            for kind, told in self._names.asked.items()
            if told and kind in kinds
        ]
        return {**schema, "if": {"type": "string"}, "then": {"allOf": every}} if every else schema


def _by_name(told: Mapping[str, str]) -> Schema:
    return {"allOf": [{"if": {"const": name}, "then": {"markdownDescription": said}} for name, said in told.items()]}


def _choice(form: Schema, place: SchemaPlace, key: schema_words.ModelKey) -> Schema:
    """A word out of a few: in a place that knows whom it can name, those."""
    words = form["enum"]
    if key[0] in _PLACED and set(words) >= COUNTRIES:
        words = [word for word in words if word in place.where.who | {"either", "both"}]
    meanings = schema_words.word_meanings(words)
    return {"enum": words, **({} if meanings is None else {"enumDescriptions": meanings})}


_BY_MINUTES: Final = {
    (Scenario, "lengths"),
    (MovesATurn, "most_at"),
    *((model, key) for model in (SettingLoad, WorkloadSettings) for key in LIMITS),
}
"""Mappings from the minutes of a session."""


def _by_minutes(value: Schema) -> Schema:
    """What holds at each length. Editors that take 45 for a number look for it among patterns alone."""
    lengths = {minutes: schema_words.described(value, f"In {minutes} minutes.") for minutes in ("45", "90", "150")}
    return {
        "type": "object",
        "properties": lengths,
        "patternProperties": {"^(45|90|150)$": value},
        "minProperties": 1,
        "additionalProperties": False,
    }


def _is_here(model: type[Authored], key: str, here: Where) -> bool:
    """Whether a key means something in a place."""
    if model is Condition:
        return ("not_" if key == "not" else key) in here.asks
    if model is Effects:
        return key in here.does
    if key in Meter.field_notes and issubclass(model, Meter):
        return key in here.who
    return not (model is Made and key == "about" and not here.act)


def _values(form: Schema) -> Iterator[Schema]:
    """The form of a mapping's values."""
    yield from form.get("patternProperties", {}).values()
    if isinstance(form.get("additionalProperties"), dict):
        yield form["additionalProperties"]


def models_in(root: type[Authored]) -> Iterator[type[Authored]]:
    """Every model that a root holds, itself included."""
    found: dict[type[Authored], None] = {}
    waiting: list[Any] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, Authored):
            if one not in found:
                found[one] = None
                waiting += one.hints.values()
        else:
            waiting += get_args(one)
    return iter(found)
