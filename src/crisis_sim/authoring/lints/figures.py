"""The numbers that a text says, in digits or in words, in English or in Chinese.

What is found is compared as sets: a number that one language has in digits the other has somewhere, in whatever form.
Small numbers in words are let go, since each language puts in and leaves out its ones and twos; so are numbers within
a name, as of an aircraft or a virus.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias

from crisis_sim.rules.names import Language

SMALL: Final = 10
"""Up to here a number in words need not stand in the other language."""
_DIGITS: Final = r"[0-9](?<![A-Za-z0-9.].)(?<![A-Za-z]-.)[0-9]{0,14}(?:,[0-9]{3}){0,4}(?:\.[0-9]+)?(?![0-9]|s\b)"
"""It begins with what a search can skip to, and then looks at what stands before it."""
_WORD: Final = re.compile(r"[a-z]+")
_IN_DIGITS: Final = re.compile(_DIGITS)
_FULL_HOUR: Final = re.compile(r"(?<=[0-9]):00(?![0-9])")
_JOIN: Final = r"(?:-|(?<=hundred|housand) and (?=[a-z])|\s+)"
_JOINS: Final = re.compile(_JOIN)
_HUNDRED: Final = "hundred"
_NAMED: Final = re.compile(r"(?<=[A-Za-z])-?([0-9]{1,15})(?![0-9])")
"""What is part of a name, which the other language may write apart from it."""
_DECADE: Final = re.compile(r"\b([0-9]{3}0)s\b")
_SEASON: Final = re.compile(r"\b([0-9]{2})[0-9]{2}[/–-]([0-9]{2})\b")
"""Two years in one, as 2013/14."""
_ROMAN: Final = re.compile(r"\b(?=[IVX])(X{0,3})(IX|IV|V?I{0,3})\b")
_STROKES: Final = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_POINT: Final = re.compile(r"\b([a-z]+) point ([a-z]+)\b")
_PARTS: Final = re.compile(r"\b([a-z]+) (tenth|hundredth)s?\b")
_CLOCK: Final = re.compile(r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9])")
_NOON: Final = 12
HALF: Final = Decimal("0.5")


@cache
def _numerals(language: Language) -> dict[str, dict[str, Decimal]]:
    """By kind, the words or signs with which a language writes numbers, and what each is worth."""
    table = Path(__file__).with_name(f"numerals_{language}.csv").read_text(encoding="utf-8")
    found: dict[str, dict[str, Decimal]] = {}
    for row in csv.DictReader(table.splitlines()):
        found.setdefault(row["kind"], {})[row["sign"]] = Decimal(row["value"] or 0)
    return found


def apart(english: str, chinese: str, *, may_be_great: bool = True) -> tuple[Sequence[Decimal], Sequence[Decimal]]:
    """Numbers that only the English says, and that only the Chinese does, least first.

    The English `may_be_great` in words unless `has_great` has said otherwise.
    """
    in_words = (may_be_great and has_great(english)) or _tens_and_more().search(chinese)
    if not in_words and set(_IN_DIGITS.findall(english)) == set(_IN_DIGITS.findall(chinese)):
        return (), ()  # whatever else they say is small
    one, other = Figures(english, "en"), Figures(chinese, "zh")
    return one.beyond(other), other.beyond(one)


class Figures:
    """What a text says in numbers; what it may mean besides is looked for when somebody asks."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._language: Language = language
        self._plain = _FULL_HOUR.sub("", text) if ":00" in text else text
        self._digits, self._words, self._estimates = (
            _in_chinese(self._plain) if language == "zh" else _in_english(self._plain.lower())
        )

    @property
    def any(self) -> AbstractSet[Decimal]:
        """All that the text says, or may."""
        return self._digits | self._words | self._loose

    def beyond(self, other: Figures) -> tuple[Decimal, ...]:
        """Numbers of this text that the other does not have, least first."""
        asked = self._digits | {word for word in self._words if word > SMALL}
        missing = asked - other._digits - other._words - {Decimal(0), Decimal(1)}
        return tuple(sorted(missing - other._loose)) if missing else ()

    @cached_property
    def _loose(self) -> AbstractSet[Decimal]:
        """What the text may mean besides: a month, noon, half more than a number, what is part of a name."""
        text, signs, said = self._text, _numerals(self._language), self._digits | self._words
        more = {Decimal(number) for number in _NAMED.findall(text)}
        more |= {Decimal(decade) for decade in _DECADE.findall(text)}
        more |= {Decimal("".join(of)) for of in _SEASON.findall(text)}
        more |= {year % 100 for year in said | more if 1900 <= year < 2100}
        more |= {Decimal(10 * len(tens) + _STROKES[ones]) for tens, ones in _ROMAN.findall(text)}
        if any(sign in text for sign in signs["half"]):
            more |= {number + HALF for number in said} | {HALF}
        more |= {number - HALF for number in said if number % 1 == HALF}
        if _CLOCK.search(text) or any(sign in text for sign in signs["clock"]):
            more |= {hour + turn for hour in said if hour <= 2 * _NOON for turn in (-_NOON, _NOON)}
        return more | (self._estimates if self._language == "zh" else _loose_in_english(self._plain.lower()))


