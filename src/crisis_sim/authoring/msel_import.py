"""An MSEL out of a spreadsheet, brought into a scenario: injects changed by id, and new ones put where their time is.

Only what differs from the scenario is written, at its place in the text; what a table does not say (conditions,
effects, the other language) stays. Every mistake is said with its row and column, and with one nothing is written. The
outcome is checked as `crisis-sim check` checks it before it takes the place of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from crisis_sim.authoring import yamltext
from crisis_sim.authoring.msel import row_of
from crisis_sim.authoring.msel_cells import COLUMNS, EXPORT_ONLY_COLUMNS, text_in
from crisis_sim.authoring.msel_files import read_table
from crisis_sim.authoring.msel_injects import InjectChange, MselRow, MselRows, Planner
from crisis_sim.content.finding import file_name, scenario_file, shown_file
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Inject
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.content.sources import from_file
from crisis_sim.content.yamlfile import AnyLoc
from crisis_sim.errors import Sentence, Translate, UnreadableInput
from crisis_sim.numbers import hours
from crisis_sim.problems import Problems
from crisis_sim.rules.names import Language


class Import(NamedTuple):
    """What a table does to a scenario; nothing is written yet."""

    path: Path
    shown: str
    changed: Sequence[tuple[str, Sequence[str]]]
    """Injects with the keys that become others."""
    added: Sequence[str]
    absent: Sequence[str]
    """Injects that are not in the table; they stay."""
    problems: Problems
    old: bytes
    new: bytes

    def diff(self, translate: Translate = str) -> str:
        """What changes in the file, as a unified diff."""
        becomes = translate(Sentence("{file} (with the table)", file=self.shown))
        return yamltext.diff_of(self.old, self.new, self.shown, becomes)

    def write(self) -> None:
        """Put the new text in the place of the file. Raises UnreadableInput if that was changed in the meantime."""
        yamltext.replace_file(self.path, self.old, self.new)


def read_msel(table: Path, into: str | Path, language: Language | None = None, encoding: str | None = None) -> Import:
    """What the MSEL in the file `table` does to the scenario `into`; its texts are in the language of its headings.

    Raises UnreadableInput for a file that is no such table, and ProblemsFound if the scenario has errors itself.
    """
    problems = Problems()
    material, path = load_material(into), scenario_file(into)
    rows = MselRows(read_table(table, encoding), table, problems)
    old = path.read_bytes()
    text = yamltext.yaml_text(old.decode(), shown_file(path), problems)
    assert text is not None  # it has just been loaded
    importing = _Importing(material, text, rows, language or rows.language)
    for row in rows:
        importing.take(row)
    new = importing.text.text if problems.errors else _checked(importing.text, path, importing.tree, problems)
    absent = [inject.id for inject in material.scenario.msel if inject.id not in importing.seen]
    changed = [(name, tuple(dict.fromkeys(keys))) for name, keys in importing.changed.items()]
    return Import(path, shown_file(path), changed, importing.added, absent, problems, old, new.encode())


def _checked(text: yamltext.YamlText, path: Path, tree: Any, problems: Problems) -> str:
    """The new text, if it says what is meant and passes the checks."""
    if text.value != tree:
        hint = Sentence("change the scenario by hand, and tell whoever gave you crisis-sim")
        raise UnreadableInput("msel/by-hand", "the table cannot be brought into this file with certainty", hint=hint)
    file_problems = Problems()
    reader = SourceReader(file_problems)
    reader.take(path, from_file(text.file, file_name(path)))
    reader.material(path)
    problems.extend(problem for problem in file_problems if problem.severity == "error")
    return text.text


class _Importing:
    """A scenario's text on its way to what a table says."""

    def __init__(self, material: Material, text: yamltext.YamlText, rows: MselRows, language: Language) -> None:
        self.text = text
        self.tree = deepcopy(text.value)
        self.added: list[str] = []
        self.changed: dict[str, list[str]] = {}
        self.seen: dict[str, int] = {}
        self._rows = rows
        self._language = language
        self._names = titles_by_id(material, language)
        self._injects = {inject.id: (place, inject) for place, inject in enumerate(material.scenario.msel)}
        self._planner = Planner(material.scenario, language, self._rows)

    def take(self, row: MselRow) -> None:
        """Bring one row into the text."""
        name = self._planner.inject_meant(row)
        if name is None:
            return
        if name in self.seen:
            message = Sentence("'{name}' stands in row {row} already", name=name, row=self.seen[name])
            self._rows.refuse(row.number, "id", message, "leave one out")
            return
        self.seen[name] = row.number
        if name not in self._injects:
            self._add(row, name)
            return
        _, inject = self._injects[name]
        self._warn_of_exported_cells(row, inject)
        place = next(place for place, item in enumerate(self.tree["msel"]) if item["id"] == name)
        changes = list(self._planner.changes(row, inject, self.tree["msel"][place]))
        for change in changes:
            self.changed.setdefault(name, []).append(str(change.loc[0]))
        self._write(changes, place, row)

    def _write(self, changes: Sequence[InjectChange], place: int, row: MselRow) -> None:
        """Make changes of one inject; those that would be written to one spot, one after the other."""
        while changes:
            edits: dict[int, yamltext.Edit] = {}
            later: list[InjectChange] = []
            for change in changes:
                loc: AnyLoc = ("msel", place, *change.loc)
                try:
                    edit = yamltext.edit_value(self.text, loc, change.value)
                except yamltext.Unwritable:
                    spot = self.text.file.spot(loc, key=True)
                    message = Sentence(
                        "this cannot be changed from a table; change it by hand, at {path}:{line}",
                        path=spot.path,
                        line=spot.line,
                    )
                    self._rows.refuse(row.number, change.column, message, "a comment beside it would be lost")
                    continue
                if edit.start in edits:
                    later.append(change)
                    continue
                edits[edit.start] = edit
                yamltext.changed_tree(self.tree, loc, change.value)
            self._apply_edits(edits.values())
            changes = later

    def _add(self, row: MselRow, name: str) -> None:
        """Put a new inject before the first planned one that comes later than it."""
        item = self._planner.new_inject(row, name)
        if item is None:
            return
        hour = hours(item["at"])
        times = [hours(other["at"]) for other in self.tree["msel"]]
        planned = (n for n, other in enumerate(self.tree["msel"]) if "when" not in other and times[n] > hour)
        place = next(planned, len(times))
        while place < len(times) and place > 0 and times[place - 1] > hour:
            place -= 1
        try:
            edit = yamltext.insert_item(self.text, ("msel",), place, item)
        except yamltext.Unwritable:
            self._rows.refuse(row.number, "id", "the msel of the scenario is written in brackets", "write it as a list")
            return
        self._apply_edits([edit])
        self.tree["msel"].insert(place, item)
        self.added.append(name)

    def _apply_edits(self, edits: Iterable[yamltext.Edit]) -> None:
        new = yamltext.yaml_text(self.text.edited(edits), self.text.file.shown, Problems())
        if new is None:
            raise UnreadableInput(
                "msel/by-hand", "the table cannot be brought into this file", hint="change it by hand"
            )
        self.text = new

    def _warn_of_exported_cells(self, row: MselRow, inject: Inject) -> None:
        """Warn where somebody has written into a column that only tells."""
        place, _ = self._injects[inject.id]
        exported_row = row_of(inject, place + 1, self._language, self._names)
        for column in sorted(EXPORT_ONLY_COLUMNS - {"number"}):
            if row.has(column) and row.text(column) != text_in(exported_row[column]):
                spot = self.text.file.spot(("msel", place), key=True)
                heading = COLUMNS[column].heading(self._language)
                message = Sentence(
                    "'{heading}' is told and not read back; '{inject}' stands at {path}:{line}",
                    heading=heading,
                    inject=inject.id,
                    path=spot.path,
                    line=spot.line,
                )
                self._rows.doubt(row.number, column, message)
