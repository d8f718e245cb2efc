"""The white cell in a browser, the wall beside it, and a hotwash that is led to both."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.cli.test_host_rooms import table_at
from tests.engine.asking import CALL, answer
from tests.rooms.browsed import Exercise, joined, open_part, to_doors
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import rehearsal
from crisis_sim.cli.host_rooms import HostRooms
from crisis_sim.cli.host_ways import HostWays
from crisis_sim.cli.play import chosen
from crisis_sim.cli.seating import begin_session
from crisis_sim.engine import actions as a

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]


async def _opened_by(tab: Tab, door: str) -> None:
    """A door by its digit, as somebody at a keyboard would."""
    await tab.until(f"document.querySelector('[data-key=\"door {door}\"]')")
    await tab.press(await tab.run(f"document.querySelector('[data-key=\"door {door}\"]').dataset.digit"))
    await tab.until("document.querySelector('#form-title')")


async def _picked(tab: Tab, label: str) -> None:
    """One of the options by its words."""
    option = f"[...document.querySelectorAll('.options button')].find((of) => of.innerText.includes({label!r}))"
    await tab.until(option)
    await tab.run(f"{option}.click()")


async def _done(tab: Tab) -> None:
    await tab.until("document.querySelector('[data-key=submit]:not([aria-disabled])')")
    await tab.run("document.querySelector('[data-key=submit]').click()")
    await tab.until("!document.querySelector('#form-title')")


async def test_a_turn_is_run_from_a_browser_and_the_wall_tells_it(tmp_path: Path) -> None:
    """Next phase, a note, words that are in no plan; the wall reads what is public and is asked nothing."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        white, wall = await opened(exercise.address), await opened(exercise.address + "wall")
        await joined(white, exercise.code("facilitator"))
        await joined(wall, exercise.code("observer"))
        for side in ("us", "china"):
            await exercise.ask(side, a.SealLines())
        await _opened_by(white, "advance")
        await _done(white)
        await _opened_by(white, "improvise")
        await white.press("1")
        await white.until("document.activeElement?.tagName === 'TEXTAREA'")
        await white.type("The host's minister speaks at noon.")
        await white.press("Enter", ctrl=True)
        await _done(white)
        assert exercise.session.view("facilitator").turn == 1
        await wall.reads("At stake")
        assert await wall.run("document.querySelector('#regions').getBoundingClientRect().width > 300")
        await white.reads("The room", "main")
        assert (
            await wall.run(
                "document.querySelectorAll('button').length - document.querySelectorAll('#foot button').length"
            )
            == 0
        )
        assert white.complaints == wall.complaints == []


