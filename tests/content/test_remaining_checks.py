"""A mistake hides no other one of its file, and what only follows from it is not said."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.content.mistakes import BAD, Edit, read_mistake
from tests.small import SMALL, SMALL_SCENARIO, check_paths
from tests.thinning import examples

from crisis_sim.content.remaining_checks import remaining_model
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.sources import from_file
from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.problems import Problems
from crisis_sim.rules.pack import Pack

SCENARIO = "scenarios/small-test/scenario.yaml"
PACK = "rules/small.yaml"

HIDING = {
    "format": "nobody knows what a later format means",
    "no-pack": "names that packs give are not looked for where a pack is missing",
    "list-without-brackets": "the same: nobody knows which packs are meant",
    "list-in-full-width-brackets": "the same",
    "list-with-full-width-comma": "the same",
}
"""Slips that may hide others, and why."""


RELATED = {
    # nothing is after the end while nobody knows when that is
    "inject-after-end": {"ends-too-soon", "hours-after-start", "hours-full-width", "hours-in-words", "minutes"}
    | {"missing-top-key"},
    # one makes the line pink that the other no longer leads to
    "no-red-line": {"leads-to-nothing", "leads-to-pink", "leads-to-theirs", "pink-without-red"},
    # one gives something another id, by which the other calls it
    "not-an-id": {"slips-of-many-kinds"},
}
"""Slips that are not independent of each other; every other pair of those in the folder was tried."""


class Said(NamedTuple):
    """A problem without what an edit further up in the file changes, and without its hint."""

    path: str
    col: int | None
    message: str


def errors_in(folder: Path) -> Counter[Said]:
    """The errors that a check finds."""
    problems = check_paths([folder])
    assert len(problems) < 100
    return Counter(
        Said(Path(found.path).name, found.col, found.message) for found in problems if found.severity == "error"
    )


def spoilt(folder: Path, edits: Sequence[Edit]) -> Path:
    """A copy of the small scenario with all the edits, each where it stands in the original."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SMALL, folder)
    for (file, at, end), edit in sorted(zip(_spans(edits), edits, strict=True), reverse=True):
        original, text = (SMALL / file).read_text("utf-8"), (folder / file).read_text("utf-8")
        assert original.count(edit.old) == 1, f"{edit.old!r} stands {original.count(edit.old)} times in {file}"
        (folder / file).write_text(text[:at] + edit.new + text[end:], "utf-8")
    return folder


def _spans(edits: Sequence[Edit]) -> list[tuple[str, int, int]]:
    found = [(edit.file, (SMALL / edit.file).read_text("utf-8").find(edit.old), len(edit.old)) for edit in edits]
    return [(file, at, at + length) for file, at, length in found]


