"""Finding, loading, listing and checking scenarios and packs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_PACK, SMALL_SCENARIO, check_paths, edited

from crisis_sim.content.finding import scenario_file
from crisis_sim.content.listings import list_packs, list_scenarios, shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import ProblemsFound
from crisis_sim.wording import in_words


def test_a_scenario_is_named_by_its_file_or_its_folder() -> None:
    """Both lead to the same scenario, as text or as a path."""
    for name in (SMALL_SCENARIO, SMALL_SCENARIO.parent, str(SMALL_SCENARIO.parent)):
        assert load_material(name).scenario.id == "small-test"


def test_shipped_scenarios_are_named_by_id() -> None:
    """Every scenario and pack that is listed can be loaded by its id."""
    packs = [pack.id for pack in list_packs()]
    for listing in list_scenarios():
        assert scenario_file(listing.id) == listing.path
        material = load_material(listing.id)
        assert material.scenario.title == listing.title
        assert {pack.id for pack in material.packs} <= set(packs)


def test_what_is_shipped_has_no_problems() -> None:
    """No error and no warning in any shipped file."""
    assert check_paths([]).shown() == ""


def test_an_unknown_scenario_gets_the_nearest_shipped_one() -> None:
    """A slip in an id is answered with the right id."""
    known = list_scenarios()[0].id
    with pytest.raises(UnreadableInput, match="there is no scenario") as refused:
        load_material(known[:-1] + "x")
    assert refused.value.hint == f"did you mean '{known}'?"


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\0b", "../nowhere", "no such thing"])
def test_a_name_that_leads_nowhere_is_refused_in_a_sentence(name: str) -> None:
    """Even one that no file could have."""
    for look in (load_material, lambda path: check_paths([path])):
        with pytest.raises(UnreadableInput):
            look(name)


def test_a_folder_without_a_scenario_says_so(tmp_path: Path) -> None:
    """A folder is not silently taken for a fine one."""
    with pytest.raises(UnreadableInput, match=r"has no scenario\.yaml"):
        load_material(tmp_path)
    with pytest.raises(UnreadableInput, match="no scenario and no rule pack"):
        check_paths([tmp_path])


def test_packs_may_be_others_than_the_scenario_lists(here: Path) -> None:
    """By id or by file; and a pack that is not there is refused with the nearest one."""
    other = here / "rules" / "other.yaml"
    other.write_text(SMALL_PACK.read_text("utf-8").replace("id: small\n", "id: other\n", 1), "utf-8")
    for name in ("other", str(other)):
        assert [pack.id for pack in load_material("scenarios/small-test", [name]).packs] == ["other"]
    with pytest.raises(UnreadableInput, match="there is no rule pack 'othr'") as refused:
        load_material("scenarios/small-test", ["othr"])
    assert refused.value.hint == "did you mean 'other'?"
    with pytest.raises(UnreadableInput):
        load_material("scenarios/small-test", [])


def test_a_pack_beside_the_scenario_comes_before_a_shipped_one(here: Path) -> None:
    """An author's own `core` is used with the author's scenario."""
    own = here / "rules" / "core.yaml"
    own.write_text(SMALL_PACK.read_text("utf-8").replace("id: small\n", "id: core\n", 1), "utf-8")
    assert [pack.title.en for pack in load_material("scenarios/small-test", ["core"]).packs] == ["Small rules"]


def test_all_problems_of_all_files_are_said_at_once(here: Path) -> None:
    """A mistake in one file hides none in another, nor in what the files say about each other."""
    edited(here / "rules" / "small.yaml", "weight: 8", "weight: heavy")
    edited(here / SMALL_SCENARIO.relative_to(SMALL), "turns: [0h", "turns: [1h")
    (here / "scenarios" / "small-test" / "guide.md").unlink()
    with pytest.raises(ProblemsFound) as found:
        load_material("scenarios/small-test")
    assert {problem.code for problem in found.value.problems} == {"content/sense", "link/turns", "file/missing"}


def test_a_missing_pack_does_not_make_its_names_unknown(here: Path) -> None:
    """What only follows from a missing pack is not said."""
    edited(here / SMALL_SCENARIO.relative_to(SMALL), "rules: [small]", "rules: [smal]")
    assert [problem.code for problem in check_paths(["scenarios/small-test"])] == ["link/no-pack"]


def test_over_twenty_problems_are_counted(here: Path) -> None:
    """Twenty are shown and the rest are counted."""
    edited(here / "rules" / "small.yaml", "costliness:", "costlines:")
    edited(here / "rules" / "small.yaml", "family:", "famly:")
    edited(here / "rules" / "small.yaml", "severity:", "severty:")
    problems = check_paths(["rules/small.yaml"])
    assert problems.errors > 20
    assert problems.shown().endswith(f"and {problems.errors - 20} more problems")


@pytest.mark.parametrize(
    "grown",
    ["moves:\n" + "".join(f"  a{n}: {{}}\n" for n in range(20_000)), "rules:\n" + "  - {when: {}}\n" * 15_000],
    ids=["moves", "rules"],
)
def test_a_file_that_grows_without_end_is_refused_in_one_sentence(tmp_path: Path, grown: str) -> None:
    """Tens of thousands of mistakes do not become tens of thousands of objects; one sentence says why."""
    pack = tmp_path / "grown.yaml"
    pack.write_text(f"format: 1\nid: grown\ntitle: G\nsays: G.\nsource: Test.\n{grown}", "utf-8")
    problems = check_paths([pack])
    assert [problem.code for problem in problems] == ["content/count"]


@pytest.mark.parametrize("name", ["scenarios/small-test/scenario.yaml", "rules/small.yaml"])
@pytest.mark.parametrize("number", [2, 3, 99])
def test_a_file_of_another_format_is_refused_in_one_sentence(here: Path, name: str, number: int) -> None:
    """At the line of its number, in both languages; nothing else that is wrong with it is said."""
    edited(here / name, "format: 1", f"format: {number}", 1)
    edited(here / name, "title: ", "tilte: ", 1)
    (problem,) = check_paths([name])
    line = next(
        place for place, text in enumerate((here / name).read_text("utf-8").split("\n"), 1) if "format:" in text
    )
    assert (problem.path, problem.line, problem.col) == (name, line, 9)
    said = f"this file is of format {number}, and this program reads format 1"
    assert problem.message == said
    assert in_words(problem.message, "zh") == f"此文件的格式为{number}，而本程序只读格式1"


def test_a_pack_is_checked_without_a_scenario(here: Path) -> None:
    """By itself if it is a base, with the base beside it otherwise; names of scenarios cannot be known then."""
    own = here / "rules" / "own.yaml"
    head = "format: 1\nid: own\ntitle: Own\nsays: Own rules.\nsource: Test.\nrules:\n"
    then = "{press: {line: hull-survey, by: 1}}"
    rule = f"  - {{id: r, kind: pink, says: R., when: {{move: MOVE}}, then: {then}, source: Test.}}\n"
    own.write_text(head + rule.replace("MOVE", "criticise"), "utf-8")
    assert check_paths([own]).shown() == ""
    own.write_text(head + rule.replace("MOVE", "critise"), "utf-8")
    assert [problem.hint for problem in check_paths([own])] == ["did you mean 'criticise'?"]


def test_a_scenario_under_another_file_name_is_known_by_what_is_in_it(here: Path) -> None:
    """A file is a scenario if it has teams, whatever it is called."""
    draft = here / "scenarios" / "small-test" / "draft.yaml"
    shutil.copy(SMALL_SCENARIO, draft)
    assert check_paths([draft]).shown() == ""


def test_symbols_and_pipes_are_refused_where_a_file_is_meant(tmp_path: Path) -> None:
    """A pipe does not make a check wait."""
    os.mkfifo(tmp_path / "scenario.yaml")
    assert [problem.code for problem in check_paths([tmp_path / "scenario.yaml"])] == ["file/special"]


def test_a_list_reads_on_when_a_file_has_mistakes(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken scenario stands in the menu with a word on how to see what is wrong."""
    monkeypatch.setattr("crisis_sim.content.listings.shipped_folder", lambda: here)
    assert [(each.id, each.title.zh) for each in (*list_scenarios(), *list_packs())] == [
        ("small-test", "小测试"),
        ("small", "小规则"),
    ]
    edited(here / SMALL_SCENARIO.relative_to(SMALL), "title: {", "title: [")
    assert list_scenarios()[0].title.en == "small-test"
    assert "crisis-sim check" in list_scenarios()[0].summary.en