async def test_who_is_asked_to_go_on_when_another_has_gone_on_is_asked_no_more(tmp_path: Path) -> None:
    """Two run it: what was asked of one phase is not done in the next, and the page is that of the next."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.browsed("facilitator") as white:
        await _opened_by(white, "advance")
        await white.reads("Go on without")
        await exercise.ask("facilitator", a.Advance())
        await white.until("!document.querySelector('#form-title')")
        await white.reads("Another facilitator has gone on to the next phase already", "#state")
        await white.reads("situation")
        assert exercise.session.view("facilitator").phase == "situation"


async def test_of_two_who_go_on_at_once_one_does_and_the_other_is_told(tmp_path: Path) -> None:
    """Play is one phase further, and one of them reads that somebody was quicker."""
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tabs = [await opened(exercise.address) for _ in range(2)]
        for tab in tabs:
            await joined(tab, exercise.code("facilitator"))
            await _opened_by(tab, "advance")
            await tab.until("document.querySelector('[data-key=submit]:not([aria-disabled])')")
        presses = "document.querySelector('[data-key=submit]').click()"
        await asyncio.gather(*(tab.run(presses) for tab in tabs))
        reading = [asyncio.create_task(tab.reads("nother facilitator has gone on")) for tab in tabs]
        await next(asyncio.as_completed(reading))
        for task in reading:
            task.cancel()
        assert exercise.session.view("facilitator").phase == "situation"


async def test_places_codes_the_door_and_the_way_back_are_asked_for_in_a_browser(tmp_path: Path) -> None:
    """As at the host's own console: who is sent away reads it, and every screen reads that play has gone back."""
    rooms = HostRooms(table_at(tmp_path / "one.jsonl"), HostWays(), is_here=False)
    rooms.invite({"facilitator": 1, "us": 2, "observer": 1})
    code = {of.person.label: of.code for of in rooms.invited()}
    running = asyncio.create_task(rooms._until_closed())
    while ":0/" in rooms.page:  # noqa: ASYNC110 - it tells nobody when it listens
        await asyncio.sleep(0.01)
    async with browser() as opened:
        white, one, two = await opened(rooms.page), await opened(rooms.page), await opened(rooms.page)
        wall = await opened(rooms.page + "wall")
        for tab, label in ((white, "facilitator-1"), (one, "us-1"), (two, "us-2"), (wall, "observer-1")):
            await joined(tab, code[label])
        await open_part(white, "m-places")
        await white.reads("us-2", "#regions")
        await white.run("document.querySelector('[data-key=\"place:us-2\"]').click()")
        await _picked(white, "Give a new code")
        await _picked(white, "send away")
        await _done(white)
        renewed = next(of.code for of in rooms.invited() if of.person.label == "us-2")
        await white.reads(renewed, "#regions")
        await two.until("document.querySelector('#code')")
        await _opened_by(white, "door")
        await _done(white)
        await white.reads("nobody new is let in", "#regions")
        assert rooms.is_locked
        for _phase in range(2):
            await rooms._held.now.session.seat("facilitator").submit(a.Advance())
        await one.until("document.querySelector('#stage > .telling')")
        await to_doors(one)
        await _opened_by(one, "note")
        await one.until("document.activeElement?.id === 'text'")
        await one.type("Half of it")
        await white.until("document.querySelector('[data-key=\"door back\"]')")
        await white.run("document.querySelector('[data-key=\"door back\"]').click()")
        await _picked(white, "roll back")
        await _done(white)
        for tab in (white, one, wall):
            await tab.reads("Play has gone back to the start of turn 1", "#now")
        await to_doors(one, "#text")
        assert await one.run("document.querySelector('#text').value") == "Half of it"
        await one.run("document.querySelector('#foot button[lang=zh]').click()")
        await one.reads("推演退回到第1轮开头", "#now")
        assert white.complaints == one.complaints == two.complaints == wall.complaints == []
        running.cancel()
        await asyncio.wait({running})
    rooms._held.now.session.close()


async def test_who_has_come_through_a_talk_is_not_led_into_it_again_when_play_goes_back(tmp_path: Path) -> None:
    """The talk stands in the branch too; nor is a telling told again that was read there to its end."""
    choice = chosen(str(SMALL_SCENARIO), "150", "person", "person", "person", "")
    table = begin_session(choice, place=tmp_path / "one.jsonl", in_rooms=True)
    rooms = HostRooms(table, HostWays(), is_here=False)
    rooms.invite({"facilitator": 1, "china": 1})
    code = next(of.code for of in rooms.invited() if of.person.seat == "china")

    async def ask(seat: a.SeatName, action: a.AnyAction) -> None:
        await rooms._held.now.session.seat(seat).submit(action)

    for taken in ((), (answer("take-call", 1, "accept", text="At noon."),)):
        while table.session.view("us").phase != "moves":
            await ask("facilitator", a.Advance())
        await ask("us", a.SealMove(draft=CALL))
        for each in taken:
            await ask("china", a.SealMove(draft=each))
        await ask("us", a.CommitMoves())
        await ask("china", a.CommitMoves())
    running = asyncio.create_task(rooms._until_closed())
    while ":0/" in rooms.page:  # noqa: ASYNC110 - it tells nobody when it listens
        await asyncio.sleep(0.01)
    async with browser() as opened:
        china = await opened(rooms.page)
        await joined(china, code)
        await china.reads("A call or meeting is held.", "#duty")
        await ask("us", a.EndCall(exchange=1))
        await china.reads("United States ended the talk.", ".talk h2")
        await china.run("document.querySelector('[data-key=on]').click()")
        while table.session.view("us").turn < 3:
            await ask("facilitator", a.Advance())
        await china.until("document.querySelector('#stage > .telling')")
        await to_doors(china)
        await ask("facilitator", a.Advance())
        rooms.go_back(table.session.header.session, 3)
        await china.reads("Play has gone back to the start of turn 3", "#now")
        assert await china.run("document.querySelector('#stage > *').className") == "doors"
        running.cancel()
        await asyncio.wait({running})
    rooms._held.now.session.close()


