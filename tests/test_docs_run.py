"""The pages' commands are typed as they stand, on little material, and do what the pages say of them."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.research.made import played
from tests.test_docs_pages import blocks, mentioned
from tests.typed import Desk

from crisis_sim.content.listings import shipped_folder


def lines_of(page: str) -> list[str]:
    """What a page lets its reader type: its blocks, then what it names in the middle of sentences."""
    typed = [line for block in blocks(page, "sh") for line in block.splitlines() if line.strip()]
    return [*typed, *("scripts/run " + shlex.join(words) for words in mentioned(page))]


def done(line: str, desk: Desk) -> str:
    """What a line prints once it has been typed; it ends with 0, and nothing is a fault of ours."""
    words = shlex.split(line, comments=True)
    if words[1] == "export" and "-o" in words:
        shutil.rmtree(desk.here / words[words.index("-o") + 1], ignore_errors=True)  # a page may write it twice
    typed = desk.typed(line)
    assert typed.code == 0, f"{line}\n{typed.err}"
    assert "fault of ours" not in typed.err
    return typed.out


def shipped(desk: Desk) -> None:
    for part in ("rules", "scenarios"):
        shutil.copytree(shipped_folder() / part, desk.here / part)


def sessions(desk: Desk) -> None:
    """Two sessions of people, and one by its name."""
    here = desk.here
    (here / "logs").mkdir()
    for name in ("spring", "summer"):
        played(here / "logs" / f"{name}.jsonl", seated=False)
    shutil.copy(here / "logs" / "spring.jsonl", here / "game.jsonl")


def own(desk: Desk) -> None:
    """What the tutorial on rules has written before its last sentences."""
    shipped(desk)
    done("scripts/run new pack 'Loud words' --yes", desk)
    done("scripts/run new scenario my-scenario --yes", desk)


SHOWN: dict[str, tuple[Callable[[Desk], None], dict[str, str]]] = {
    "docs/msel.md": (shipped, {"--diff": "nothing to do", "injects": "nothing to do"}),
    "docs/research.md": (
        sessions,
        {"--findings": '"measures"', "avg(tension_peak)": "scenario", "crossed > 0": "crossed", "--tables": "readings"},
    ),
    "docs/write-rules.md": (
        own,
        {"show rules/loud-words.yaml": "when ", "--graph lines": "pink", "list concerns": "openness"},
    ),
}
"""For each page: what lies where its reader stands, and what a line with certain words in it prints."""

MADE = {
    "docs/msel.md": ("bottomed-submarine-msel.xlsx",),
    "docs/research.md": ("export/sessions.parquet", "export/datapackage.json"),
    "docs/write-rules.md": ("rules/my-pack.yaml",),
}
"""What is there at the end."""


@pytest.mark.parametrize("page", SHOWN)
def test_what_a_page_lets_its_reader_type_does_what_it_says(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line after the other, in a folder in which the page's reader stands."""
    desk = Desk(tmp_path, capsys, monkeypatch)
    prepare, prints = SHOWN[page]
    prepare(desk)
    lines = lines_of(page)
    if page == "docs/write-rules.md":  # its blocks are typed, step by step, in test_tutorials
        lines = ["scripts/run " + shlex.join(words) for words in mentioned(page)]
    assert lines
    expected = dict(prints)
    for line in lines:
        said = done(line, desk)
        for words in [words for words in expected if words in line]:
            assert expected[words] in said, f"{line}\n{said}"
            prints = {other: what for other, what in prints.items() if other != words}
        if "--format json" in line:
            json.loads(said)
    assert prints == {}
    for name in MADE[page]:
        assert (tmp_path / name).exists(), f"{page}: {name} was not made"
