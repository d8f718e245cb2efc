"""The numbers that a text says, in digits or in words, in English or in Chinese.

What is found is compared as sets: a number that one language has in digits the other has somewhere, in whatever form.
Small numbers in words are let go, since each language puts in and leaves out its ones and twos; so are numbers within
a name, as of an aircraft or a virus.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.rules.names import Language

SMALL: Final = 10
"""Up to here a number in words need not stand in the other language."""
_DIGITS: Final = r"(?<![A-Za-z0-9.])(?<![A-Za-z]-)[0-9]{1,15}(?:,[0-9]{3}){0,4}(?:\.[0-9]+)?(?![0-9]|s\b)"
_ENGLISH: Final = re.compile(rf"{_DIGITS}|[a-z]+")
_AND: Final = re.compile(r"(?<=hundred|housand) and (?=[a-z])")
_FULL_HOUR: Final = re.compile(r"(?<=[0-9]):00(?![0-9])")
_JOINS: Final = re.compile(r"-|\s+")
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


class Figures(NamedTuple):
    """What a text says in numbers."""

    digits: frozenset[Decimal]
    """Written in digits."""
    words: frozenset[Decimal]
    """Written in words."""
    loose: frozenset[Decimal] = frozenset()
    """What its words may mean besides: a month, noon, half more than a number."""

    @property
    def any(self) -> frozenset[Decimal]:
        """All that the text says, or may."""
        return self.digits | self.words | self.loose

    def beyond(self, other: Figures) -> tuple[Decimal, ...]:
        """Numbers of this text that the other does not have, least first."""
        asked = self.digits | {word for word in self.words if word > SMALL}
        return tuple(sorted(asked - other.any - {Decimal(0), Decimal(1)}))


def figures(text: str, language: Language) -> Figures:
    """The numbers of a text."""
    plain = _FULL_HOUR.sub("", text)
    found = _in_chinese(plain) if language == "zh" else _in_english(_AND.sub(" ", plain.lower()))
    said, more = found.digits | found.words, {Decimal(number) for number in _NAMED.findall(text)}
    more |= {Decimal(decade) for decade in _DECADE.findall(text)} | {
        Decimal("".join(of)) for of in _SEASON.findall(text)
    }
    more |= {year % 100 for year in said | more if 1900 <= year < 2100}
    more |= {Decimal(10 * len(tens) + _STROKES[ones]) for tens, ones in _ROMAN.findall(text)}
    if any(sign in text for sign in _numerals(language)["half"]):
        more |= {number + HALF for number in said} | {HALF}
    more |= {number - HALF for number in said if number % 1 == HALF}
    if _CLOCK.search(text) or any(sign in text for sign in _numerals(language)["clock"]):
        more |= {hour + turn for hour in said if hour <= 2 * _NOON for turn in (-_NOON, _NOON)}
    return found._replace(loose=found.loose | more)


def _in_english(text: str) -> Figures:
    found = list(_ENGLISH.finditer(text))
    digits, words, loose = set[Decimal](), set[Decimal](), set[Decimal]()
    known, place = _numerals("en"), 0
    while place < len(found):
        word = found[place][0]
        if word in known["loose"]:
            loose.add(known["loose"][word])
        value, place = _read(found, text, place)
        if value is not None:
            (digits if word[0].isdigit() else words).add(value)
    loose |= {_decimal(whole, part) for whole, part in _POINT.findall(text) if {whole, part} <= known["one"].keys()}
    shares = {"tenth": Decimal("0.1"), "hundredth": Decimal("0.01")}
    loose |= {known["one"][count] * shares[part] for count, part in _PARTS.findall(text) if count in known["one"]}
    return Figures(frozenset(digits), frozenset(words), frozenset(loose))


def _decimal(whole: str, part: str) -> Decimal:
    ones = _numerals("en")["one"]
    return Decimal(f"{ones[whole]}.{ones[part]}")


def _read(found: list[re.Match[str]], text: str, place: int) -> tuple[Decimal | None, int]:
    """The number that begins at a word, if one does, and the place after it."""
    total, after = Decimal(0), place
    current: Decimal | None = None
    in_digits = found[place][0][0].isdigit()
    while after < len(found) and _goes_on(found, text, place, after) and _follows(current, found[after][0]):
        word = found[after][0]
        if in_digits and after > place and word not in _numerals("en")["large"]:
            break
        if word in _numerals("en")["large"]:
            total, current = total + (current or 1) * _numerals("en")["large"][word], Decimal(0)
        elif word == _HUNDRED:
            current = (current or Decimal(1)) * 100
        else:
            current = (current or Decimal(0)) + _value(word)
        after += 1
    return (None, place + 1) if current is None else (total + current, after)


def _goes_on(found: list[re.Match[str]], text: str, first: int, place: int) -> bool:
    """Whether nothing parts a word from the one before it."""
    return place == first or bool(_JOINS.fullmatch(text[found[place - 1].end() : found[place].start()]))


def _value(word: str) -> Decimal:
    known = _numerals("en")
    return (
        Decimal(word.replace(",", ""))
        if word[0].isdigit()
        else known["one"].get(word) or known["ten"].get(word, Decimal(0))
    )


def _follows(current: Decimal | None, word: str) -> bool:
    """Whether a word goes on with a number that has come so far, or begins one."""
    known = _numerals("en")
    if current is None:
        return word[0].isdigit() or any(word in known[kind] for kind in ("one", "ten", "large")) or word == _HUNDRED
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
    return re.compile(
        rf"(?P<digits>{_DIGITS})(?P<units>[{of['unit']}{of['large']}]{{0,3}})|(?P<signs>[{signs}]{{1,16}})(?P<about>[{of['about']}]?)"
    )


def _in_chinese(text: str) -> Figures:
    digits, words, loose = set[Decimal](), set[Decimal](), set[Decimal]()
    for each in _written().finditer(text):
        if each["digits"]:
            digits.add(_times(Decimal(each["digits"].replace(",", "")), each["units"]))
        elif each["about"] or _is_estimate(each["signs"]):
            loose.add(_of_signs(each["signs"]))
        else:
            words.add(_of_signs(each["signs"]))
    loose |= {_decimal_of_signs(each) for each in _pointed().findall(text)}
    return Figures(frozenset(digits), frozenset(word for word in words if word < 100), frozenset(loose | words))


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
    return any(set(pair) <= _numerals("zh")["digit"].keys() for pair in _pairs(signs))


def _pairs(signs: str) -> Iterator[str]:
    return (signs[place : place + 2] for place in range(len(signs) - 1))


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
