"""A scenario in numbers: what is counted is what is written, and estimates follow what they are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from tests.engine.play import shipped
from tests.small import small_material

from crisis_sim.authoring.stats import A_MINUTE, TOGETHER, Stats, reading_minutes, reading_units, stats_of
from crisis_sim.content.listings import list_scenarios
from crisis_sim.rules.names import Language


def test_a_minute_of_english_is_a_minute_of_words() -> None:
    """Length in minutes is the number of words by the speed, whatever the layout."""
    text = "word\n\n" * A_MINUTE["en"]
    assert reading_minutes(text, "en") == 1
    assert reading_minutes("", "en") == 0


def test_a_minute_of_chinese_is_a_minute_of_characters() -> None:
    """A text without spaces is as long as its characters."""
    assert reading_minutes("艇" * A_MINUTE["zh"] * 2, "zh") == 2


@pytest.mark.parametrize(
    ("text", "language", "units"),
    [
        ("# Your brief\n\n- **Say** it – plainly, well-known and soon.", "en", 8),
        ("| a | b |\n| --- | --- |\n", "en", 2),
        ("美方在 T+14 时打来电话。", "zh", 9),
        ("国防部热线,ISMERLO", "zh", 6),
        ("𠮷", "zh", 1),
    ],
)
def test_only_what_is_read_counts(text: str, language: Language, units: int) -> None:
    """Marks of Markdown and punctuation are left out; a Latin word in a Chinese text counts once."""
    assert reading_units(text, language) == units


def small(**changes: object) -> Stats:
    material = small_material()
    if not changes:
        return stats_of(material)
    return stats_of(replace(material, scenario=material.scenario.model_copy(update=changes)))


def test_words_are_counted_by_audience() -> None:
    """Each team's own injects count for it alone."""
    readings = {(reading.text, reading.audience): reading.words["en"] for reading in small().readings}
    material = small_material()
    assert readings["public brief", "both teams"] == reading_units(material.texts["brief.md"], "en")
    us = [inject.text.us.en for inject in material.scenario.msel if inject.to in ("us", "both")]
    assert readings["all injects", "US"] == sum(reading_units(text, "en") for text in us)
    assert readings["all injects", "US"] != readings["all injects", "China"]


def test_what_explains_briefs_is_read_where_they_are_explained() -> None:
    """Behind the public brief and each team's own, with the minutes that it adds; nothing where there is none."""
    material = shipped("bottomed-submarine")
    found = stats_of(material)
    told = {(reading.text, reading.audience): reading.words["en"] / TOGETHER["en"] for reading in found.readings}
    public = told["what explains the public brief", "both teams"]
    sounds = max(told["how the other side may sound", who] for who in ("US", "China"))
    assert public > 0 and sounds > 0
    assert all(session.explained == pytest.approx(public + sounds) for session in found.sessions)
    assert all(session.explained == 0 for session in small().sessions)


def test_each_inject_is_told_in_the_first_turn_that_can_have_it() -> None:
    """By the clock, or only if something holds; those released by hand stand apart."""
    stats = small()
    ninety = next(session for session in stats.sessions if session.length == 90)
    assert [turn.timed for turn in ninety.turns] == [("alert",), ("survey-ship",), ()]
    assert [turn.contingent for turn in ninety.turns] == [(), (), ("tug-offer",)]
    assert stats.by_hand == ("rumour",)


def test_more_to_read_and_more_moves_make_a_longer_session() -> None:
    """The estimate moves with what it is made of."""
    plain = small().sessions[0]
    more = small(moves_a_turn=small_material().scenario.moves_a_turn.model_copy(update={"most": 5})).sessions[0]
    assert more.maximum > plain.maximum and more.minimum == plain.minimum
    fewer = small(msel=small_material().scenario.msel[:1]).sessions[0]
    assert fewer.minimum < plain.minimum


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scenario", [listing.id for listing in list_scenarios()])
def test_shipped_scenarios_fit_the_time_that_they_promise(scenario: str, language: Language) -> None:
    """In either language a brisk session fits its length, and neither it nor a full one is more than 15 % away."""
    for session in stats_of(shipped(scenario), language).sessions:
        assert 0.85 * session.length <= session.minimum <= session.length
        assert session.minimum < session.maximum <= 1.15 * session.length


def test_a_session_takes_the_minutes_of_the_language_that_it_is_played_in() -> None:
    """Which is English where the scenario has no other."""
    found = shipped("bottomed-submarine")
    english, chinese = (stats_of(found, language).sessions[0] for language in get_args(Language))
    assert english.briefs != chinese.briefs and english.minimum != chinese.minimum
    assert stats_of(small_material(), "zh").sessions == small().sessions


def test_what_is_asked_to_decide_takes_time_where_it_is_asked() -> None:
    """To agree on, besides the reading; at 45 minutes no voice asks."""
    found = shipped("bottomed-submarine")
    asks = [inject for inject in found.scenario.msel if inject.decide]
    spoken = [inject.model_copy(update={"decide": {}}) if inject in asks else inject for inject in found.scenario.msel]
    silent = stats_of(replace(found, scenario=found.scenario.model_copy(update={"msel": tuple(spoken)})))
    for with_them, without in zip(stats_of(found).sessions, silent.sessions, strict=True):
        assert (with_them.minimum > without.minimum) is (with_them.length > 45)


def test_a_full_session_lasts_as_long_as_the_clock_of_its_turns_gives() -> None:
    """More moves than its turns have time for make it no longer."""
    most = [
        small(moves_a_turn=small_material().scenario.moves_a_turn.model_copy(update={"most": many})).sessions[0].maximum
        for many in (20, 40)
    ]
    assert most[0] == most[1]


def test_languages_are_covered_as_far_as_they_are_written() -> None:
    """English is always whole; what is missing in Chinese is counted."""
    material = small_material()
    stats = small(languages=("en", "zh"))
    english, chinese = stats.coverage
    assert english.written == english.texts == chinese.texts
    assert 0 < chinese.written < chinese.texts
    assert len(stats.readings[0].words) == 2
    assert material.scenario.languages == ("en",)
