"""The hotwash by steps, each with a name of its own, for a door that keeps nothing of what has been opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.actions import TakeNote
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.form import Form, FormDoor, FormSheet, Questions
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.hotwash_lead import lead_to
from crisis_sim.pages.opening import CHANGES, COST, PAGES, Opening
from crisis_sim.pages.room_talk import prompt, topic_of
from crisis_sim.pages.teller import Teller

PREFIX: Final = "hotwash/"
ABOUT: Final = "about/"
FURTHEST: Final = 2_000
"""Steps that no page has."""


def page_doors(say: Teller) -> Iterator[FormDoor]:
    """The pages, each at its first step."""
    for number, name in enumerate(PAGES):
        yield FormDoor(step_name(number, 0), say(name))


def step_name(page: int, step: int) -> str:
    """What a step of a page is called."""
    return f"{PREFIX}{page}/{step}"


def hotwash_form(name: str, view: View, sheet: FormSheet, say: Teller) -> Form | None:
    """The step of that name, or a note of what the room says there; None for another name."""
    record, place = view.hotwash, _place(name)
    if record is None or place is None:
        return None
    page, wanted = place
    opening, step, last = _opened(record, page, wanted)
    if name.startswith(ABOUT):
        return _noted(name, record, opening, sheet, say) if isinstance(view, TeamView) else None
    doors = [FormDoor(step_name(page, step + 1) if not last else step_name(page + 1, 0), say("open the next"))]
    if last and page == CHANGES:
        doors = []
    if step or page > COST:
        doors.append(FormDoor(step_name(page, step - 1) if step else step_name(page - 1, FURTHEST), say("back")))
    if isinstance(view, TeamView):
        doors.append(FormDoor(f"{ABOUT}{page}/{step}", say("Note what the room says about what is on the screen")))
    told: list[Block] = [prose(asks, "strong")] if (asks := prompt(record, opening, say)) else []
    told += blocks_at(record, opening, say)
    lead, leads, here = None, "", step_name(page, step)
    if isinstance(view, FacilitatorView):
        lead, leads = lead_to(opening, record), say("Show this at every screen")
    return Questions(sheet).form(
        here, say(PAGES[page]), leads, lead, before=told, then=here if leads else "", doors=doors
    )


def _place(name: str) -> tuple[int, int] | None:
    """Page and step of a name."""
    for prefix in (PREFIX, ABOUT):
        parts = name.removeprefix(prefix).split("/")
        if name.startswith(prefix) and len(parts) == 2 and all(each.isascii() and each.isdecimal() for each in parts):
            page, step = int(parts[0][:4]), int(parts[1][:4])
            return (page, step) if page < len(PAGES) else None
    return None


def _opened(record: HotwashFacts, page: int, wanted: int) -> tuple[Opening, int, bool]:
    """The page after so many steps, how many were made, and whether it has no other."""
    opening, step = Opening(page=page), 0
    while step < min(wanted, FURTHEST) and _goes_on(record, opening):
        step += 1
    return opening, step, not _goes_on(record, _again(record, page, step))


def _again(record: HotwashFacts, page: int, steps: int) -> Opening:
    opening = Opening(page=page)
    for _step in range(steps):
        opening.on(record)
    return opening


def _goes_on(record: HotwashFacts, opening: Opening) -> bool:
    """Open the next thing of the page; False where there is none, and nothing is opened."""
    page, before = opening.page, (opening.place, dict(opening.acts))
    opening.on(record)
    if opening.page != page:
        opening.page = page
        return False
    return (opening.place, opening.acts) != before


def _noted(name: str, record: HotwashFacts, opening: Opening, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    text = asked.text("text", say("Note what the room says about what is on the screen"))
    about, of = topic_of(record, opening)
    action = TakeNote(text=text or "", about=about, of=of)
    back = name.replace(ABOUT, PREFIX, 1)
    return asked.form(name, say(PAGES[opening.page]), say("Note it"), action, then=back)
