"""`show` and `list`: what is called so, and how few small acts cross each red line."""

from __future__ import annotations

import re

import pytest
from tests.small import SMALL_PACK, SMALL_SCENARIO

from crisis_sim.cli import main
from crisis_sim.cli.menu import build_menu_offer

Captured = pytest.CaptureFixture[str]


def test_paths_are_told_act_by_act(capsys: Captured) -> None:
    """Each red line with the acts that cross it together and the pressure after each; the rest is left out."""
    assert main(["show", str(SMALL_SCENARIO), "--paths"]) == 0
    shown = capsys.readouterr().out
    assert "United States: Boarding the ferry without the host. (boarding)" in shown
    assert "through hull-survey, in turn 1 of a session of 150 minutes:" in shown
    assert "turn 1, T+0h  3 → 4 of 4    Offer help – Leave the other side out." in shown
    assert "through public-blame" in shown
    assert "For the US team" not in shown


def test_only_a_scenario_has_paths(capsys: Captured) -> None:
    """A rule pack has no lines to cross, and that is said."""
    assert main(["show", "core", "--paths"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "there is no scenario 'core'" in captured.err


def test_a_pack_goes_by_its_path(capsys: Captured) -> None:
    """As by its name: its rules are shown, and nothing is said as of a scenario with mistakes."""
    assert main(["show", str(SMALL_PACK)]) == 0
    captured = capsys.readouterr()
    assert "rules:" in captured.out
    assert captured.err == ""


def test_how_difficult_a_scenario_is_stands_wherever_one_is_chosen(capsys: Captured) -> None:
    """In the list, in what is shown of one, and in the menu, in the reader's language."""
    assert main(["list", "scenarios"]) == 0 and main(["show", "asteroid"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^bottomed-submarine +easy +A submarine on the seabed\.", shown)
    assert "\nDifficulty: hard\n" in shown
    assert build_menu_offer().scenarios[0].difficulty == "easy"
    assert main(["list", "scenarios", "--lang", "zh"]) == 0
    assert re.search(r"^asteroid +较难 +小行星与二十五个夜晚", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("moves", "request-call"),
        ("concerns", "openness"),
        ("terms", "tied"),
        ("facts", "persons-held"),
        ("commitments", "code-of-conduct"),
        ("policies", "salami"),
    ],
)
def test_words_are_listed_by_their_kind_and_shown(kind: str, word: str, capsys: Captured) -> None:
    """Each with what it means."""
    assert main(["list", kind]) == 0
    assert re.search(rf"^{word} +\S", capsys.readouterr().out, re.MULTILINE)
    assert main(["show", word]) == 0
    assert word in capsys.readouterr().out


@pytest.mark.parametrize("asked", [["detaining-people"], ["core"], ["detaining-people", "--in", "new-virus"]])
def test_a_rule_is_shown_with_its_effects(asked: list[str], capsys: Captured) -> None:
    """By its own id, in its pack, and with the names of a scenario."""
    assert main(["show", *asked]) == 0
    assert "then tension not below 50, presses the receiver’s line" in " ".join(capsys.readouterr().out.split())


def test_a_word_is_told_of_with_who_reads_it(capsys: Captured) -> None:
    """A bot, and a concern."""
    assert main(["show", "salami", "face"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("salami is a bot: ")
    assert "face is a concern: Respect shown in front of others" in " ".join(shown.split()) and "Who reads it" in shown


@pytest.mark.parametrize("arguments", [["list", "concrens"], ["show", "salammi"], ["list", "x"]])
def test_what_is_not_there_is_said_with_what_is(arguments: list[str], capsys: Captured) -> None:
    """In words of ours, with the nearest name, or all."""
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "did you mean" in said or "one of: commitments, concerns" in said
    assert "Value error" not in said


def test_a_choice_that_is_none_is_refused_in_plain_words(capsys: Captured) -> None:
    """No word of a library's."""
    assert main(["play", "bottomed-submarine", "--length", "abc"]) == 2
    assert "invalid value for '--length': 'abc' is not one of '45', '90', '150'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["show", "Ask for a call"], "request-call"),
        (["show", "a submarine on the sea bed"], "bottomed-submarine"),
        (["play", "A submarine on the seabed"], "bottomed-submarine"),
        (["check", "海底的潜艇"], "bottomed-submarine"),
    ],
)
def test_a_title_in_the_place_of_an_id_is_known(arguments: list[str], meant: str, capsys: Captured) -> None:
    """In either language, near enough: the id is named."""
    assert main(arguments) == 2
    assert f"did you mean {meant}?" in capsys.readouterr().err.replace("'", "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_conditions_and_lines_are_told_without_ids(language: str, capsys: Captured) -> None:
    """Of a scenario and of a rule pack: a title, or what a fact, a term, a line or a concern says."""
    spoken = ["--lang", language]
    assert main(["show", "bottomed-submarine", "--spoilers", *spoken]) == 0
    assert main(["show", "core", *spoken]) == 0
    told = capsys.readouterr().out
    for name in ("hull-entered", "rescue-interfered", "rescue interfered", "while host", "“host-", "leader-line"):
        assert name not in told


def test_a_name_is_asked_back_in_a_scenario_and_in_the_packs_alone(capsys: Captured) -> None:
    """With --in, injects and lines too; without, nothing of a scenario but its name."""
    assert main(["show", "persons-held", "--in", "new-virus"]) == 0
    shown = capsys.readouterr().out
    assert "What sets it" in shown and "(courier-held)" in shown and "scenarios/new-virus/scenario.yaml:" in shown
    assert main(["show", "persons-held", "courier-held"]) == 0
    shown = capsys.readouterr().out
    assert "(detaining-people)" in shown and "A courier" not in shown
    assert "courier-held stands in these scenarios, of which --in tells more: new-virus" in shown


@pytest.mark.parametrize("pack", ["safety-net-calms", str(SMALL_PACK)])
def test_a_name_is_asked_back_in_a_pack(pack: str, capsys: Captured) -> None:
    """By the pack's id or its file: what it and its base say, and nothing of any scenario."""
    assert main(["show", "tied", "--in", pack]) == 0
    shown = capsys.readouterr().out
    assert "tied is a term" in shown and "Who reads it" in shown and "scenarios/" not in shown
    assert main(["show", "no-such-thing", "--in", pack]) == 2
    assert "nothing in 's" in capsys.readouterr().err


def test_a_name_that_is_not_in_the_scenario_is_refused_with_the_nearest(capsys: Captured) -> None:
    """As everywhere."""
    assert main(["show", "courier-hold", "--in", "new-virus"]) == 2
    assert "did you mean 'courier-held'?" in capsys.readouterr().err
