"""What is said of one reason why a tree is not a model: what was wanted, what is there, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pydantic_core import ErrorDetails

from crisis_sim.content.guesses import (
    id_titled,
    items_meant,
    number_meant,
    numbers_meant,
    time_meant,
    without_marks,
    word_meant,
)
from crisis_sim.content.model_shape import SHORT_FORMS, home_of, keys_at, models_at
from crisis_sim.content.where import FORECAST
from crisis_sim.errors import Sentence, commas, either
from crisis_sim.problems import did_you_mean, meant, one_of, write
from crisis_sim.rules.authored import FORMAT, Authored
from crisis_sim.rules.keys import Loc

EXAMPLES: Final[dict[int | str, str]] = {
    "when": Sentence("for example when: {{fact: {fact}}}", fact="host-consent"),
    "then": Sentence("for example then: {{tension: {by}}}", by=2),
}
"""For keys that hold keys with values, how that looks."""


class TreeError(NamedTuple):
    """One error with its place in the tree."""

    detail: ErrorDetails
    loc: Loc
    """The keys and places that are in the file."""
    value: Any
    """What is there."""
    raw: tuple[int | str, ...]
    """The checker's own path, with names of branches and short forms in it."""


class MistakeSentence(NamedTuple):
    """What is said of a reason."""

    code: str
    sentence: str
    hint: str = ""


def is_piece(reason: TreeError) -> bool:
    """Whether a piece of text was taken for a key."""
    return reason.detail["type"] == "extra_forbidden" and reason.value is None and " " in str(reason.raw[-1])


def is_branch(reason: TreeError) -> bool:
    """Whether the error belongs to one of several forms that a value may have."""
    return any(isinstance(part, str) and "[" in part and part != "[key]" for part in reason.raw)


def mistake_sentence(reason: TreeError, reasons: list[TreeError], kind: type[Authored], tree: Any) -> MistakeSentence:
    """What is said of a reason, one of the `reasons` for which a tree is not of a kind."""
    sort, value = reason.detail["type"], reason.value
    if sort == "missing":
        return _missing(reason, tree)
    if sort == "extra_forbidden":
        return unknown_key(reason, kind, tree)
    if sort == "invalid_key" or reason.raw[-1:] == ("[key]",):
        return _bad_key(reason)
    if is_branch(reason):
        same_place = (other for other in reasons if other.loc == reason.loc)
        wanted = either(list(dict.fromkeys(_wanted(other) for other in same_place)))
        hint = write(numbers_meant(value)) if isinstance(value, str) and numbers_meant(value) else ""
        return MistakeSentence("content/type", _not_this(wanted, value), hint)
    if sort in WANTED:
        return _wrong_type(reason, kind)
    if sort == "string_pattern_mismatch":
        return _pattern(reason, tree)
    return _SENTENCE_MAKERS.get(sort, _other)(reason)


def _not_this(wanted: str, value: Any) -> Sentence:
    return Sentence("write {wanted} here, not {value}", wanted=wanted, value=described(value))


def _missing(reason: TreeError, tree: Any) -> MistakeSentence:
    key = reason.raw[-1]
    if not reason.loc:
        hint = write(f"format: {FORMAT}") if key == "format" else ""
        return MistakeSentence("content/missing", Sentence("the key '{key}' is missing", key=key), hint)
    return MistakeSentence(
        "content/missing", Sentence("{thing} lacks the key '{key}'", thing=display_name(reason.loc, tree), key=key)
    )


def unknown_key(reason: TreeError, kind: type[Authored], tree: Any) -> MistakeSentence:
    """Of a key that there is not."""
    key = str(reason.raw[-1])
    holder = display_name(reason.loc[:-1], tree) if reason.loc[:-1] else ""
    models = models_at(kind, reason.raw[:-1])
    keys = keys_at(kind, reason.raw[:-1])
    hint = home_of(key, models)
    head, colon, rest = key.partition(":")
    if reason.value is None and colon and head in keys:
        message = Sentence(
            "there is no space after this colon in {thing}" if holder else "there is no space after this colon",
            thing=holder,
        )
        return MistakeSentence("content/unknown-key", message, write(f"{head}: {short(rest)}"))
    close = key_meant(key, keys)
    hint = hint or (meant(close) if close is not None else did_you_mean(key, keys))
    if is_piece(reason):
        message = Sentence(
            "a piece of text stands where a key is meant in {thing}"
            if holder
            else "a piece of text stands where a key is meant",
            thing=holder,
        )
        return MistakeSentence("content/unknown-key", message, _QUOTE)
    message = Sentence(
        "unknown key '{key}' in {thing}" if holder else "unknown key '{key}'", key=short(key), thing=holder
    )
    return MistakeSentence("content/unknown-key", message, hint)


