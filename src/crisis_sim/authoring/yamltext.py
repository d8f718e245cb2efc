"""The text of a YAML file as something to edit: each edit touches the characters it names and no other.

Comments, order, quotes, blank lines, line ends and a byte order mark stay as they are, since nothing is ever written
out anew. Where things stand is the parser's to say; what is to be written, the caller's. A file's text is put in its
place whole or not at all, with its permissions; what somebody else has changed in the meantime is left alone.

A value is written as its neighbours are: in brackets within brackets, as a block text where there was one, and without
quotes where it can go without. Each is read back before it is used. What would take a comment with it is refused.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Any, Final, NamedTuple

import yaml

from crisis_sim.content.yamlfile import AnyLoc, Extent, YamlFile, parse_yaml
from crisis_sim.errors import Sentence, UnreadableInput, why_not
from crisis_sim.problems import Problems
from crisis_sim.text import clean

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


def yaml_text(text: str, shown: str, problems: Problems) -> YamlText | None:
    """The text of a file as something to edit, or None after saying into `problems` why it cannot be read."""
    previous_errors = problems.errors
    file = parse_yaml(text.removeprefix(BOM), shown, problems)
    return None if file is None or problems.errors > previous_errors else YamlText(text, file)


def diff_of(old: bytes, new: bytes, was: str, becomes: str) -> str:
    """What changes in a file, as a unified diff between what it is called before and after."""
    old_lines, new_lines = (data.decode().removeprefix(BOM).splitlines() for data in (old, new))
    return "\n".join(unified_diff(old_lines, new_lines, was, becomes, lineterm=""))


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Let the file at `path`, which holds `old`, hold `new`; a symbolic link is followed.

    Raises UnreadableInput, with the old file as it was, if it holds something else or cannot be written.
    """
    real_path = Path(os.path.realpath(path))
    try:
        if real_path.read_bytes() != old:
            raise _unwritable(path, "somebody else has changed it in the meantime", "try again")
        status = real_path.stat()
        number, name = tempfile.mkstemp(dir=real_path.parent, prefix=f".{real_path.name[:40]}-", suffix=".new")
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    temp_path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(number)
        temp_path.chmod(status.st_mode & 0o7777)
        with contextlib.suppress(OSError, AttributeError):
            os.chown(temp_path, status.st_uid, status.st_gid)
        temp_path.replace(real_path)
    except OSError as error:
        raise _unwritable(path, _reason(error), _ALLOW) from None
    finally:
        temp_path.unlink(missing_ok=True)


_ALLOW = Sentence("look at the permissions of the file and its folder, and at the room on the disk")


def _reason(error: OSError) -> Sentence:
    return why_not(error, Sentence("the disk refuses"))


def _unwritable(path: Path, why: str, hint: str) -> UnreadableInput:
    shown = clean(str(path), lines=False)
    return UnreadableInput(
        "file/unwritable", "{shown} is left as it was: {why}", hint=hint, shown=shown, why=Sentence.of(why)
    )


WIDTH: Final = 120
"""Columns at which long texts are folded."""

_INLINE: Final = 90


class Unwritable(Exception):
    """A value that cannot be put where it belongs without taking something else with it."""


def edit_value(text: YamlText, loc: AnyLoc, value: Any) -> Edit:
    """The edit that makes the value at `loc` another; the key is put in last where it is missing.

    Raises Unwritable.
    """
    extent = text.file.extent(loc)
    if extent is None:
        return _new_key(text, loc, value)
    if isinstance(value, str) and extent.style not in ("{", "-"):
        return _new_scalar(text, loc, extent, value)
    start, end = text.span(extent)
    if _in_brackets(text, loc):
        _refuse_comments(text, extent.start, extent.end)
        return Edit(start, end, node(value, flow=True, indent=0))
    key = text.file.extent(loc, key=True)
    if key is None:
        raise Unwritable
    _refuse_comments(text, key.end, extent.end)
    value_start = text.text.index(":", text.offset(*key.end)) + 1
    end = max(value_start, start + len(text.text[start:end].rstrip()))
    if _is_followed(text, end):
        return Edit(value_start, end, f" {node(value, flow=True, indent=0)}")
    return Edit(value_start, end, _entry("", value, key.start[1])[1:].replace("\n", text.newline))


def _is_followed(text: YamlText, end: int) -> bool:
    """Whether something, such as a comment, stands after a value on its line, where no block can begin."""
    return bool(re.split(r"[\r\n]", text.text[end:], maxsplit=1)[0].strip())


def _new_scalar(text: YamlText, loc: AnyLoc, extent: Extent, value: str) -> Edit:
    """Another text in the place of one, in brackets or not, in quotes or as a block, as the old one was."""
    start, end = text.span(extent)
    piece = text.text[start:end]
    if extent.style in ("|", ">"):
        piece = piece.rstrip()
        if "#" in re.split(r"[\r\n]", piece, maxsplit=1)[0]:
            raise Unwritable
    flow = _in_brackets(text, loc) or _is_followed(text, start + len(piece))
    new_text = scalar(value, flow=flow, indent=0 if flow else _column(text, loc) + 2, style=extent.style)
    return Edit(start, start + len(piece), new_text.replace("\n", text.newline))


