"""The forms that values take in files, as JSON Schema: what the loader takes before it makes a model of it.

pydantic tells the constraints of the models; this adds what people may write instead: `14h` for hours, 1.5 for
hundredths, a lone value for a list of one. Which names exist, and what may stand where, is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getdoc
from typing import Any, Final, TypeAlias, get_args

from pydantic.json_schema import GenerateJsonSchema

from crisis_sim.numbers import points_text
from crisis_sim.rules.authored import LENGTHS, Authored, AuthoredHours, AuthoredPoints, ByLength, Factor, Share
from crisis_sim.rules.validators import schema_of

Schema: TypeAlias = dict[str, Any]

MANY: Final = "x-one-or-many"
"""Marks a list for which a lone item may stand; taken off before a schema is written."""

AS_WRITTEN: Final = "x-as-written"
"""Names the form in `WRITTEN` that a value has; likewise."""

_NUMBER: Final = r"^[+-]?[0-9]+(\.[0-9]{1,2})?$"

WRITTEN: Final[Mapping[str, Schema]] = {
    "Hours": {
        "description": "A time in whole hours, such as 14h, 2d or 1d 6h.",
        "type": ["string", "integer"],
        "pattern": "^([0-9]{1,9}h|[0-9]{1,9}d( ?[0-9]{1,9}h)?)$",
        "patternErrorMessage": "Write a time in whole hours or days, such as 14h or 2d.",
        "if": {"type": "integer"},
        "then": {"const": 0, "errorMessage": "A time says what it counts: write 14h for hours, or 2d for days."},
    },
    "Points": {
        "description": "A number with at most two decimals.",
        "type": ["number", "string"],
        "pattern": _NUMBER,
        "patternErrorMessage": "Write a number with at most two decimals.",
    },
    "ByLength": {
        "description": "A number with at most two decimals, or one for each length of a session.",
        "type": ["number", "string", "object"],
        "pattern": _NUMBER,
        "patternErrorMessage": "Write a number with at most two decimals.",
        "properties": {
            str(length): {"description": f"In a session of {length} minutes.", "type": ["number", "string"]}
            for length in LENGTHS
        },
        "patternProperties": {f"^({'|'.join(map(str, LENGTHS))})$": {"type": ["number", "string"]}},
        "required": [str(length) for length in LENGTHS],
        "additionalProperties": False,
    },
    "Factor": {
        "description": "A multiplier between 0 and 10, such as 1.5.",
        "type": "number",
        "minimum": 0,
        "maximum": 10,
    },
    "Share": {"description": "A share between 0 and 1, such as 0.6.", "type": "number", "minimum": 0, "maximum": 1},
}
"""Small values that files write in another way than models keep them."""

_TRUTH: Final[Schema] = {
    "type": ["boolean", "string", "integer"],
    "pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[YyNnTtFf01])$",
    "patternErrorMessage": "Write true or false.",
    "minimum": 0,
    "maximum": 1,
}
"""What pydantic takes for a truth value; `yes` and `no` are texts to YAML."""

_READERS: Final = {
    get_args(alias)[1].func: name
    for name, alias in (
        *(("Hours", AuthoredHours), ("Points", AuthoredPoints), ("ByLength", ByLength)),
        *(("Factor", Factor), ("Share", Share)),
    )
}
"""What reads such a value from a file, by function."""

_NOTHING: Final[tuple[Any, ...]] = (None, [], {})
"""What a file leaves out."""

_IN_HUNDREDTHS: Final = frozenset({"Points", "Factor", "Share"})


class _Forms(GenerateJsonSchema):
    """pydantic's generator, for what stands in files."""

    def function_before_schema(self, schema: Any) -> Schema:
        """A value that is read before it is checked."""
        name = _READERS.get(schema["function"]["function"])
        if name is not None:
            return {AS_WRITTEN: name}
        inner = self.generate_inner(schema["schema"])
        return {**inner, MANY: True} if inner.get("type") == "array" else inner

    def model_schema(self, schema: Any) -> Schema:
        """A model: its keys and no others, and what it is."""
        kind = schema["cls"]
        named = {"title": kind.__name__, "description": getdoc(kind), "additionalProperties": False}
        return {**self.generate_inner(schema["schema"]), **named}

    def bool_schema(self, schema: Any) -> Schema:
        """True or false, and the words that people write for them."""
        return dict(_TRUTH)

    def nullable_schema(self, schema: Any) -> Schema:
        """A key that may be left out is left out, and never empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> Schema:
        """The value of a key that is left out, as a file would write it."""
        inner = self.generate_inner(schema["schema"])
        default = _plain(schema.get("default"))
        name = inner.get(AS_WRITTEN)
        if name in _IN_HUNDREDTHS and default is not None:
            default = _number(default)
        elif name == "Hours":
            default = f"{default}h" if default else None
        elif inner.get(MANY) and isinstance(default, list) and len(default) == 1:
            default = default[0]
        return inner if default in _NOTHING else {**inner, "default": default}

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Keys have no title besides their name."""
        return False


def forms(model: type[Authored]) -> tuple[Schema, dict[str, Schema]]:
    """The schema of a model and those of every model in it, by their names; references are to `#/definitions/…`."""
    made = _Forms(ref_template="#/definitions/{model}").generate(schema_of(model))
    return made, made.pop("$defs", {})


def _plain(value: Any) -> Any:
    if isinstance(value, Authored):
        told = {name: _plain(each) for name, each in vars(value).items()}
        return {name: each for name, each in told.items() if each not in _NOTHING}
    return list(value) if isinstance(value, tuple) else value


def _number(hundredths: int) -> int | float:
    text = points_text(hundredths)
    return float(text) if "." in text else int(text)


def one_or_many(item: Schema, least: int) -> Schema:
    """One `item`, or a list of at least so many; as one schema where that can be, so that mistakes are told exactly."""
    several: Schema = {"items": item, **({"minItems": least} if least else {})}
    if "type" not in item or "enum" in item:
        return {"anyOf": [item, {"type": "array", **several}]}
    kinds = item["type"] if isinstance(item["type"], list) else [item["type"]]
    return {**item, "type": [*kinds, "array"], **several}
