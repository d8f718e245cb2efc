"""Writing an answer to a file that somebody named, and who may read what a command writes.

One rule for every file and folder of a command, whatever library makes it. Files that exist keep what they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crisis_sim.cli.ending import tell
from crisis_sim.cli.language import say
from crisis_sim.errors import Sentence, UnreadableInput, why_not
from crisis_sim.text import clean


def write_answer(path: Path, text: str) -> None:
    """Write `text` to `path` and say so. Raises UnreadableInput where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = why_not(error, Sentence("it cannot be written"))
        shown = clean(str(path), lines=False)
        raise UnreadableInput(
            "output/unwritable", "{shown} cannot be written: {reason}", hint="name another", shown=shown, reason=reason
        ) from None
    tell(say("wrote {path}", path=path))


def write_new(path: Path, data: bytes, *, force: bool) -> None:
    """Write `data` to `path`, in place of a file that is there only if `force` says so; it is a new file either way.

    Raises UnreadableInput where that cannot be done.
    """
    shown = clean(str(path), lines=False)
    try:
        if force and path.is_file() and not path.is_symlink():
            path.unlink()  # or it would keep who could read it
        with path.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError:
        said, hint = (
            Sentence("{shown} is there already", shown=shown),
            Sentence("name another with --out, or write over it with --force"),
        )
        raise UnreadableInput("output/exists", said, hint=hint) from None
    except (OSError, ValueError) as error:
        said = Sentence("{shown} cannot be written: {reason}", shown=shown, reason=why_not(error))
        raise UnreadableInput("output/unwritable", said, hint="name another") from None


def write_folder(folder: Path, written: Mapping[str, bytes], *, force: bool) -> None:
    """Write files into `folder`, which is made; none of them if one is there already, unless `force` says so.

    Raises UnreadableInput where that cannot be done.
    """
    shown = clean(str(folder), lines=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = next((name for name in written if (folder / name).exists()), None)
    except (OSError, ValueError) as error:
        said = Sentence("{shown} cannot be made: {reason}", shown=shown, reason=why_not(error))
        raise UnreadableInput("output/unwritable", said, hint="name another folder") from None
    if taken is not None and not force:
        said, hint = (
            Sentence("{shown}/{taken} is there already", shown=shown, taken=taken),
            Sentence("name another folder, or write over it with --force"),
        )
        raise UnreadableInput("output/exists", said, hint=hint)
    for name, data in written.items():
        write_new(folder / name, data, force=True)


AUTHORING: Final = frozenset({"check", "graph", "import", "migrate", "new", "preview", "schema", "stats"})
"""Verbs whose files are authored; these have the permissions that the system gives to new files."""


@contextmanager
def files_of(verb: str) -> Iterator[None]:
    """While it lasts, new files can be read by their owner alone (0600, folders 0700), unless `verb` is for authors."""
    if verb in AUTHORING:
        yield
        return
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
