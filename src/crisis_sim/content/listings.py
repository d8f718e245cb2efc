"""What there is to play, for menus: the shipped scenarios and packs and one's own, by what the heads of files say.

What ships lies inside an installed package, and in a checkout at its top. Heads are read anew only where a file has
changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from crisis_sim.content.file_head import FileHead, FileKind, HeadWords, Listing
from crisis_sim.content.files import file_bytes
from crisis_sim.content.head_reading import head_in
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.names import DIFFICULTIES
from crisis_sim.wording import _, speaker

SCENARIO: Final = "scenario.yaml"
"""The file in a scenario's folder."""

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_folder(package: Path = _PACKAGE) -> Path:
    """The folder that holds `scenarios/` and `rules/`, for the `crisis_sim` package that lies at `package`.

    Raises UnreadableInput where neither place has them: a broken install.
    """
    installed, checkout = package / "shipped", package.parents[1]
    for folder in (installed, checkout):
        if (folder / "scenarios").is_dir() and (folder / "rules").is_dir():
            return folder
    raise UnreadableInput(
        "install/no-shipped-files",
        "the scenarios and rule packs that come with crisis-sim are in neither {installed} nor {checkout}",
        hint="install crisis-sim again",
        installed=installed,
        checkout=checkout,
    )


_MISTAKES: Final = _("This file has mistakes; crisis-sim check lists them.")
_MOST_FILES: Final = 1000


def list_scenarios(own: Path | None = None) -> list[Listing]:
    """The shipped scenarios and those in the folder `own`, the easiest first, then by the names of their folders.

    Only their heads are read. One in `own` hides a shipped one of the same name, as it does where it is named by id.
    """
    shipped = shipped_folder() / "scenarios"
    folders = [shipped] if own is None or own.absolute() == shipped else [shipped, own]
    files = {file.parent.name: file for folder in folders for file in list(folder.glob(f"*/{SCENARIO}"))[:_MOST_FILES]}
    listed = _listed("scenario", {name: files[name] for name in sorted(files)})
    ranks = {difficulty: rank for rank, difficulty in enumerate(DIFFICULTIES)}
    return sorted(listed, key=lambda each: len(ranks) if each.difficulty is None else ranks[each.difficulty])


def list_packs() -> list[Listing]:
    """The shipped rule packs by id; only the head of each file is read."""
    files = sorted((shipped_folder() / "rules").glob("*.yaml"))
    return _listed("pack", {file.stem: file for file in files})


def _listed(kind: FileKind, files: Mapping[str, Path]) -> list[Listing]:
    """What the heads of files say, by the names under which they are found."""
    contents = {name: file_bytes(file) for name, file in files.items()}
    heads = _read(kind, contents)
    return [
        (_with_mistakes(name) if head is None else head).at(file)
        for head, (name, file) in zip(heads, files.items(), strict=True)
    ]


def _read(kind: FileKind, contents: Mapping[str, bytes | None]) -> Sequence[FileHead | None]:
    return [None if data is None else head_in(data, kind, name) for name, data in contents.items()]


def _with_mistakes(name: str) -> FileHead:
    return FileHead(name, HeadWords(name), HeadWords(_MISTAKES, speaker("zh")(_MISTAKES)))