def test_shipped_files_lie_where_they_are_looked_for() -> None:
    """Every shipped scenario and pack is listed."""
    folders = {path.name for path in (shipped_folder() / "scenarios").iterdir() if path.is_dir()}
    assert {listing.id for listing in list_scenarios()} == folders


def test_loading_imports_no_screen_and_no_command_line() -> None:
    """A verb that shows no screen does not pay for one."""
    code = (
        "import sys; from crisis_sim.content.load import load_material; load_material(sys.argv[1]); "
        "print(sorted({'textual', 'rich', 'typer', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(SMALL_SCENARIO)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_ones_own_scenarios_are_listed_and_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those in the folder `scenarios` where one stands; one of a shipped name hides the shipped one."""
    for name in ("small-test", "new-virus"):
        shutil.copytree(SMALL / "scenarios" / "small-test", tmp_path / "scenarios" / name)
    shutil.copytree(SMALL / "rules", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    assert scenario_file("small-test") == Path("scenarios/small-test/scenario.yaml")
    found = {listing.path.parent.name: listing for listing in list_scenarios(Path("scenarios"))}
    assert set(found) == {listing.id for listing in list_scenarios()} | {"small-test"}
    assert found["new-virus"].title.en == "A small test"
    assert found["small-test"].lengths == (45, 90, 150) and found["small-test"].rules == ("small",)


def test_the_easiest_scenarios_are_listed_first(tmp_path: Path) -> None:
    """Then those that are harder, by name, and last those that do not say; the head says it, wherever it stands."""
    for name, ending in {"a": "", "b": "difficulty: hard", "c": "difficulty: easy", "d": "difficulty: easy"}.items():
        (tmp_path / name).mkdir()
        text = SMALL_SCENARIO.read_text(encoding="utf-8").replace("id: small-test", f"id: {name}")
        (tmp_path / name / "scenario.yaml").write_text(f"{text}\n{ending}\n", encoding="utf-8")
    listed = [(each.id, each.difficulty) for each in list_scenarios(tmp_path) if each.path.parent.parent == tmp_path]
    assert listed == [("c", "easy"), ("d", "easy"), ("b", "hard"), ("a", None)]


def test_a_scenario_whose_head_has_mistakes_is_listed_and_cannot_be_set(tmp_path: Path) -> None:
    """It says that it has mistakes, and has no length."""
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "scenario.yaml").write_text("id: broken\ntitle: [\n", encoding="utf-8")
    listing = next(each for each in list_scenarios(tmp_path) if each.path.parent == folder)
    assert "mistakes" in listing.summary.in_("en") and "有错误" in listing.summary.in_("zh") and listing.lengths == ()
