"""A condition reads as a phrase that names all that it asks, and every effect can be said; in Chinese too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.engine.play import shipped
from tests.rules.random_rules import CONDITIONS, KEYS, LEAVES, inner_keys
from tests.thinning import examples, spread

from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.engine.table import build_table
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.pages.plan_blocks import names_of
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.authored import field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.names import Language
from crisis_sim.rules.vocabulary import example_of, models_in
from crisis_sim.wording.explain import explain, outcomes

FIXED = (
    *("always", "first_on_channel", "first_of_turn", "mends", "called_for", "excused"),
    *("opening_mismatch", "blind_dilemma"),
)
"""Keys under which only `true` may stand."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")

PHRASED = [
    (
        {
            "all": [
                {"move": {"family": ["protest", "coerce"], "visibility": "public"}},
                {"not": {"earlier": {"move": "private-inquiry", "by": "sender", "within": "6h"}}},
            ]
        },
        "in public, a protest or coercion, with no private inquiry by the sender in the last 6 hours",
    ),
    (
        {"any": [{"inject": "leak"}, {"turn": {"at_least": 3}}]},
        "either after the inject leak or with the turn at least 3",
    ),
    (
        {"not": {"any": [{"fact": "host-consent"}, {"line": {"id": "hull", "crossed": True}}]}},
        "while host consent does not hold, without the line hull crossed",
    ),
    (
        {"not": {"all": [{"tension": {"at_most": 40}}, {"chance": 30}]}},
        "either with tension over 40 or 70 times in a hundred",
    ),
    (
        {"move": {"family": "force", "term": "announced", "severity": {"at_least": 4}}, "repeated": 2},
        "a use of force with the term announced of class at least 4, made at least 2 times before by the same side",
    ),
    (
        {"same_turn": {"move": "take-call", "by": "other", "at_least": 2}},
        "with take call by the other side at least 2 times in the same turn",
    ),
    (
        {"not": {"ever": {"move": {"family": "protest"}, "by": "receiver", "at_least": 3, "turns": 2}}},
        "with a protest by the receiver fewer than 3 times in the last 2 turns",
    ),
    (
        {"not": {"move": {"term": "package"}}, "hour": {"at_most": 48}},
        "with the hour at most 48, without the term package",
    ),
    (
        {
            "fact": {"id": "persons-held", "of": "sender", "lasting": "48h"},
            "readiness": {"id": "hotline", "at_most": 30},
        },
        "while persons held has held for the sender for at least 2 days, with the readiness of hotline at most 30",
    ),
    ({"not": {"read_as": {"at_least": 1}}}, "unread or read as under 1"),
    (
        {"tension": {"at_least": 10}, "any": [{"always": True, "turn": {"at_most": 2}}, {"first_on_channel": True}]},
        (
            "with tension at least 10, "
            "and (either always and with the turn at most 2; or the first such act on its channel)"
        ),
    ),
    ({"ever": {"move": "accuse", "by": "us"}}, "after accuse by the US at any time so far"),
    (
        {"any": [{"turn": {"at_least": 3}, "tension": {"at_least": 10}}, {"inject": "leak"}]},
        "either with tension at least 10 and with the turn at least 3; or after the inject leak",
    ),
    (
        {"any": [{"inject": "leak"}, {"turn": {"at_least": 3}}], "tension": {"at_least": 10}},
        "with tension at least 10, and either after the inject leak or with the turn at least 3",
    ),
]


@pytest.mark.parametrize(("written", "phrase"), PHRASED, ids=[phrase[:40] for _, phrase in PHRASED])
def test_a_condition_reads_as_a_phrase(written: dict[str, Any], phrase: str) -> None:
    """What is written in a file is said in words that a facilitator can read aloud."""
    assert explain(Condition.model_validate(written)) == phrase


def test_names_take_the_place_of_ids() -> None:
    """A name that is given is shown in quotation marks; ids without one lose their hyphens."""
    said = explain(Condition.model_validate({"inject": ["survey-ship", "genome-posted"]}), {"survey-ship": "The ship"})
    assert said == "after the inject “The ship” or genome posted"