def key_meant(key: str, keys: list[str]) -> str | None:
    """The key that was meant, also where what is written holds its value too."""
    head = key.partition(":")[0]
    return head if head in keys else word_meant(key, keys)


_QUOTE: Final = Sentence("a text with a comma or colon inside {…} or […] needs quotes around it")


def _bad_key(reason: TreeError) -> MistakeSentence:
    key = reason.loc[-1] if reason.loc else reason.raw[-1]
    if reason.detail["type"] == "literal_error":
        choices = choices_of(reason.detail)
        return MistakeSentence(
            "content/value", Sentence("'{key}' cannot be a key here", key=short(key)), _nearest_of(str(key), choices)
        )
    if isinstance(key, str):
        return _not_an_id(key)
    return MistakeSentence("content/type", "a key here is a text", _in_quotes(key))


def _wrong_type(reason: TreeError, kind: type[Authored]) -> MistakeSentence:
    value, wanted = reason.value, _wanted(reason)
    models = models_at(kind, reason.raw)
    if wanted == KEYS and models:
        wanted = SHORT_FORMS.get(models[0], wanted)
    if value is None:
        return MistakeSentence("content/type", Sentence("nothing is written here; write {wanted}", wanted=wanted))
    hint = _hint_for(wanted, value, keys_at(kind, reason.raw))
    hint = hint or (EXAMPLES.get(reason.loc[-1], "") if reason.loc and wanted == KEYS else "")
    return MistakeSentence("content/type", _not_this(wanted, value), hint)


def _hint_for(wanted: str, value: Any, keys: list[str]) -> str:
    """What to write in place of a value of the wrong kind."""
    if wanted == TEXT:
        return _as_text(value)
    if wanted == LIST and not isinstance(value, dict):
        items = items_meant(value) if isinstance(value, str) else []
        return write(f"[{', '.join(items)}]") if items else Sentence("a list of one is [{value}]", value=short(value))
    if wanted == NUMBER and isinstance(value, str) and (number := number_meant(value)):
        return write(number)
    if wanted == NUMBER and isinstance(value, float | Decimal) and 0 < value < 1 and value * 100 % 1 == 0:
        return Sentence("if you mean a share, write it in percent: {percent}", percent=int(value * 100))
    if isinstance(value, str) and (first := value.partition(" "))[2] and first[0] in keys:
        return Sentence("there is a colon missing: {key}: {value}", key=first[0], value=short(first[2]))
    few = wanted == KEYS and 0 < len(keys) <= 12
    return Sentence("keys: {keys}", keys=commas(keys)) if few else ""


def _in_quotes(value: Any) -> Sentence:
    return Sentence("put it in quotes: '{value}'", value=short(value))


def _all_in_quotes(text: str) -> Sentence:
    return Sentence('put the whole text in quotes: "{text}"', text=text)


def _as_text(value: Any) -> str:
    """How to write a value so that it is a text."""
    if isinstance(value, int | float | Decimal):
        return _in_quotes(value)
    plain = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if plain and sum(map(len, value)) < 60:
        return _all_in_quotes(f"[{', '.join(value)}]")
    if isinstance(value, dict) and all(item is None for item in value.values()) and len(str(value)) < 120:
        return _all_in_quotes(f"{{{', '.join(map(str, value))}}}")
    return ""


def _wanted(reason: TreeError) -> str:
    if reason.detail["type"] == "literal_error":
        return either([quoted(choice) for choice in choices_of(reason.detail)])
    return WANTED.get(reason.detail["type"], Sentence("something else"))


