"""What doors say, in a reader's language.

English is the key, so that code reads as it shows: `say("turn {number}", number=3)`. The Chinese of every sentence
stands in one gettext catalogue, `zh.po`; `scripts/words` gathers the sentences from the code and compiles what is read
here. A sentence that is kept in a table, to be said later, is marked with `_`; a word of two meanings has a context for
one of them. What people wrote and what scenarios say is never looked up: it is put into the places of a sentence, or
shown as it is.
"""

from __future__ import annotations

from functools import cache, partial
from gettext import GNUTranslations
from importlib.resources import files
from typing import Protocol

from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.names import Language


class Say(Protocol):
    """A sentence in the reader's language."""

    def __call__(self, english: str, context: str = "", /, **words: object) -> str:
        """What is shown for `english`, with `{name}` become the word of that name; a context tells its meaning."""
        ...


def _(english: str) -> str:
    """Mark a sentence that is said elsewhere, so that the catalogue has it."""
    return english


@cache
def speaker(language: Language) -> Say:
    """What says sentences in `language`; one that has no Chinese stays English."""
    return plain if language == "en" else partial(_said, _catalogue())


def plain(english: str, _context: str = "", /, **words: object) -> str:
    """The sentence in English."""
    return english.format_map(words) if words else english


def _said(chinese: GNUTranslations, english: str, context: str = "", /, **words: object) -> str:
    """The sentence in Chinese."""
    if not english:
        return english
    said = chinese.pgettext(context, english) if context else chinese.gettext(english)
    return said.format_map(words) if words else said


@cache
def _catalogue() -> GNUTranslations:
    """The compiled catalogue, read when somebody first needs it."""
    with files(__name__).joinpath("zh.mo").open("rb") as file:
        return GNUTranslations(file)


def failure(error: CrisisSimError, language: Language) -> tuple[str, str]:
    """What went wrong and what to do instead, both in `language`."""
    say = speaker(language)
    return say(error.sentence, **error.parts), say(error.way_out, **error.parts)
