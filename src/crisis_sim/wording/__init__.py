"""What doors say, in a reader's language.

English is the key, so that code reads as it shows: `say("turn {number}", number=3)`. The Chinese of every sentence
stands in one gettext catalogue, `zh.po`; `scripts/words` gathers the sentences from the code, and `hatch_build.py`
compiles the `zh.mo` that is read here. A sentence that is kept in a table, to be said later, is marked with `_`; a word
of two meanings has a context for one of them, and a sentence with a count has a form for one and one for many:
`say("{n} act", plural="{n} acts", n=3)`. What people wrote and what scenarios say is never looked up: it is put into
the places of a sentence, or shown as it is.

This module loads nothing that a page of help would have to wait for; a catalogue is read when Chinese is asked for.
"""

from __future__ import annotations

import re
from functools import cache, partial, reduce
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from gettext import GNUTranslations

    from crisis_sim.errors import CrisisSimError
    from crisis_sim.rules.authored import Text
    from crisis_sim.rules.names import Language

INNER: Final = {"“": str.maketrans("“”", "‘’"), "「": str.maketrans("「」", "『』")}
"""What marks become within quotation marks of a kind."""


class Say(Protocol):
    """A sentence in the reader's language."""

    def __call__(self, english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
        """What is shown for `english`, with `{name}` become the word of that name; a context tells its meaning.

        With `plural`, a sentence too, `english` is said where the word `n` is 1, and `plural` of every other count.
        """
        ...


def _(english: str, _context: str = "", /) -> str:
    """Mark a sentence that is said elsewhere, there with the same context, so that the catalogue has it."""
    return english


@cache
def speaker(language: Language) -> Say:
    """What says sentences in `language`; one that has no Chinese stays English."""
    return plain if language == "en" else partial(_said, _catalogue())


def plain(english: str, _context: str = "", /, *, plural: object = "", **words: object) -> str:
    """The sentence in English."""
    said = str(plural) if plural and words["n"] != 1 else english
    return _filled(said, words) if words else said


def _said(chinese: GNUTranslations, english: str, context: str = "", /, *, plural: object = "", **words: object) -> str:
    """The sentence in Chinese."""
    if not english:
        return english
    if plural:
        count = words["n"]
        assert isinstance(count, int)
        said = (
            chinese.npgettext(context, english, str(plural), count)
            if context
            else chinese.ngettext(english, str(plural), count)
        )
    else:
        said = chinese.pgettext(context, english) if context else chinese.gettext(english)
    return _filled(said, words) if words else said


def quote_text(text: str) -> str:
    """A text in quotation marks, which both languages share, with the inner kind for those within it."""
    return plain("“{text}”", text=text)


def join_parts(parts: Iterable[str], say: Say) -> str:
    """Parts in a row, with semicolons between them; none behind a question."""
    said = [part for part in parts if part]
    return reduce(lambda one, other: say("{one}; {other}", one=one, other=other), said) if said else ""


def _filled(said: str, words: Mapping[str, object]) -> str:
    """A sentence with words in its places: their quotation marks and their last full stop make way for its own."""
    for name, place, mark in _marked_places(said):
        word = words.get(name)
        if isinstance(word, str) and word.endswith(("?", "!", "？", "！", "…", "...")):
            said = said if mark == ":" else said.replace(place + mark, place)
        elif isinstance(word, str) and word.endswith((".", "。")):
            words = {**words, name: word[:-1]}
    for outer, inner in INNER.items():
        if outer in said:
            words = {
                name: word.translate(inner) if isinstance(word, str) and f"{outer}{{{name}}}" in said else word
                for name, word in words.items()
            }
    return said.format_map(words)


@cache
def _marked_places(said: str) -> tuple[tuple[str, str, str], ...]:
    """Places of a sentence right before a stop, a semicolon or a colon: name, place and mark."""
    return tuple((found[2], found[1], found[3]) for found in re.finditer(r"(\{(\w+)\})([.。;；:：])", said))


@cache
def _catalogue() -> GNUTranslations:
    """The compiled catalogue, read when somebody first needs it."""
    from gettext import GNUTranslations
    from importlib.resources import files

    with files(__name__).joinpath("zh.mo").open("rb") as file:
        return GNUTranslations(file)


def in_words(said: str | Text, language: Language) -> str:
    """A sentence that something below the doors has put together, or a text that somebody wrote, in `language`."""
    from crisis_sim.errors import Sentence

    if not isinstance(said, str):
        return said.in_(language)
    if language == "en" or not isinstance(said, Sentence):
        return said
    parts = {name: _part_in_words(part, language) for name, part in said.parts.items()}
    return speaker(language)(said.english, plural=said.plural, **parts)


def failure(error: CrisisSimError, language: Language) -> tuple[str, str]:
    """What went wrong and what to do instead, both in `language`."""
    return error.told(partial(in_words, language=language))


def _part_in_words(part: object, language: Language) -> object:
    in_language = getattr(part, "in_", None)  # a text, whose class loads what a page of help would wait for
    return in_language(language) if in_language else in_words(part, language) if isinstance(part, str) else part