def _literal(reason: TreeError) -> MistakeSentence:
    choices, value = choices_of(reason.detail), reason.value
    if reason.loc[:1] == ("forecasts",) and "other" in choices:
        choices = sorted(FORECAST.roles | {"either"})  # the other words mean nobody there
    key = next((part for part in reversed(reason.loc) if isinstance(part, str)), "")
    if reason.loc == ("format",):
        message = Sentence("{value} is not a format that is known", value=described(value))
        return MistakeSentence("content/format", message, write(f"format: {choices[0]}"))
    if value is None:
        return MistakeSentence("content/type", "nothing is written here", one_of(choices))
    if isinstance(value, dict | list):
        only = value[0] if isinstance(value, list) and len(value) == 1 else None
        hint = Sentence("write it without brackets: {only}", only=only) if only in choices else _nearest_of("", choices)
        return MistakeSentence(
            "content/type", Sentence("write one word here, not {value}", value=described(value)), hint
        )
    if len(choices) == 1:
        only = choices[0].lower() if choices[0] in ("True", "False") else choices[0]
        return MistakeSentence(
            "content/value", Sentence("'{key}' can only be {only}", key=key, only=only), "leave the key out otherwise"
        )
    return MistakeSentence(
        "content/value",
        Sentence("'{value}' is not a value of '{key}'", value=short(value), key=key),
        _nearest_of(str(value), choices),
    )


def _nearest_of(word: str, choices: list[str]) -> str:
    close = word_meant(word, choices)
    return meant(close) if close is not None else one_of(choices)


def _pattern(reason: TreeError, tree: Any) -> MistakeSentence:
    value = str(reason.value)
    if ".md" in str(reason.detail.get("ctx", {}).get("pattern", "")):
        return MistakeSentence(
            "content/file-name",
            Sentence("'{value}' cannot be the name of a text beside the scenario", value=short(value)),
            "a Markdown file in the same folder, such as brief-us.md",
        )
    mistake = _not_an_id(value)
    if (items := items_meant(value)) and isinstance(reason.raw[-1], int) and not isinstance(reason.loc[-1], int):
        return mistake._replace(hint=write(f"[{', '.join(items)}]"))
    if "id" in reason.loc[-1:] or items:
        return mistake
    titled = id_titled(tree, value)
    if titled is not None:
        return mistake._replace(hint=Sentence("write its id and not its title: '{id}'", id=titled))
    if {"move", "answers", "with_moves"} & {*reason.loc[-3:]}:
        return mistake._replace(hint=Sentence("write an id and not a title; crisis-sim list moves has those of core"))
    if ident := id_meant(value):
        return mistake._replace(hint=Sentence("write an id and not a title: perhaps '{id}'", id=ident))
    return mistake._replace(hint=Sentence("write an id and not a title"))


def _not_an_id(value: str) -> MistakeSentence:
    if items := items_meant(value):
        return MistakeSentence(
            "content/id",
            Sentence("'{value}' is not one id", value=short(value)),
            Sentence("separate items with ', ': {items}", items=", ".join(items)),
        )
    ident = id_meant(value)
    hint = meant(ident) if ident else ""
    if len(value) > 60:
        return MistakeSentence("content/id", "this id is longer than 60 characters")
    return MistakeSentence(
        "content/id",
        Sentence("'{value}' is not an id: small letters, digits and single hyphens", value=short(value)),
        hint,
    )


def id_meant(value: str) -> str:
    """The id that somebody meant who wrote something else; empty where none can be guessed."""
    ident = re.sub(r"[^a-z0-9]+", "-", without_marks(value).lower()).strip("-")
    return ident if re.match(r"[a-z]", ident) and len(ident) <= 60 else ""


def _bound(reason: TreeError) -> MistakeSentence:
    ctx, value = reason.detail.get("ctx", {}), reason.value
    minimum = next((ctx[name] for name in ("ge", "gt") if name in ctx), None)
    bound = minimum if minimum is not None else next((ctx[name] for name in ("le", "lt") if name in ctx), 0)
    number = f"{bound}h" if isinstance(value, str) else str(bound)
    message = Sentence(
        "{value} is too large: at most {number}" if minimum is None else "{value} is too small: at least {number}",
        value=short(value),
        number=number,
    )
    return MistakeSentence("content/range", message)