@settings(max_examples=examples(100, 3000), deadline=None, suppress_health_check=list(HealthCheck))
@given(CONDITIONS)
def test_any_condition_has_words(condition: Condition) -> None:
    """No condition is without words, and the words leave no gaps and no ids."""
    words = explain(condition)
    assert words
    assert words == " ".join(words.split())
    assert "None" not in words
    assert ", ," not in words


@settings(max_examples=examples(50, 1000), deadline=None, suppress_health_check=list(HealthCheck))
@given(CONDITIONS)
def test_denying_twice_says_the_same(condition: Condition) -> None:
    """`not` twice over is no `not` at all."""
    twice = Condition.model_validate({"not": {"not": condition}})
    assert explain(twice) == explain(condition)


def _inner() -> Iterator[tuple[str, str]]:
    """Each key of a condition with each key of what it takes that counts."""
    for name, key in KEYS.items():
        for model in models_in(field_types(Condition)[name]):
            yield from ((name, inner) for inner in keys_of(model) if key.heeds is None or inner in key.heeds)


@pytest.mark.parametrize(("asked", "denied"), spread(2, list(_inner()), (False, True)), ids=str)
def test_what_is_asked_is_said(asked: tuple[str, str], denied: bool) -> None:
    """Two conditions that differ in one key within a key are told apart in words, in either language."""
    name, inner = asked
    key = KEYS[name]
    (model,) = models_in(field_types(Condition)[name])
    of = inner_keys(model, key)[inner]
    told = partial(_told, denied=denied)

    @settings(max_examples=examples(4, 100), deadline=None, suppress_health_check=list(HealthCheck))
    @given(LEAVES[name].filter(lambda written: isinstance(written, dict)), of, of | st.none())
    def said(written: dict[str, Any], one: Any, other: Any) -> None:
        rest = {key: value for key, value in written.items() if key != inner}
        first, second = ({name: rest if each is None else {**rest, inner: each}} for each in (one, other))
        assume(_loads(first) and _loads(second) and _loaded(first) != _loaded(second))
        assert told(first, "en") != told(second, "en")
        assert told(first, "zh") != told(second, "zh")

    said()


@pytest.mark.parametrize("name", [name for name, key in KEYS.items() if key.heeds is None and name not in FIXED])
def test_what_is_asked_for_is_said(name: str) -> None:
    """Two conditions that ask for something else under one key are told apart in words, in either language."""

    @settings(max_examples=examples(15, 200), deadline=None, suppress_health_check=list(HealthCheck))
    @given(LEAVES[name], LEAVES[name])
    def said(one: Any, other: Any) -> None:
        assume(_loaded({name: one}) != _loaded({name: other}))
        for language in LANGUAGES:
            assert _told({name: one}, language, False) != _told({name: other}, language, False)
            assert _told({name: one}, language, True) != _told({name: other}, language, True)

    said()


def _told(written: dict[str, Any], language: Language, denied: bool) -> str:
    return explain(Condition.model_validate({"not": written} if denied else written), {}, language)


def _loaded(written: dict[str, Any]) -> object:
    return Condition.model_validate(written)


def _loads(written: dict[str, Any]) -> bool:
    try:
        return bool(_loaded(written))
    except ValidationError:
        return False


@pytest.mark.parametrize("key", list(KEYS))
def test_a_key_is_denied_in_other_words(key: str) -> None:
    """What holds and what does not are never said alike."""
    written = yaml.safe_load(example_of(Condition, key))
    for language in LANGUAGES:
        assert _told(written, language, denied=False) != _told(written, language, denied=True)


