"""The text of a YAML file as something to edit: each edit touches the characters it names and no other.

Comments, order, quotes, blank lines, line ends and a byte order mark stay as they are, since nothing is ever written
out anew. Where things stand is the parser's to say; what is to be written, the caller's. A file's text is put in its
place whole or not at all, with its permissions; what somebody else has changed in the meantime is left alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from crisis_sim.content.yamlfile import Extent, YamlFile, parse_yaml
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems
from crisis_sim.text import clean

Loc: TypeAlias = Sequence[str | int]

BOM: Final = "\ufeff"


class Edit(NamedTuple):
    """Characters from `start` to before `end` of a text, and what stands there instead."""

    start: int
    end: int
    text: str


class YamlText:
    """A file's whole text, line ends and byte order mark included, with the extents of its values."""

    def __init__(self, text: str, file: YamlFile) -> None:
        """Made by `yaml_text`."""
        self.text = text
        self.file = file
        self._mark = len(BOM) if text.startswith(BOM) else 0
        self.lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text[self._mark :])
        self._starts = list(accumulate(map(len, self.lines), initial=self._mark))
        self.newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        """How most lines end."""

    @property
    def value(self) -> Any:
        """The file's tree."""
        return self.file.value

    def offset(self, line: int, col: int) -> int:
        """The place in the text of a line and column, from 0."""
        return len(self.text) if line >= len(self.lines) else self._starts[line] + col

    def span(self, extent: Extent) -> tuple[int, int]:
        """The same of an extent, from start to end."""
        return self.offset(*extent.start), self.offset(*extent.end)

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text with all the edits, none of which may overlap another."""
        text = self.text
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def worded(self, loc: Loc, word: str, *, key: bool = False) -> Edit:
        """A plain word in place of the scalar at `loc`, or of its key, without quotes unless they are needed there.

        `word` is one that YAML reads as it stands. Raises ValueError if `loc` leads to no scalar.
        """
        extent = self.file.extent(loc, key=key)
        if extent is None or extent.style in ("{", "-"):
            raise ValueError("there is no scalar at that place")
        start, end = self.span(extent)
        piece = self.text[start:end]
        if extent.style in ("|", ">"):
            head, line_end, rest = re.split(r"(\r\n|\r|\n)", piece, maxsplit=1)
            return Edit(start, end, head + line_end + re.sub(r"[^\s]+", word, rest, count=1))
        quote = extent.style if key or not self._stands_free(start, end) else ""
        return Edit(start, end, f"{quote}{word}{quote}")

    def _stands_free(self, start: int, end: int) -> bool:
        """Whether what is written from start to end is told from what is around it even without quotes."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return (not before or before in " \t\r\n[,") and (not after or after in " \t\r\n,]}")


def yaml_text(text: str, shown: str, problems: Problems) -> YamlText | None:
    """The text of a file as something to edit, or None after saying into `problems` why it cannot be read."""
    before = problems.errors
    file = parse_yaml(text.removeprefix(BOM), shown, problems)
    return None if file is None or problems.errors > before else YamlText(text, file)


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Let the file at `path`, which holds `old`, hold `new`; a symbolic link is followed.

    Raises UnreadableInput, with the old file as it was, if it holds something else or cannot be written.
    """
    at = Path(os.path.realpath(path))
    try:
        if at.read_bytes() != old:
            raise _unwritable(path, "somebody else has changed it in the meantime", "try again")
        status = at.stat()
        number, name = tempfile.mkstemp(dir=at.parent, prefix=f".{at.name[:40]}-", suffix=".new")
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(number)
        beside.chmod(status.st_mode & 0o7777)
        with contextlib.suppress(OSError, AttributeError):
            os.chown(beside, status.st_uid, status.st_gid)
        beside.replace(at)
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    finally:
        beside.unlink(missing_ok=True)


_ALLOW = "look at the permissions of the file and its folder, and at the room on the disk"


def _reason(error: OSError) -> str:
    return (error.strerror or "the disk refuses").lower()


def _unwritable(path: Path, why: str, hint: str) -> UnreadableInput:
    shown = clean(str(path), lines=False)
    return UnreadableInput("file/unwritable", "{shown} is left as it was: {why}", hint=hint, shown=shown, why=why)
