"""The door for authored files: bytes on a disk become checked text, or a problem that says why not.

Only a regular file of bounded size in UTF-8 comes through; pipes, devices and folders are refused before they are
read. Characters that have no business in a text are errors, each with its place, and a harmless stand-in takes
their columns so that the rest of the file can be looked at too.
"""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path
from typing import Final

from crisis_sim.errors import Sentence, why_not
from crisis_sim.problems import Problems, Spot, did_you_mean, shown_path
from crisis_sim.text import clean, foul, inert
from crisis_sim.wording import _

SIZE: Final = 2 * 1024 * 1024
"""The most bytes of one file."""

LINE: Final = 20_000
"""The most characters of one line."""

_MAX_LISTED = 10
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE = Sentence("save it as UTF-8 (in VS Code: 'Save with Encoding')")


def read_source(
    path: Path, problems: Problems, *, shown: str | None = None, reference: Spot | None = None
) -> str | None:
    """A file's text with newlines for line ends, or None after saying why not.

    `shown` is how its path is written in problems. `reference` is where another file names it: that it is missing or no
    plain file is said there.
    """
    shown = shown_path(path) if shown is None else shown
    data = _bytes(path, shown, reference, problems)
    text = None if data is None else _decoded(data, shown, problems)
    return None if text is None else check_text(text, shown, problems)


def check_text(text: str, shown: str, problems: Problems) -> str | None:
    """`text` with newlines for line ends and without foul characters, each of them said; None if a line is too long."""
    if "\r" in text:
        text = _newlines(text)
    characters = list(islice(foul(text), _MAX_LISTED + 1))
    for start, name in characters[:_MAX_LISTED]:
        spot = _spot(text, start, shown)
        problems.error(
            spot, Sentence("{name} has no place in a text", name=name), code="file/character", hint="delete it"
        )
    if len(characters) > _MAX_LISTED:
        problems.error(Spot(shown), "there are more such characters", code="file/character")
    if characters:
        text = inert(text, lines=True)
    if len(text) > LINE and (longest := max(text.split("\n"), key=len)) and len(longest) > LINE:
        spot = _spot(text, text.index(longest) + LINE, shown)
        problems.error(
            spot,
            Sentence("this line has more than {most:,} characters", most=LINE),
            code="file/line-length",
            hint="break it up",
        )
        return None
    return text


def read_text_file(
    path: Path, problems: Problems, *, within: Path, shown: str | None = None, reference: Spot | None = None
) -> str | None:
    """A long text beside a scenario, cleaned, or None after saying why not.

    `path` must lie in the folder `within`, symbolic links followed; `reference` is where the scenario names it.
    """
    shown = shown_path(path) if shown is None else shown
    if not is_inside(path, within):
        problems.error(
            reference or Spot(shown),
            Sentence("'{shown}' is outside the scenario's folder", shown=shown),
            code="file/outside",
            hint="put the file beside the scenario and name it without '..'",
        )
        return None
    errors_before = problems.errors
    text = read_source(path, problems, shown=shown, reference=reference)
    return None if text is None or problems.errors > errors_before else clean(text, lines=True)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path lies in a folder, symbolic links followed."""
    try:
        if path.parent == folder and path.name != ".." and not path.is_symlink():
            return True
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return True  # a name that leads nowhere; opening it says why


def _bytes(path: Path, shown: str, reference: Spot | None, problems: Problems) -> bytes | None:
    """The file's bytes, opened so that a pipe cannot make us wait and a swap cannot fool the check."""
    this = Sentence("this") if reference is None else Sentence("'{text}'", text=shown)
    spot = Spot(shown) if reference is None else reference
    try:
        _refuse_special(path.stat())
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _refuse_special(os.fstat(file.fileno()))
            data = file.read(SIZE + 1)
    except FileNotFoundError:
        sentence = "there is no such file" if reference is None else Sentence("there is no file '{shown}'", shown=shown)
        problems.error(spot, sentence, code="file/missing", hint=_neighbour(path))
    except _SpecialFile as special:
        problems.error(spot, Sentence(str(special), this=this), code="file/special")
    except PermissionError:
        problems.error(
            spot, Sentence("{this} may not be read", this=this), code="file/permission", hint="change its permissions"
        )
    except (OSError, ValueError) as error:
        problems.error(
            spot, Sentence("{this} cannot be read: {reason}", this=this, reason=why_not(error)), code="file/unreadable"
        )
    else:
        if len(data) <= SIZE:
            return data
        sentence = Sentence("this file is larger than {size} MiB", size=SIZE // 1024**2)
        problems.error(Spot(shown), sentence, code="file/size", hint="split it")
    return None


class _SpecialFile(Exception):
    """What the path leads to instead of a regular file, in a sentence."""


def _refuse_special(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _SpecialFile(_("{this} is a folder, not a file"))
    if not stat.S_ISREG(status.st_mode):
        raise _SpecialFile(_("{this} is a pipe or device, not a file"))


def _neighbour(path: Path) -> str:
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry, _ in zip(entries, range(500), strict=False)]
    except (OSError, ValueError):
        return ""
    hint = did_you_mean(path.name, names)
    return hint if hint.startswith("did") else ""


def _decoded(data: bytes, shown: str, problems: Problems) -> str | None:
    for mark, name in _MARKS:
        if data.startswith(mark):
            problems.error(
                Spot(shown), Sentence("the file is in {name}, not UTF-8", name=name), code="file/encoding", hint=_SAVE
            )
            return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = _newlines(data[: error.start].decode())
        rest = _newlines(data[error.start : error.start + 400].decode(errors="replace"))
        sentence = Sentence("the byte 0x{byte:02X} is not UTF-8", byte=data[error.start])
        problems.error(_spot(good + rest, len(good), shown), sentence, code="file/encoding", hint=_SAVE)
        return None


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _spot(text: str, index: int, shown: str) -> Spot:
    start = text.rfind("\n", 0, index) + 1
    end = text.find("\n", index)
    source = text[start : end if end >= 0 else len(text)]
    return Spot(shown, text.count("\n", 0, index) + 1, index - start + 1, 1, source)
