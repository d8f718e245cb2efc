"""The questionnaire before and after, its twelve items and scales, and the filled-in sheets, paired by their codes.

Each item says something general, so that it can be answered alike before and after; "they" are the government that the
other team speaks for. Eight items make one scale: how far a person can tell what the other side means, and trusts that
it is understood. The others are questions of their own and would only blur it.

Cells may be empty or say that somebody could not answer. Whatever else is wrong is told with its place, all of it at
once. A row whose code is EXAMPLE is passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

from crisis_sim.errors import Sentence, either
from crisis_sim.problems import Problems, write
from crisis_sim.research.study.grids import Cell, Grid, placed, read_grid
from crisis_sim.rules.names import Side
from crisis_sim.wording import _

LEAST: Final = 1
MOST: Final = 7


class QuestionnaireItem(NamedTuple):
    """One statement, answered from 1 (do not agree at all) to 7 (agree fully)."""

    key: str
    """Its column."""
    short: str
    """In a few words, for tables."""
    text: str
    """In English; its Chinese is in the catalogue."""


class QuestionnaireScale(NamedTuple):
    """Items whose mean is taken."""

    key: str
    says: str
    items: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    """Those of them that are turned round: 8 minus the answer."""

    @property
    def enough(self) -> int:
        """So many of its items must be answered for a person to have a score: three quarters."""
        return -(-len(self.items) * 3 // 4)


ITEMS: Final = (
    QuestionnaireItem(
        "q1",
        _("I can tell signals from routine"),
        _("I can tell which of their acts are signals and which are routine."),
    ),
    QuestionnaireItem("q2", _("private words are meant"), _("What they say in private, they mean.")),
    QuestionnaireItem("q3", _("they act as one (reverse)"), _("They act as one; orders come from the top.")),
    QuestionnaireItem(
        "q4", _("they answer within a day"), _("If we call them in a crisis, they will answer within a day.")
    ),
    QuestionnaireItem("q5", _("our moves are seen as meant"), _("They see our own moves as we mean them.")),
    QuestionnaireItem("q6", _("a crisis line invites risk"), _("A crisis line lets each side take more risk.")),
    QuestionnaireItem("q7", _("we have less time"), _("In a crisis, we have less time than they have.")),
    QuestionnaireItem("q8", _("they have more options"), _("In a crisis, they have more options than we have.")),
    QuestionnaireItem("q9", _("they too want no war"), _("To avoid war is an aim that they share with us.")),
    QuestionnaireItem(
        "q10", _("public words are for home"), _("What they say in public is meant for their own public.")
    ),
    QuestionnaireItem(
        "q11", _("I know whom to contact"), _("In an event of this kind, I know whom to contact and how.")
    ),
    QuestionnaireItem(
        "q12",
        _("little to learn from elsewhere"),
        _("Working together on a crisis elsewhere says little about a crisis between us."),
    ),
)

SCALES: Final = (
    QuestionnaireScale(
        "understanding", _("understanding"), ("q1", "q2", "q3", "q4", "q5", "q9", "q10", "q11"), ("q3",)
    ),
    QuestionnaireScale("pressure", _("pressure (Holsti)"), ("q7", "q8")),
)
"""Understanding is the scale. Less time and fewer options than the other side has are what Holsti ("Crisis,
escalation, war", 1972) found decision-makers to see in a crisis: two items, and a scale of their own. Moral hazard (q6)
and transfer (q12) are one item each, and stand alone."""


Key = TypeVar("Key", bound=str)
Wave: TypeAlias = Literal["pre", "post"]
ItemAnswers: TypeAlias = tuple[int | None, ...]
"""Answers in the order of the items; None where there is none."""

EXAMPLE: Final = "example"
"""The code of the row that shows how it is done."""
HEADINGS: Final[Mapping[str, bool]] = {
    "session": False,
    "code": True,
    "team": True,
    "when": True,
    **{item.key: True for item in ITEMS},
}
"""The columns, and whether each must be there."""

NOTHING: Final = frozenset({"", "na", "n/a", "n.a.", "n.a", "#n/a", "nan", "null", "-", "–", "—", ".", "不适用", "无"})
"""What people write where they could not answer."""
_TEAMS: Final[Mapping[Side, frozenset[str]]] = {
    "us": frozenset({"us", "usa", "u.s.", "america", "american", "united states", "美国", "美方"}),
    "china": frozenset({"china", "prc", "chinese", "中国", "中方"}),
}
_TIMES: Final[Mapping[Wave, frozenset[str]]] = {
    "pre": frozenset({"pre", "before", "前", "之前", "前测"}),
    "post": frozenset({"post", "after", "后", "之后", "后测"}),
}


class Person(NamedTuple):
    """One participant."""

    session: str
    code: str
    team: Side
    before: ItemAnswers | None
    after: ItemAnswers | None


class _Sheet(NamedTuple):
    """One row, with the cell of its code for pointing at."""

    session: str
    code: str
    team: Side
    when: Wave
    answers: ItemAnswers
    at: Cell


def read_answers(paths: Iterable[Path]) -> tuple[Person, ...]:
    """Everybody who answered, by session and code. Raises UnreadableInput, and ProblemsFound with all problems."""
    problems = Problems()
    people: dict[tuple[str, str], dict[Wave, _Sheet]] = {}
    for path in paths:
        grid = read_grid(path, HEADINGS.__contains__, problems)
        if grid is not None:
            _read(grid, people, problems)
    problems.raise_errors()
    return tuple(_person(sheets) for _, sheets in sorted(people.items()))


def _read(grid: Grid, people: dict[tuple[str, str], dict[Wave, _Sheet]], problems: Problems) -> None:
    places = placed(grid, HEADINGS, problems)
    if any(must and name not in places for name, must in HEADINGS.items()):
        return
    for row in grid.rows:
        cells = {name: grid.cell(row, places.get(name)) for name in HEADINGS}
        if plain(cells["code"].text) == EXAMPLE:
            continue
        sheet = _sheet(grid, cells, problems)
        if sheet is not None:
            _add(grid, people.setdefault((sheet.session, sheet.code), {}), sheet, problems)


def _sheet(grid: Grid, cells: Mapping[str, Cell], problems: Problems) -> _Sheet | None:
    """A row as it is understood; None, and its problems, where it is not."""
    code, at = plain(cells["code"].text)[:80], cells["code"]
    if not code:
        problems.error(
            grid.spot(at),
            "this row has no code",
            code="answers/code",
            hint="without one, before and after cannot be paired; number the person",
        )
    team = _one_of(grid, cells["team"], _TEAMS, "answers/team", problems)
    when = _one_of(grid, cells["when"], _TIMES, "answers/when", problems)
    answers = tuple(_rating(grid, item.key, cells[item.key], problems) for item in ITEMS)
    if not code or team is None or when is None:
        return None
    return _Sheet(plain(cells["session"].text)[:80], code, team, when, answers, at)


def _add(grid: Grid, sheets: dict[Wave, _Sheet], sheet: _Sheet, problems: Problems) -> None:
    there = next(iter(sheets.values()), None)
    if sheet.when in sheets:
        first = sheets[sheet.when].at.line
        say = Sentence(
            "code '{code}' has a second row for {when}; the first is in line {line}",
            code=sheet.code[:40],
            when=sheet.when,
            line=first,
        )
        hint = Sentence(
            "if two people chose the same code, change one of them; if they are of two sessions, fill in `session`"
        )
        problems.error(grid.spot(sheet.at), say, code="answers/twice", hint=hint)
    elif there is not None and there.team != sheet.team:
        say = Sentence(
            "code '{code}' is of team {team} here, and of {other} in line {line}",
            code=sheet.code[:40],
            team=sheet.team,
            other=there.team,
            line=there.at.line,
        )
        problems.error(grid.spot(sheet.at), say, code="answers/team", hint="one person is of one team; mend one row")
    else:
        sheets[sheet.when] = sheet


def _one_of(grid: Grid, cell: Cell, words: Mapping[Key, frozenset[str]], code: str, problems: Problems) -> Key | None:
    word, choices = plain(cell.text), either(list(words))
    for key, names in words.items():
        if word in names:
            return key
    said = Sentence(
        "'{value}' is not {choices}" if word else "this row does not say {choices}",
        value=cell.text[:40],
        choices=choices,
    )
    problems.error(grid.spot(cell), said, code=code, hint=write(choices))
    return None


def _rating(grid: Grid, key: str, cell: Cell, problems: Problems) -> int | None:
    word = plain(cell.text)
    if word in NOTHING:
        return None
    match = re.fullmatch(r"([0-9]{1,3})(?:[.,]0{1,6})?", word)
    if match is not None and LEAST <= int(match[1]) <= MOST:
        return int(match[1])
    say = Sentence("'{value}' is no answer to {key}", value=cell.text[:40], key=key)
    hint = Sentence("write a whole number from {least} to {most}, or NA where nobody answered", least=LEAST, most=MOST)
    problems.error(grid.spot(cell), say, code="answers/rating", hint=hint)
    return None


def plain(text: str) -> str:
    """A short text as it is compared: case, width and doubled blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", text[:500]).casefold().split())


def _person(sheets: Mapping[Wave, _Sheet]) -> Person:
    any_of = next(iter(sheets.values()))
    before, after = sheets.get("pre"), sheets.get("post")
    return Person(any_of.session, any_of.code, any_of.team, before and before.answers, after and after.answers)
