"""Warnings that an author has silenced in place, with a reason.

`# lint: allow red-alone – because …` silences that warning on its own line, or on the next line where it has a line for
itself. A silence that gives no reason, names no warning or silences nothing is itself warned of; one in a rule pack may
be meant for another scenario, so there none is said to silence nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problem, Problems, Spot, did_you_mean, write

_BEGINS: Final = re.compile(r"lint\s*:")
_ALLOW: Final = re.compile(r"lint: *allow +(?P<codes>[a-z/-]+(?: *, *[a-z/-]+)*)(?:\s*$|\s+(?P<rest>.*)$)")
_REASON: Final = re.compile(r"^[–—:-]*\s*(?:because\b)?[\s:,]*(?P<reason>.*)$", re.IGNORECASE)
_WORD: Final = re.compile(r"\w")
_HOW: Final = write("# lint: allow CODE – because …")


class Silence(NamedTuple):
    """One code that is allowed on one line."""

    code: str
    line: int
    spot: Spot


def hush(problems: Problems, sources: Sequence[Source], codes: Collection[str]) -> None:
    """Take back what the sources' comments silence, and warn of silences that are not in order."""
    for place, source in enumerate(sources):
        path = source.spot().path
        found = list(_silences(source, path, problems, codes))
        if not found:
            continue
        silenced = {(silence.line, f"lint/{silence.code}") for silence in found}
        taken = [problem for problem in problems if _is_in(problem, path, silenced)]
        for problem in taken:
            problems.drop(problem)
        used = {(problem.line, problem.code) for problem in taken}
        for silence in found:
            if place == 0 and (silence.line, f"lint/{silence.code}") not in used:
                said = Sentence("there is no warning '{code}' here to allow", code=silence.code)
                hint = Sentence("delete it, or move it to the line of the warning or the one above")
                problems.warning(silence.spot, said, code="lint/silence-idle", hint=hint)


def _is_in(problem: Problem, path: str, silenced: Collection[tuple[int, str]]) -> bool:
    return problem.path == path and problem.line is not None and (problem.line, problem.code) in silenced


def _silences(source: Source, path: str, problems: Problems, codes: Collection[str]) -> Iterator[Silence]:
    """The silences of a file that are in order; the others are warned of."""
    comments = source.comments("lint")
    alone = {comment.line for comment in comments if comment.alone}
    for comment in comments:
        if not _BEGINS.match(comment.text):
            continue
        spot = Spot(path, comment.line, comment.col, len(comment.text) + 2, comment.source)
        allowed = _ALLOW.match(comment.text)
        if allowed is None:
            said = Sentence("this comment begins like one that allows a warning, and is not")
            problems.warning(spot, said, code="lint/silence-form", hint=_HOW)
            continue
        reason = _REASON.match(allowed["rest"] or "")
        if reason is None or not _WORD.search(reason["reason"]):
            said = Sentence("a warning is allowed without a reason")
            problems.warning(spot, said, code="lint/silence-reason", hint="say why: – because …")
            continue
        line = comment.line
        while comment.alone and line in alone:
            line += 1
        for name in allowed["codes"].split(","):
            code = name.strip().removeprefix("lint/")
            if code in codes:
                yield Silence(code, line, spot)
            else:
                said = Sentence("there is no warning called '{code}'", code=code)
                problems.warning(spot, said, code="lint/silence-unknown", hint=did_you_mean(code, codes))
