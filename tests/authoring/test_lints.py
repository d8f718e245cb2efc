"""The linter: for each warning the least that sets it off, with the exact text, and the least that does not."""

from __future__ import annotations

import re
import shutil
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from tests.content.mistakes import left_in_english, make, read_mistake
from tests.content.test_link import JARGON
from tests.docs_made.pages import codes
from tests.engine.play import Play, bots, shipped
from tests.small import SMALL, SMALL_SCENARIO, check_paths
from tests.test_architecture import PACKAGE, ROOT

from crisis_sim.authoring.lints import CODES, lint
from crisis_sim.authoring.lints.lines import bound
from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.translation import terms
from crisis_sim.authoring.lints.world import World
from crisis_sim.authoring.stats import A_MINUTE, BRIEFING
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import load_material
from crisis_sim.engine import events as e
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Length
from crisis_sim.rules.names import SIDES
from crisis_sim.wording import in_words

DATA = Path(__file__).parent / "data"
WARNED = sorted((DATA / "lint").glob("*.txt"))
FINE = sorted((DATA / "fine").glob("*.txt"))

SECTION = re.compile(
    r"^### `lint/([a-z-]+)`\n\n(.+)\n\nWarned of:\n\n```text\n(?s:.+?)```\n\n"
    r"Fine:\n\n```text\n(?s:.+?)```\n\nTo allow it: `# lint: allow \1 – because …`$",
    re.MULTILINE,
)
"""A warning on its page: what it means, what is warned of, what is fine, and how it is allowed."""

ELSEWHERE = {"brief-long", "file-name"}
"""Warnings whose near miss, or whose whole test, needs more than an edit of a line."""


def code_of(path: Path) -> str:
    """A file is named for its warning; what follows two hyphens tells it from another for the same one."""
    return f"lint/{path.stem.partition('--')[0]}"


