"""A form as a model is asked it: its questions as text and as a JSON schema, and its answers as a sheet.

Places on a scale have the scale's own values, such as -3 to 3, so that no place is taken for a value. Other options
have the numbers that are their keys for people, and 0 leaves out what may be left out. An answer that does not fit is
told back in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from typing import Any, Final

from crisis_sim.pages.form import Form, FormAnswer, FormField, able_options, option_keys
from crisis_sim.pages.form_lines import option_words
from crisis_sim.pages.translator import Translator

MOST_OBJECTS: Final = 1_000
"""Places in an answer at which a JSON object is looked for."""
_decoder: Final = json.JSONDecoder()


class Unusable(Exception):
    """Why an answer cannot be used, in the model's language."""


def open_fields(form: Form) -> list[FormField]:
    """The questions that have no answer yet."""
    return [field for field in form.fields if field.answer is None and not field.aside]


def option_numbers(field: FormField) -> dict[int, str]:
    """The name of the option that each number takes: on a scale its value; empty for what leaves the question out."""
    if field.scale:
        return {int(option.name): option.name for option in able_options(field)}
    return {int(key): name for key, name in option_keys(field).items()}


def question_lines(fields: Iterable[FormField], say: Translator) -> Iterator[str]:
    """The questions as lines."""
    for field in fields:
        yield f"[{field.name}] {field.asks}" + (f" {field.note}" if field.note else "")
        texts = {option.name: option_words(option, say) for option in field.options} | {"": field.skip_label}
        yield from (f"  {number}: {texts[name]}" for number, name in option_numbers(field).items())


def schema(fields: Iterable[FormField]) -> dict[str, Any]:
    """What an answer looks like."""
    properties = {field.name: _schema(field) for field in fields}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _schema(field: FormField) -> dict[str, Any]:
    names = option_numbers(field)
    match field.kind:
        case "one":
            return {"type": "integer", "enum": list(names)}
        case "many" | "order":
            offered = [number for number, name in names.items() if name]
            return {"type": "array", "items": {"type": "integer", "enum": offered}}
        case "number":
            return {"type": "integer", "minimum": 0, "maximum": field.maximum}
        case _:
            return {"type": "string", "maxLength": field.maximum}


def parse_answers(text: str, fields: Iterable[FormField], say: Translator) -> dict[str, FormAnswer]:
    """What a model has said to each question, as a sheet has it. Raises Unusable."""
    fields = list(fields)
    values = _object_with([field.name for field in fields], text)
    if values is None:
        raise Unusable(say("The answer holds no JSON object."))
    return {field.name: _answer(values.get(field.name), field, say) for field in fields}


def _object_with(names: list[str], text: str) -> dict[str, Any] | None:
    """The last JSON object in a text that has all these names, else the last there is.

    Models like to say something round their answer, and some think aloud before it, in JSON too.
    """
    place, last, fitting = text.find("{"), None, None
    for _number in range(MOST_OBJECTS):
        if place < 0:
            break
        try:
            last, end = _decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            fitting = last if all(name in last for name in names) else fitting
        place = text.find("{", end)
    return last if fitting is None else fitting


def _answer(value: Any, field: FormField, say: Translator) -> FormAnswer:
    """One answer. Raises Unusable."""
    names = option_numbers(field)
    offered = {number: name for number, name in names.items() if name}
    match field.kind:
        case "one" if _is_number(value) and value in names:
            return names[value]
        case "many" if _are_numbers(value, offered):
            return tuple(offered[number] for number in dict.fromkeys(value))[: field.maximum]
        case "order" if _are_numbers(value, offered) and len(set(value)) == len(offered):
            return tuple(offered[number] for number in dict.fromkeys(value))
        case "number" if _is_number(value) and 0 <= value <= field.maximum:
            return str(value)
        case "text" if isinstance(value, str) and len(value) > field.maximum:
            sentence = say("The answer to [{name}] is longer than {n} characters.", name=field.name, n=field.maximum)
            raise Unusable(sentence)
        case "text" if isinstance(value, str) and (value.strip() or field.skip_label):
            return value
        case _:
            raise Unusable(say("The answer to [{name}] does not fit its question.", name=field.name))


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _are_numbers(values: Any, offered: Container[int]) -> bool:
    return (
        isinstance(values, list)
        and len(values) <= 100
        and all(_is_number(value) and value in offered for value in values)
    )


def minimal_answer(field: FormField) -> FormAnswer:
    """The answer of somebody who has nothing to say: what can be left out is left out."""
    offered = able_options(field)
    match field.kind:
        case "one":
            return "" if field.skip_label or not offered else offered[len(offered) // 2].name
        case "many":
            return () if field.skip_label or not offered else (offered[0].name,)
        case "order":
            return tuple(option.name for option in field.options)
        case "number":
            return str(field.maximum // 2)
        case _:
            return "" if field.skip_label else "–"