_Read: TypeAlias = tuple[AbstractSet[Decimal], AbstractSet[Decimal], AbstractSet[Decimal]]
"""Numbers in digits, in words, and in signs that may be an estimate or a figure of speech."""


def numbering(words: Iterable[str]) -> frozenset[str]:
    """The English words, in any case, in which a digit stands, or without which no number in words is great."""
    plain = frozenset(word for word in words if word.isascii() and word.isalpha())
    return frozenset(words) - plain | frozenset(word for word in plain if word.lower() in _great_words())


def counts(chinese: str) -> bool:
    """Whether a Chinese text has a digit, or a sign for ten and more."""
    return _IN_DIGITS.search(chinese) is not None or _tens_and_more().search(chinese) is not None


def has_great(english: str) -> bool:
    """Whether a word stands in a text without which no number in words is greater than `SMALL`."""
    return _great().search(english.lower()) is not None


@cache
def _great_words() -> frozenset[str]:
    known = _numerals("en")
    words = {word for word, value in known["one"].items() if value > SMALL}
    return frozenset({*words, *known["ten"], *known["large"], _HUNDRED})


@cache
def _great() -> re.Pattern[str]:
    """English words without which no number in words is greater than `SMALL`."""
    return re.compile("|".join(sorted(_great_words(), reverse=True)))


@cache
def _tens_and_more() -> re.Pattern[str]:
    """Signs for ten and more; of digits alone, one is small and several are an estimate."""
    known = _numerals("zh")
    return re.compile(f"[{''.join([*known['unit'], *known['large']])}]")


@cache
def _runs() -> re.Pattern[str]:
    """Numbers in English that nothing but a hyphen or spaces parts."""
    known = _numerals("en")
    words = "|".join(sorted({*known["one"], *known["ten"], *known["large"], _HUNDRED}, reverse=True))
    number = rf"(?:{_DIGITS}|(?<![a-z])(?:{words})(?![a-z]))"
    return re.compile(rf"{number}(?:{_JOIN}{number})*")


def _in_english(text: str) -> _Read:
    digits, words = set[Decimal](), set[Decimal]()
    for run in _runs().findall(text):
        written, place = _JOINS.split(run), 0
        while place < len(written):
            kind = digits if written[place][0].isdigit() else words
            value, place = _number_at(written, place)
            kind.add(value)
    return digits, words, frozenset()


def _loose_in_english(text: str) -> set[Decimal]:
    """Months, times of day, and shares in words."""
    known = _numerals("en")
    loose = {known["loose"][word] for word in known["loose"].keys() & _WORD.findall(text)}
    loose |= {_decimal(whole, part) for whole, part in _POINT.findall(text) if {whole, part} <= known["one"].keys()}
    shares = {"tenth": Decimal("0.1"), "hundredth": Decimal("0.01")}
    return loose | {known["one"][count] * shares[part] for count, part in _PARTS.findall(text) if count in known["one"]}


