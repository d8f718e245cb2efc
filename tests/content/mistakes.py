"""Mistakes as small files: an edit of the small scenario, and the exact text that a check of it prints.

A file says its promise after `#`, then for each edit the file's name, the lines that go after `-` and those that come
after `+`, and after an empty line what is printed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.small import SMALL

from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems
from crisis_sim.wording import in_words

BAD = Path(__file__).parent / "data" / "bad"


ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")
APART = re.compile(r"“[^”]*”|`[^`]*`|\[[^\]]*\]|crisis-sim(?: [a-z-]+)*")
"""What stays as it is in any language: what somebody wrote or may write, and commands."""
CHINESE = partial(in_words, language="zh")


def left_in_english(problems: Problems) -> list[str]:
    """What a Chinese reader would be told of problems in English; what authors wrote themselves does not count."""
    found: list[str] = []
    for problem in problems:
        assert isinstance(problem.message, Sentence)
        assert isinstance(problem.hint, Sentence)
        found += [each for each in (*pieces(problem.message), *pieces(problem.hint)) if is_english(each)]
    return found


def pieces(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence and the sentences that are parts of it, each without what else was put in."""
    parts = {name: part for name, part in sentence.parts.items() if isinstance(part, Sentence)}
    for part in parts.values():
        yield from pieces(part)
    blanks = {name: part if name == "n" or isinstance(part, int) else "" for name, part in sentence.parts.items()}
    yield Sentence(sentence.english, plural=sentence.plural, **blanks)


def is_english(sentence: Sentence) -> bool:
    """Whether a sentence has no Chinese, or has English words in it."""
    chinese = CHINESE(sentence)
    has_words = any(map(str.isalpha, re.sub(r"{[^}]*}", "", sentence.english)))
    return (has_words and chinese == sentence) or bool(ENGLISH.search(APART.sub("", chinese)))


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
        if not path.exists():
            path.write_text(edit.new, "utf-8")
            continue
        text = path.read_text("utf-8")
        assert text.count(edit.old) == 1, f"{edit.old!r} stands {text.count(edit.old)} times in {edit.file}"
        path.write_text(text.replace(edit.old, edit.new), "utf-8")