@pytest.mark.parametrize("path", WARNED, ids=lambda path: path.stem)
def test_a_warning_says_what_and_what_to_write(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each prints exactly what its file says, in no words of the checker's own, and keeps nothing from loading."""
    mistake = read_mistake(path)
    make(mistake, tmp_path)
    monkeypatch.chdir(tmp_path)
    problems = check_paths(["."])
    assert problems.shown() + "\n" == mistake.printed
    assert code_of(path) in {problem.code for problem in problems}
    assert problems.errors == 0
    assert left_in_english(problems) == []
    assert all(problem.hint for problem in problems)
    assert not JARGON.search(" ".join(f"{problem.message} {problem.hint}" for problem in problems))
    load_material(SMALL_SCENARIO.relative_to(SMALL))


@pytest.mark.parametrize("path", FINE, ids=lambda path: path.stem)
def test_a_near_miss_is_not_warned_of(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies just beside a warning prints nothing at all."""
    make(read_mistake(path), tmp_path)
    monkeypatch.chdir(tmp_path)
    assert check_paths(["."]).shown() == ""


def test_every_warning_has_its_example_its_near_miss_and_its_page() -> None:
    """Nothing can be warned of that is not explained and tried from both sides."""
    for files in (WARNED, FINE):
        assert {code_of(path) for path in files} >= {f"lint/{code}" for code in CODES - ELSEWHERE}
        assert {code_of(path) for path in files} <= {f"lint/{code}" for code in CODES}
    said = {each.code for each in codes(PACKAGE) if each.code.startswith("lint/")}
    silences = {code for code in said if code.startswith("lint/silence-")}
    assert said - silences == {f"lint/{code}" for code in CODES}
    page = (ROOT / "docs" / "reference" / "lint.md").read_text(encoding="utf-8")
    assert all(f"- `{code}`: " in page for code in silences)
    sections = dict(SECTION.findall(page))
    assert sections.keys() == CODES
    for code, says in sections.items():
        assert f"| [`{code}`](#lint{code}) | {says.partition('. ')[0].rstrip('.')} |\n" in page


def test_the_table_of_terms_says_what_to_write_in_each_row() -> None:
    """Each row forbids a word, or asks for one; no word is forbidden that another row asks for."""
    rows = terms()
    assert all(row.chinese and row.chinese[0] and (row.wrong or row.english) for row in rows)
    asked = {word for row in rows for word in row.chinese}
    assert not asked & {row.wrong for row in rows if row.wrong} and len({row.wrong for row in rows}) > 10


def words(path: Path, number: int) -> None:
    path.write_text("word " * number, "utf-8")


def small_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make(read_mistake(DATA / "fine" / "until.txt"), folder)
    monkeypatch.chdir(folder)
    return folder / SMALL_SCENARIO.relative_to(SMALL)


def test_briefs_longer_than_the_shortest_length_leaves_time_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both briefs of a team count together; a brief that just fits is fine."""
    folder = small_copy(tmp_path, monkeypatch).parent
    most = BRIEFING[45] * A_MINUTE["en"]
    words(folder / "brief.md", most - 1000)
    (folder / "brief.zh.md").write_text("字" * (most - 1000), "utf-8")
    words(folder / "brief-us.md", 1000)
    words(folder / "brief-china.md", 1000)
    assert check_paths(["."]).shown() == ""
    words(folder / "brief-china.md", 1100)
    assert check_paths(["."]).shown() == (
        "scenarios/small-test/scenario.yaml:47:5: warning [brief-long]: the two briefs of China take 6.4 minutes to"
        " read, and a session of 45 minutes leaves 6 for welcome, rules and briefs\n"
        "    |     brief: brief-china.md\n"
        "    |     ^^^^^\n"
        "    hint: cut them, or leave out the length of 45 minutes"
    )
    scenario = folder / "scenario.yaml"
    old = "    brief: brief-china.md\n"
    allowed = f"    # lint: allow brief-long – because this team gets its brief the day before\n{old}"
    scenario.write_text(scenario.read_text("utf-8").replace(old, allowed), "utf-8")
    assert check_paths(["."]).shown() == ""


@cache
def plays(name: str) -> list[tuple[Length, Play]]:
    """Whole sessions of bots of many tempers, in every length."""
    material = shipped(name)
    pairs = (("random", "random"), ("rota", "reckless"), ("salami", "curious"), ("reckless", "reckless"))
    found = []
    for length, (us, china) in product(sorted(material.scenario.lengths), pairs):
        found.append((length, bots(material, us, china, seed=f"{name}-{us}", length=length)))
    return found


played = pytest.mark.parametrize("name", ["bottomed-submarine", "new-virus"], scope="module")


@played
def test_what_happens_in_play_was_held_possible(name: str) -> None:
    """No inject, fact or crossing comes before its earliest moment; no forecast comes true that never can."""
    material = shipped(name)
    found = LintRun(material, Problems())
    for length, play in plays(name):
        world = found.worlds[length]
        for turn, told in enumerate(play.state.turn_events):
            for event in told:
                assert was_possible(world, turn, event), f"{event} in turn {turn} of {length} minutes"


def was_possible(world: World, turn: int, event: e.AnyEvent) -> bool:
    match event:
        case e.InjectDelivered(inject=inject, by_hand=False):
            return world.injects.get(inject, 99) <= 2 * turn
        case e.FactSet(fact=fact, of=side, to=to):
            return world.truths.get(((fact, side), to), 99) <= 2 * turn + 1
        case e.LineCrossed(side=side, line=line):
            return world.crossings.get((side, line), 99) <= 2 * turn + 1
        case e.ForecastResolved(forecast=forecast, happened=happened):
            happens = next(each.happens for each in world.scenario.forecasts if each.id == forecast)
            if happened:
                return world.may(happens, 2 * turn + 1)
            return not world.must(happens, 2 * turn + 1)
        case _:
            return True


@played
def test_no_pressure_exceeds_its_bound(name: str) -> None:
    """However reckless both are and however they read, a line holds no more than the linter reckons with."""
    material = shipped(name)
    found = LintRun(material, Problems())
    lines = {
        (side, of.id): of for side in SIDES for of in material.scenario.teams.team_of(side).lines if of.kind == "pink"
    }
    for _, play in plays(name):
        for event in play.events:
            if isinstance(event, e.LinePressed) and (event.side, event.line) in lines:
                most = bound(found, event.side, lines[event.side, event.line], play.table.length)  # type: ignore[arg-type]  # a length of the scenario
                assert event.trace.after <= most.total


def test_lint_is_the_same_each_time() -> None:
    """The same warnings in the same order, whatever was looked at before."""
    material = load_material(SMALL_SCENARIO)
    shown = []
    for _ in range(2):
        problems = Problems()
        lint(material, problems)
        shown.append(problems.shown())
    assert shown[0] == shown[1]


def test_a_text_that_is_missing_is_an_error_and_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A brief that cannot be read is said once, and the rest is looked at."""
    folder = small_copy(tmp_path, monkeypatch).parent
    (folder / "brief-us.md").unlink()
    assert [problem.code for problem in check_paths(["."])] == ["file/missing"]


def test_a_scenario_in_which_nothing_can_be_sent_is_linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is left, there is something to say and nothing to stumble over."""
    small_copy(tmp_path, monkeypatch)
    pack = Path("rules/small.yaml")
    text = re.sub(r"    over: .*", "    over: [pigeon]", pack.read_text("utf-8"))
    pack.write_text(text.replace("      press: {en:", "      pigeon: Pigeons\n      press: {en:"), "utf-8")
    problems = check_paths(["."])
    assert problems.errors == 0
    assert left_in_english(problems) == []
    assert {"lint/move-stuck", "lint/channel-idle", "lint/move-nowhere"} <= {problem.code for problem in problems}


def test_every_text_that_lacks_its_chinese_is_named(tmp_path: Path) -> None:
    """By line, part by part, in one sentence; what is too much for one is counted."""
    folder = tmp_path / "scenarios" / "cut"
    shutil.copytree(shipped_folder() / "scenarios" / "bottomed-submarine", folder)
    file = folder / "scenario.yaml"
    text = re.sub(r"\n +zh: .*", "", file.read_text("utf-8"))
    file.write_text(text.replace("id: bottomed-submarine", "id: cut"), "utf-8")
    (found,) = (problem for problem in check_paths([folder]) if problem.code == "lint/language")
    total, _, lines = found.message.partition(" texts that teams read have no Chinese; by line: ")
    assert int(total) > 150
    part = text[: text.index("\n    part:\n")].count("\n") + 2
    plan = text[: text.index("\n    text:\n")].count("\n") + 2
    assert f"; teams {part}, " in lines and f"; msel {plan}, " in lines and lines.startswith("says 10")
    chinese = in_words(found.message, "zh")
    assert f"；teams {part}、" in chinese and f"；msel {plan}、" in chinese
    titles = [place for place, line in enumerate(text.split("\n"), 1) if re.match(r"  - ask:$", line)]
    named, _, more = lines.partition("; and ")
    places = [int(place) for place in re.findall(r"\d+", named)]
    assert titles and all(place in places for place in titles if place <= places[-1])
    assert len(places) + int(more.removesuffix(" more") or 0) <= int(total), "several may share a line"
    file.write_text(re.sub(r"\{en: ([^{}]*), zh: [^{}]*\}", r"{en: \1}", text), "utf-8")
    (found,) = (problem for problem in check_paths([folder]) if problem.code == "lint/language")
    assert re.search(r"; and \d+ more$", found.message) and len(found.message) < 1200
