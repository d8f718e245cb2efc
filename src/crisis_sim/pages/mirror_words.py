"""The mirror: what a facilitator says to both teams where each meant well and took the other as hostile, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.engine.views.feed_items import MirrorItem
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import _

MIRROR: Final = _("This turn each of you meant its own acts kindly and took the other's as hostile.")
"""Said to both, with no number and no name."""
CHANGES: Final = _("Both teams hear it now, and the log has it. It changes no number.")


def is_blind(view: FacilitatorView) -> bool:
    """It is true of the turn at hand, which has been judged."""
    return any((flag.turn, flag.flag) == (view.turn, "blind-dilemma") for flag in view.flags)


def is_offered(view: FacilitatorView) -> bool:
    """It can be said now."""
    has_mirror_item = any(type(item) is MirrorItem and item.turn == view.turn for item in view.feed)
    return is_blind(view) and not has_mirror_item and view.phase in ("results", "forecasts")


def describe_mirror(turns: Sequence[int], say: Translator) -> str:
    """In which turns the facilitator said so."""
    return say("The facilitator said so to both in turn {turns}.", turns=say(", ").join(map(str, turns)))


def mirror_blocks(view: FacilitatorView, say: Translator) -> Iterator[Block]:
    """That it is true of this turn, and whether both have been told."""
    if is_offered(view):
        yield prose(say("It is true this turn, and can be said to both: “{says}”", says=say(MIRROR)), "strong")
    elif is_blind(view):
        yield prose(say("Both teams were told this turn: “{says}”", says=say(MIRROR)), "quiet")
