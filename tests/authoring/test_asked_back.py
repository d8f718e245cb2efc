"""Asked back: what sets a thing, who reads it, what follows and what ends it; nothing that names it is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.engine.play import shipped, varied
from tests.small import small_material

from crisis_sim.authoring.name_uses import Asker, NameUses, merge_answers
from crisis_sim.authoring.use_rows import AskedKind
from crisis_sim.rules.keys import keys_within, names_in


def asked(kind: AskedKind, name: str, scenario: str = "new-virus") -> NameUses:
    return Asker(shipped(scenario)).answer(kind, name)


def said(told: NameUses, part: str) -> str:
    """All rows of a part, with their details and places."""
    return "\n".join(
        " | ".join((row.sentence, *row.details, row.place))
        for name, rows in told.parts.items()
        if name == part
        for row in rows
    )


def test_of_a_fact_is_said_what_makes_it_true_who_asks_and_what_makes_it_false() -> None:
    """Two injects of the scenario hold people, the pack keeps tension up while they do, and letting go ends it."""
    told = asked("fact", "persons-held")
    assert "(courier-held)" in said(told, "sets") and "(researcher-held)" in said(told, "sets")
    assert "tension not below 50" in said(told, "reads") and "(detaining-people)" in said(told, "reads")
    assert "(people-freed)" in said(told, "ends") and "(courier-held)" not in said(told, "ends")
    rows = [row for rows in told.parts.values() for row in rows]
    assert all(":" in row.place for row in rows)
    assert any(row.place.startswith("rules/core.yaml:") for row in rows)


def test_of_a_line_is_said_what_presses_it_where_it_leads_and_what_relieves_it() -> None:
    """By its own watches and by rules on its concern; of a red line what crosses it, and what a crossing brings."""
    told = asked("line", "hull-survey", "bottomed-submarine")
    assert "(unnotified-capability)" in said(told, "sets") and "(survey-ship)" in said(told, "sets")
    assert "draws a conclusion about the red line" in said(told, "follows")
    assert "time takes 0.5 a turn" in said(told, "ends") and "(contact-eases-lines)" in said(told, "ends")
    red = asked("line", "citizens-held")
    assert "makes demands of us" in said(red, "sets") and "crossing" in said(red, "follows")


def test_a_move_is_read_by_name_and_by_sort() -> None:
    """A rule that asks for any protest reads an accusation; one that asks for any act at all is not told."""
    told = said(asked("move", "accuse"), "reads")
    assert "(named-as-guilty)" in told and "(shamed-gravely)" in told
    assert "(linkage)" not in told


@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_whatever_a_condition_names_says_that_it_is_read(scenario: str) -> None:
    """Each name in each rule's condition, found by a walk of our own, has that rule among its readers."""
    material = small_material() if scenario == "small" else shipped(scenario)
    asker, missing = Asker(material), []
    for rule in material.rules:
        asked_for = [names_in(key, value) for _, key, value, _ in keys_within(rule.when)]
        for _, name, kinds in (each for found in asked_for for each in found):
            for told in asker.answers(name):
                if told.kind == kinds[0] and f"({rule.id})" not in said(told, "reads"):
                    missing.append((rule.id, told.kind, name))
    assert missing == []


def test_an_ambiguous_name_is_told_of_in_each_meaning() -> None:
    """A track and a fact of one name are two answers, each with its kind."""
    material = small_material()
    scenario = material.scenario.model_copy(
        update={"tracks": {"host-consent": next(iter(material.scenario.tracks.values()))}}
    )
    assert Asker(replace(material, scenario=scenario)).kinds_of("host-consent") == ["fact", "track"]


def test_packs_alone_say_nothing_of_a_scenario() -> None:
    """Where no spoiler may be told: no line, no inject, no promise of a scenario's own, and no title of its."""
    asker = Asker(shipped("asteroid"), scenario=False)
    assert not asker.names["line"] and not asker.names["inject"] and "sky-first" not in asker.names["commitment"]
    told = asker.answer("term", "tied")
    rows = [row for rows in told.parts.values() for row in rows]
    assert rows and not [row for row in rows if "scenarios/" in row.place]
    assert merge_answers([told, told]) == told


