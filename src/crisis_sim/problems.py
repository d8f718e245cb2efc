"""Mistakes in files, each with its place, its line and what to write instead; all of a file's at once.

A problem is built clean: message, hint and source line hold nothing that a terminal would obey. No place is ever
made up: what has no line is said of the file alone. How a file is read, and what is a mistake, is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from pathlib import PurePath
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.errors import CrisisSimError, Sentence, Translate, commas
from crisis_sim.text import cells, clean, clipped, inert

Severity: TypeAlias = Literal["error", "warning"]

SHOWN: Final = 20
"""How many problems are written out; the rest are counted."""

KEPT: Final = 1000
"""How many problems are kept; a file with more is beyond listing."""

_SENTENCE = 1200
_QUOTED = 50_000
_EXCERPT = 100
_LEAD = "    | "


class Spot:
    """A place in a file: path as shown, line and column from 1 and width in characters, and the line's text."""

    def __init__(
        self, path: str, line: int | None = None, col: int | None = None, width: int = 1, source: str = ""
    ) -> None:
        """Where no line is known, the file alone."""
        self.path = path
        self.line = line
        self.col = col
        self.width = width
        self.source = source


class Problem(NamedTuple):
    """One mistake in a file. Made by `problem_at`, which cleans what it is given."""

    path: str
    line: int | None
    col: int | None
    severity: Severity
    message: str
    code: str
    hint: str = ""
    source: str = ""
    width: int = 1

    def shown(self, columns: int = _EXCERPT + len(_LEAD), translate: Translate = str) -> str:
        """The problem as people read it: place and sentence, the line with a caret under it, the hint.

        A warning of lint has the code by which it can be allowed. Only the quoted line is cut to `columns` cells.
        """
        place = ":".join(str(part) for part in (self.path, self.line, self.col) if part is not None)
        what, hint = self.told(translate)
        if self.severity == "error":
            said = Sentence("{place}: error: {what}", place=place, what=what)
        elif self.code.startswith("lint/"):
            allowed = self.code.removeprefix("lint/")
            said = Sentence("{place}: warning [{code}]: {what}", place=place, code=allowed, what=what)
        else:
            said = Sentence("{place}: warning: {what}", place=place, what=what)
        rows = [translate(said)]
        if self.line is not None and self.col is not None and self.source.strip():
            line, before, under = _excerpt(self.source, self.col - 1, self.width, columns - len(_LEAD))
            rows += [f"{_LEAD}{line}", f"{_LEAD}{' ' * before}{'^' * under}"]
        if hint:
            rows.append(f"    {translate(Sentence('hint: {way_out}', way_out=hint))}")
        return "\n".join(rows)

    def told(self, translate: Translate) -> tuple[str, str]:
        """What is wrong and what to write instead, in a reader's language and as clean as in English."""
        said, hint = (_clean(translate(each)) for each in (self.message, self.hint))
        return said, hint


def problem_at(spot: Spot, severity: Severity, message: str, *, code: str, hint: str = "") -> Problem:
    """A problem at `spot`, with every text cleaned and bounded."""
    message, hint = (Sentence.of(each).spelt(_clean(each)) for each in (message, hint))
    path = clean(spot.path, lines=False)
    source = inert(spot.source[:_QUOTED]) if (spot.col or 0) < _QUOTED else ""
    return Problem(path, spot.line, spot.col, severity, message, code, hint, source, max(spot.width, 1))


def _clean(text: str) -> str:
    return clipped(clean(text[:10_000], lines=False), _SENTENCE)


