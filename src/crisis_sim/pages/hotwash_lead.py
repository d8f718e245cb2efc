"""The led hotwash: the page that the facilitator shows, the same at every screen, and how a screen follows.

`shown_page` is all that a wall or a page in a browser needs: what was opened and where it is led, as blocks. For a door
that keeps nothing of what has been opened, the hotwash goes by steps, each with a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.table_actions import HOTWASH_PAGES, LeadHotwash
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.seat_views import FacilitatorView, Lead, ObserverView, TeamView, View
from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.pages.form import Form, FormLink, FormSheet, Questions
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.opening import CHANGES, COST, PAGES, PAIRS, Opening, last_of, name_of
from crisis_sim.pages.room_talk import note_form_name, prompt, room_form, topic_of
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side, other
from crisis_sim.wording import Say, _

GOES_ALONG: Final = _("The facilitator leads. w notes what is said; → looks on by yourself.")
ALL_LED: Final = _("Every screen that follows is led to what you open.")
NOBODY_LED: Final = _("Nobody is led now; the other screens stay where they are.")
ASTRAY: Final = _("You look around by yourself; the facilitator shows: {page}. {key} goes back there.")


def shown_page(view: HotwashFacts, lead: Lead | None, say: Translator) -> Iterator[Block]:
    """The page to which the hotwash is led, under its name, as far as it is open; its first page where nobody leads."""
    opening = opening_of(lead, view)
    yield Heading(say(PAGES[opening.page]))
    if question := prompt(view, opening, say):
        yield prose(question, "strong")
    yield from blocks_at(view, opening, say)


def opening_of(lead: Lead | None, view: HotwashFacts) -> Opening:
    """What is open, and where the room is, by what the facilitator has shown alone."""
    opening = Opening()
    if lead is not None:
        follow(opening, lead, view)
    return opening


def follow(opening: Opening, lead: Lead, view: HotwashFacts) -> None:
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
        opening.pair = next((index for index, pair in enumerate(view.pairs) if name_of(pair) == lead.act), -1)
    opening.all_open |= lead.everything


def lead_to(opening: Opening, view: HotwashFacts) -> LeadHotwash:
    """What says that the hotwash is here."""
    page = HOTWASH_PAGES[opening.page]
    if opening.page != PAIRS:
        return LeadHotwash(page=page, place=opening.place, everything=opening.all_open)
    if not 0 <= opening.pair < len(view.pairs):
        return LeadHotwash(page=page, everything=opening.all_open)
    pair = view.pairs[opening.pair]
    far = opening.disclosed_steps(pair)
    return LeadHotwash(page=page, act=name_of(pair), opened=far, everything=opening.all_open)


def is_astray(view: View, opening: Opening) -> bool:
    """A screen that could follow looks around by itself."""
    return view.lead is not None and view.seat != "facilitator" and opening.astray


def where_led(view: View, say: Say, key: str) -> str:
    """To whoever looks around alone: what the facilitator shows, and what goes back there."""
    page = "" if view.lead is None else say(PAGES[HOTWASH_PAGES.index(view.lead.page)])
    return say(ASTRAY, page=page, key=key)


PREFIX: Final = "hotwash/"
ABOUT: Final = "about/"
FURTHEST: Final = 2_000
"""Steps that no page has."""


def page_links(say: Translator) -> Iterator[FormLink]:
    """The pages, each at its first step."""
    for number, name in enumerate(PAGES):
        yield FormLink(step_name(number, 0), say(name))


def step_name(page: int, step: int) -> str:
    """What a step of a page is called."""
    return f"{PREFIX}{page}/{step}"


def led_step(lead: Lead) -> str:
    """The first step of the page to which the hotwash is led."""
    return step_name(HOTWASH_PAGES.index(lead.page), 0)


def hotwash_form(name: str, view: View, answers: FormSheet, say: Translator) -> Form | None:
    """The step of that name, or a note of what the room says there; None for another name."""
    record, place = view.hotwash, _place(name)
    if record is None or place is None:
        return None
    page, wanted = place
    opening, step, last = _opened(record, page, wanted, alone_at(view))
    if name.startswith(ABOUT):
        return None if isinstance(view, ObserverView) else _note_form(name, record, opening, view, answers, say)
    links = [FormLink(step_name(page, step + 1) if not last else step_name(page + 1, 0), say("open the next"))]
    if last and page == CHANGES:
        links = []
    if step or page > COST:
        links.append(FormLink(step_name(page, step - 1) if step else step_name(page - 1, FURTHEST), say("back")))
    if not isinstance(view, ObserverView):
        links.append(FormLink(f"{ABOUT}{page}/{step}", _note_label(opening, say)))
    blocks: list[Block] = [prose(asks, "strong")] if (asks := prompt(record, opening, say)) else []
    blocks += blocks_at(record, opening, say)
    lead, leads, here = None, "", step_name(page, step)
    if isinstance(view, FacilitatorView):
        lead, leads = lead_to(opening, record), say("Show this at every screen")
    return Questions(answers).form(
        here, say(PAGES[page]), leads, lead, intro=blocks, next_form=here if leads else "", links=links
    )


def _place(name: str) -> tuple[int, int] | None:
    """Page and step of a name."""
    for prefix in (PREFIX, ABOUT):
        parts = name.removeprefix(prefix).split("/")
        if name.startswith(prefix) and len(parts) == 2 and all(part.isascii() and part.isdecimal() for part in parts):
            page, step = int(parts[0][:4]), int(parts[1][:4])
            return (page, step) if page < len(PAGES) else None
    return None


def alone_at(view: View) -> Side | None:
    """The team of the one person who looks at the record, where bots sit everywhere else."""
    if isinstance(view, TeamView) and {other(view.side), "facilitator"} <= set(view.bots):
        return view.side
    return None


def _opened(record: HotwashFacts, page: int, wanted: int, alone: Side | None) -> tuple[Opening, int, bool]:
    """The page after so many steps, how many were made, and whether it has no other."""
    opening, step = Opening(page=page, alone=alone), 0
    while step < min(wanted, FURTHEST) and _goes_on(record, opening):
        step += 1
    return opening, step, not _goes_on(record, _again(record, page, step, alone))


def _again(record: HotwashFacts, page: int, steps: int, alone: Side | None) -> Opening:
    opening = Opening(page=page, alone=alone)
    for _step in range(steps):
        opening.on(record)
    return opening


def _goes_on(record: HotwashFacts, opening: Opening) -> bool:
    """Open the next thing of the page; False where there is none, and nothing is opened."""
    page, old_state = opening.page, (opening.place, dict(opening.acts))
    opening.on(record)
    if opening.page != page:
        opening.page = page
        return False
    return (opening.place, opening.acts) != old_state


def _note_form(
    name: str, record: HotwashFacts, opening: Opening, view: View, answers: FormSheet, say: Translator
) -> Form | None:
    """What the room says of what is open, or the seat's own thing to change; it leads back to the step."""
    form = room_form(_topic_form(record, opening, view), view, answers, say)
    return None if form is None else form._replace(name=name, next_form=name.replace(ABOUT, PREFIX, 1))


def _topic_form(record: HotwashFacts, opening: Opening, view: View) -> str:
    """The form of a note on what is open; a change is named by the seat itself."""
    topic, subject = topic_of(record, opening)
    return note_form_name(topic, subject or (view.seat if topic == "change" else ""))


def led_links(view: View, say: Translator) -> Iterator[FormLink]:
    """What a seat can say about the page to which it is led."""
    if view.hotwash is not None and view.lead is not None:
        opening = opening_of(view.lead, view.hotwash)
        yield FormLink(_topic_form(view.hotwash, opening, view), _note_label(opening, say))


def _note_label(opening: Opening, say: Translator) -> str:
    if opening.page == CHANGES:
        return say("Name our one thing to change")
    return say("Note what the room says about what is on the screen")