def _count(reason: TreeError) -> MistakeSentence:
    ctx = reason.detail.get("ctx", {})
    key = next((part for part in reversed(reason.loc) if isinstance(part, str)), Sentence("this"))
    has = ctx.get("actual_length")
    if reason.detail["type"] == "too_short":
        message = Sentence(
            "'{key}' needs at least {least} of its kind and has {has}"
            if has
            else "'{key}' needs at least {least} of its kind and has none",
            key=key,
            least=ctx.get("min_length", 1),
            has=has,
        )
        return MistakeSentence("content/count", message)
    message = Sentence(
        "'{key}' holds at most {most} and has more" if has is None else "'{key}' holds at most {most} and has {has}",
        key=key,
        most=ctx.get("max_length"),
        has=has,
    )
    return MistakeSentence("content/count", message)


def _length(reason: TreeError) -> MistakeSentence:
    if reason.detail["type"] == "string_too_short":
        return MistakeSentence("content/empty", "this text is empty or too short to say anything")
    maximum = reason.detail.get("ctx", {}).get("max_length")
    return MistakeSentence("content/length", Sentence("this text is longer than {most:,} characters", most=maximum))


def _own(reason: TreeError) -> MistakeSentence:
    message, value = said_by(reason.detail), reason.value
    hint = ""
    if isinstance(value, str) and message.endswith("is not a number"):
        hint = write(number) if (number := number_meant(value)) else ""
    elif isinstance(value, str) and "not a time in whole hours" in message:
        hint = time_meant(value)
    return MistakeSentence("content/sense", message, hint)


def said_by(detail: ErrorDetails) -> str:
    """The sentence of a check of our own, as it was raised."""
    raised = detail.get("ctx", {}).get("error")
    return raised.args[0] if isinstance(raised, ValueError) else Sentence("this does not fit here")


def _other(reason: TreeError) -> MistakeSentence:
    return MistakeSentence("content/value", Sentence("{value} does not fit here", value=described(reason.value)))


_SENTENCE_MAKERS: Final[dict[str, Callable[[TreeError], MistakeSentence]]] = {
    "literal_error": _literal,
    "greater_than_equal": _bound,
    "greater_than": _bound,
    "less_than_equal": _bound,
    "less_than": _bound,
    "too_short": _count,
    "too_long": _count,
    "string_too_short": _length,
    "string_too_long": _length,
    "value_error": _own,
}


def choices_of(detail: ErrorDetails) -> list[str]:
    """The values that the checker would have taken."""
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return [quoted or bare for quoted, bare in re.findall(r"'([^']*)'|\b(\d+|True|False)\b", expected)]


def display_name(loc: Loc, tree: Any) -> str:
    """What an author would call the thing at `loc`: its id, its key, or its place in a list."""
    node = value_at(tree, loc)
    if isinstance(loc[-1], str):
        return quoted(loc[-1])
    if isinstance(node, dict) and isinstance(node.get("id"), str):
        return quoted(short(node["id"]))
    number, key = int(loc[-1]) + 1, next((part for part in reversed(loc) if isinstance(part, str)), None)
    if key is None:
        return Sentence("item {number}", number=number)
    return Sentence("item {number} of '{key}'", number=number, key=key)


def value_at(tree: Any, loc: Loc) -> Any:
    """What `loc` leads to."""
    for part in loc:
        tree = tree[part]
    return tree


def quoted(text: object) -> Sentence:
    """What somebody wrote, in the quotation marks of the reader's language."""
    return Sentence("'{text}'", text=text)


KEYS: Final = Sentence("keys with values")
TEXT: Final = Sentence("a text")
LIST: Final = Sentence("a list")
NUMBER: Final = Sentence("a whole number")
TRUTH: Final = Sentence("true or false")


def described(value: Any) -> str:
    """What somebody wrote, in the middle of a sentence."""
    if value is None:
        return Sentence("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return KEYS
    if isinstance(value, list):
        return LIST
    return quoted(short(value)) if isinstance(value, str) else Sentence("the number {number}", number=short(value))


def short(value: Any) -> str:
    """A value as text, cut where it gets long."""
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"


WANTED: Final = {
    "string_type": TEXT,
    "int_type": NUMBER,
    "int_parsing": NUMBER,
    "int_from_float": NUMBER,
    "int_parsing_size": NUMBER,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": KEYS,
    "model_type": KEYS,
    "model_attributes_type": KEYS,
}
"""By what the checker calls a value of the wrong kind: what was wanted."""
