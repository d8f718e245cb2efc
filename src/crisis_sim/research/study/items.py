"""The questionnaire before and after: its twelve items in both languages, and how they are scored.

Nothing here counts. Each item says something general, so that it can be answered alike before and after; "they" are the
government that the other team speaks for. Eight items make one scale: how far a person can tell what the other side
means, and trusts that it is understood. The others are questions of their own and would only blur it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from crisis_sim.rules.names import Language

LEAST: Final = 1
MOST: Final = 7


class Item(NamedTuple):
    """One statement, answered from 1 (do not agree at all) to 7 (agree fully)."""

    key: str
    """Its column."""
    short: str
    """In a few words, for tables."""
    text: Mapping[Language, str]


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


def _item(key: str, short: str, en: str, zh: str) -> Item:
    return Item(key, short, {"en": en, "zh": zh})


ITEMS: Final = (
    _item(
        "q1",
        "I can tell signals from routine",
        "I can tell which of their acts are signals and which are routine.",
        "我能分辨他们的哪些举动是信号，哪些是例行公事。",
    ),
    _item("q2", "private words are meant", "What they say in private, they mean.", "他们私下说的话，是真心话。"),
    _item(
        "q3",
        "they act as one (reverse)",
        "They act as one; orders come from the top.",
        "他们行动一致，一切听命于最高层。",
    ),
    _item(
        "q4",
        "they answer within a day",
        "If we call them in a crisis, they will answer within a day.",
        "危机中我方若致电，他们会在一天之内回应。",
    ),
    _item(
        "q5",
        "our moves are seen as meant",
        "They see our own moves as we mean them.",
        "他们对我方举动的理解与我方本意相符。",
    ),
    _item(
        "q6",
        "a crisis line invites risk",
        "A crisis line lets each side take more risk.",
        "有了危机热线，双方都会更敢冒险。",
    ),
    _item(
        "q7", "we have less time", "In a crisis, we have less time than they have.", "危机中，我方的时间比他们更紧。"
    ),
    _item(
        "q8",
        "they have more options",
        "In a crisis, they have more options than we have.",
        "危机中，他们的选择余地比我方大。",
    ),
    _item(
        "q9",
        "they too want no war",
        "To avoid war is an aim that they share with us.",
        "避免战争，是他们与我们共同的目标。",
    ),
    _item(
        "q10",
        "public words are for home",
        "What they say in public is meant for their own public.",
        "他们公开说的话，是说给本国公众听的。",
    ),
    _item(
        "q11",
        "I know whom to contact",
        "In an event of this kind, I know whom to contact and how.",
        "遇到此类事件，我知道该联系谁、如何联系。",
    ),
    _item(
        "q12",
        "little to learn from elsewhere",
        "Working together on a crisis elsewhere says little about a crisis between us.",
        "在别处的危机中合作，说明不了我们之间发生危机时会怎样。",
    ),
)

SCALES: Final = (
    Scale("understanding", "understanding", ("q1", "q2", "q3", "q4", "q5", "q9", "q10", "q11"), ("q3",)),
    Scale("pressure", "pressure (Holsti)", ("q7", "q8")),
)
"""Understanding is the scale. Less time and fewer options than the other side has are what Holsti ("Crisis,
escalation, war", 1972) found decision-makers to see in a crisis: two items, and a scale of their own. Moral hazard (q6)
and transfer (q12) are one item each, and stand alone."""