SLIPS = {
    path.stem: read_mistake(path).edits
    for kind in ("models", "links")
    for path in sorted((BAD / kind).glob("*.txt"))
    if all(edit.file in (SCENARIO, PACK) for edit in read_mistake(path).edits)
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where copies are made, one after another."""
    return tmp_path_factory.mktemp("remains") / "copy"


@cache
def alone(slip: str, folder: Path) -> Counter[Said]:
    """What is said of one slip by itself."""
    return errors_in(spoilt(folder, SLIPS[slip]))


@settings(max_examples=examples(10, 600), deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(one=st.sampled_from(sorted(SLIPS.keys() - HIDING)), other=st.sampled_from(sorted(SLIPS.keys() - HIDING)))
@example(one="missing-key", other="unknown-move")
@example(one="misspelt-key", other="unknown-channel")
def test_two_slips_together_say_what_each_says_alone(folder: Path, one: str, other: str) -> None:
    """Nothing is hidden, and nothing is said that neither says, at whatever two places of the files they are."""
    parts = [(*mine, *its) for mine in _spans(SLIPS[one]) for its in _spans(SLIPS[other])]
    assume(one not in RELATED.get(other, ()) and other not in RELATED.get(one, ()))
    assume(all(a != b or before + 1 < start or end + 1 < at for a, at, before, b, start, end in parts))
    assert errors_in(spoilt(folder, [*SLIPS[one], *SLIPS[other]])) == alone(one, folder) + alone(other, folder)


# A name that is given in a part that cannot be read is known: each pair of edits breaks the part and names it.

SUSPEND = "        crossing: {tension: 20, suspend: hotline}\n"
TUG = "    when: {not: {ever: {move: offer-help}}}\n"

STILL_KNOWN = {
    "a channel that lacks a key": [Edit(SCENARIO, "    readiness: 35\n", "")],
    "a channel with a wrong value": [Edit(SCENARIO, "    readiness: 35\n", "    readiness: much\n")],
    "a channel of which nothing can be read": [
        Edit(SCENARIO, "channels:\n", "channels:\n  radio: to be written\n"),
        Edit(SCENARIO, SUSPEND, SUSPEND.replace("hotline", "radio")),
    ],
    "a channel whose id is none": [
        Edit(SCENARIO, "  hotline:\n    name", "  Hot_Line:\n    name"),
        Edit(SCENARIO, SUSPEND, SUSPEND.replace("hotline", "hot-line")),
    ],
    "a fact whose id is none": [Edit(SCENARIO, "  host-consent: {start", "  Host_Consent: {start")],
    "channels under a misspelt key": [Edit(SCENARIO, "channels:\n  hotline", "chanels:\n  hotline")],
    "channels that are no mapping": [Edit(SCENARIO, "channels:\n  hotline", "channels: four\nchanels:\n  hotline")],
    "a track with a wrong value": [
        Edit(SCENARIO, "    start: 40\n", "    start: forty\n"),
        Edit(SCENARIO, TUG, "    when: {track: {id: hours-of-air, at_most: 5}}\n"),
    ],
    "an inject that lacks a key": [Edit(SCENARIO, "    note: Watch who asks before blaming.\n", "")],
    "an inject whose id is none": [Edit(SCENARIO, "  - id: survey-ship\n", "  - id: Survey Ship\n")],
    "an inject without an id": [Edit(SCENARIO, "  - id: survey-ship\n    title", "  - title")],
    "an inject that is no mapping": [
        Edit(SCENARIO, "msel:\n", "msel:\n  - to be written\n"),
        Edit(SCENARIO, "recalls: survey-ship", "recalls: to-be-written"),
    ],
    "a line of no kind": [
        Edit(SCENARIO, "      - id: boarding\n        kind: red\n", "      - id: boarding\n        kind: dark red\n")
    ],
    "the only pink line of a team, of no kind": [
        Edit(SCENARIO, "      - id: hull-survey\n        kind: pink\n", "      - id: hull-survey\n        kind: dark\n")
    ],
    "an hour of a turn that is none": [Edit(SCENARIO, "turns: [0h, 12h, 24h, 36h]", "turns: [0h, 12h, 24h, late]")],
    "hours of turns that are no list": [Edit(SCENARIO, "turns: [0h, 12h, 24h, 36h]", "turns: four")],
    "no turns at all": [Edit(SCENARIO, "turns: [0h, 12h, 24h, 36h]", "turns: []")],
    "an end that is no hour": [Edit(SCENARIO, "ends: 48h", "ends: late")],
    "a length of no turns": [Edit(SCENARIO, "90: [1, 2, 4]", "90: some")],
    "a track without its most": [Edit(SCENARIO, "    most: 60\n", "")],
    "a change of a track at no moment": [Edit(SCENARIO, "      - on: turn\n", "      - on: turns\n")],
    "a rule on no moment": [Edit(PACK, "    on: press\n", "    on: pressure\n")],
    "a rule of no kind": [Edit(PACK, "  - id: tied-help\n    kind: pink", "  - id: tied-help\n    kind: rose")],
    "base settings of which one is none": [Edit(PACK, "{at: 30, name: {en: strained", "{at: x, name: {en: strained")],
    "a line whose id is none": [Edit(SCENARIO, "      - id: boarding\n", "      - id: Boarding\n")],
    "a line without an id": [Edit(SCENARIO, "      - id: boarding\n        kind", "      - kind")],
    "lines that are no list": [
        Edit(SCENARIO, "recalls: survey-ship", "recalls: boarding"),
        Edit(
            SCENARIO, "    lines:\n      - id: hull-survey\n", "    lines: two\n    liens:\n      - id: hull-survey\n"
        ),
    ],
    "a move with a wrong value": [Edit(PACK, "    family: force\n", "    family: forces\n")],
    "an answer that lacks a key": [Edit(PACK, "    does: Takes a call that was asked for.\n", "")],
    "a term that lacks a key": [Edit(PACK, "  exclusive: {says: Leave the other side out.}", "  exclusive: {}")],
    "a concern with a wrong value": [Edit(PACK, "  face: {en: Public face, zh: 颜面}", "  face: 5")],
    "a fact with a wrong value": [Edit(PACK, "near the scene., per: team}", "near the scene., per: teem}")],
    "a fact that lacks a key": [
        Edit(PACK, "  host-consent: {says: The host has agreed to foreign help.}", "  host-consent: {}")
    ],
    "a commitment that lacks a key": [
        Edit(PACK, "    says: We keep our forces away from the scene.\n", ""),
        Edit(SCENARIO, TUG, "    when: {commitment: no-forces}\n"),
    ],
    "a channel kind with a wrong value": [Edit(PACK, "      hotline: {en: Hotline, zh: 热线}\n", "      hotline: 5\n")],
    "channel kinds that are no mapping": [Edit(PACK, "    kinds:\n", "    kinds: many\n    kindz:\n")],
    "base settings that are none": [Edit(PACK, "base:\n  tension:\n", "base: core\nbased:\n  tension:\n")],
}
"""Edits after which the names that are given in the broken part are still named elsewhere."""

FOLLOW_ANYWAY = {"channels that are no mapping", "lines that are no list", "channel kinds that are no mapping"}
FOLLOW_ANYWAY |= {"base settings that are none"}
"""Where a second mistake stands beside the first, so that both are told."""


@pytest.mark.parametrize("broken", STILL_KNOWN)
def test_a_name_in_a_broken_part_is_not_unknown(folder: Path, broken: str) -> None:
    """One mistake, one sentence: nothing that names the part, counts it or compares itself with it is said."""
    problems = check_paths([spoilt(folder, STILL_KNOWN[broken])])
    codes = [problem.code for problem in problems]
    assert len(codes) == 1 + (broken in FOLLOW_ANYWAY), problems.shown()
    assert all(code.startswith("content/") for code in codes)


OTHER = """format: 1
id: other
title: Other
says: Other rules.
without: over-match
source: Test.
"""


@pytest.mark.parametrize("wrong", ["  - id: Over Match\n    kind", "  - kind"], ids=["no id", "without an id"])
def test_a_rule_in_a_broken_part_is_not_unknown(folder: Path, wrong: str) -> None:
    """A later pack may leave out a rule whose id cannot be read."""
    edits = [Edit(SCENARIO, "rules: [small]", "rules: [small, other]")]
    spoilt(folder, [*edits, Edit(PACK, "  - id: over-match\n    kind", wrong)])
    (folder / "rules" / "other.yaml").write_text(OTHER, "utf-8")
    assert [problem.code.partition("/")[0] for problem in check_paths([folder])] == ["content"]


def test_a_pack_alone_is_told_all_of_its_mistakes(folder: Path) -> None:
    """A wrong value in a base pack hides no unknown name in it, and the other way round."""
    edits = [Edit(PACK, "    family: force\n", "    family: forces\n")]
    edits += [Edit(PACK, "    with_moves: [offer-help, reaffirm-rules]", "    with_moves: [offer-hlp, reaffirm-rules]")]
    spoilt(folder, edits)
    messages = [problem.message for problem in check_paths([folder / PACK])]
    assert messages == ["'forces' is not a value of 'family'", "unknown move 'offer-hlp'"]


def test_places_do_not_shift_behind_what_cannot_be_read(folder: Path) -> None:
    """The mistake in the third inject is found there when the first two are no injects at all."""
    edits = [Edit(SCENARIO, "msel:\n", "msel:\n  - later\n  - later\n")]
    edits += [Edit(SCENARIO, TUG, TUG.replace("offer-help", "offer-hlp"))]
    text = (spoilt(folder, edits) / SCENARIO).read_text("utf-8").split("\n")
    lines = [problem.line or 0 for problem in check_paths([folder])]
    assert [text[line - 1].strip() for line in lines] == [
        "- later",
        "- later",
        TUG.replace("offer-help", "offer-hlp").strip(),
    ]


def test_what_stands_under_a_wrong_id_is_looked_at(folder: Path) -> None:
    """A channel whose id is none has its kind checked."""
    edits = [Edit(SCENARIO, "  embassy:\n", "  The_Embassy:\n"), Edit(SCENARIO, "kind: diplomatic", "kind: diplomtic")]
    codes = [problem.code for problem in check_paths([spoilt(folder, edits)])]
    assert codes == ["content/id", "link/unknown-channel-kind"]


def test_what_two_wrong_parts_say_of_each_other_is_told_beside_a_third(folder: Path) -> None:
    """A line says what it lacks although another of its keys cannot be read; a check that needs that key is silent."""
    lacks = [Edit(SCENARIO, "        leads_to: forced-removal\n        limit: 3\n", "        limit: three\n")]
    assert [problem.message for problem in check_paths([spoilt(folder, lacks)])] == [
        "a pink line names the red line it leads to: leads_to: …",
        "'three' is not a number",
    ]
    needs = [Edit(SCENARIO, "        leads_to: forced-removal\n        limit: 3\n", "        leads_to: Removal!\n")]
    assert [problem.code for problem in check_paths([spoilt(folder, needs)])] == ["content/id"]


def test_nothing_of_a_broken_scenario_is_warned_of(folder: Path) -> None:
    """Half a scenario is not searched for what is probably not meant."""
    edits = [Edit(SCENARIO, "languages: [en]", "languages: [en, zh]")]
    assert {problem.code for problem in check_paths([spoilt(folder, edits)])} == {"lint/language"}
    edits += [Edit(SCENARIO, "    latency: 6h\n", "    latency: six\n")]
    assert [problem.severity for problem in check_paths([spoilt(folder, edits)])] == ["error"]


@pytest.mark.parametrize("kind", [Scenario, Pack])
@pytest.mark.parametrize(
    "tree", [None, {}, [], "text", {"id": {}, "teams": [], "rules": {"a": 1}, "base": {"lines": 1}}]
)
def test_anything_leaves_something(kind: type[Scenario | Pack], tree: object) -> None:
    """A model comes of every tree, with every key in it, and what stands in for something is known."""
    left = remaining_model(kind, tree, {()})
    assert set(left.model.__dict__) == set(kind.model_fields)
    assert left.absent


def test_what_is_whole_is_left_as_it_is() -> None:
    """Nothing is absent from a file without mistakes, even where every part of it is tried by itself."""
    file = parse_yaml(SMALL_SCENARIO.read_text("utf-8"), "scenario.yaml", Problems())
    assert file is not None
    source = from_file(file, "scenario.yaml")
    left = remaining_model(Scenario, source.tree, {()})
    assert (left.absent, left.senseless) == ({}, [])
    assert left.model == Scenario.model_validate(source.tree)
