"""Names that one scenario spells in two ways, in English or in Chinese, and names that only one language has.

A Chinese name is told by the characters with which foreign sounds are written; where it stands in three texts or more,
a form of it that differs by one character, in a text whose English has the same name, is taken for a slip. In English
it is a word with a capital that stands in one text, and differs by one letter from one that stands in three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

KNOWN: Final = 3
"""In so many texts stands what is taken for the name."""
_LONG: Final = 5
"""English names shorter than this differ by a letter all the time."""
_OWN: Final = 0.7
"""In this share of the texts that have the Chinese name stands the English one."""
_CAPITAL: Final = re.compile(r"\b[A-Z][a-z]{2,}\b")
_SMALL: Final = re.compile(r"\b[a-z]{3,}\b")
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


def respelt(texts: Sequence[BothWords]) -> Iterator[Respelt]:
    """Names that are spelt in two ways: in English, then in Chinese."""
    yield from _in_english(texts)
    yield from _in_chinese(texts)


def only_in_chinese(text: BothWords) -> list[str]:
    """Names in Latin letters that the Chinese has, and the English has not."""
    english = text.en.casefold()
    words = dict.fromkeys(word for word in _LATIN.findall(text.zh) if any(map(str.isupper, word)))
    return [word for word in words if word.casefold() not in english]


def _in_english(texts: Sequence[BothWords]) -> Iterator[Respelt]:
    common = _common(texts)
    capitals = [
        {word for word in _CAPITAL.findall(text.en) if len(word) >= _LONG and word.lower() not in common}
        for text in texts
    ]
    counted = Counter(word for words in capitals for word in words)
    usual = [word for word, texts_with in counted.items() if texts_with >= KNOWN]
    for place, words in enumerate(capitals):
        for word in sorted(word for word in words if counted[word] == 1):
            for name in usual:
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


def _in_chinese(texts: Sequence[BothWords]) -> Iterator[Respelt]:
    common, names = _common(texts), _chinese_names(texts)
    capitals = [{word for word in _CAPITAL.findall(text.en) if word.lower() not in common} for text in texts]
    for name in names:
        own = _own_name([name in text.zh for text in texts], capitals)
        for place, text in enumerate(texts):
            if own is not None and name not in text.zh and _stands(own, capitals[place]):
                yield from (Respelt(place, other, name) for other in sorted(_like(name, text.zh).difference(names)))


def _own_name(has_it: Sequence[bool], capitals: Sequence[set[str]]) -> str | None:
    """The English name, in some form, that nearly all texts with the Chinese one have, and few others."""
    known = Counter(word for has, words in zip(has_it, capitals, strict=True) if has for word in words)
    likely: list[tuple[float, str]] = []
    for word in known:
        stands = [_stands(word, words) for words in capitals]
        both = sum(has and stood for has, stood in zip(has_it, stands, strict=True))
        if both >= _OWN * sum(has_it):
            likely.append((2 * both / (sum(has_it) + sum(stands)), word))
    return max(likely)[1] if likely else None


def _stands(name: str, words: set[str]) -> bool:
    """Whether a name is among words, or a word that goes on from it, as for its people."""
    return any(word.startswith(name) for word in words)


def _common(texts: Sequence[BothWords]) -> frozenset[str]:
    """Words that are also written small, and so are no names."""
    return frozenset(word for text in texts for word in _SMALL.findall(text.en))


def _chinese_names(texts: Sequence[BothWords]) -> list[str]:
    """Runs of sounds that stand in several texts, without those that merely have another in them."""
    run = re.compile(f"[{''.join(sorted(_sounds()))}]{{3,}}")
    counted = Counter(name for text in texts for name in set(run.findall(text.zh)))
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
