"""Sessions played in Chinese, and the Latin letters that Chinese texts may hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from unittest import mock

from tests.engine.play import shipped

from crisis_sim.cli.seating import begin_session
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.rules.authored import Authored

WORD = re.compile(r"[A-Za-z][A-Za-z0-9'_./+-]*")
HOUR = re.compile(r"T\+[0-9]+")


def played_in_chinese(
    folder: Path, scenario: str = "bottomed-submarine", us: str = "firm", china: str = "salami"
) -> Path:
    """The log of two bots that speak Chinese."""
    choice = MenuChoice(do="start", scenario=scenario, length=90, us=us, china=china, facilitator="auto", language="zh")
    with mock.patch.object(os, "fdatasync"):
        table = begin_session(choice, place=folder / "log.jsonl", seed="3")
        table.play_bots()
        table.session.close()
    return table.session.path


@cache
def known(scenario: str = "bottomed-submarine") -> frozenset[str]:
    """Words in Latin letters that are meant to stay: ids, and names in the Chinese of a scenario and its packs."""
    material = shipped(scenario)
    parts = (material.scenario, *material.packs)
    words = {word for part in parts for text in _strings(part) for word in WORD.findall(text)}
    return frozenset(words)


def _strings(value: object, key: str = "") -> Iterator[str]:
    """Ids and Chinese texts inside models."""
    if isinstance(value, Authored):
        value = vars(value)
    if isinstance(value, dict):
        for name, inside in value.items():
            if isinstance(inside, Authored) and ("says" in vars(inside) or "name" in vars(inside)):
                yield str(name)
            yield from _strings(inside, str(name))
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _strings(inside, key)
    elif isinstance(value, str) and key in ("zh", "id"):
        yield value


def latin(texts: Iterable[str], scenario: str = "bottomed-submarine", also: Iterable[str] = ()) -> list[str]:
    """Texts with words in Latin letters that nothing in Chinese has any business to hold."""
    may = {*known(scenario), *also}
    return [text for text in texts if any(_stem(word) not in may for word in WORD.findall(HOUR.sub("", text)))]


def _stem(word: str) -> str:
    """An id without the number of a mark or a full stop behind it."""
    return re.sub(r"(?:/[0-9]+)?[.:]*$", "", word)
