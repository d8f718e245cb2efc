"""The rows of a planner's table, and what each means: what is to change in an inject's keys, or what makes a new one.

An empty cell says nothing and changes nothing. A text is changed in one language; the other stays as it is. What a new
inject must have and a planner's table does not tell is filled with words that ask to be replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from crisis_sim.authoring.msel import words
from crisis_sim.authoring.msel_cells import (
    COLUMNS,
    CellValue,
    InjectRecipients,
    column_called,
    hours_in,
    is_failed,
    language_of,
    lengths_in,
    plain_name,
    span_in,
    text_in,
    to_in,
    yes_in,
)
from crisis_sim.authoring.msel_files import CellTable
from crisis_sim.content.authored_bonds import SidedText
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.problems import Problems, Spot, did_you_mean, meant, shown_path
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.wording import _, speaker

_HEAD_AMONG = 10

ParsedValue = TypeVar("ParsedValue")


class MselRows:
    """A table with its columns known; problems go to `problems`, each with row and column."""

    def __init__(self, table: CellTable, path: Path, problems: Problems) -> None:
        """Raises UnreadableInput where no row names at least two columns."""
        self._table = table
        self._shown = shown_path(path)
        self._problems = problems
        heading_counts = [sum(column_called(text_in(cell)) is not None for cell in row) for row in table[:_HEAD_AMONG]]
        if max(heading_counts, default=0) < 2:
            hint = Sentence("the first row names the columns: ID, Time, To, Subject, Text (docs/msel.md)")
            raise UnreadableInput(
                "msel/no-head", "no row of {shown} names the columns of an MSEL", hint=hint, shown=self._shown
            )
        self._head = heading_counts.index(max(heading_counts))
        self.language: Language = language_of([text_in(cell) for cell in table[self._head]])
        """That of the headings."""
        self.places = self._columns()

    def _columns(self) -> Mapping[str, int]:
        column_places: dict[str, int] = {}
        for place, cell in enumerate(self._table[self._head]):
            heading = text_in(cell)
            name = column_called(heading)
            spot = Spot(self._shown, self._head + 1, place + 1)
            if heading and name is None:
                message = Sentence("the column '{heading}' is not read", heading=heading[:60])
                self._problems.warning(spot, message, code="msel/column")
            elif name in column_places:
                message = Sentence("two columns are '{heading}'", heading=COLUMNS[name].heading(self.language))
                self._problems.error(spot, message, code="msel/column", hint="leave one out")
            elif name is not None:
                column_places[name] = place
        return column_places

    def __iter__(self) -> Iterator[MselRow]:
        """The rows below the head that are not empty; one with a cell that the spreadsheet gave up on is refused."""
        for number, cells in enumerate(self._table[self._head + 1 :], self._head + 2):
            row = MselRow(
                number, {name: cells[place] for name, place in self.places.items() if place < len(cells)}, self
            )
            failed = [name for name, cell in row.cells.items() if is_failed(cell)]
            for name in failed:
                message = Sentence(
                    "{word} is the spreadsheet's word for a formula that failed, and no words of yours",
                    word=row.text(name),
                )
                hint = Sentence("a text that begins with = + - or @ needs an apostrophe before it there")
                self.refuse(number, name, message, hint)
            if not failed and any(row.has(name) for name in self.places if name != "number"):
                yield row

    def spot(self, row: int, column: str) -> Spot:
        """A cell, or the first of its row where there is no such column."""
        return Spot(self._shown, row, self.places.get(column, 0) + 1)

    def refuse(self, row: int, column: str, message: str, hint: str = "") -> None:
        """Say what is wrong with a cell."""
        self._problems.error(self.spot(row, column), message, code="msel/cell", hint=hint)

    def doubt(self, row: int, column: str, message: str, hint: str = "") -> None:
        """Say what is probably not meant."""
        self._problems.warning(self.spot(row, column), message, code="msel/not-read", hint=hint)


class MselRow(NamedTuple):
    """One row: its number as the spreadsheet counts, and its cells by column."""

    number: int
    cells: Mapping[str, CellValue]
    rows: MselRows

    def has(self, column: str) -> bool:
        """Whether anything stands in a cell."""
        return bool(text_in(self.cells.get(column)))

    def text(self, column: str) -> str:
        """The words in a cell; empty where there is none."""
        return text_in(self.cells.get(column))

    def read(self, column: str, reader: Callable[[CellValue], ParsedValue]) -> ParsedValue | None:
        """What a cell says; None if it is empty, or if it cannot be read, which is said."""
        if not self.has(column):
            return None
        try:
            return reader(self.cells[column])
        except ValueError as wrong:
            self.rows.refuse(self.number, column, wrong.args[0])
            return None

    def first(self, columns: Sequence[str]) -> str:
        """The first of some columns in which something stands; else the first that there is."""
        return next((name for name in columns if self.has(name)), columns[0])


_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TO_WRITE: Final = "To be written."
_TO_TRANSLATE: Final = "To be translated."

_EXPECTED: Final = _("Expected: {what}")


class InjectChange(NamedTuple):
    """A value of an inject that becomes another, and the column that says so."""

    loc: tuple[str, ...]
    value: Any
    column: str


class Planner:
    """Reads rows for one scenario in one language."""

    def __init__(self, scenario: Scenario, language: Language, rows: MselRows) -> None:
        """What is wrong with a cell goes to `rows`."""
        self._language = language
        self._rows = rows
        self._ids = {inject.id for inject in scenario.msel}
        self._titles: dict[str, list[str]] = {}
        for inject in scenario.msel:
            self._titles.setdefault(words(inject.title, language), []).append(inject.id)
        self._names: dict[str, InjectRecipients] = {
            plain_name(name): side
            for side in SIDES
            for name in (scenario.teams.team_of(side).name.en, scenario.teams.team_of(side).name.zh or "")
            if name
        }

    def inject_meant(self, row: MselRow) -> str | None:
        """The id of the inject that a row is about, old or new; None if the row's id is none, which is said.

        A row without an id means the inject of the same title; failing that it is a new one, named after its subject.
        """
        name, subject = row.text("id"), row.text("subject")
        if not name:
            inject_ids = self._titles.get(subject, [])
            return inject_ids[0] if len(inject_ids) == 1 else self._made_id(subject)
        if len(name) > 60 or not _ID.fullmatch(name):
            slug = _slug(name)
            message = Sentence("'{value}' is not an id: small letters, digits and single hyphens", value=name[:60])
            self._rows.refuse(row.number, "id", message, meant(slug) if slug else "")
            return None
        if name not in self._ids:
            hint = did_you_mean(name, self._ids)
            message = Sentence("there is no inject '{name}' in the scenario, so it is a new one", name=name)
            self._rows.doubt(row.number, "id", message, hint if hint.startswith("did") else "")
        return name

    def _made_id(self, subject: str) -> str:
        slug = _slug(subject) or "inject"
        tries = [slug, *(f"{slug}-{number}" for number in range(2, len(self._ids) + 3))]
        name = next(candidate for candidate in tries if candidate not in self._ids and candidate != "inject")
        self._ids.add(name)
        return name

    def changes(self, row: MselRow, inject: Inject, raw: Mapping[str, Any]) -> Iterator[InjectChange]:
        """What a row changes in an inject, whose keys stand in the file as `raw`."""
        hour = row.read("time", hours_in)
        if hour is not None and hour != inject.at:
            yield InjectChange(("at",), f"{hour}h", "time")
        for name in ("until", "window"):
            span = row.read(name, span_in)
            if span is None or span.number == getattr(inject, name + span.ending):
                continue
            if getattr(inject, name + ("" if span.ending else "_turns")) is not None:
                message = Sentence("the scenario has this in hours, and the table in turns, or the other way about")
                row.rows.refuse(
                    row.number, name, message, Sentence("write it as the scenario does, or change it there")
                )
                continue
            yield InjectChange((name + span.ending,), span.as_authored, name)
        to = row.read("to", lambda cell: to_in(cell, self._names))
        if to is not None and to != inject.to:
            yield InjectChange(("to",), to, "to")
        lengths = row.read("lengths", lengths_in)
        if lengths is not None and set(lengths) != set(inject.lengths):
            yield InjectChange(("lengths",), list(lengths), "lengths")
        by_hand = row.read("by_hand", yes_in)
        if by_hand is not None and by_hand != inject.by_hand:
            yield InjectChange(("by_hand",), by_hand, "by_hand")
        thread = row.read("thread", _thread)
        if thread is not None and thread != inject.thread:
            yield InjectChange(("thread",), thread, "thread")
        yield from self._text(("title",), inject.title, raw["title"], row.text("subject"), "subject")
        yield from self._sided("text", inject.text, raw["text"], self._wanted(row, inject), row)
        reads: dict[str, str] = {side: row.text(f"reads_{side}") for side in SIDES}
        yield from self._sided("reads_as", inject.reads_as, raw["reads_as"], reads, row)
        yield from self._text(("note",), inject.note, raw["note"], self._note(row, inject), "note")

    def _text(self, loc: tuple[str, ...], old: Text, raw: Any, new: str, column: str) -> Iterator[InjectChange]:
        """A text in the table's language; where only the other was written, it becomes one in two languages."""
        if not new or new == words(old, self._language).strip():
            return
        if isinstance(raw, dict):
            yield InjectChange((*loc, self._language), new, column)
        else:
            yield InjectChange(loc, new if self._language == "en" else {"en": raw, "zh": new}, column)

    def _wanted(self, row: MselRow, inject: Inject | None) -> dict[str, str]:
        """The words for each team; empty where they stay."""
        shared_text, own = row.text("text"), {side: row.text(f"text_{side}") for side in SIDES}
        if shared_text and all(own.values()) and any(text != shared_text for text in own.values()):
            message = Sentence("there are words for both teams, and others for each")
            hint = Sentence("empty one; '{heading}' or both", heading=COLUMNS["text"].heading(self._language))
            self._rows.refuse(row.number, "text", message, hint)
        return {side: own[side] or shared_text for side in SIDES}

    def _sided(self, key: str, old: SidedText, raw: Any, new: dict[str, str], row: MselRow) -> Iterator[InjectChange]:
        """Words for each team; where both had the same and do no longer, they become two."""
        side_of = {"us": old.us, "china": old.china}
        column = {side: row.first((f"{'text' if key == 'text' else 'reads'}_{side}", "text")) for side in SIDES}
        if isinstance(raw, dict) and "us" in raw:
            for side in SIDES:
                yield from self._text((key, side), side_of[side], raw[side], new[side], column[side])
            return
        now = {side: new[side] or words(side_of[side], self._language) for side in SIDES}
        if now["us"] == now["china"]:
            yield from self._text((key,), old.us, raw, now["us"], column["us"])
            return
        plain = raw if isinstance(raw, dict) else {"en": raw}
        value = {side: {**plain, self._language: now[side]} if now[side] else plain for side in SIDES}
        yield InjectChange((key,), {side: _shortest(text) for side, text in value.items()}, column["us"])

    def _note(self, row: MselRow, inject: Inject | None) -> str:
        """The notes, with what players are expected to do after them."""
        note, expected = row.text("note"), row.text("expected")
        if not expected:
            return note
        note = note or ("" if inject is None else words(inject.note, self._language))
        expected_text = speaker(self._language)(_EXPECTED, what=expected)
        return (
            note
            if expected_text in note
            else f"{note} {expected_text}".strip()
            if self._language == "en"
            else f"{note}{expected_text}"
        )

    def new_inject(self, row: MselRow, name: str) -> dict[str, Any] | None:
        """A new inject as it is written in a file; None if the row does not say enough, which is said."""
        hour = row.read("time", hours_in)
        to = row.read("to", lambda cell: to_in(cell, self._names)) or "both"
        wanted = self._wanted(row, None)
        if to != "both":
            wanted = {side: wanted[side] or wanted[to] for side in SIDES}
        missing = {"time": row.has("time"), "subject": row.has("subject"), "text": all(wanted.values())}
        for column in (column for column, is_filled in missing.items() if not is_filled):
            heading = COLUMNS[column].heading(self._language)
            message = Sentence("a new inject needs something under '{heading}'", heading=heading)
            self._rows.refuse(row.number, column, message)
        if hour is None or not all(missing.values()):
            return None
        item: dict[str, Any] = {"id": name, "title": self._new_text(row.text("subject")), "at": f"{hour}h"}
        item |= {} if to == "both" else {"to": to}
        item |= {"thread": thread} if (thread := row.read("thread", _thread)) else {}
        item["text"] = self._text_for_teams(wanted)
        item["reads_as"] = self._text_for_teams({side: row.text(f"reads_{side}") for side in SIDES}, sided=True)
        for key in ("until", "window"):
            item |= {} if (span := row.read(key, span_in)) is None else {key + span.ending: span.as_authored}
        item |= {"by_hand": True} if row.read("by_hand", yes_in) else {}
        lengths = row.read("lengths", lengths_in)
        item |= {"lengths": list(lengths)} if lengths is not None and len(lengths) < 3 else {}
        item["note"] = self._new_text(self._note(row, None))
        self._warn_of_unread_columns(row)
        return item

    def _warn_of_unread_columns(self, row: MselRow) -> None:
        for column in ("condition", "effects"):
            if row.has(column):
                message = Sentence("conditions and effects are not read from a table; write them into the scenario")
                self._rows.doubt(row.number, column, message)

    def _text_for_teams(self, wanted: Mapping[str, str], *, sided: bool = False) -> Any:
        if wanted["us"] == wanted["china"] and not sided:
            return self._new_text(wanted["us"])
        return {side: self._new_text(wanted[side]) for side in SIDES}

    def _new_text(self, text: str) -> Any:
        """A text of a new inject, as files have it."""
        if not text:
            return _TO_WRITE
        return text if self._language == "en" else {"en": _TO_TRANSLATE, "zh": text}


def _shortest(text: Mapping[str, str]) -> Any:
    return text["en"] if set(text) == {"en"} else dict(text)


def _thread(cell: Any) -> str:
    name = text_in(cell)
    if not _ID.fullmatch(name):
        message = Sentence("'{name}' is not a storyline's id: small letters, digits and single hyphens", name=name[:60])
        raise ValueError(message)
    return name


def _slug(subject: str) -> str:
    """An id made of a title, as far as it has letters of the alphabet."""
    plain = unicodedata.normalize("NFKD", subject).encode("ascii", "ignore").decode().lower()
    return re.sub(r"^[^a-z]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", plain)[:40])
