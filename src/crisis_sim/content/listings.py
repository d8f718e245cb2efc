"""What there is to play, for menus: the shipped scenarios and packs and one's own, by what the heads of files say.

What ships lies inside an installed package, and in a checkout at its top. Of each file the head alone is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from pydantic import model_validator

from crisis_sim.content.files import read_source
from crisis_sim.content.scenario import Files
from crisis_sim.content.sources import from_file
from crisis_sim.content.yamlfile import parse_yaml
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Authored, Id, Length, Lengths, Text
from crisis_sim.rules.names import DIFFICULTIES, Difficulty, Language
from crisis_sim.wording import _, speaker

FileKind: TypeAlias = Literal["scenario", "pack"]


class Listing(NamedTuple):
    """A scenario or rule pack, for menus; all that has a default is a scenario's alone."""

    path: Path
    id: str
    title: Text
    summary: Text
    lengths: tuple[int, ...] = ()
    """Minutes in which it can be played; none if the file has mistakes."""
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[str, ...] = ()
    """The packs that it lists."""
    offence_card: tuple[int, ...] = ()
    """Minutes in which each team orders acts by gravity."""
    instructions: tuple[int, ...] = ()
    """Minutes in which instruction cards are dealt."""
    difficulty: Difficulty | None = None
    """Whom it is for."""
    example: bool = False
    """It has an exemplary session."""
    explained: bool = False
    """Its public brief can be explained."""


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
    return sorted(listed, key=lambda listing: len(ranks) if listing.difficulty is None else ranks[listing.difficulty])


def list_packs() -> list[Listing]:
    """The shipped rule packs by id; only the head of each file is read."""
    files = sorted((shipped_folder() / "rules").glob("*.yaml"))
    return _listed("pack", {file.stem: file for file in files})


def _listed(kind: FileKind, files: Mapping[str, Path]) -> list[Listing]:
    """What the heads of files say, by the names under which they are found."""
    return [_listing(kind, name, file) for name, file in files.items()]


class _Pack(Authored):
    """What a menu says of a file."""

    id: Id
    title: Text
    says: Text


class _Deck(Authored):
    """When a scenario deals instruction cards, and no more of them."""

    lengths: Lengths = (90, 150)

    @model_validator(mode="before")
    @classmethod
    def _no_more(cls, value: object) -> object:
        return {key: entry for key, entry in value.items() if key == "lengths"} if isinstance(value, dict) else value


class _Scenario(_Pack):
    """What a menu needs to set the table for a scenario."""

    lengths: dict[Length, tuple[int, ...] | Literal["all"]]
    languages: tuple[Language, ...] = ("en",)
    rules: tuple[Id, ...]
    offence_card: Lengths = ()
    instructions: _Deck = _Deck.model_construct(lengths=())
    difficulty: Difficulty | None = None
    example: str | None = None
    explained: Files | None = None


_MODELS: Final[Mapping[FileKind, type[_Pack]]] = {"scenario": _Scenario, "pack": _Pack}


def _listing(kind: FileKind, name: str, path: Path) -> Listing:
    """What the head of a file says, or that it has mistakes."""
    problems, model = Problems(), _MODELS[kind]
    text = read_source(path, problems)
    file = None if text is None else parse_yaml(_head_of(text, tuple(model.model_fields)), name, problems)
    loaded = None if file is None else from_file(file, name).checked_model(model, problems)
    if loaded is None:
        return Listing(path, name, Text(en=name), Text(en=_MISTAKES, zh=speaker("zh")(_MISTAKES)))
    head = loaded.model
    if not isinstance(head, _Scenario):
        return Listing(path, head.id, head.title, head.says)
    return Listing(
        path,
        head.id,
        head.title,
        head.says,
        lengths=tuple(sorted(head.lengths)),
        languages=head.languages,
        rules=head.rules,
        offence_card=head.offence_card,
        instructions=head.instructions.lengths,
        difficulty=head.difficulty,
        example=head.example is not None,
        explained=head.explained is not None,
    )


def _head_of(text: str, keys: Sequence[str]) -> str:
    """The lines of the top-level keys that menus show, without the rest of the file."""
    head_lines: list[str] = []
    found_keys: set[str] = set()
    keeping = False
    for line in text.split("\n"):
        if line[:1].strip() and not line.startswith("#"):
            if len(found_keys) == len(keys):
                break
            key = line.partition(":")[0]
            keeping = key in keys
            found_keys |= {key} & set(keys)
        if keeping:
            head_lines.append(line)
    return "\n".join(head_lines)
