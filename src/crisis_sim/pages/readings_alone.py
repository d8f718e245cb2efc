"""How single persons of a team take what reached it: who has said so in play, and what they said in the hotwash."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts, PairFacts
from crisis_sim.engine.sight.views import CardFacts
from crisis_sim.pages.blocks import Block, Heading, Items, line, prose
from crisis_sim.pages.opening import name_of
from crisis_sim.pages.phrases import valued
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import other
from crisis_sim.session.places import Occupant
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES

FEW: Final = 2
"""Persons of a team from which one is asked what each takes it for alone."""
ALONE: Final = _(
    "Before you talk, each alone: {key}, then 1 (friendly) to 7 (hostile). It stays sealed until the hotwash."
)


def present(people: Iterable[Occupant], seat: SeatName) -> tuple[str, ...]:
    """Who of a team is there to be asked."""
    return tuple(of.label for of in people if of.seat == seat and of.presence == "here")


def pressed_told(card: CardFacts, here: Collection[str], you: str, say: Teller) -> str:
    """How many of a team have said alone how they take a card, and whether whoever reads this has; empty for none.

    Of those who are there: nobody waits for somebody who has not come, nor for who has left without a word.
    """
    of = len({*here, *card.pressed})
    if of < FEW or card.hostility is not None:
        return ""
    told = say(
        "{n} of {of} has said alone how it takes this",
        plural="{n} of {of} have said alone how they take this",
        n=len(card.pressed),
        of=of,
    )
    yours = _("{told}, you among them.") if you in card.pressed else _("{told}; you have not.")
    return say(yours, told=told)


def alone_blocks(card: CardFacts, say: Teller) -> Iterator[Block]:
    """Who of a team has said alone how they take a card, where nobody knows how many they are or who reads this."""
    if card.pressed and card.hostility is None:
        who = say(", ").join(card.pressed)
        one, several = _("Alone, {who} has said how to take this."), _("Alone, {who} have said how to take this.")
        told = say(one if len(card.pressed) == 1 else several, who=who)
        yield prose(told, "quiet")


def spread_blocks(view: HotwashFacts, pair: PairFacts, say: Teller) -> Iterator[Block]:
    """What the persons who read an act had said alone, the friendliest first, and how far apart they were."""
    of = next((each for each in view.spreads if each.act == name_of(pair)), None)
    if of is None:
        return
    reader = other(pair.side)
    yield Heading(say("{team}, each alone before the team sealed it", team=say(SIDES[reader])), tone=reader)
    told = []
    for hostility, label in of.said:
        taken = valued(hostility, say)
        told.append(line(say("{who}: {taken}", who=label, taken=taken) if label else taken))
    yield Items(tuple(told), depth=1)
    apart = of.said[-1][0] - of.said[0][0]
    if len(of.said) > 1 and apart:
        yield prose(say("One step apart.", plural="{n} steps apart.", n=apart), "strong", depth=1)
    elif len(of.said) > 1:
        yield prose(say("All the same."), depth=1)