SAID = [
    ({"tension": "8"}, ["tension +8"]),
    ({"weigh": 1.5}, ["weighs 1.5 times as much"]),
    ({"press": {"line": "face", "by": 1, "whose": "china"}}, ["presses China’s line face by 1"]),
    ({"trust": {"receiver": "-1.5", "sender": 1}}, ["the sender’s trust +1", "the receiver’s trust -1.5"]),
    ({"set": {"fact": "host-consent", "to": False}}, ["host consent becomes false"]),
    ({"release": "rumour"}, ["brings the inject “A rumour”"]),
    ({"reopen": {"channel": "about", "after": 1}}, ["reopens the channel it is about after 1 turn"]),
    (
        {"odds": {"channel": "hotline", "by": -20, "turns": 2}},
        ["the receiver’s end of hotline answers -20 in 100 for 2 turns"],
    ),
]


@pytest.mark.parametrize(("written", "said"), SAID)
def test_an_effect_is_said_in_words(written: dict[str, object], said: list[str]) -> None:
    """With the number as it is written, and whose it is."""
    assert list(outcomes(Effects.model_validate(written), {"rumour": "A rumour"})) == said


@pytest.mark.parametrize("name", list(keys_of(Effects)))
def test_every_kind_of_effect_has_its_words(name: str) -> None:
    """In both languages, with nothing left of the places that stand in them."""
    effect = Effects.model_validate(yaml.safe_load(example_of(Effects, name)))
    english, chinese = outcomes(effect), outcomes(effect, language="zh")
    assert len(english) == len(chinese) == 1
    assert not {"{", "}", "None"}.intersection(english[0], chinese[0])
    assert english != chinese


def test_every_shipped_effect_is_said() -> None:
    """Nothing that a rule does is left without words."""
    for rule in shipped("new-virus").rules:
        assert len(outcomes(rule.then)) >= len(rule.then.effect_names), rule.id


LATIN = re.compile(r"[A-Za-z]{2,}")


def names(material: Material, language: Language = "zh") -> dict[str, str]:
    """What the white cell calls things."""
    table = build_table(material, seed="1", length=90, session="test")
    return names_of(Translator(dossier_for(table, "facilitator"), language))


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "new-virus", "asteroid"])
def test_conditions_of_shipped_files_are_told_in_chinese(scenario: str) -> None:
    """Of injects, lines, tracks and rules, with the names that moves, facts and terms have in Chinese."""
    material = shipped(scenario)
    called = titles_by_id(material, "zh") | names(
        material
    )  # a pack's rules may name a move that nobody is offered here
    watched = [
        watch.when
        for side in ("us", "china")
        for line in material.scenario.teams.team_of(side).lines
        for watch in (*line.pressed_by, *line.crossed_by)
    ]
    conditions = [inject.when for inject in material.scenario.msel if inject.when is not None]
    conditions += [change.when for track in material.scenario.tracks.values() for change in track.changes]
    told = [explain(when, called, "zh") for when in (*conditions, *watched, *(rule.when for rule in material.rules))]
    assert len(told) > 100
    assert [each for each in told if LATIN.search(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_title_is_told_by_what_it_says(language: Language) -> None:
    """Facts, terms, promises, lines and concerns, in either language; on the console as on an author's pages."""
    material = shipped("bottomed-submarine")
    assert names(material, language) == titles_by_id(material, language)
    asked = Condition.model_validate(
        {"fact": "host-consent", "move": {"term": "exclusive"}, "line": {"id": "hull-survey", "crossed": True}},
    )
    told = explain(asked, names(material, language), language)
    fact, term = material.scenario.facts["host-consent"].says, material.terms["exclusive"].says
    for says in (fact, term, material.scenario.teams.us.lines[0].says):
        assert f"“{says.in_(language).rstrip('.。')}”" in told


def test_a_condition_says_when_by_whom_and_what() -> None:
    """The parts stand in the order of a Chinese sentence, and a denial is taken down to the single phrases."""
    material = shipped("bottomed-submarine")
    rule = next(rule for rule in material.rules if rule.id == "public-before-private")
    told = explain(rule.when, names(material), "zh")
    assert told.endswith("且上一轮内发出方没有“私下询问事实或意图”")
