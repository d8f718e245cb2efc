"""A seat belongs to a browser: closed tabs come back, seats stay apart, and nothing is left once somebody leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rooms.browsed import Exercise, joined, to
from tests.rooms.browser import CHROMIUM, Opening, Tab, browser

from crisis_sim.engine import actions as a

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]
KEPT = (
    """[...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key !== "crisis-sim/language")"""
)
"""The names of everything that a browser keeps, but for the language."""


async def begin_guess(tab: Tab, words: str) -> None:
    """Write half a guess."""
    await tab.press("3")
    await tab.until("document.activeElement?.id === 'text'")
    await tab.type(words)


async def in_seat(opened: Opening, exercise: Exercise, seat: a.SeatName, beside: Tab | None = None) -> Tab:
    """A tab that joins with a code of its own, in a new browser or beside another tab."""
    tab = await opened(exercise.address, beside)
    await tab.until("document.querySelector('#code')")
    await tab.run("document.querySelector('#code').focus()")
    await joined(tab, exercise.code(seat))
    return tab


async def test_a_closed_tab_comes_back_by_itself(tmp_path: Path) -> None:
    """Opened again at the same address it has its seat and what was half written, and no code is asked for."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await in_seat(opened, exercise, "us")
        await begin_guess(tab, "No search without us")
        await tab.close()
        again = await opened(exercise.address, tab)
        await again.until("document.activeElement?.id === 'text'")
        assert await again.run("document.activeElement.value") == "No search without us"
        assert await again.text("#head .who") == "United States"


async def test_several_seats_of_one_browser_stay_apart(tmp_path: Path) -> None:
    """Each tab keeps its own over a reload; a new one asks which it is to have, and says which are open elsewhere."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        us = await in_seat(opened, exercise, "us")
        china = await in_seat(opened, exercise, "china", us)
        for tab, team in ((us, "United States"), (china, "China"), (us, "United States")):
            await tab.call("Page.reload")
            await tab.until("document.querySelector('#stage > *')")
            assert await tab.text("#head .who") == team
        await china.close()
        again = await opened(exercise.address, us)
        await again.until("document.querySelectorAll('.seats button').length === 2")
        told = await again.run("[...document.querySelectorAll('.seats button')].map((of) => of.innerText)")
        assert "China (china-1)" in told[0] and "another window" not in told[0]
        assert "United States (us-1)" in told[1] and "open in another window" in told[1]
        await again.press("Enter")
        await again.until("document.querySelector('#stage > *')")
        assert await again.text("#head .who") == "China" and await us.text("#state") == ""


async def test_a_used_code_says_what_to_do(tmp_path: Path) -> None:
    """Whoever types it elsewhere is told that it was used, and not that nobody knows it."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address)
        code = exercise.code("us")
        await joined(tab, code)
        other = await opened(exercise.address)
        await other.reads("An airliner lost over contested water", ".joining h1")
        await other.until("document.activeElement?.id === 'code'")
        await other.type(code)
        await other.press("Enter")
        await other.reads("This code was used already, in another browser or at another machine", "#state")
        await other.reads("come back there, or ask the facilitator for a new code", "#state")
        await other.type("AAAA-AAAA")
        await other.press("Enter")
        await other.reads("The host does not know this code", "#state")


@pytest.mark.parametrize("seat", ["us", "facilitator"])
async def test_a_used_code_lets_nobody_in_though_its_owner_has_only_looked(tmp_path: Path, seat: a.SeatName) -> None:
    """Whoever reads the card of somebody who is away does not get the seat, not even the one that sees everything."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address)
        code = exercise.code(seat)
        await joined(tab, code)
        await tab.close()
        thief = await opened(exercise.address)
        await thief.until("document.activeElement?.id === 'code'")
        await thief.type(code)
        await thief.press("Enter")
        await thief.reads("This code was used already", "#state")


async def test_who_leaves_a_machine_leaves_nothing_on_it(tmp_path: Path) -> None:
    """The link asks once; then neither seat nor half a word is kept there, and only a new code opens the seat."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await in_seat(opened, exercise, "us")
        await begin_guess(tab, "Our coast radar")
        await tab.press("Escape")
        await to(tab, "leave-machine")
        await tab.press("Enter")
        await tab.until("document.activeElement?.dataset.key === 'leave-no'")
        await tab.press("Enter")
        await tab.until("document.activeElement?.dataset.key === 'leave-machine'")
        assert "Our coast radar" in str(await tab.run("Object.values(localStorage)"))
        await tab.press("Enter")
        await to(tab, "leave-yes")
        await tab.press("Enter")
        await tab.reads("forgotten its seat", "#state")
        assert await tab.run(KEPT) == []
        again = await opened(exercise.address, tab)
        await again.until("document.activeElement?.id === 'code'")


async def test_at_the_end_of_an_exercise_a_browser_forgets_it(tmp_path: Path) -> None:
    """Seat and half-written words are gone from the machine; what was on the page can still be read."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with browser() as opened:
        async with exercise.open():
            tab = await in_seat(opened, exercise, "us")
            await begin_guess(tab, "Our coast radar")
            while exercise.session.view("us").phase != "closed":
                await exercise.ask("facilitator", a.Advance())
            await tab.until("!Object.values(localStorage).join().includes('Our coast radar')")
        await tab.reads("the exercise is over", "#state")
        assert await tab.run(KEPT) == []
        assert await tab.text("#head .who") == "United States"


async def test_a_seat_of_an_earlier_exercise_is_said_to_be_none(tmp_path: Path) -> None:
    """A host that plays something else does not say that a code is wrong which nobody typed."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await in_seat(opened, exercise, "us")
        await tab.close()
        exercise.hub.guests.remove("us-1")
        again = await opened(exercise.address, tab)
        await again.reads("none of this exercise any more", "#state")
        await again.until("document.activeElement?.id === 'code'")