def test_every_name_of_a_scenario_can_be_asked_about_in_both_languages() -> None:
    """Nothing raises, and nothing is empty."""
    material = shipped("cable-quake")
    for language in ("en", "zh"):
        asker = Asker(material, "zh" if language == "zh" else "en")
        for kind, names in asker.names.items():
            for name in names:
                told = asker.answer(kind, name)
                assert told.title and told.place


def test_a_thing_says_whose_it_is_what_is_true_of_it_and_who_asks_for_it() -> None:
    """What is seen of it stands under what follows; a term of things says of which it is true."""
    told = asked("asset", "rescue-ship", "bottomed-submarine")
    assert "a thing of China" in said(told, "sets") and "Crew brought out" in said(told, "reads")
    assert "not seen to be so" in said(told, "follows")
    assert "rescue-ship" in said(asked("term", "dual-use", "bottomed-submarine"), "sets")


def test_of_an_instruction_card_is_said_what_it_tells_each_team_and_what_meets_it() -> None:
    """With the odds of being dealt it; and of a move that meets one, that the card reads it."""
    told = asked("instruction", "own-picture", "bottomed-submarine")
    assert "it tells US: " in said(told, "sets") and "it tells China: " in said(told, "sets")
    assert "one team in 4 is dealt one of 5 cards" in said(told, "sets")
    assert "by its own side at any time so far" in said(told, "follows")
    assert "when " in said(told, "follows") and ":" in told.place
    assert "the instruction card own-picture is met or not" in said(
        asked("move", "share-technical-data", "bottomed-submarine"), "reads"
    )


def test_a_decision_says_who_asks_what_each_answer_leads_to_and_who_reads_it() -> None:
    """It is asked back as the inject that it is; its voice says whom it speaks for, what it asks and how it acts."""
    told = asked("inject", "hearing", "bottomed-submarine")
    assert "the Senate committee's chair" in said(told, "sets") and "asks US to decide" in said(told, "sets")
    assert said(told, "follows").count("(hearing), answered") == 3 and "(hearing), not answered" in said(
        told, "follows"
    )
    asks = shipped("bottomed-submarine").scenario.msel
    voice = next(each.from_ for each in asks if each.id == "hearing")
    told = asked("voice", voice or "", "bottomed-submarine")
    assert "it speaks for its own side, to US" in said(told, "sets") and "What is Beijing shown?" in said(told, "reads")
    assert "acts: “" in said(told, "follows") and told.place.startswith("scenarios/bottomed-submarine")


def test_a_condition_on_how_a_decision_fell_reads_its_inject() -> None:
    """Whoever asks `decided` stands among those who read it."""

    def change(tree: dict[str, Any]) -> None:
        tree["msel"].append({**tree["msel"][0], "id": "after-hearing", "when": {"decided": "hearing"}})

    asker = Asker(varied("bottomed-submarine", change))
    assert "after-hearing" in said(asker.answer("inject", "hearing"), "reads")


def test_of_a_private_fact_is_said_who_knows_it_what_tells_it_and_what_that_does_and_costs() -> None:
    """Whoever asks whether it was disclosed, and the inject that calls for it, stand among those who read it."""

    def change(tree: dict[str, Any]) -> None:
        extra = {"id": "after-the-log", "when": {"disclosed": "passing-log"}, "calls_for": ["passing-log"]}
        tree["msel"].append({**tree["msel"][0], **extra})

    told = Asker(varied("bottomed-submarine", change)).answer("private fact", "passing-log")
    assert "US alone knows it: Two days before" in said(told, "sets") and "it clears China" in said(told, "sets")
    assert "these moves can tell it: " in said(told, "reads") and "(after-the-log)" in said(told, "reads")
    assert "calls for it" in said(told, "reads")
    assert "it takes 1 off lines of the other side’s" in said(told, "follows") and "adds 2 to the" in said(
        told, "follows"
    )
    assert "comes out 50 times in 100" in said(told, "follows")
    assert told.place.startswith("scenarios/bottomed-submarine/scenario.yaml:") and "rules/core.yaml:" in said(
        told, "follows"
    )
    assert "moves by -1 in public" in said(asked("private fact", "order-to-unit"), "follows")