async def test_a_rehearsal_is_pressed_in_a_browser_and_the_exercise_follows_in_the_same_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bots play; a card is read by keys; then the page stands at the beginning, and says that nothing was kept."""
    monkeypatch.setattr(rehearsal, "STAYS", {"readings": 60.0})
    monkeypatch.setattr(rehearsal, "OTHERS_STAY", 0.05)
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, HostWays(), is_here=False, rehearses=True)
    rooms.invite({"us": 1})
    (code,) = [of.code for of in rooms.invited()]
    running = asyncio.create_task(rooms._until_closed())
    while ":0/" in rooms.page or rooms.rehearsal is None:  # noqa: ASYNC110 - it tells nobody when it listens
        await asyncio.sleep(0.01)
    async with browser() as opened:
        tab = await opened(rooms.page)
        await joined(tab, code)
        await tab.reads("A rehearsal", "#now")
        await tab.until("document.querySelector('.telling, .doors, .form')")
        while rooms._rehearsal is not None and rooms._rehearsal.session.state.phase != "readings":  # noqa: ASYNC110 - bots
            await asyncio.sleep(0.01)
        await tab.reads("press how you take", "#now")
        await to_doors(tab, '[data-key^="door "]')
        await tab.press("1")
        await tab.until("document.querySelectorAll('.options button').length === 7")
        await tab.press("6")
        rooms.end_rehearsal()
        await tab.reads("The rehearsal is over", "#state")
        assert await tab.run("document.querySelector('#head .title').innerText") != ""
        await tab.reads("seal them", "#now")
        assert tab.complaints == []
        running.cancel()
        await asyncio.wait({running})
    table.session.close()


DRAWN = """[parseInt(document.querySelector("#stage").style.fontSize),
  document.documentElement.scrollHeight - innerHeight]"""


LED = "[...document.querySelectorAll('#stage > .led > :not(.ends)')].map((of) => of.innerText).join(' ')"


async def test_what_the_facilitator_shows_is_on_every_page(tmp_path: Path) -> None:
    """A team follows, looks around by itself, and comes back by one key; the wall follows always.

    Where each names one thing to change, a team does so on that page, and everybody reads it there.
    """
    exercise = Exercise(tmp_path / "one.jsonl")
    for _phase in range(60):
        if exercise.session.view("facilitator").phase == "hotwash":
            break
        await exercise.ask("facilitator", a.Advance())
    async with exercise.open(), browser() as opened:
        white, team = await opened(exercise.address), await opened(exercise.address)
        wall = await opened(exercise.address + "wall")
        await joined(white, exercise.code("facilitator"))
        await joined(team, exercise.code("us"))
        await joined(wall, exercise.code("observer"))
        await white.until("document.querySelector('[data-key=submit]')")
        await white.run("document.querySelector('[data-key=submit]').click()")
        await team.until("document.querySelector('#stage > .led')")
        await wall.until("document.querySelector('#stage > .led')")
        shown = await team.run(LED)
        assert shown.split() == (await wall.text("#stage > .led")).split() != []
        await wall.picture(1280, 800)
        full = await wall.run(DRAWN)

        async def drawn(page: str) -> list[int]:
            """That page, shown to all: its size on the wall, and how much of it is beyond its edge."""
            button = f"[...document.querySelectorAll('nav.pages button')].find((of) => of.innerText === {page!r})"
            await white.run(f"{button}.click()")
            await white.reads(page, "#form-title")
            await white.run("document.querySelector('[data-key=submit]').click()")
            await wall.reads(page, ".led")
            size: list[int] = await wall.run(DRAWN)
            return size

        curves = await drawn("Curves")
        assert await wall.run("document.querySelectorAll('.led svg').length") == 1, "it is seen where the curves part"
        assert await wall.run("document.querySelectorAll('.led svg polyline').length") == 3
        assert await wall.run("document.querySelector('.led figure th.number').innerText") == "0"
        short = await drawn("To change")
        assert max(full[1], curves[1], short[1]) <= 0, "nobody scrolls a wall"
        assert short[0] > 100 > full[0], "it is drawn as large as there is room for"
        await team.until("document.querySelector('.led button.main')?.innerText === 'Name our one thing to change'")
        await team.run("document.querySelector('.led button.main').click()")
        await team.until("document.activeElement?.tagName === 'TEXTAREA'")
        await team.type("Ask before we fly.")
        await team.press("Enter", ctrl=True)
        for tab in (team, wall):
            await tab.reads("Ask before we fly.", ".led")
        await team.run("document.querySelector('[data-key=around]').click()")
        await team.until("document.querySelector('#form-title')")
        await team.press("Escape")
        await team.until("document.querySelector('#stage > .led')")
        assert white.complaints == team.complaints == wall.complaints == []
