"""A key of the vocabulary is one record: what is added there is found everywhere that keys are spoken of."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RULES = Path("src") / "crisis_sim" / "rules"

ASKED = '''
    moonlight: Range | None = asks(
        lambda low, bounds: bounded(Read("facts", "turn"), bounds, 100),
        says="with the moon {range}",
        span=(0, 100),
        example="{at_least: 50}",
        source="An almanac",
    )
    """How bright the moon is, 0–100."""
'''
PROPERTY = '''
    loudness: Literal["soft", "loud"] | None = of_act(
        lambda act, asked: Is(Read(act, "visibility"), Const("public" if asked == "loud" else "private")),
        says="in a {loudness} voice",
        words={"soft": "soft", "loud": "loud"},
        meanings={"soft": "Hardly anybody hears it", "loud": "Everybody hears it"},
        example="loud",
    )
    """How loudly it is said."""
'''
EFFECT = '''
    applause: AuthoredPoints | None = does(None, says="applause {applause:+}", example="2")
    """How long people clap."""
'''
ADDED = (
    ("conditions.py", "    chance: Percent | None", ASKED),
    ("properties.py", "    answer: SomeOf[How] | None", PROPERTY),
    ("effects.py", "    flag: Id | None", EFFECT),
)
"""A record, and the field of the copy before which it goes."""

LOOK = """
import json, sys
from hypothesis import find
from crisis_sim.authoring.schema import shipped_schema
from tests.docs_made.pages import vocabulary
from crisis_sim.content.where import INJECT, RULES
from crisis_sim.rules.compile import compile_condition
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.wording.explain import explain, outcomes
from tests.rules.random_rules import CONDITIONS, LEAVES, MOVES
from tests.wording.gathering import gathered

moon = Condition.model_validate({"not": {"moonlight": {"at_least": 50}}})
loud = Condition.model_validate({"move": {"family": "protest", "loudness": "loud"}})
drawn = find(CONDITIONS, lambda condition: condition.moonlight is not None)
written = find(LEAVES["move"], lambda written: "loudness" in written)
drawn_loud = Condition.model_validate({"move": written})
for condition in (moon, loud, drawn, drawn_loud):
    compile_condition(condition, MOVES, "test")
print(json.dumps({
    "schema": shipped_schema("pack"),
    "page": vocabulary(),
    "moon": explain(moon),
    "loud": explain(loud),
    "effect": outcomes(Effects.model_validate({"applause": 2})),
    "drawn": [explain(drawn), explain(drawn_loud)],
    "placed": "moonlight" in INJECT.asks and "applause" in RULES["act"].does and "applause" not in RULES["press"].does,
    "words": [each.english for each in gathered()],
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What everything says in a copy of the house with three more records, each in its one file."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("scenarios", "rules", "tests"):
        (copy / folder).symlink_to(ROOT / folder)
    for file, before, record in ADDED:
        path = copy / RULES / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, f"{record.strip(chr(10))}\n{before}"), encoding="utf-8")
    paths = os.pathsep.join((str(copy / "src"), str(copy)))
    looked = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**os.environ, "PYTHONPATH": paths},
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert looked.returncode == 0, looked.stderr
    answer: dict[str, Any] = json.loads(looked.stdout)
    return answer


def test_a_condition_that_is_added_is_in_the_schema_with_its_hover(found: dict[str, Any]) -> None:
    """Wherever it may stand, with its sentence and its example."""
    moonlight = found["schema"]["definitions"]["Condition"]["properties"]["moonlight"]
    assert moonlight["description"] == "How bright the moon is, 0–100."
    assert moonlight["examples"] == ["{at_least: 50}"]
    assert found["placed"]


def test_a_property_that_is_added_is_in_the_schema_with_its_words(found: dict[str, Any]) -> None:
    """An editor offers them, and says what they mean."""
    text = json.dumps(found["schema"])
    assert '"enum": ["soft", "loud"]' in text
    assert '"enumDescriptions": ["Hardly anybody hears it", "Everybody hears it"]' in text


def test_what_is_added_is_on_the_reference_page(found: dict[str, Any]) -> None:
    """With what it means, what it takes, an example and where it comes from."""
    page = found["page"]
    assert "### `moonlight`\n\nHow bright the moon is, 0–100.\n\n```yaml\nmoonlight: {at_least: 50}\n```" in page
    assert "Source: An almanac." in page
    assert "### `loudness`\n\nHow loudly it is said. One of `soft`, `loud`." in page
    assert "### `applause`\n\nHow long people clap." in page


def test_what_is_added_is_explained(found: dict[str, Any]) -> None:
    """Asserted and denied, among the words that the catalogue asks Chinese for."""
    assert found["moon"] == "with the moon under 50"
    assert found["loud"] == "a protest in a loud voice"
    assert found["effect"] == ["applause +2"]
    assert {"with the moon {range}", "in a {loudness} voice", "soft", "applause {applause:+}"} <= set(found["words"])


def test_what_is_added_is_among_the_random_rules(found: dict[str, Any]) -> None:
    """So the compiler is tried with it, and everything else that the random conditions try."""
    moon, loud = found["drawn"]
    assert "with the moon" in moon
    assert "voice" in loud
