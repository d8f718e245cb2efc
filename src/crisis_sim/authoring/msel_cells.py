"""The columns of an MSEL as planners keep it, by what names they go, and what stands in their cells as people write it.

Each reader takes a cell of a spreadsheet as it comes and raises ValueError with a sentence about what to write.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from crisis_sim.errors import Sentence
from crisis_sim.rules.names import Language
from crisis_sim.text import clean

CellValue: TypeAlias = str | int | float | bool | date | time | timedelta | None
InjectRecipients: TypeAlias = Literal["us", "china", "both"]

_MOST_HOURS = 100_000
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
_TIME = re.compile(
    r"(?P<lead>[thd]\s*\+\s*|第)?"
    r"(?:(?P<days>\d{1,6})\s*(?:d|days?|天|日))?\s*"
    r"(?:(?P<hours>\d{1,6})(?P<unit>\s*(?:h|hrs?|hours?|小时|时))?|(?P<clock>\d{1,6}):(?P<minutes>\d\d)(?::(?P<seconds>\d\d)(?:\.0*)?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?"
)

_TURNS: Final = re.compile(r"(?P<number>\d{1,6})\s*(?:turns?|轮|个轮次|轮次)")
_MOST_TURNS: Final = 24

_US: Final = frozenset(
    {"us", "usa", "unitedstates", "theus", "theunitedstates", "america", "usteam", "美国", "美方", "美"}
)
_CHINA: Final = frozenset({"china", "prc", "chinateam", "中国", "中方", "中"})
_BOTH_NAMES: Final = frozenset(
    {"both", "bothteams", "all", "allteams", "everybody", "everyone", "双方", "两队", "全体", "所有"}
)
_YES: Final = frozenset({"yes", "y", "true", "1", "x", "是", "√", "✓"})
_NO: Final = frozenset({"no", "n", "false", "0", "否"})


_ERRORS: Final = re.compile(
    r"#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!)"
    r"|Err:\d{3}"
)


def is_failed(cell: CellValue) -> bool:
    """Whether a spreadsheet has put an error of its own in a cell, as Excel and LibreOffice do for a broken formula."""
    return isinstance(cell, str) and _ERRORS.fullmatch(cell.strip()) is not None


def text_in(cell: CellValue) -> str:
    """The words in a cell, cleaned, without blanks around them; a whole number as it is shown."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = str(cell).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return clean(words, lines=True).strip()


def hours_in(cell: CellValue) -> int:
    """Whole hours after the start: from `T+14h`, `14h`, `2d 6h`, `14:00`, `14小时`, or a time cell of a spreadsheet."""
    if isinstance(cell, bool | int | float):
        raise _bare(text_in(cell))
    if isinstance(cell, datetime):
        cell = cell - _DAY_ZERO
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, timedelta):
        return _whole(round(cell.total_seconds()))
    if isinstance(cell, date):
        raise ValueError(Sentence("this is a date; write hours after the start, such as T+14h or 14:00"))
    return _parse_hours(text_in(cell))


def span_in(cell: CellValue) -> TimeSpan:
    """Hours as `hours_in` reads them, or turns: `2 turns`, `2轮`."""
    turns = _TURNS.fullmatch(unicodedata.normalize("NFKC", text_in(cell)).casefold())
    if turns is None:
        return TimeSpan("", hours_in(cell))
    if not 1 <= (number := int(turns["number"])) <= _MOST_TURNS:
        raise ValueError(Sentence("write between 1 and {most} turns", most=_MOST_TURNS))
    return TimeSpan("_turns", number)


class TimeSpan(NamedTuple):
    """A time in hours or in turns: what stands behind the key that it is written under, and the number."""

    ending: Literal["", "_turns"]
    number: int

    @property
    def as_authored(self) -> str | int:
        """As files write it."""
        return self.number if self.ending else f"{self.number}h"


def _parse_hours(text: str) -> int:
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).casefold())
    if match is None or not (match["days"] or match["hours"] or match["clock"]):
        raise ValueError(
            Sentence("'{text}' is not a time; write hours after the start, such as T+14h, 2d or 14:00", text=text[:40])
        )
    if match["hours"] and not (match["unit"] or match["lead"] or match["days"]):
        raise _bare(match["hours"])
    hours = int(match["hours"] or match["clock"] or 0)
    if match["half"] and 1 <= hours <= 12:
        hours = hours % 12 + (12 if match["half"].startswith("p") else 0)
    seconds = int(match["minutes"] or 0) * 60 + int(match["seconds"] or 0)
    return _whole(int(match["days"] or 0) * 86_400 + hours * 3_600 + seconds)


