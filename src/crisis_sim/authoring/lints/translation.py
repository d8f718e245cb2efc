"""Compare a text's English and Chinese: what is left untranslated, how long each is, and the terms of the table.

Nobody's meaning can be told by a program. What can be told is that something was left out, and that a word stands where
the table of terms has another. Rule packs are not looked at here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.stats import reading_units
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Spot
from crisis_sim.rules.authored import Text
from crisis_sim.rules.keys import Loc

PROPORTIONS: Final = ((30, 10, 21), (15, 7, 24))
"""From so many English words on, the fewest and most Chinese characters for ten of them.

Measured over four scenarios in November 2026: ninety-eight in a hundred texts of 30 words and more have 1.15 to 1.85,
and of those of 15 words 1.0 to 2.0.
"""
_NO_PROSE: Final = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
"""Ids, and where links lead."""
_HOUR: Final = re.compile(r"T\+[0-9]+h(?![a-z])")
_ENGLISH: Final = re.compile(r"(?:[A-Za-z]+[ ,]+){5}")
"""So many words that they are no name: a text that `new` took over, and that nobody has written in Chinese yet."""


class BothWords(NamedTuple):
    """A text in both languages, without what is no prose in it."""

    en: str
    zh: str


class TwoTongued(NamedTuple):
    """A text in both languages, and where it stands."""

    words: BothWords
    loc: Loc
    source: Source

    @property
    def spot(self) -> Spot:
        """The place in the file, which is looked for when there is something to say."""
        return self.source.spot(*self.loc)


def _written_twice(run: LintRun) -> list[TwoTongued]:
    """The scenario's texts that have both languages, each place of the file once."""
    source, texts = run.texts[0]
    alike: dict[BothWords, list[TwoTongued]] = {}
    for loc, text in texts:
        if text.zh is not None:
            pair = (
                (text.en, text.zh)
                if isinstance(text, Text)
                else (run.material.text(text, "en"), run.material.text(text, "zh"))
            )
            one = TwoTongued(BothWords(*map(_prose, pair)), loc, source)
            duplicates = alike.setdefault(one.words, [])
            if not duplicates or one.spot not in [entry.spot for entry in duplicates]:
                duplicates.append(one)
    return [one for group in alike.values() for one in group]


def _prose(words: str) -> str:
    return _NO_PROSE.sub(" ", words) if "`" in words or "](" in words or "://" in words else words


def lengths_agree(run: LintRun) -> None:
    """Neither language has far more to read than the other."""
    for twice in _written_twice(run):
        text = twice.words
        words = reading_units(text.en, "en")
        bounds = next(((low, high) for from_, low, high in PROPORTIONS if words >= from_), None)
        characters = 0 if bounds is None else reading_units(text.zh, "zh")
        if bounds is not None and not bounds[0] * words <= 10 * characters <= bounds[1] * words:
            message = Sentence(
                "the English has {words} words and the Chinese {characters} characters",
                words=words,
                characters=characters,
            )
            hint = Sentence("see whether something is left out in one of them, or told at greater length")
            run.warn(twice.spot, message, "lengths-apart", hint)


def chinese_is_written(run: LintRun) -> None:
    """Warn of a Chinese text in which English sentences still stand."""
    for text in _written_twice(run):
        if match := _ENGLISH.search(text.words.zh):
            message = Sentence("English still stands in the Chinese: '{words}…'", words=match[0].strip())
            run.warn(text.spot, message, "language", Sentence("write it in Chinese"))


class TermRow(NamedTuple):
    """A row of the table of terms."""

    english: tuple[str, ...]
    """Words for which one of the Chinese ones stands; none where only the wrong one is looked for."""
    chinese: tuple[str, ...]
    wrong: str
    """What does not stand for it, if there is something."""


@cache
def terms() -> tuple[TermRow, ...]:
    """The table of terms that shipped scenarios keep to."""
    rows = csv.DictReader(Path(__file__).with_name("terms_zh.csv").read_text(encoding="utf-8").splitlines())
    return tuple(
        TermRow(tuple(filter(None, row["english"].split("|"))), tuple(row["chinese"].split("|")), row["not"])
        for row in rows
    )


def terms_are_kept(run: LintRun) -> None:
    """The Chinese has the words of the table of terms, and none of those that it advises against."""
    texts = _written_twice(run)
    folded = [_folded(text.words.en) for text in texts]
    english, chinese = "\n".join(folded), "\n".join(text.words.zh for text in texts)
    wrong = [row for row in terms() if row.wrong and row.wrong in chinese]
    candidates = [(row, word) for row in terms() for word in row.english if word.casefold() in english]
    for text, folds in zip(texts, folded, strict=True):
        term_words = [(row, word) for row, word in candidates if word.casefold() in folds]
        warned = (
            [*_wrong_words(text.words, wrong), *_missing_words(text.words, term_words)] if wrong or term_words else []
        )
        for sentence, row in sorted(warned, key=lambda warning: terms().index(warning[1])):
            hint = Sentence("write '{term}', or allow the other with a reason", term=row.chinese[0])
            run.warn(text.spot, sentence, "term", hint)
        if hour := _HOUR.search(text.words.zh):
            sentence = Sentence("the hour '{hour}' stands in the Chinese as in the English", hour=hour[0])
            run.warn(text.spot, sentence, "term", Sentence("write its unit in Chinese"))


def _wrong_words(text: BothWords, rows: Sequence[TermRow]) -> Iterator[tuple[Sentence, TermRow]]:
    for row in rows:
        if row.wrong in text.zh:
            yield Sentence("the table of terms has another word for '{word}'", word=row.wrong), row


def _missing_words(text: BothWords, term_words: Sequence[tuple[TermRow, str]]) -> Iterator[tuple[Sentence, TermRow]]:
    """Rows of which the English says a word, the first that it does, and the Chinese none."""
    checked_rows: list[TermRow] = []
    for row, word in term_words:
        if row not in checked_rows and re.search(rf"\b{word}\b", text.en, re.IGNORECASE):
            checked_rows.append(row)
            if not any(term in text.zh for term in row.chinese):
                yield Sentence("the English says '{word}', and the Chinese has none of its terms", word=word), row


def _folded(english: str) -> str:
    """A text in which a word stands wherever it stands in any case, as `re.IGNORECASE` would have it."""
    return english.casefold().replace("\u0131", "i").replace("i\u0307", "i")
