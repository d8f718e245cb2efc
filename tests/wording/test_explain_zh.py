"""Conditions in Chinese: no English is left in what the shipped files ask, and the parts stand in their order."""

from __future__ import annotations

import re

import pytest

from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.table import build_table
from crisis_sim.pages.plan_blocks import names_of
from crisis_sim.pages.telling import Teller
from crisis_sim.wording.explain import explain

LATIN = re.compile(r"[A-Za-z]{2,}")
IDS = re.compile(r"“[a-z0-9-]+”")
"""Kinds of channels, which are asked for by their ids."""


def names(material: Material) -> dict[str, str]:
    """What the white cell calls things, in Chinese."""
    table = build_table(material, seed="1", length=90, session="test")
    return names_of(Teller(dossier_for(table, "facilitator"), "zh"))


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "new-virus", "asteroid"])
def test_conditions_of_shipped_files_are_told_in_chinese(scenario: str) -> None:
    """Of injects, lines, tracks and rules, with the names that moves, facts and terms have in Chinese."""
    material = load_material(scenario)
    named = names(material)
    watched = [
        watch.when
        for side in ("us", "china")
        for line in material.scenario.teams.of(side).lines
        for watch in (*line.pressed_by, *line.crossed_by)
    ]
    conditions = [inject.when for inject in material.scenario.msel if inject.when is not None]
    conditions += [change.when for track in material.scenario.tracks.values() for change in track.changes]
    told = [explain(when, named, "zh") for when in (*conditions, *watched, *(rule.when for rule in material.rules))]
    assert len(told) > 100
    assert [each for each in told if LATIN.search(IDS.sub("", each))] == []


def test_a_condition_says_when_by_whom_and_what() -> None:
    """The parts stand in the order of a Chinese sentence, and a denial is taken down to the single phrases."""
    material = load_material("bottomed-submarine")
    rule = next(rule for rule in material.rules if rule.id == "public-before-private")
    told = explain(rule.when, names(material), "zh")
    assert told.endswith("且上一轮内发出方没有“私下询问事实或意图”")
