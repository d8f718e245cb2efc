"""What a typed line means: full-width signs as others, a yes and a no, numbers in words, and verbs in both languages.

Nothing here says or asks anything. What somebody writes as words of their own is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import Final, get_args

from crisis_sim.pages.form import FormOption
from crisis_sim.rules.names import Language
from crisis_sim.text import narrow
from crisis_sim.wording import _, speaker

NUMBERS: Final = _(
    "0 = zero; 1 = one; 2 = two; 3 = three; 4 = four; 5 = five; 6 = six; 7 = seven; 8 = eight; 9 = nine; 10 = ten; "
    "11 = eleven; 12 = twelve; 13 = thirteen; 14 = fourteen; 15 = fifteen; 16 = sixteen; 17 = seventeen; "
    "18 = eighteen; 19 = nineteen; 20 = twenty; 30 = thirty; 40 = forty; 50 = fifty; 60 = sixty; 70 = seventy; "
    "80 = eighty; 90 = ninety; 100 = hundred, a hundred, one hundred; "
    "- = minus, negative; + = plus; % = percent, per cent"
)
"""Numbers and signs, and the words that are understood for them; other numbers under a hundred are two of these."""
VERBS: Final = _(
    "help = ?; again = repeat; back = b; quit = q, exit; next = n, on; chair = c; more = louder; less = quieter; "
    "stop = esc; move = catalogue; list = requests; standing = promises; brief = briefs, facts, assets; "
    "room = boards, acts"
)
"""What is typed, and what else is understood for it; the Chinese has verbs of its own for all that can be typed."""
_ONES: Final = frozenset("123456789")
_TENS: Final = frozenset(f"{ten}0" for ten in _ONES)


def words_of(text: str) -> list[str]:
    """What stands between spaces and commas."""
    return narrow(text).replace(",", " ").split()


def in_digits(text: str) -> str:
    """The same with signs and numbers up to a hundred that are words as digits: minus one is -1, forty-two 42."""
    words = _digits_by_word()

    def replace_words(number: re.Match[str]) -> str:
        return "".join(words.get(part, part) for part in number.groups(""))

    return _in_words().sub(replace_words, narrow(text).lower())


@cache
def _digits_by_word() -> Mapping[str, str]:
    """Signs and numbers from 0 to 100 by every word for them."""
    values: dict[str, str] = {}
    for language in get_args(Language):
        words = {
            word: digits
            for digits, spellings in spelled(NUMBERS, language).items()
            if digits != "%"
            for word in spellings
        }
        values |= words
        tens, ones = (
            {word: digits for word, digits in words.items() if digits in digit_set} for digit_set in (_TENS, _ONES)
        )
        for (ten, ten_digits), (one, more) in product(tens.items(), ones.items()):
            for apart in ("", "-", " ") if ten_digits != "10" else ("",):
                values.setdefault(f"{ten}{apart}{one}", f"{ten_digits[0]}{more}")
    return MappingProxyType(values)


@cache
def _in_words() -> re.Pattern[str]:
    """A number, in digits or in words, and the sign before it."""
    longest_first = sorted(_digits_by_word().items(), key=lambda entry: -len(entry[0]))
    signs, numbers = (
        "|".join(re.escape(word) for word, digits in longest_first if (digits in "+-") is is_sign)
        for is_sign in (True, False)
    )
    return re.compile(rf"(?<![^\s,])(?:({signs}|[+-])\s*)?({numbers}|\d+)(?![^\s,%])")


def numeral(text: str) -> bool:
    """Whether it counts something in digits; somebody's own words may begin with a number in words."""
    text = narrow(text)
    return text.isascii() and text.isdigit() and len(text) < 6


def without_percent(text: str) -> str:
    """The same without the sign or the word for a percentage, which stands on either side of its number."""
    signs = {"%", *(word for language in get_args(Language) for word in spelled(NUMBERS, language).get("%", ()))}
    for sign in signs:
        text = narrow(text).lower().removeprefix(sign).removesuffix(sign).strip()
    return text


def parse_count(text: str) -> int | None:
    """What a text counts, in digits or in words; None if it counts nothing."""
    digits = _digits_by_word().get(narrow(text).lower(), text)
    return int(narrow(digits)) if numeral(digits) else None


def match_leading_option(text: str, options: Sequence[FormOption]) -> tuple[str | None, str]:
    """The name of the option that a text begins with, and what follows; None if it is none."""
    words = text.split()
    for count in range(len(words), 0, -1):
        if (name := find_option(" ".join(words[:count]), options, within=True)) is not None:
            return name, " ".join(words[count:])
    return None, ""


def picked(text: str, options: Sequence[FormOption], keys: Mapping[str, str]) -> str | None:
    """The name of the option that an answer picks: by its key, its name, or words that its label alone has."""
    if (number := parse_count(text)) is not None:
        return keys.get(str(number))
    having = [option.name for option in options if has(option.label, text)]
    return find_option(text, options, within=True) or (having[0] if len(having) == 1 else None)


def has(label: str, text: str) -> bool:
    """Whether a label has such words in it, whole ones where spaces stand between words."""
    word = narrow(text).lower()
    if not word.isascii():
        return word in label.lower()
    return bool(word) and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", label.lower()) is not None


def has_all(text: str, words: str) -> bool:
    """Whether a text has all of these words in it."""
    return all(has(text, word) for word in words.split())


def assent(text: str) -> bool | None:
    """Yes or no, in any language of the doors; None if it is neither."""
    for word, sure in (("yes", True), ("no", False)):
        if narrow(text).lower() in (word, word[0], *(speaker(language)(word) for language in get_args(Language))):
            return sure
    return None


def find_option(text: str, options: Sequence[FormOption], *, within: bool = False) -> str | None:
    """The name of the option that `text` names by its own name, by another word for it, or by how its label begins.

    A Chinese word that stands anywhere in a label names it too where `within`, as no space says where a word begins.
    None if it names none or several.
    """
    word = narrow(text).lower()
    exact = [option.name for option in options if word in (option.name.lower(), option.label.lower())]
    other = [option.name for option in options if option.name in verbs().get(word, ())]
    begun = [option.name for option in options if word and option.label.lower().startswith(word)]
    inside = [option.name for option in options if within and not word.isascii() and word in option.label.lower()]
    matches = exact or other or begun or inside
    return matches[0] if len(matches) == 1 else None


def verb(text: str) -> str:
    """The English verb for what was typed, whatever stands for it."""
    word = narrow(text).lower()
    return verbs().get(word, (word,))[0]


@cache
def verbs() -> Mapping[str, tuple[str, ...]]:
    """Other words for what is typed, in every language of the doors, each with the verbs that it may stand for."""
    verbs_by_word: dict[str, tuple[str, ...]] = {}
    for language in get_args(Language):
        for verb_, spellings in spelled(VERBS, language).items():
            for other in spellings:
                verbs_by_word[other] = (*verbs_by_word.get(other, ()), verb_)
    return MappingProxyType(verbs_by_word)


def spelled(table: str, language: Language) -> dict[str, tuple[str, ...]]:
    """By each entry of a table, the other words for it in a language."""
    pairs = (entry.partition("=") for entry in narrow(speaker(language)(table)).split(";"))
    return {
        name.strip(): tuple(filter(None, map(str.strip, spellings.split(",")))) for name, _equals, spellings in pairs
    }
