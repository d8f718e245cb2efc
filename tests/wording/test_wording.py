"""Every sentence that a door says itself has its Chinese, once, in one catalogue that is what the code says."""

from __future__ import annotations

import re
from string import Formatter
from typing import NamedTuple

from tests.wording.catalogue import MO, PO, as_compiled, as_written, catalogue, renewed
from tests.wording.gathering import gathered

from crisis_sim.wording import plain, speaker


class Pair(NamedTuple):
    """A sentence and its Chinese."""

    id: str
    string: str


def pairs() -> list[Pair]:
    """Every sentence of the catalogue with its Chinese."""
    return [Pair(str(message.id), str(message.string)) for message in catalogue() if message.id]


def places(sentence: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_the_catalogue_is_what_the_code_says() -> None:
    """Nothing that is said is missing, nothing is kept that nobody says: `scripts/words` brings it up to date."""
    assert len(list(gathered())) > 1500
    assert as_written(renewed(catalogue())) == PO.read_bytes()


def test_what_is_read_is_what_was_written() -> None:
    """The compiled catalogue is that of the sentences as they stand."""
    assert as_compiled(catalogue()) == MO.read_bytes()


def test_every_sentence_has_its_chinese() -> None:
    """Signs alone may stay as they are."""
    assert [each.id for each in pairs() if not each.string and any(map(str.isalpha, each.id))] == []
    assert not any(message.fuzzy for message in catalogue())


def test_a_translation_keeps_its_places() -> None:
    """What is filled in in English is filled in in Chinese."""
    assert [each.id for each in pairs() if each.string and places(each.id) != places(each.string)] == []


def test_a_word_of_two_meanings_is_told_apart_by_its_context() -> None:
    """How soon something arrives is said otherwise than where the session stands."""
    say = speaker("zh")
    assert say("now", "how soon") != say("now")
    assert speaker("en")("now", "how soon") == "now"


WRONG = re.compile(r"[一-鿿][ ](?=[一-鿿{0-9])|[}0-9] (?=[一-鿿])|[一-鿿][,;:?!](?!/)|[一-鿿][(]|[)][一-鿿]")
"""Spaces between characters, or beside numbers, and punctuation of half width."""


def test_chinese_is_set_as_it_is_printed() -> None:
    """No space between characters and numbers, punctuation of full width."""
    assert [each.string for each in pairs() if WRONG.search(each.string)] == []


def test_parts_are_put_in_once() -> None:
    """What somebody wrote is neither looked up nor read as a sentence with places, in either language."""
    for say in (plain, speaker("zh")):
        assert "{who} public" in say("that belongs to the {phase} phase; this is {here}", phase="{who} public", here="")
