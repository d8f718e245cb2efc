"""Every effect can be said in words."""

from __future__ import annotations

import pytest
import yaml

from crisis_sim.content.load import load_material
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.vocabulary import example_of
from crisis_sim.wording.explain import outcomes

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
    assert len(english) == len(chinese) == (2 if name == "standing" else 1)
    assert not {"{", "}", "None"}.intersection(english[0], chinese[0])
    assert english != chinese


def test_every_shipped_effect_is_said() -> None:
    """Nothing that a rule does is left without words."""
    for rule in load_material("new-virus").rules:
        assert len(outcomes(rule.then)) >= len(rule.then.given), rule.id
