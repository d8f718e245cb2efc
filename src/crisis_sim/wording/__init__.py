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
    return plain if language == "en" else partial(_translate, _catalogue())


def plain(english: str, _context: str = "", /, *, plural: object = "", **words: object) -> str:
    """The sentence in English."""
    sentence = str(plural) if plural and words["n"] != 1 else english
    return _filled(sentence, words) if words else sentence


def _translate(
    chinese: GNUTranslations, english: str, context: str = "", /, *, plural: object = "", **words: object
) -> str:
    """The sentence in Chinese."""
    if not english:
        return english
    if plural:
        count = words["n"]
        assert isinstance(count, int)
        sentence = (
            chinese.npgettext(context, english, str(plural), count)
            if context
            else chinese.ngettext(english, str(plural), count)
        )
    else:
        sentence = chinese.pgettext(context, english) if context else chinese.gettext(english)
    return _filled(sentence, words) if words else sentence


def quote_text(text: str) -> str:
    """A text in quotation marks, which both languages share, with the inner kind for those within it."""
    return plain("“{text}”", text=text)


def join_parts(parts: Iterable[str], say: Say) -> str:
    """Parts in a row, with semicolons between them; none behind a question."""
    nonempty = [part for part in parts if part]
    return reduce(lambda one, other: say("{one}; {other}", one=one, other=other), nonempty) if nonempty else ""


def _filled(sentence: str, words: Mapping[str, object]) -> str:
    """A sentence with words in its places: their quotation marks and their last full stop make way for its own."""
    for name, place, mark in _marked_places(sentence):
        word = words.get(name)
        if isinstance(word, str) and word.endswith(("?", "!", "？", "！", "…", "...")):
            sentence = sentence if mark == ":" else sentence.replace(place + mark, place)
        elif isinstance(word, str) and word.endswith((".", "。")):
            words = {**words, name: word[:-1]}
    for outer, inner in INNER.items():
        if outer in sentence:
            words = {
                name: word.translate(inner) if isinstance(word, str) and f"{outer}{{{name}}}" in sentence else word
                for name, word in words.items()
            }
    return sentence.format_map(words)


@cache
def _marked_places(sentence: str) -> tuple[tuple[str, str, str], ...]:
    """Places of a sentence right before a stop, a semicolon or a colon: name, place and mark."""
    return tuple((match[2], match[1], match[3]) for match in re.finditer(r"(\{(\w+)\})([.。;；:：])", sentence))


@cache
def _catalogue() -> GNUTranslations:
    """The compiled catalogue, read when somebody first needs it."""
    from gettext import GNUTranslations
    from importlib.resources import files

    with files(__name__).joinpath("zh.mo").open("rb") as file:
        return GNUTranslations(file)


def in_words(sentence: str | Text, language: Language) -> str:
    """A sentence that something below the doors has put together, or a text that somebody wrote, in `language`."""
    from crisis_sim.errors import Sentence

    if not isinstance(sentence, str):
        return sentence.in_(language)
    if language == "en" or not isinstance(sentence, Sentence):
        return sentence
    parts = {name: _part_in_words(part, language) for name, part in sentence.parts.items()}
    return speaker(language)(sentence.english, plural=sentence.plural, **parts)


def failure(error: CrisisSimError, language: Language) -> tuple[str, str]:
    """What went wrong and what to do instead, both in `language`."""
    return error.told(partial(in_words, language=language))


def _part_in_words(part: object, language: Language) -> object:
    in_language = getattr(part, "in_", None)  # a text, whose class loads what a page of help would wait for
    return in_language(language) if in_language else in_words(part, language) if isinstance(part, str) else part