def _decimal(whole: str, part: str) -> Decimal:
    ones = _numerals("en")["one"]
    return Decimal(f"{ones[whole]}.{ones[part]}")


def _number_at(written: Sequence[str], place: int) -> tuple[Decimal, int]:
    """The number that begins with the word at `place`, and the place after it."""
    total, after, large = Decimal(0), place, _numerals("en")["large"]
    current: Decimal | None = None
    in_digits = written[place][0].isdigit()
    while after < len(written) and _follows(current, word := written[after]):
        if in_digits and after > place and word not in large:
            break
        if word in large:
            total, current = total + (current or 1) * large[word], Decimal(0)
        elif word == _HUNDRED:
            current = (current or Decimal(1)) * 100
        else:
            current = (current or Decimal(0)) + _value(word)
        after += 1
    return total + (current or 0), after


def _value(word: str) -> Decimal:
    known = _numerals("en")
    return (
        Decimal(word.replace(",", ""))
        if word[0].isdigit()
        else known["one"].get(word) or known["ten"].get(word, Decimal(0))
    )


def _follows(current: Decimal | None, word: str) -> bool:
    """Whether a word of numbers goes on with one that has come so far, or begins one."""
    known = _numerals("en")
    if current is None:
        return True
    if word in known["large"]:
        return current > 0
    if word == _HUNDRED:
        return 0 < current < 100
    if word in known["ten"]:
        return current % 100 == 0 and current > 0
    if word not in known["one"]:
        return False
    one = known["one"][word]
    return (current > 0 and current % 100 == 0) or (0 < one < 10 and current % 10 == 0 and current % 100 >= 20)


@cache
def _written() -> re.Pattern[str]:
    """A number in Chinese: digits with a unit behind them, or signs; and what makes it an estimate."""
    of = {kind: "".join(signs) for kind, signs in _numerals("zh").items()}
    signs = of["digit"] + of["unit"] + of["large"]
    return re.compile(rf"({_DIGITS})([{of['unit']}{of['large']}]{{0,3}})|([{signs}]{{1,16}})([{of['about']}]?)")


def _in_chinese(text: str) -> _Read:
    digits, words, loose = set[Decimal](), set[Decimal](), set[Decimal]()
    for in_digits, units, signs, about in _written().findall(text):
        if in_digits:
            digits.add(_times(Decimal(in_digits.replace(",", "")), units))
        else:
            (loose if about or _is_estimate(signs) else words).add(_of_signs(signs))
    loose |= {_decimal_of_signs(each) for each in _pointed().findall(text)}
    return digits, {word for word in words if word < 100}, loose | words


@cache
def _pointed() -> re.Pattern[str]:
    """Two digits in signs with a point between them."""
    digits, point = ("".join(_numerals("zh")[kind]) for kind in ("digit", "point"))
    return re.compile(f"([{digits}])[{point}]([{digits}])")


def _decimal_of_signs(signs: tuple[str, str]) -> Decimal:
    digits = _numerals("zh")["digit"]
    return Decimal(f"{digits[signs[0]]}.{digits[signs[1]]}")


def _times(value: Decimal, units: str) -> Decimal:
    for unit in units:
        value *= _numerals("zh")["unit"].get(unit) or _numerals("zh")["large"][unit]
    return value


def _is_estimate(signs: str) -> bool:
    """Two digits in a row, as in "three or four"."""
    return any({one, other} <= _numerals("zh")["digit"].keys() for one, other in pairwise(signs))


@lru_cache(maxsize=1000)
def _of_signs(signs: str) -> Decimal:
    total, part, digit = Decimal(0), Decimal(0), Decimal(0)
    known = _numerals("zh")
    if set(signs) <= known["digit"].keys():
        return Decimal("".join(str(known["digit"][sign]) for sign in signs))
    for sign in signs:
        if sign in known["digit"]:
            digit = known["digit"][sign]
        elif sign in known["unit"]:
            part, digit = part + (digit or 1) * known["unit"][sign], Decimal(0)
        else:
            total, part, digit = total + (part + digit or 1) * known["large"][sign], Decimal(0), Decimal(0)
    return total + part + digit
