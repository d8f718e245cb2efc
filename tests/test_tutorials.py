"""The handbook's tutorials are done as they are written: each file written, each line changed, each command run.

A block of `yaml`, `markdown` or `csv` after a sentence that says to write a file is that file; a `diff` changes the
file named last; an `sh` block is typed; the `text` after it is what it prints, `…` standing for any number of lines.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.typed import Desk

from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.problems import Problems
from crisis_sim.rules.conditions import Condition

ROOT = Path(__file__).parents[1]
TUTORIALS = ("docs/write-rules.md", "docs/write-scenarios.md")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"`([\w./-]+\.(?:yaml|md|csv))`")


class Step(NamedTuple):
    """One fenced block and the prose before it."""

    kind: str
    body: str
    file: str
    """The file that is named last before the block."""
    says: str
    """The paragraph before the block."""


def steps(page: str) -> list[Step]:
    """What a page tells its reader to do, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found, file, end = [], "", 0
    for fence in FENCE.finditer(text):
        between = text[end : fence.start()]
        file = (PATH.findall(between) or [file])[-1]
        found.append(Step(fence[1], fence[2], file, between.strip().rpartition("\n\n")[2]))
        end = fence.end()
    return found


def said_to(line: str, desk: Desk) -> str:
    """What a command prints, standard error after standard output; it ends with 0, or with 1 for problems found."""
    typed = desk.typed(line)
    assert typed.code in (0, 1), typed.err
    return typed.out + typed.err


def changed(text: str, diff: str) -> str:
    """A text after a diff of whole lines; what it takes away or keeps stands there once."""
    rows = diff.rstrip("\n").split("\n")
    old = "".join(row[1:] + "\n" for row in rows if row[:1] in ("-", " "))
    new = "".join(row[1:] + "\n" for row in rows if row[:1] in ("+", " "))
    assert text.count(old) == 1, f"these lines stand {text.count(old)} times in the file:\n{old}"
    return text.replace(old, new)


def assert_printed(said: str, expected: str) -> None:
    """Every stretch of the expected lines is printed, in order; `…` alone on a line skips."""
    place = 0
    for stretch in re.split(r"^…\n", expected, flags=re.MULTILINE):
        wanted = stretch.rstrip("\n")
        found = said.find(wanted, place)
        assert found >= 0, f"this is not printed:\n{wanted}\n\nbut this is:\n{said}"
        place = found + len(wanted)


@pytest.mark.parametrize("page", TUTORIALS)
def test_a_tutorial_can_be_done_as_it_is_written(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder with the shipped rules and scenarios, as in a checkout."""
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / ".logs"))
    desk = Desk(tmp_path, capsys, monkeypatch)
    for part in ("rules", "scenarios"):
        shutil.copytree(shipped_folder() / part, tmp_path / part)
    said = ""
    for step in steps(page):
        target = tmp_path / step.file
        if step.kind == "sh":
            said = "\n".join(said_to(line, desk) for line in step.body.strip().split("\n"))
        elif step.kind == "text":
            assert_printed(said, step.body)
        elif step.kind == "diff":
            target.write_text(changed(target.read_text(encoding="utf-8"), step.body), encoding="utf-8")
        elif "Write this as" in step.says or "write this as" in step.says:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.body, encoding="utf-8")
        else:
            assert_valid(step.body)


def assert_valid(snippet: str) -> None:
    """A snippet of YAML is a condition under `when`, or a part that a file could have."""
    problems = Problems()
    read = parse_yaml(snippet, "snippet", problems)
    assert read is not None and problems.shown() == ""
    if isinstance(read.value, dict) and "when" in read.value:
        Condition.model_validate(read.value["when"])
