"""Mistakes as small files: an edit of the small scenario, and the exact text that a check of it prints.

A file says its promise after `#`, then for each edit the file's name, the lines that go after `-` and those that come
after `+`, and after an empty line what is printed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.small import SMALL

BAD = Path(__file__).parent / "data" / "bad"


class Edit(NamedTuple):
    """One change of one file; whole lines."""

    file: str
    old: str
    new: str


class Mistake(NamedTuple):
    """One file's edits and what they make a check print."""

    edits: tuple[Edit, ...]
    printed: str


def read_mistake(path: Path) -> Mistake:
    """The mistake in a file."""
    head, _, printed = path.read_text("utf-8").partition("\n\n")
    edits: list[Edit] = []
    for line in head.split("\n"):
        if line.startswith(("-", "+")) and edits:
            file, old, new = edits[-1]
            edits[-1] = (
                Edit(file, old + line[1:] + "\n", new) if line[0] == "-" else Edit(file, old, new + line[1:] + "\n")
            )
        elif not line.startswith("#"):
            edits.append(Edit(line, "", ""))
    return Mistake(tuple(edits), printed)


def make(mistake: Mistake, folder: Path) -> None:
    """A copy of the small scenario and its rules in `folder`, with the mistake in it."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    for edit in mistake.edits:
        path = folder / edit.file
        text = path.read_text("utf-8")
        assert text.count(edit.old) == 1, f"{edit.old!r} stands {text.count(edit.old)} times in {edit.file}"
        path.write_text(text.replace(edit.old, edit.new), "utf-8")