def _bare(number: str) -> ValueError:
    return ValueError(
        Sentence("a bare number does not say what it counts: write {number}h, or T+{number}h", number=number)
    )


def _whole(seconds: int) -> int:
    hours, rest = divmod(seconds, 3_600)
    if rest:
        raise ValueError(Sentence("times go by whole hours; write the full hour"))
    if not 0 <= hours <= _MOST_HOURS:
        raise ValueError(Sentence("this time lies outside the exercise; write hours after the start, such as T+14h"))
    return hours


def to_in(cell: CellValue, names: dict[str, InjectRecipients]) -> InjectRecipients:
    """Who receives: a team by any usual name or by its `names` in the scenario, or both."""
    recipients: set[str] = set()
    for part in re.split(r"[,;/、，；+&\n]|\band\b|和|与", text_in(cell).casefold()):
        word = re.sub(r"[\W_]+", "", part)
        if not word:
            continue
        named_recipient = names.get(word)
        sides = (
            {"us"}
            if word in _US
            else {"china"}
            if word in _CHINA
            else {"us", "china"}
            if word in _BOTH_NAMES
            else set()
        )
        if named_recipient is not None:
            sides = {"us", "china"} if named_recipient == "both" else {named_recipient}
        if not sides:
            raise ValueError(
                Sentence("'{name}' is nobody at this table; write US, China, or both", name=part.strip()[:40])
            )
        recipients |= sides
    return "both" if len(recipients) == 2 else "us" if "us" in recipients else "china"


def plain_name(name: str) -> str:
    """A team's name as `to_in` compares it."""
    return re.sub(r"[\W_]+", "", name.casefold())


def lengths_in(cell: CellValue) -> tuple[int, ...]:
    """Session lengths in minutes, from `45, 90`."""
    numbers = re.findall(r"\d+", text_in(cell))
    lengths = tuple(sorted({int(number[:6]) for number in numbers}))
    if not lengths or not {45, 90, 150}.issuperset(lengths):
        raise ValueError(Sentence("lengths are 45, 90 and 150 minutes; write for example 45, 90"))
    return lengths


def yes_in(cell: CellValue) -> bool:
    """Yes or no."""
    word = text_in(cell).casefold()
    if word not in _YES | _NO:
        raise ValueError(Sentence("'{word}' is neither yes nor no", word=word[:40]))
    return word in _YES


def shown_time(hours: Any) -> str:
    """Hours after the start as a table of text has them."""
    return f"T+{hours}h"


class MselColumn(NamedTuple):
    """A column: its headings, its width in characters, and other headings under which it is read."""

    en: str
    zh: str
    width: int
    known_as: tuple[str, ...] = ()

    def heading(self, language: Language) -> str:
        """What stands at its top."""
        return self.zh if language == "zh" else self.en


def _column(row: Mapping[str, str]) -> MselColumn:
    return MselColumn(row["en"], row["zh"], int(row["width"]), tuple(filter(None, row["known_as"].split(" | "))))


COLUMNS: Final[Mapping[str, MselColumn]] = {
    row["column"]: _column(row)
    for row in csv.DictReader(Path(__file__).with_name("msel_columns.csv").read_text(encoding="utf-8").splitlines())
}
"""By the name that the rest of the program has for it, in the order of the table."""

EXPORTED_COLUMNS: Final = tuple(name for name in COLUMNS if name != "expected")
"""The columns of an exported table. What players are expected to do has its place in the notes."""

EXPORT_ONLY_COLUMNS: Final = frozenset({"number", "sender", "condition", "effects"})
"""Columns that tell something and are not read back."""


def column_called(heading: str) -> str | None:
    """The column that a heading means, in either language and in any case; None if it is nobody's."""
    return _CALLED.get(_plain(heading))


def language_of(headings: list[str]) -> Language:
    """The language in which most known headings of a table are."""
    known_headings = [heading for heading in headings if column_called(heading) is not None]
    return (
        "zh"
        if 2 * sum(any(ord(letter) > 0x2E7F for letter in heading) for heading in known_headings) > len(known_headings)
        else "en"
    )


def _plain(heading: str) -> str:
    """A heading without case, blanks and signs; `#` alone counts."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded.strip(" :.")


_CALLED: Final = {
    _plain(heading): name
    for name, column in COLUMNS.items()
    for heading in (*column.known_as, column.en, column.zh, name)
}
