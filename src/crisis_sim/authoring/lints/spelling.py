"""Names that one scenario spells in two ways, in English or in Chinese, and names that only one language has.

A Chinese name is told by the characters with which foreign sounds are written; where it stands in three texts or more,
a form of it that differs by one character, in a text whose English has the same name, is taken for a slip. In English
it is a word with a capital that stands in one text, and differs by one letter from one that stands in three.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

KNOWN: Final = 3
"""In so many texts stands what is taken for the name."""
_LONG: Final = 5
"""English names shorter than this differ by a letter all the time."""
_OWN: Final = 0.7
"""In this share of the texts that have the Chinese name stands the English one."""
_WORD: Final = re.compile(r"\w+")
_WORDS_APART: Final = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(256))
"""A table in which each character of ASCII that is part of no word is a space."""
_CAPITAL: Final = re.compile(r"[A-Z][a-z]{2,}")
_SMALL: Final = re.compile(r"[a-z]{3,}")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


class BothWords(NamedTuple):
    """A text in both languages, without what is no prose in it."""

    en: str
    zh: str


class Respelt(NamedTuple):
    """A name that a text spells as no other does."""

    place: int
    """Which of the texts."""
    name: str
    usual: str


def words_of(text: BothWords) -> Sequence[str]:
    """The English words of a text, one after another."""
    if not text.en.isascii():
        return _WORD.findall(text.en)
    return text.en.encode().translate(_WORDS_APART).decode().split()  # the same, in half the time


def respelt(texts: Sequence[BothWords], words: Sequence[Sequence[str]] | None = None) -> Iterator[Respelt]:
    """Names that are spelt in two ways: in English, then in Chinese; `words` are the `words_of` each text."""
    capitals = _capitals(list(map(words_of, texts)) if words is None else words)
    yield from _in_english(capitals)
    yield from _in_chinese(texts, capitals)


def _capitals(words: Sequence[Sequence[str]]) -> Sequence[frozenset[str]]:
    """For each text the words with a capital that no text writes small, and that so are names."""
    every = frozenset[str]().union(*words)
    small = frozenset(filter(_SMALL.fullmatch, every))
    names = frozenset(word for word in filter(_CAPITAL.fullmatch, every) if word.lower() not in small)
    return [names.intersection(each) for each in words]


def only_in_chinese(text: BothWords) -> list[str]:
    """Names in Latin letters that the Chinese has, and the English has not."""
    words = dict.fromkeys(word for word in _LATIN.findall(text.zh) if word != word.lower())
    english = text.en.casefold() if words else ""
    return [word for word in words if word.casefold() not in english]


def _in_english(capitals: Sequence[frozenset[str]]) -> Iterator[Respelt]:
    counted = Counter(word for words in capitals for word in sorted(words) if len(word) >= _LONG)
    usual: dict[str, list[str]] = {}
    for word, texts_with in counted.items():
        if texts_with >= KNOWN:
            usual.setdefault(word[:2], []).append(word)
            usual.setdefault(word[-2:], []).append(word)
    for place, words in enumerate(capitals):
        for word in sorted(word for word in words if counted[word] == 1):
            near = dict.fromkeys(usual.get(word[:2], []) + usual.get(word[-2:], []))  # one slip leaves one end as it is
            for name in near:
                if _one_letter_apart(word, name):
                    yield Respelt(place, word, name)


def _one_letter_apart(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return False
    if len(one) == len(other):
        return _differing(one, other) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


@cache
def _sounds() -> frozenset[str]:
    """Characters with which foreign names are written in Chinese."""
    return frozenset(Path(__file__).with_name("sounds_zh.txt").read_text(encoding="utf-8").strip())


def _in_chinese(texts: Sequence[BothWords], capitals: Sequence[frozenset[str]]) -> Iterator[Respelt]:
    names, known = _chinese_names(texts), _EnglishNames(capitals)
    for name in names:
        having = sum(1 << place for place, text in enumerate(texts) if name in text.zh)
        own = known.own(having)
        without = 0 if own is None else known.stands(own) & ~having
        for place in range(without.bit_length()):
            if without >> place & 1:
                found = _like(name, texts[place].zh).difference(names)
                yield from (Respelt(place, other, name) for other in sorted(found))


class _EnglishNames:
    """In which texts each name stands; a set of texts is a number, with a bit for each."""

    def __init__(self, capitals: Sequence[frozenset[str]]) -> None:
        self._texts: dict[str, int] = {}
        for place, words in enumerate(capitals):
            for word in words:
                self._texts[word] = self._texts.get(word, 0) | 1 << place
        self._sorted = sorted(self._texts)
        self._stands: dict[str, int] = {}

    def own(self, having: int) -> str | None:
        """The name, in some form, that nearly all texts `having` a Chinese one have, and few others."""
        likely: list[tuple[float, str]] = []
        number = having.bit_count()
        for word in (word for word, texts in self._texts.items() if texts & having):
            stands = self.stands(word)
            both = (stands & having).bit_count()
            if both >= _OWN * number:
                likely.append((2 * both / (number + stands.bit_count()), word))
        return max(likely)[1] if likely else None

    def stands(self, name: str) -> int:
        """The texts that have a name, or a word that goes on from it, as for its people."""
        if name not in self._stands:
            found = 0
            for word in islice(self._sorted, bisect_left(self._sorted, name), None):
                if not word.startswith(name):
                    break
                found |= self._texts[word]
            self._stands[name] = found
        return self._stands[name]


def _chinese_names(texts: Sequence[BothWords]) -> list[str]:
    """Runs of sounds that stand in several texts, without those that merely have another in them."""
    run = re.compile(f"[{''.join(sorted(_sounds()))}]{{3,}}")
    counted = Counter(name for text in texts for name in dict.fromkeys(run.findall(text.zh)))
    return [
        name
        for name, texts_with in counted.items()
        if texts_with >= KNOWN
        and not any(other != name and other in name and counted[other] >= texts_with for other in counted)
    ]


def _like(name: str, text: str) -> set[str]:
    """What differs from a name by one of its characters."""
    windows = {text[place : place + len(name)] for place in range(len(text) - len(name) + 1)}
    return {each for each in windows if each.isalpha() and _differing(each, name) == 1}
