"""The led hotwash: the page that the facilitator shows, the same at every screen, and how a screen follows.

`shown_page` is all that a wall or a page in a browser needs: what was opened and where it is led, as blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.room_actions import HOTWASH_PAGES, LeadHotwash
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.views import LeadFacts, View
from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.opening import PAGES, PAIRS, Opening, last_of, name_of
from crisis_sim.pages.room_talk import prompt
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import Say, _

GOES_ALONG: Final = _("The facilitator leads. w notes what is said; → looks on by yourself.")
ALL_LED: Final = _("Every screen that follows is led to what you open.")
NOBODY_LED: Final = _("Nobody is led now; the other screens stay where they are.")
ASTRAY: Final = _("You look around by yourself; the facilitator shows: {page}. {key} goes back there.")


def shown_page(view: HotwashFacts, lead: LeadFacts | None, say: Teller) -> Iterator[Block]:
    """The page to which the hotwash is led, under its name, as far as it is open; its first page where nobody leads."""
    opening = opening_of(lead, view)
    yield Heading(say(PAGES[opening.page]))
    if asked := prompt(view, opening, say):
        yield prose(asked, "strong")
    yield from blocks_at(view, opening, say)


def opening_of(lead: LeadFacts | None, view: HotwashFacts) -> Opening:
    """What is open, and where the room is, by what the facilitator has shown alone."""
    opening = Opening()
    if lead is not None:
        follow(opening, lead, view)
    return opening


def follow(opening: Opening, lead: LeadFacts, view: HotwashFacts) -> None:
    """Go where the hotwash is led; what had been opened here stays open."""
    opening.page = HOTWASH_PAGES.index(lead.page)
    for name, place in lead.places.items():
        number = HOTWASH_PAGES.index(name)
        opening.places[number] = min(place, last_of(number, view) - 1)
    for name, place in lead.furthest.items():
        number = HOTWASH_PAGES.index(name)
        opening.furthest[number] = max(place, opening.furthest.get(number, 0))
    for act, far in lead.acts.items():
        opening.acts[act] = max(far, opening.acts.get(act, 0))
    if opening.page == PAIRS:
        opening.pair = next((at for at, pair in enumerate(view.pairs) if name_of(pair) == lead.act), -1)
    opening.everything |= lead.everything


def lead_to(opening: Opening, view: HotwashFacts) -> LeadHotwash:
    """What says that the hotwash is here."""
    page = HOTWASH_PAGES[opening.page]
    if opening.page != PAIRS:
        return LeadHotwash(page=page, place=opening.place, everything=opening.everything)
    if not 0 <= opening.pair < len(view.pairs):
        return LeadHotwash(page=page, everything=opening.everything)
    pair = view.pairs[opening.pair]
    far = opening.how_far(pair)
    return LeadHotwash(page=page, act=name_of(pair), opened=far, everything=opening.everything)


def is_astray(view: View, opening: Opening) -> bool:
    """A screen that could follow looks around by itself."""
    return view.lead is not None and view.seat != "facilitator" and opening.astray


def where_led(view: View, say: Say, key: str) -> str:
    """To whoever looks around alone: what the facilitator shows, and what goes back there."""
    page = "" if view.lead is None else say(PAGES[HOTWASH_PAGES.index(view.lead.page)])
    return say(ASTRAY, page=page, key=key)
