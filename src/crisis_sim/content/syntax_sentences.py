"""What is said of a file that is not YAML: each slip at its place, also those below the first.

A parser gives up at its first slip. What follows is looked at again from the next key at the margin on, for slips
alone: what is written there is not judged before all of the file can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final

import yaml
from yaml.events import StreamEndEvent

from crisis_sim.content.syntax_mistakes import NO_YAML, Complaint, syntax_mistake
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems, Spot

MOST: Final = 20
"""How many slips of one file are said."""

_KEY: Final = re.compile(r"[a-z_]+:(?: |$)")


def margin_mistake(text: str, lines: Sequence[str], shown: str, problems: Problems) -> bool:
    """Whether a sign stands at the margin that makes the file another kind of text; if so, it has been said."""
    if (number := _first_with("%", text)) is not None:
        hint = Sentence("delete a directive; indent a text, or put it in quotes")
        spot = Spot(shown, number, 1, 1, lines[number - 1])
        problems.error(spot, "a line cannot begin with '%'", code="yaml/directive", hint=hint)
        return True
    if (number := _first_with("+", text)) is not None and _begins_with_a_key(lines):
        problems.error(
            Spot(shown, number, 1, 1, lines[number - 1]),
            "a line begins with '+', as in a page that shows changes",
            code="yaml/diff",
            hint="delete the sign, and each line that begins with '-' there",
        )
        return True
    return False


def say_syntax_mistakes(
    error: yaml.MarkedYAMLError, parser: Callable[[str], Any], shown: str, lines: Sequence[str], problems: Problems
) -> None:
    """Say what an error of the parser meant, and what else there is below it."""
    found: yaml.MarkedYAMLError | None = error
    for _ in range(MOST):
        at = _say(found, shown, lines, problems) if found is not None else None
        start = _next_key(lines, at) if at is not None else None
        if start is None:
            return
        found = _error_from(start, parser, lines)


def _first_with(sign: str, text: str) -> int | None:
    whole = f"\n{text}"
    at = whole.find(f"\n{sign}")
    return None if at < 0 else whole.count("\n", 0, at) + 1


def _begins_with_a_key(lines: Sequence[str]) -> bool:
    """Whether a file is keys with values, and not a list or a text."""
    said = (line for line in lines if line.strip() and line[0] not in "#+")
    return any(_KEY.match(line) for line in islice(said, 1))


def _say(error: yaml.MarkedYAMLError, shown: str, lines: Sequence[str], problems: Problems) -> int | None:
    """Say a slip; the line to which the parser came, from 0, unless nobody knows."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        problems.error(Spot(shown), Sentence(NO_YAML, why=error.problem), code="yaml/syntax")
        return None
    context = error.context_mark or mark
    complaint = Complaint(
        error.problem or "", mark.line, mark.column, error.context or "", context.line, context.column
    )
    found = syntax_mistake(complaint, lines)
    line = min(found.line, len(lines) - 1)
    spot = Spot(shown, line + 1, found.col + 1, found.width, lines[line])
    problems.error(spot, found.message, code="yaml/syntax", hint=found.hint)
    return None if "quot" in (error.context or "") else max(line, min(mark.line, len(lines) - 1))


def _next_key(lines: Sequence[str], at: int) -> int | None:
    """The next line at whose margin a key begins."""
    return next((number for number in range(at + 1, len(lines)) if _KEY.match(lines[number])), None)


def _error_from(start: int, parser: Callable[[str], Any], lines: Sequence[str]) -> yaml.MarkedYAMLError | None:
    """The first slip of the file from a line on, if nothing stood above it."""
    events = parser("\n" * start + "\n".join(lines[start:])).get_event
    try:
        while not isinstance(events(), StreamEndEvent):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError):
        return None  # the parsers' own slips; they are said once the file can be read that far
    return None
