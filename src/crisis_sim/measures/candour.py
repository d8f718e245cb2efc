"""How truly each side told of itself: what it said had moved it closer, and what it alone knew.

Jervis 1970: whether what is said of a motive can be believed is what signalling leaves open; here the sealed record can
be asked. It measures answers, which may be untrue for good reasons, and no person. A side is asked once or twice in a
session, and its facts are few, so that a count stands beside every mean and share.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from crisis_sim.engine.acts.closer import is_asked_here
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.asset_views import private_fact_stories
from crisis_sim.engine.views.closer_views import closer_stories
from crisis_sim.rules.names import SIDES, Side, Truth


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
    stories, measures = closer_stories(state, table), []
    for side in SIDES:
        answers = [story for story in stories if story.side == side and story.answered]
        so = [answer.candour for answer in answers if answer.candour is not None]
        measures.append(
            Candour(
                side,
                len(answers),
                sum(bool(answer.acts) for answer in answers),
                len(so),
                None if not so else Fraction(sum(so), 100 * len(so)),
            )
        )
    return tuple(measures)


class Openness(NamedTuple):
    """What a side did with the facts that it alone knew: how much it told, how truly, and how early.

    Kydd 2005: a side that tells what costs it something can be told apart from one that only says so; Sartori 2005 on
    why words that proved untrue are worth less. Only what reached the other side counts, a leak among it.
    """

    side: Side
    """Whose facts."""
    facts: int
    told: int
    """Facts of which something reached the other, whole or not."""
    truth: Fraction | None
    """Mean over the tellings that reached the other: whole 1, in part 1/2, falsely 0; None without any."""
    false: int
    """Facts that were told falsely at least once."""
    first: int | None
    """Turn of the first telling that reached the other; None without any."""

    @property
    def share(self) -> Fraction | None:
        """Told ones of all; None of a side that alone knew nothing."""
        return Fraction(self.told, self.facts) if self.facts else None


_WORTH: Final[Mapping[Truth, Fraction]] = {"whole": Fraction(1), "part": Fraction(1, 2), "untrue": Fraction(0)}


def openness(state: State, table: GameTable) -> tuple[Openness, ...]:
    """Both sides; nobody where no facts can be told."""
    if not table.private_facts:
        return ()
    stories, measures = private_fact_stories(state, table, "facilitator"), []
    for side in SIDES:
        fact_disclosures = [[one for one in story.told if one.arrived] for story in stories if story.side == side]
        every = [one for disclosures in fact_disclosures for one in disclosures]
        measures.append(
            Openness(
                side=side,
                facts=len(fact_disclosures),
                told=sum(bool(disclosures) for disclosures in fact_disclosures),
                truth=sum((_WORTH[one.truth] for one in every), Fraction(0)) / len(every) if every else None,
                false=sum(any(one.truth == "untrue" for one in disclosures) for disclosures in fact_disclosures),
                first=min((one.turn for one in every), default=None),
            )
        )
    return tuple(measures)
