"""Times of an inject that can be given in hours or in turns: each in one of the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.content.scenario import Inject
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems
from crisis_sim.rules.keys import Loc

SPANS: Final[Sequence[tuple[tuple[str, ...], str, str]]] = (
    ((), "window", "window_turns"),
    ((), "until", "until_turns"),
    (("after",), "by", "turns"),
    (("again",), "every", "turns"),
)
"""The way to each, its key in hours and its key in turns."""


def one_way_of_counting(inject: Inject, loc: Loc, source: Source, problems: Problems) -> None:
    """Say where a time is given in both."""
    for way, hours, turns in SPANS:
        of = getattr(inject, way[0]) if way else inject
        if of is not None and of.model_fields_set >= {hours, turns}:
            said = Sentence("a time is given in hours or in turns, and not in both")
            hint = Sentence("keep one of `{hours}` and `{turns}`", hours=hours, turns=turns)
            problems.error(source.key_spot(*loc, *way, turns), said, code="link/window", hint=hint)
