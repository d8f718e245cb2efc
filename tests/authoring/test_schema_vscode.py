"""The settings that VS Code finds in the repository: they name files that are there, and read what `check` prints."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.small import check_paths

from crisis_sim.problems import Spot
from crisis_sim.rules.names import Language
from crisis_sim.wording import in_words

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".vscode"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_every_authored_file_has_a_schema_without_its_first_line_too() -> None:
    """The settings map each shipped scenario and pack to a schema that is there, and ask nobody on the network."""
    settings = read("settings.json")
    mapped = settings["yaml.schemas"]
    assert all((ROOT / schema).is_file() for schema in mapped)
    covered = {file for pattern in mapped.values() for file in ROOT.glob(pattern)}
    assert covered == {*ROOT.glob("scenarios/*/scenario.yaml"), *ROOT.glob("rules/**/*.yaml")}
    assert settings["yaml.schemaStore.enable"] is False


@pytest.mark.parametrize("task", read("tasks.json")["tasks"], ids=lambda task: task["label"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_task_reads_what_check_prints(
    language: Language, task: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each problem becomes a row in VS Code's list, with its file, line, column, severity and sentence."""
    translate = partial(in_words, language=language)
    (tmp_path / "scenario.yaml").write_text("format: 1\nid: My Crisis\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    problems = check_paths(["scenario.yaml"])
    problems.warning(Spot("scenario.yaml", 1, 1), "this file is empty", code="lint/red-alone")
    rows = []
    for matcher in task["problemMatcher"]:
        pattern = matcher["pattern"]
        found = [re.match(pattern["regexp"], line) for line in problems.shown(100, translate).splitlines()]
        parts = [[row[pattern[part]] for part in ("file", "line", "column", "message")] for row in found if row]
        rows += [[matcher["severity"], *each] for each in parts]
    located = [problem for problem in problems if problem.line is not None]
    told = [[each.severity, each.path, str(each.line), str(each.col), each.told(translate)[0]] for each in located]
    assert sorted(rows) == sorted(told)
    assert {"error", "warning"} == {row[0] for row in rows}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_of_problems_is_renewed_at_every_save(lang: str, tmp_path: Path) -> None:
    """The watch begins each result with a line that the task knows, and ends it with an empty one."""
    task = read("tasks.json")["tasks"][1]
    (tmp_path / "scenario.yaml").write_text("format: 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "crisis_sim", "check", "--watch", "--all", "scenario.yaml", "--lang", lang]
    env = {**os.environ, **task["options"]["env"]}
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, env=env) as watch:
        assert watch.stdout is not None
        result = list(iter(watch.stdout.readline, "\n"))
        watch.terminate()
    background = task["problemMatcher"][0]["background"]
    assert re.match(background["beginsPattern"], result[0]) and re.match(background["endsPattern"], "\n")
    assert any(re.match(task["problemMatcher"][0]["pattern"]["regexp"], line) for line in result)


@pytest.mark.parametrize("task", read("tasks.json")["tasks"], ids=lambda task: task["label"])
def test_a_task_calls_a_command_that_exists(task: dict[str, Any]) -> None:
    """Its script is there, and its verb and options are ours."""
    from crisis_sim.cli.commands import command_of
    from crisis_sim.cli.verbs import BY_NAME

    script, verb, *rest = task["command"].split()
    assert (ROOT / script).is_file()
    command_of(BY_NAME[verb]).make_context(verb, rest)
