"""What people have written that the facilitator can attach a translation to, the newest first, and what that does."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Final, NamedTuple

from crisis_sim.engine.actions import TranslateAct, TranslateLine
from crisis_sim.engine.sight.feed_items import ExchangeItem
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.phrases import team
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.wording import _

STANDS: Final = _("It stands beneath the words for whoever may read them, and on the record; it replaces nothing.")


class Translatable(NamedTuple):
    """Words that somebody wrote."""

    asks: TranslateAct | TranslateLine
    """What attaches a translation; with the one that is there, if one is."""
    head: str
    """Whose words, in what."""
    words: str


def translatable(view: FacilitatorView, say: Teller) -> tuple[Translatable, ...]:
    """All of them; of one turn what was said in calls before what was sent."""
    found = [*_lines(view, say), *_acts(view, say)]
    return tuple([each for _turn, each in sorted(found, key=itemgetter(0), reverse=True)])


def _lines(view: FacilitatorView, say: Teller) -> Iterator[tuple[int, Translatable]]:
    held = [item for item in view.feed if isinstance(item, ExchangeItem)]
    for number, item in enumerate(held, 1):
        for place, (side, words, translation) in reversed(tuple(enumerate(item.said, 1))):
            asks = TranslateLine(exchange=number, line=place, text=translation)
            head = say("{team}, in the call of turn {turn}", team=team(say, side), turn=item.turn)
            yield item.turn, Translatable(asks, head, words)


def _acts(view: FacilitatorView, say: Teller) -> Iterator[tuple[int, Translatable]]:
    for each in reversed(view.acts):
        act = each.act
        if act.text:
            asks = TranslateAct(side=act.side, turn=each.turn, order=each.order, text=act.translation)
            yield each.turn, Translatable(asks, head_for(act, None, say), act.text)
