"""In a browser nothing binding opens by itself, or has the focus before a key is pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.moments import moments
from tests.rooms.browsed import Exercise, in_moves, joined, open_door, to_doors
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.small import SMALL_SCENARIO

from crisis_sim.engine import actions as a
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.form import NO_SHEET
from crisis_sim.pages.seat_page import seat_form, seat_page
from crisis_sim.pages.translator import Translator

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]
SEATS: tuple[a.SeatName, ...] = ("us", "china", "facilitator")
SHOWN = """[document.querySelector("#form-title")?.innerText ?? "",
  document.activeElement?.dataset.key ?? "", document.body.dataset.scene]"""


async def at_moment(tab: Tab, exercise: Exercise, seat: a.SeatName) -> None:
    """Wait until the page of a seat shows where the session stands."""
    view, say = exercise.session.view(seat), Translator(exercise.session.dossier(seat), "en")
    (now,) = lines_of(seat_page(view, say).now, say)
    await tab.until(f"document.title.includes({now!r})")


async def test_nothing_that_binds_is_open_or_has_the_focus_without_a_key(tmp_path: Path) -> None:
    """In every phase, in a call, and when a page is opened again in the middle: for both teams and the console."""
    exercise, looks = Exercise(tmp_path / "one.jsonl", str(SMALL_SCENARIO), "90"), 0
    async with exercise.open(), browser() as opened:
        tabs = {seat: await opened(exercise.address) for seat in SEATS}
        for seat, tab in tabs.items():
            await joined(tab, exercise.code(seat))
            place = f"crisis-sim/{exercise.session.header.session}/{seat}-1"
            await tab.run(f"localStorage.setItem('{place}/told', '99')")  # what has happened has been read
        for moment in moments(exercise.session):
            for seat, tab in tabs.items():
                if moment in ("readings, in a call", "turn 3, closing"):
                    await tab.call("Page.reload")
                await at_moment(tab, exercise, seat)
                title, focus, scene = await tab.run(SHOWN)
                looks += scene == "doors"
                if scene != "form" or exercise.session.state.phase not in ("hotwash", "closed"):
                    assert title == "", (moment, seat)
                kind, _space, name = focus.partition(" ")
                view, say = exercise.session.view(seat), Translator(exercise.session.dossier(seat), "en")
                form = seat_form(name, view, NO_SHEET, say) if kind == "door" else None
                assert form is None or form.commits_nothing, (moment, seat, focus)
                assert focus != "submit" or view.hotwash is not None, (moment, seat)
    assert looks > 30


async def test_a_commit_that_was_asked_of_one_phase_is_not_asked_of_the_next(tmp_path: Path) -> None:
    """Nor once the page is opened again: what a key asked there is asked by a key once more."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        await open_door(tab, "commit")
        await tab.reads("Commit it?", "#form-title")
        await tab.call("Page.reload")
        await tab.until("document.querySelector('.doors') && !document.querySelector('#form-title')")
        await open_door(tab, "commit")
        await tab.reads("Commit it?", "#form-title")
        await exercise.ask("facilitator", a.Advance())
        await at_moment(tab, exercise, "us")
        await tab.until("document.querySelector('.doors') && !document.querySelector('#form-title')")
        assert not exercise.team("us").committed
