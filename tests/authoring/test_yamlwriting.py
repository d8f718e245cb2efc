"""Values written into a YAML text: they read as what they are, and all else stays."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import SMALL_SCENARIO

from crisis_sim.authoring.yamltext import Unwritable, YamlText, changed_tree, edit_value, insert_item, yaml_text
from crisis_sim.problems import Problems
from crisis_sim.text import clean

TEXT = """\
# head
a: {en: one, zh: 一}   # beside a
b:
  # above c
  c: plain   # beside c
  d: 'quoted'
  e: >-
    folded
    text

  # above f
  f: |
    literal
list:
  - id: x
    n: 1
  # above y
  - id: y
"""
SPOTS: list[tuple[str | int, ...]] = [
    ("a", "en"),
    ("a", "zh"),
    ("a", "new"),
    ("b", "c"),
    ("b", "d"),
    ("b", "e"),
    ("b", "f"),
    ("b", "g"),
    ("list", 0, "id"),
    ("list", 1, "m"),
]


def read(text: str) -> YamlText:
    """A text to edit, which has no mistakes."""
    found = yaml_text(text, "file.yaml", Problems())
    assert found is not None
    return found


def kept(text: str) -> list[str]:
    """The comments."""
    return [comment.text for comment in read(text).file.comments()]


words = st.text(max_size=60).map(lambda text: clean(text, lines=True).strip()).filter(bool)
nasty = st.sampled_from(
    [
        "a: b",
        "# no",
        "- x",
        "{",
        "]",
        "'",
        '"',
        "no",
        "1.5",
        "null",
        "a? b?",
        "a #b",
        "x\n\ny",
        "x\n  y",
        "中: 文",
        "=1",
        "a," * 90,
    ]
)
values = words | nasty | st.lists(nasty, min_size=1, max_size=5).map(" ".join)


@settings(max_examples=300)
@given(
    spot=st.sampled_from(SPOTS), value=values | st.fixed_dictionaries({"en": values, "zh": values}), crlf=st.booleans()
)
def test_any_text_can_be_put_anywhere(spot: tuple[str | int, ...], value: Any, crlf: bool) -> None:
    """The file reads as before but for this value, and every comment is still there."""
    text = read(TEXT.replace("\n", "\r\n") if crlf else TEXT)
    tree = deepcopy(text.value)
    new = text.edited([edit_value(text, spot, value)])
    changed_tree(tree, spot, value)
    assert read(new).value == tree
    assert kept(new) == kept(TEXT)
    assert not crlf or new.count("\n") == new.count("\r\n")


@settings(max_examples=100)
@given(place=st.integers(0, 2), title=values)
def test_an_item_can_be_put_at_any_place(place: int, title: str) -> None:
    """With the indent of its neighbours; comments stay where they are."""
    text = read(TEXT)
    item = {"id": "z", "title": {"en": title, "zh": title}, "n": [1, 2], "yes": True}
    new = text.edited([insert_item(text, ("list",), place, item)])
    tree = deepcopy(text.value)
    tree["list"].insert(place, item)
    assert read(new).value == tree
    assert kept(new) == kept(TEXT)


def test_what_would_lose_a_comment_is_refused() -> None:
    """A value whose own lines carry one, and a list in brackets."""
    text = read("a: >-  # c\n  x\nb:\n  c: 1  # d\n  e: 2\nlist: [{id: x}]\n")
    for loc in (("a",), ("b",)):
        with pytest.raises(Unwritable):
            edit_value(text, loc, {"en": "y"} if loc == ("b",) else "y")
    with pytest.raises(Unwritable):
        insert_item(text, ("list",), 1, {"id": "y"})
    with pytest.raises(Unwritable):
        edit_value(text, ("list", 0, "id", "deeper"), "y")


def test_every_text_of_a_scenario_can_be_replaced() -> None:
    """All texts of the small scenario, one after the other, by something that needs care."""
    source = SMALL_SCENARIO.read_text("utf-8")
    text = read(source)

    def texts(tree: Any, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
        items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
        below = [found for key, value in items for found in texts(value, (*loc, key))]
        return [loc, *below] if isinstance(tree, str) and loc and isinstance(loc[-1], str) else below

    spots = texts(text.value)
    assert len(spots) > 100
    tree = deepcopy(text.value)
    for spot in spots:
        changed_tree(tree, spot, "it's: a #1 {test}, [yes]")
    new = text.edited(edit_value(text, spot, "it's: a #1 {test}, [yes]") for spot in spots)
    assert read(new).value == tree
