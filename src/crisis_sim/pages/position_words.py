"""Positions that teams have taken, in sentences: whose, since when, how firm, and whether it was acted against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from crisis_sim.engine.sight.feed_items import PositionItem
from crisis_sim.engine.sight.shared_facts import PositionFacts
from crisis_sim.pages.blocks import Block, Heading, capital, prose
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import _
from crisis_sim.wording.labels import THE

OURS: Final = _("Our position since turn {since}: {says}; firmness {firmness}")
THEIRS: Final = _("{side}, since turn {since}: {says}; firmness {firmness}")
OURS_BROKEN: Final = _("Our position since turn {since}: {says}; we acted against it in turn {broken}")
THEIRS_BROKEN: Final = _("{side}, since turn {since}: {says}; acted against in turn {broken}")


def position_blocks(positions: Iterable[PositionFacts], say: Teller) -> Iterator[Block]:
    """Positions of both teams, those acted against in another tone."""
    found = tuple(positions)
    if found:
        yield Heading(say("Positions"), 3)
    for each in found:
        yield prose(position_told(each, say), "bad" if each.broken else "")


def position_told(each: PositionFacts, say: Teller) -> str:
    """One position."""
    if each.side == say.dossier.side:
        told = OURS_BROKEN if each.broken else OURS
    else:
        told = THEIRS_BROKEN if each.broken else THEIRS
    return say(
        told,
        side=team(say, each.side),
        since=each.since,
        says=_bare(each.id, say),
        firmness=each.firmness,
        broken=each.broken,
    )


def taken_told(item: PositionItem, say: Teller) -> str:
    """That a position was taken, said again or acted against."""
    words = {"side": capital(say(THE[item.side])), "says": _bare(item.position, say), "firmness": item.firmness}
    ours = item.side == say.dossier.side
    if item.broken:
        told = _("{side} acted against a position of its own: {says}")
        return say(_("We acted against a position of ours: {says}") if ours else told, **words)
    if item.firmness:
        told = _("{side} stands by its position, firmness {firmness}: {says}")
        return say(_("We stand by our position, firmness {firmness}: {says}") if ours else told, **words)
    told = _("{side} took a position: {says}")
    return say(_("We took a position: {says}") if ours else told, **words)


def _bare(position: str, say: Teller) -> str:
    return say.position(position).rstrip(".。")