def insert_item(text: YamlText, loc: AnyLoc, place: int, value: dict[str, Any]) -> Edit:
    """The edit that puts an item of keys and values into the list at `loc`, before the one at `place`, or last.

    Raises Unwritable where the list is written in brackets.
    """
    items = text.file.extent(loc)
    neighbour = text.file.extent((*loc, max(place - 1, 0)))
    if items is None or neighbour is None or items.style != "-":
        raise Unwritable
    line, col = neighbour.start
    lead = text.lines[line][:col]
    if "-" not in lead:
        raise Unwritable
    dash = lead.index("-")
    gap = " " * (col - dash - 1)
    body = node(value, flow=False, indent=col).lstrip("\n ")
    item_text = f"{' ' * dash}-{gap}{body}\n".replace("\n", text.newline)
    if place == 0:
        offset = text.offset(line, 0)
        return Edit(offset, offset, item_text)
    offset = _end_of_line(text, neighbour)
    return Edit(offset, offset, (text.newline + item_text).removesuffix(text.newline))


def _new_key(text: YamlText, loc: AnyLoc, value: Any) -> Edit:
    holder = text.file.extent(loc[:-1])
    keys = _value_at(text.value, loc[:-1])
    if holder is None or not isinstance(keys, dict) or not keys:
        raise Unwritable
    last = (*loc[:-1], next(reversed(keys)))
    neighbour = text.file.extent(last)
    assert neighbour is not None
    if holder.style == "{":
        offset = text.offset(*neighbour.end)
        return Edit(offset, offset, f", {loc[-1]}: {node(value, flow=True, indent=0)}")
    col = _column(text, last)
    offset = _end_of_line(text, neighbour)
    entry = _entry(str(loc[-1]), value, col)
    return Edit(offset, offset, (f"\n{' ' * col}{entry}").replace("\n", text.newline))


def _end_of_line(text: YamlText, extent: Extent) -> int:
    """The place before the line end of the last line of a value, a comment beside it included."""
    start, end = text.span(extent)
    text_end = start + len(text.text[start:end].rstrip())
    line_end = re.compile(r"[\r\n]").search(text.text, text_end)
    return len(text.text) if line_end is None else line_end.start()


def _in_brackets(text: YamlText, loc: AnyLoc) -> bool:
    enclosing = (text.file.extent(loc[:length]) for length in range(1, len(loc)))
    return any(extent is not None and extent.style == "{" for extent in enclosing)


def _column(text: YamlText, loc: AnyLoc) -> int:
    """The column of the key at `loc`."""
    extent = text.file.extent(loc, key=True)
    if extent is None:
        raise Unwritable
    return extent.start[1]


def _value_at(tree: Any, loc: AnyLoc) -> Any:
    for part in loc:
        tree = tree[part]
    return tree


def _refuse_comments(text: YamlText, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Refuse what would be lost: comments between two places."""
    if any(start <= (comment.line - 1, comment.col - 1) < end for comment in text.file.comments()):
        raise Unwritable


def node(value: Any, *, flow: bool, indent: int) -> str:
    """A value as YAML: keys and values on lines of their own, each begun by a newline, or in brackets."""
    if isinstance(value, dict) and flow:
        return "{" + ", ".join(f"{key}: {node(item, flow=True, indent=0)}" for key, item in value.items()) + "}"
    if isinstance(value, dict):
        return "".join(f"\n{' ' * indent}{_entry(str(key), item, indent)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "[" + ", ".join(node(item, flow=True, indent=0) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value, flow=flow, indent=indent) if isinstance(value, str) else str(value)


def _entry(key: str, value: Any, col: int) -> str:
    """A key and its value, at a column; what is short enough stands in brackets."""
    if isinstance(value, dict):
        short = node(value, flow=True, indent=0)
        if len(short) <= _INLINE and "\n" not in short and _reads(f"k: {short}", {"k": value}):
            return f"{key}: {short}"
        return f"{key}:{node(value, flow=False, indent=col + 2)}"
    return f"{key}: {node(value, flow=False, indent=col + 2)}"


def scalar(value: str, *, flow: bool, indent: int, style: str = "") -> str:
    """A text as a scalar that reads as exactly that text, as near to `style` as can be."""
    lead = " " * max(indent - 2, 0)
    for candidate in _ways(value, flow, indent, style):
        whole = f"{{k: {candidate}, j: 1}}" if flow else f"{lead}k: {candidate}\n{lead}j: 1"
        if _reads(whole, {"k": value, "j": 1}):
            return candidate
    raise Unwritable


def _ways(value: str, flow: bool, indent: int, style: str) -> Iterator[str]:
    long = "\n" in value or len(value) + indent > WIDTH - 12
    lines = value.split("\n")
    if not flow and (long or style in ("|", ">")):
        if style != "|":
            folded = [wrap(line, WIDTH - indent, break_long_words=False, break_on_hyphens=False) for line in lines]
            yield ">-\n" + "\n\n".join("\n".join(" " * indent + row for row in rows) for rows in folded)
        yield "|-\n" + "\n".join((" " * indent + line).rstrip() for line in lines)
    if "\n" not in value:
        quoted = "'" + value.replace("'", "''") + "'"
        double = json.dumps(value, ensure_ascii=False)
        yield from {"'": (quoted, double), '"': (double, quoted)}.get(style, (value, quoted, double))
    yield json.dumps(value, ensure_ascii=False)


def _reads(text: str, value: Any) -> bool:
    """Whether a piece of YAML says this value, and without a problem, to PyYAML's own parser, too."""
    problems = Problems()
    file = parse_yaml(text, "", problems)
    if file is None or problems or file.value != value or file.comments():
        return False
    try:
        # It takes less than libyaml does: in brackets, for one, no '?' without quotes.
        yaml.BaseLoader(text).get_single_node()
    except yaml.YAMLError:
        return False
    return True


def changed_tree(tree: Any, loc: AnyLoc, value: Any) -> None:
    """Make the same change in a tree."""
    _value_at(tree, loc[:-1])[loc[-1]] = value
