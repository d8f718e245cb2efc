"""A condition reads as an English phrase."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.rules.random_rules import CONDITIONS, JOINS

from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.explain import explain
from crisis_sim.rules.phrases import PHRASES

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
    (
        {"ever": {"move": "accuse", "by": "us"}},
        "after accuse by the US at any time so far",
    ),
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


def test_every_key_is_explained() -> None:
    """A key added to the model without words for it fails here."""
    assert [*PHRASES, *("not_" if join == "not" else join for join in JOINS)] == sorted(
        Condition.model_fields, key=lambda key: key in ("all", "any", "not_")
    )


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONDITIONS)
def test_any_condition_has_words(condition: Condition) -> None:
    """No condition is without words, and the words leave no gaps and no ids."""
    words = explain(condition)
    assert words
    assert words == " ".join(words.split())
    assert "None" not in words
    assert ", ," not in words


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(CONDITIONS)
def test_denying_twice_says_the_same(condition: Condition) -> None:
    """`not` twice over is no `not` at all."""
    twice = Condition.model_validate({"not": {"not": condition}})
    assert explain(twice) == explain(condition)
