"""Files of an older format rewritten in the one in use, with every character kept that does not have to change.

The steps of `crisis_sim.content.upgrades` are made in a file's text at the places where the parser found the keys and
words, so that comments, order, blank lines and widths stay. A file that cannot be read without errors is left alone,
and what was rewritten is read again: it must say exactly what the old text said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import NamedTuple

from crisis_sim.authoring.yamltext import Edit, YamlText, diff_of, replace_file, yaml_text
from crisis_sim.content import upgrades
from crisis_sim.content.files import read_source
from crisis_sim.content.finding import authored_files, file_name, shown_file
from crisis_sim.content.listings import SCENARIO
from crisis_sim.content.load import is_scenario
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.content.sources import from_file
from crisis_sim.errors import Sentence, Translate
from crisis_sim.problems import Problem, Problems
from crisis_sim.rules.pack import Pack
from crisis_sim.text import braces_doubled, in_braces


class Migration(NamedTuple):
    """A file of an older format, and its text in the one in use."""

    path: Path
    shown: str
    was: int
    becomes: int
    old: bytes
    new: bytes

    def diff(self, translate: Translate = str) -> str:
        """What changes, as a unified diff."""
        was = translate(Sentence("{file} (format {was})", file=self.shown, was=self.was))
        return diff_of(self.old, self.new, was, self.shown)

    def write(self) -> None:
        """Rewrite the file. Raises UnreadableInput if it was changed in the meantime or cannot be written."""
        replace_file(self.path, self.old, self.new)


class Migrations(NamedTuple):
    """What is to be rewritten in some files, and what keeps others from it."""

    files: Sequence[Path]
    found: Sequence[Migration]
    problems: Problems


def migrations(paths: Sequence[str | Path]) -> Migrations:
    """The scenarios and rule packs among `paths` that are of an older format; nothing is written.

    A scenario's own rule packs, in `rules/` in its folder, go with it. Raises UnreadableInput for a path that leads to
    nothing.
    """
    problems, reader = Problems(), SourceReader(Problems())
    files = list(dict.fromkeys(file for path in paths for file in _with_own_packs(authored_files(path))))
    found = [_migration(file, is_scenario(file, reader), problems) for file in files]
    return Migrations(files, [each for each in found if each is not None], problems)


def _with_own_packs(files: Sequence[Path]) -> Iterator[Path]:
    for file in files:
        yield file
        if file.name == SCENARIO:
            own = file.parent / "rules"
            yield from sorted((*own.glob("*.yaml"), *own.glob("*.yml")))


def _migration(path: Path, scenario: bool, problems: Problems) -> Migration | None:
    """The rewriting of one file; None if there is nothing to do, or if there are problems."""
    kind, shown, own = Scenario if scenario else Pack, shown_file(path), Problems()
    if read_source(path, own, shown=shown) is not None:
        old = path.read_bytes()
        text = yaml_text(old.decode(), shown, own)
        if text is not None and from_file(text.file, file_name(path)).written(kind, own) is not None:
            was, new = upgrades.format_of(text.value), migrated(text, kind)
            if new is None:
                problems.error(
                    text.file.spot(("format",)),
                    "this file has to be brought to the new format by hand",
                    code="migrate/by-hand",
                    hint="docs/formats.md says what changes from one format to the next",
                )
            elif was is not None and new != text.text:
                problems.extend(_undecided(text, kind))
                return Migration(path, shown, was, upgrades.latest(kind), old, new.encode())
    problems.extend(problem for problem in own if problem.severity == "error")
    return None


def _undecided(text: YamlText, kind: type[Scenario] | type[Pack]) -> Iterator[Problem]:
    """What the later format could say as well, so that an author has to decide: braces around the id of a track."""
    tracks: Mapping[str, object] = text.value.get("tracks", {}) if kind is Scenario else {}
    for change in upgrades.steps_for(text.value, kind)[-1](text.value) if tracks else ():
        if isinstance(change, upgrades.Doubled):
            words = reduce(getitem, change.loc, text.value)
            for name in dict.fromkeys(name for name in in_braces(words) if name in tracks):
                spot, found = text.file.spot(change.loc), Problems()
                said = Sentence("{told} stays as it is written, and is no number", told=f"{{{name}}}")
                hint = Sentence("where the track's number is meant, take one pair of its braces away afterwards")
                found.warning(spot, said, code="migrate/decide", hint=hint)
                yield from found


def migrated(text: YamlText, kind: type[Scenario] | type[Pack]) -> str | None:
    """The text of a file that loads, in the format in use; itself if it is in that already.

    None if it is written in a way that cannot be changed with certainty, which no file has been seen to be.
    """
    aim = upgrades.upgraded(text.value, kind).tree
    number = upgrades.format_of(text.value) or upgrades.latest(kind)
    for step in upgrades.steps_for(text.value, kind):
        number += 1
        changes = [*step(text.value), upgrades.Rewritten(("format",), number)]
        again = yaml_text(text.edited(_edit(text, change) for change in changes), text.file.shown, Problems())
        if again is None or any(isinstance(change, upgrades.UpgradeRefused) for change in changes):
            return None
        text = again
    return text.text if text.value == aim else None


def _edit(text: YamlText, change: upgrades.UpgradeChange) -> Edit:
    match change:
        case upgrades.Renamed(loc=loc, to=to):
            return text.worded(loc, to, key=True)
        case upgrades.Rewritten(loc=loc, to=to):
            return text.worded(loc, str(to))
        case upgrades.Doubled(loc=loc):
            return text.rewritten(loc, braces_doubled)
        case upgrades.UpgradeRefused():
            return Edit(0, 0, "")
