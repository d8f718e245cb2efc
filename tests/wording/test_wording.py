"""Every sentence that a door says itself has its Chinese, once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import combinations

import pytest
from tests.wording.spoken import SOURCE, held, refused, said, strings

from crisis_sim.errors import ActionRefused
from crisis_sim.plain import composer, door, facilitator, lining, replay, team, telling
from crisis_sim.replaying import replayed
from crisis_sim.replaying import telling as moments
from crisis_sim.replaying.telling import speech
from crisis_sim.rules.authored import Text
from crisis_sim.wording import Say, names, pairs, plain, refusal, speaker

DOORS = ("crisis_sim.wording", "crisis_sim.replaying", "crisis_sim.plain", "crisis_sim.tui")
CATALOGUES = (*DOORS, "crisis_sim.report")
NAMES = (names.FAMILIES, names.SEATS, names.SIDES, names.WAYS)


def without_chinese(sentences: Collection[str], say: Say) -> list[str]:
    """Those that stay English."""
    return sorted({each for each in sentences if say(each) == each and any(letter.isalpha() for letter in each)})


def test_every_sentence_of_a_replay_has_its_chinese() -> None:
    """What is told of moments, numbers and jumps."""
    tables = (moments.WHO, moments.PLAIN, moments.VERBS, replayed.NOTICES)
    sentences = {*said("replaying"), *(words for table in tables for words in table.values())}
    assert len(sentences) > 50
    assert without_chinese(sentences, speech("zh")) == []


def test_every_sentence_of_the_plain_door_has_its_chinese() -> None:
    """Headings, prompts, what can be typed, and what is answered."""
    tables = (facilitator.STATES, door.COMES, door.AWAY, telling.SORTS, telling.SEATS, *NAMES)
    kept = {words for table in tables for words in table.values()} | set(replay.NAMES.values())
    kept |= {team.HOW_TO_READ, composer.MEANING, *replay.HELP, *(label for _, label in team.OUTCOMES)}
    kept |= {note for _, note in lining.KINDS}
    sentences = said("plain", prompts=True) | held("plain") | kept
    assert len(sentences) > 350
    assert without_chinese(sentences, speaker("zh", "crisis_sim.replaying", "crisis_sim.plain")) == []


def test_every_refusal_has_its_chinese() -> None:
    """Why something cannot be done, and what to do instead."""
    sentences = refused()
    assert len(sentences) > 100
    assert without_chinese(sentences, speaker("zh", "crisis_sim.replaying")) == []


def places(sentence: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)", sentence))


def lines(package: str) -> Iterator[str]:
    yield from (SOURCE / package.removeprefix("crisis_sim.") / "zh.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("package", CATALOGUES)
def test_a_translation_keeps_its_places(package: str) -> None:
    """What is filled in in English is filled in in Chinese, and every line is a pair."""
    for line in lines(package):
        english, chinese = line.split(" = ", 1)
        assert places(english) == places(chinese), line


@pytest.mark.parametrize("package", CATALOGUES)
def test_a_catalogue_says_each_sentence_once(package: str) -> None:
    """The second of two lines would hide the first."""
    keys = [line.split(" = ", 1)[0] for line in lines(package)]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("package", CATALOGUES)
def test_a_catalogue_holds_nothing_that_no_code_says(package: str) -> None:
    """The Chinese of a sentence goes with the sentence."""
    written = "\n".join(strings())
    assert [english for english in pairs(package) if english not in written] == []


def test_no_two_catalogues_hold_the_same_pair() -> None:
    """What several doors say stands in the catalogue that all of them read; a report reads its own alone."""
    for one, two in combinations(DOORS, 2):
        assert sorted(pairs(one).items() & pairs(two).items()) == [], (one, two)


WRONG = re.compile(r"[一-鿿][ ](?=[一-鿿{0-9])|[}0-9] (?=[一-鿿])|[一-鿿][,;:?!](?!/)|[一-鿿][(]|[)][一-鿿]")
"""Spaces between characters, or beside numbers, and punctuation of half width."""


@pytest.mark.parametrize("package", CATALOGUES)
def test_chinese_is_set_as_it_is_printed(package: str) -> None:
    """No space between characters and numbers, punctuation of full width."""
    assert [line for line in lines(package) if WRONG.search(line.split(" = ", 1)[1])] == []


def test_parts_are_put_in_once() -> None:
    """What somebody wrote is neither looked up nor read as a sentence with places, in either language."""
    for say in (plain, speaker("zh")):
        assert "{who} public" in say("that belongs to the {phase} phase; this is {here}", phase="{who} public", here="")


def test_a_refusal_is_said_in_the_readers_language() -> None:
    """With the channel's name in that language, and the game's own words looked up."""
    refused = ActionRefused(
        "channel/visibility",
        "{channel} carries only what is {visibility}",
        hint="choose another channel or visibility",
        channel=Text(en="the press", zh="媒体"),
        visibility="public",
    )
    assert str(refused) == "the press carries only what is public"
    assert refusal(refused, "en") == (str(refused), "choose another channel or visibility")
    assert refusal(refused, "zh") == ("媒体只能传递公开的内容", "请另选渠道，或改变公开与否")
