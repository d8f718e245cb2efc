"""The questionnaire before and after: its twelve items in both languages, and how they are scored.

Nothing here counts. Each item says something general, so that it can be answered alike before and after; "they" are the
government that the other team speaks for. Eight items make one scale: how far a person can tell what the other side
means, and trusts that it is understood. The others are questions of their own and would only blur it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crisis_sim.wording import _

LEAST: Final = 1
MOST: Final = 7


class Item(NamedTuple):
    """One statement, answered from 1 (do not agree at all) to 7 (agree fully)."""

    key: str
    """Its column."""
    short: str
    """In a few words, for tables."""
    text: str
    """In English; its Chinese is in the catalogue."""


class Scale(NamedTuple):
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
    Item(
        "q1", "I can tell signals from routine", _("I can tell which of their acts are signals and which are routine.")
    ),
    Item("q2", "private words are meant", _("What they say in private, they mean.")),
    Item("q3", "they act as one (reverse)", _("They act as one; orders come from the top.")),
    Item("q4", "they answer within a day", _("If we call them in a crisis, they will answer within a day.")),
    Item("q5", "our moves are seen as meant", _("They see our own moves as we mean them.")),
    Item("q6", "a crisis line invites risk", _("A crisis line lets each side take more risk.")),
    Item("q7", "we have less time", _("In a crisis, we have less time than they have.")),
    Item("q8", "they have more options", _("In a crisis, they have more options than we have.")),
    Item("q9", "they too want no war", _("To avoid war is an aim that they share with us.")),
    Item("q10", "public words are for home", _("What they say in public is meant for their own public.")),
    Item("q11", "I know whom to contact", _("In an event of this kind, I know whom to contact and how.")),
    Item(
        "q12",
        "little to learn from elsewhere",
        _("Working together on a crisis elsewhere says little about a crisis between us."),
    ),
)

SCALES: Final = (
    Scale("understanding", "understanding", ("q1", "q2", "q3", "q4", "q5", "q9", "q10", "q11"), ("q3",)),
    Scale("pressure", "pressure (Holsti)", ("q7", "q8")),
)
"""Understanding is the scale. Less time and fewer options than the other side has are what Holsti ("Crisis,
escalation, war", 1972) found decision-makers to see in a crisis: two items, and a scale of their own. Moral hazard (q6)
and transfer (q12) are one item each, and stand alone."""
