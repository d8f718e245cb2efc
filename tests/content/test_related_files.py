"""Names across files: what a pack or scenario that is not in use has is said to be its, and to whom it belongs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_PACK, SMALL_SCENARIO, check_paths, edited

HEAD = "format: {format}\nid: {id}\ntitle: {id}\nsays: Rules.\nsource: Test.\n"
RULE = "  - {{id: r, kind: pink, says: R., when: {when}, then: {then}, source: Test.}}\n"
SCENARIO = SMALL_SCENARIO.relative_to(SMALL)
FORMAT = SMALL_PACK.read_text("utf-8").partition("format: ")[2][0]


def pack(folder: Path, name: str, *, when: str = "{}", then: str = "{add: 1}", more: str = "") -> Path:
    """A small pack with one rule, in `rules/`."""
    path = folder / "rules" / f"{name}.yaml"
    when = "{move: criticise}" if when == "{}" else when
    rules = "rules:\n" + RULE.format(when=when, then=then)
    path.write_text(HEAD.format(format=FORMAT, id=name) + more + rules, "utf-8")
    return path


def said(*paths: str | Path) -> list[str]:
    """What a check of these paths says: each sentence with its hint."""
    return [f"{problem.message} – {problem.hint}" for problem in check_paths(paths)]


def test_a_name_of_a_pack_that_is_not_listed_is_said_to_be_its(here: Path) -> None:
    """A fact that a pack beside has, and the scenario does not list: the hint says what to write under `rules`."""
    pack(here, "nets", more="facts:\n  net-out: {says: A net is out., per: session}\n")
    edited(here / SCENARIO, "when: {not: {ever: {move: offer-help}}}", "when: {fact: net-out}")
    assert said("scenarios") == ["unknown fact 'net-out' – the rule pack 'nets' has it; add it: rules: [small, nets]"]


def test_a_pack_with_base_settings_is_no_suggestion_where_there_is_one(here: Path) -> None:
    """`core` has a move of this name too, and cannot be listed beside another base."""
    edited(here / SCENARIO, "when: {not: {ever: {move: offer-help}}}", "when: {ever: {move: request-inspection}}")
    assert said("scenarios") == ["unknown move 'request-inspection' – did you mean 'request-call'?"]


def test_a_line_of_another_scenario_is_said_to_be_its(here: Path) -> None:
    """A scenario that names a line of another one needs its own."""
    shutil.copytree(here / "scenarios" / "small-test", here / "scenarios" / "other")
    edited(here / "scenarios" / "other" / "scenario.yaml", "id: small-test", "id: other")
    edited(here / "scenarios" / "other" / "scenario.yaml", "forced-removal", "driven-off")
    edited(here / SCENARIO, "when: {not: {ever: {move: offer-help}}}", "when: {line: {id: driven-off, crossed: true}}")
    assert said(here / SCENARIO) == [
        "unknown line 'driven-off' – the scenario 'other' has it; this one needs a line of its own"
    ]


@pytest.mark.parametrize(
    ("when", "then", "sentence"),
    [
        (
            "{line: {id: hul-survey, pressure: {at_least: 1}}}",
            "{flag: pressed}",
            "unknown line 'hul-survey' – did you mean 'hull-survey'?",
        ),
        (
            "{track: {id: hours-of-ai, at_least: 1}}",
            "{add: 1}",
            "unknown track 'hours-of-ai' – did you mean 'hours-of-air'?",
        ),
        ("{readiness: {id: hotlin, at_most: 1}}", "{add: 1}", "unknown channel 'hotlin' – did you mean 'hotline'?"),
        ("{inject: no-such-inject-at-all}", "{add: 1}", "unknown inject 'no-such-inject-at-all' – "),
        ("{move: criticise}", "{press: {line: hul-survey, by: 1}}", "unknown concern or line 'hul-survey' – did"),
    ],
    ids=["line", "track", "channel", "inject", "pressed"],
)
def test_a_pack_names_what_some_scenario_has(here: Path, when: str, then: str, sentence: str) -> None:
    """A pack checked alone is held to the scenarios around it; a name that one of them has is fine."""
    own = pack(here, "own", when=when, then=then)
    (found,) = said(own)
    assert found.startswith(sentence)
    for wrong, right in (("hul-", "hull-"), ("of-ai,", "of-air,"), ("hotlin,", "hotline,")):
        own.write_text(own.read_text("utf-8").replace(wrong, right), "utf-8")
    if "no-such" not in sentence:
        assert said(own) == []


def test_a_pack_is_held_to_the_scenarios_checked_with_it(here: Path, tmp_path: Path) -> None:
    """A scenario elsewhere counts if it is checked in the same run, and does not otherwise."""
    elsewhere = tmp_path / "elsewhere" / "drafts" / "ferry"
    shutil.copytree(here / "scenarios" / "small-test", elsewhere)
    shutil.copytree(here / "rules", elsewhere / "rules")
    edited(elsewhere / "scenario.yaml", "forced-removal", "driven-off")
    own = pack(here, "own", when="{line: {id: driven-off, crossed: true}}")
    assert said(own)[0].startswith("unknown line 'driven-off'")
    assert said(own, elsewhere) == []


def test_a_pack_alone_may_use_what_another_pack_gives(here: Path) -> None:
    """Under `without`, in conditions: a pack that comes before it may have it. What nobody has is still unknown."""
    pack(here, "nets", more="facts:\n  net-out: {says: A net is out., per: session}\n")
    own = pack(here, "own", when="{fact: net-out}", more="without: [r]\n")
    edited(own, "id: r, kind", "id: own-rule, kind")
    assert said(own) == []
    edited(own, "without: [r]", "without: [no-rule]")
    assert said(own) == ["unknown rule 'no-rule' in the packs before this one – "]


def test_a_rule_left_out_before_its_pack_is_listed_says_which_pack(here: Path) -> None:
    """In a scenario the pack that has the rule must come before."""
    pack(here, "nets")
    pack(here, "own", more="without: [r]\n")
    edited(here / "rules" / "own.yaml", "id: r, kind", "id: own-rule, kind")
    edited(here / SCENARIO, "rules: [small]", "rules: [small, own]")
    hint = "the rule pack 'nets' has it; list it before this one: rules: [nets, small, own]"
    assert said("scenarios") == [f"unknown rule 'r' in the packs before this one – {hint}"]


def test_a_broken_file_around_takes_nothing_away(here: Path) -> None:
    """What lies around is not checked: its mistakes are not this file's, and keep no name from being unknown."""
    (here / "rules" / "broken.yaml").write_text("facts: [net-out\n", "utf-8")
    edited(here / SCENARIO, "when: {not: {ever: {move: offer-help}}}", "when: {fact: net-out}")
    assert said(here / SCENARIO) == [
        "unknown fact 'net-out' – declare it under `facts`, in the scenario or in a rule pack, before it is named"
    ]
