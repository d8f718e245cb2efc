"""How far what each side said of what had moved it closer fits what had pressed its own lines.

Jervis 1970: whether what is said of a motive can be believed is what signalling leaves open; here the sealed record can
be asked. It measures answers, which may be untrue for good reasons, and no person. A side is asked once or twice in a
session, so that the count stands beside the mean.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from crisis_sim.engine.acts.closer import is_asked_here
from crisis_sim.engine.sight.closer_seen import closer_stories
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side


class Candour(NamedTuple):
    """What a side said when it was asked which acts had moved it closer, and to what."""

    side: Side
    asked: int
    """Times that it was asked and could answer."""
    named: int
    """Of those: it named acts; else it declined."""
    measured: int
    """Of those: something had pressed its lines by then, so that its answer can be laid beside it."""
    candour: Fraction | None
    """Mean over these, 0–1; None without any."""


def candours(state: State, table: GameTable) -> tuple[Candour, ...]:
    """Both sides; nobody where it cannot be asked."""
    if not is_asked_here(table):
        return ()
    stories, found = closer_stories(state, table), []
    for side in SIDES:
        answers = [each for each in stories if each.side == side and each.answered]
        so = [each.candour for each in answers if each.candour is not None]
        found.append(
            Candour(
                side,
                len(answers),
                sum(bool(each.acts) for each in answers),
                len(so),
                None if not so else Fraction(sum(so), 100 * len(so)),
            )
        )
    return tuple(found)
