"""How far the persons of a team were apart before they talked, and how far the team's reading then was from theirs.

Persons who judge before they talk bring more of what they know than a group that talks at once, and a group often ends
further out than its members began (Dalkey and Helmer 1963 on polling experts; Stoner 1961 and Myers and Lamm 1976 on
shifts in groups). So each says alone how it takes an act, and the team seals its own reading after.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from crisis_sim.measures.meanings import Meaning
from crisis_sim.rules.names import SIDES, Side, other


class EachAlone(NamedTuple):
    """What the persons of one team said alone of the acts that reached it."""

    side: Side
    acts: int
    """Acts of which two or more said it."""
    spread: Fraction
    """Mean steps between the most and the least hostile of them."""
    together: int
    """Of those acts: read by the team."""
    shift: Fraction | None
    """Mean of the team's reading minus the mean of what was said alone; above zero, together it took acts as more
    hostile. None where it read none of them.
    """


def each_alone(acts: Sequence[Meaning]) -> tuple[EachAlone, ...]:
    """Each team of which two or more said alone how they take an act; none where nobody did."""
    found = []
    for side in SIDES:
        said = [each for each in acts if each.key[0] == other(side) and each.spread is not None]
        if not said:
            continue
        shifts = [each.reading - (each.mean_alone or Fraction()) for each in said if each.reading is not None]
        found.append(
            EachAlone(
                side=side,
                acts=len(said),
                spread=Fraction(sum(each.spread or 0 for each in said), len(said)),
                together=len(shifts),
                shift=sum(shifts, Fraction()) / len(shifts) if shifts else None,
            )
        )
    return tuple(found)