class Problems:
    """What is wrong with the files looked at so far; nothing is raised until somebody asks."""

    def __init__(self) -> None:
        self._kept: dict[Problem, None] = {}
        self._errors = 0
        self._warnings = 0

    def error(self, spot: Spot, message: str, *, code: str, hint: str = "") -> None:
        """Add a mistake that makes the file unusable."""
        self.add(problem_at(spot, "error", message, code=code, hint=hint))

    def warning(self, spot: Spot, message: str, *, code: str, hint: str = "") -> None:
        """Add something that is allowed and probably not meant."""
        self.add(problem_at(spot, "warning", message, code=code, hint=hint))

    def add(self, problem: Problem) -> None:
        """Add a problem; one already there is not said twice."""
        if problem in self._kept:
            return
        if problem.severity == "error":
            self._errors += 1
        else:
            self._warnings += 1
        if len(self._kept) < KEPT:
            self._kept[problem] = None

    def drop(self, problem: Problem) -> None:
        """Take a warning back, as one that its author has silenced; what is not there is left alone."""
        if problem.severity == "warning" and self._kept.pop(problem, problem) is None:
            self._warnings -= 1

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several."""
        for problem in problems:
            self.add(problem)

    @property
    def errors(self) -> int:
        """How many errors were added."""
        return self._errors

    @property
    def warnings(self) -> int:
        """How many warnings were added."""
        return self._warnings

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._kept, key=_order))

    def __len__(self) -> int:
        return self._errors + self._warnings

    def shown(self, limit: int = SHOWN, translate: Translate = str) -> str:
        """All problems as people read them; over `limit` the rest are counted, warnings first. Empty without any."""
        first = sorted(self, key=lambda problem: problem.severity)[:limit]
        blocks = [problem.shown(translate=translate) for problem in sorted(first, key=_order)]
        if left := len(self) - len(blocks):
            more = Sentence("and {n} more problem", plural="and {n} more problems", n=left)
            blocks.append(translate(more))
        return "\n".join(blocks)

    def summary(self) -> str:
        """The count in words: `2 errors, 1 warning`, or `no problems`."""
        errors = Sentence("{n} error", plural="{n} errors", n=self._errors)
        warnings = Sentence("{n} warning", plural="{n} warnings", n=self._warnings)
        counts = [said for said, n in ((errors, self._errors), (warnings, self._warnings)) if n]
        return commas(counts) if counts else Sentence("no problems")

    def raise_errors(self) -> None:
        """Raise ProblemsFound if there is an error; warnings alone raise nothing."""
        if self._errors:
            raise ProblemsFound(self)


class ProblemsFound(CrisisSimError):
    """Files with errors in them, all of them at once in `problems`; `str()` is the whole list as people read it."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(
            "content/problems", Sentence(problems.shown()), hint=Sentence("mend the file and load it again")
        )
        self.problems = problems

    def told(self, translate: Translate) -> tuple[str, str]:
        """Every problem, and what to do, in a reader's language."""
        return self.problems.shown(translate=translate), translate(self.hint)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` most likely meant, or None; case and `_` for `-` count as slips."""
    from difflib import get_close_matches  # slow to import, and most runs need no hint

    word = word[:80]
    known = sorted({choice for choice in choices if len(choice) <= 80})[:2000]
    plain = {_plain(choice): choice for choice in reversed(known)}
    close = get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint with the nearest choice; failing that a short list of the choices, or nothing."""
    known = sorted(set(choices))
    if (close := nearest(word, known)) is not None:
        return meant(close)
    if 0 < len(known) <= 12:
        return one_of(known)
    return ""


def write(it: object) -> Sentence:
    """A hint with what to write."""
    return Sentence("write {it}", it=it)


def meant(choice: str) -> Sentence:
    """A hint with what was probably meant."""
    return Sentence("did you mean '{near}'?", near=choice)


def one_of(choices: Sequence[str]) -> Sentence:
    """A hint with all that could be written."""
    return Sentence("one of: {known}", known=commas(choices))


def shown_path(path: str | PathLike[str]) -> str:
    """A path as problems write it: as given, with forward slashes."""
    return PurePath(fspath(path)).as_posix()


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    return problem.path, problem.line or 0, problem.col or 0, problem.severity, problem.message


def _excerpt(source: str, start: int, width: int, most: int) -> tuple[str, int, int]:
    """The part of the line around the caret, at most that many cells, and the cells before and under the caret."""
    most = min(max(most, 10), _EXCERPT)
    start = min(start, len(source))
    left = 0
    if cells(source) > most:
        left = max(0, start - most * 2 // 5)
        while cells(source[left:start]) > most * 2 // 5:
            left += 1
    lead = "…" if left else ""
    line = lead + clipped(source[left:], most - len(lead))
    before = len(lead) + cells(source[left:start])
    under = cells(source[start : start + min(width, most)])
    return line, before, max(1, min(under, cells(line) - before))
