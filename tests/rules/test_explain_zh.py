"""Conditions in Chinese: every key has its words, and no English is left in what the shipped files ask."""

from __future__ import annotations

import re

import pytest
from crisis_sim.engine.sight_white import names_of

from crisis_sim.content.load import load_material
from crisis_sim.engine.table import build_table
from crisis_sim.rules.explain import explain
from crisis_sim.rules.phrases import PHRASES
from crisis_sim.rules.phrases_zh import PHRASES_ZH

LATIN = re.compile(r"[A-Za-z]{2,}")
IDS = re.compile(r"“[a-z0-9-]+”")
"""Kinds of channels, which are asked for by their ids."""


def test_every_key_has_its_chinese() -> None:
    """A key that a condition may have is told in both languages, in the same order."""
    assert list(PHRASES_ZH) == list(PHRASES)


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "new-virus", "asteroid"])
def test_conditions_of_shipped_files_are_told_in_chinese(scenario: str) -> None:
    """Of injects, lines, tracks and rules, with the names that moves, facts and terms have in Chinese."""
    material = load_material(scenario)
    names = names_of(build_table(material, seed="1", length=90, session="test"), "zh")
    watched = [
        watch.when
        for side in ("us", "china")
        for line in material.scenario.teams.of(side).lines
        for watch in (*line.pressed_by, *line.crossed_by)
    ]
    conditions = [inject.when for inject in material.scenario.msel if inject.when is not None]
    conditions += [change.when for track in material.scenario.tracks.values() for change in track.changes]
    told = [explain(when, names, "zh") for when in (*conditions, *watched, *(rule.when for rule in material.rules))]
    assert len(told) > 100
    assert [each for each in told if LATIN.search(IDS.sub("", each))] == []


def test_a_condition_says_when_by_whom_and_what() -> None:
    """The parts stand in the order of a Chinese sentence, and a denial is taken down to the single phrases."""
    material = load_material("bottomed-submarine")
    rule = next(rule for rule in material.rules if rule.id == "public-before-private")
    told = explain(rule.when, names_of(build_table(material, seed="1", length=90, session="test"), "zh"), "zh")
    assert told.endswith("且上一轮内发出方没有“私下询问事实或意图”")
