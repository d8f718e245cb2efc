"""A session that browsers join, and the ways about its page by keyboard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace
from tests.engine.asking import CALL, answer
from tests.rooms.browser import Tab, browser
from tests.small import SMALL_SCENARIO

from crisis_sim.cli.play import chosen
from crisis_sim.cli.seating import begin_session
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.rooms.guests import Guests
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.page_server import PageServer
from crisis_sim.rooms.server import RoomServer
from crisis_sim.session.session import Session


class Exercise:
    """A session that browsers join."""

    def __init__(
        self, place: Path, scenario: str = "lost-airliner", length: str = "45", consent: str | None = None
    ) -> None:
        choice = replace(chosen(scenario, length, "person", "person", "person", ""), consent=consent)
        table = begin_session(choice, place=place, seed="a", in_rooms=True)
        self.session: Session = table.session
        self.hub = Hub(self.session, Guests.fresh(lambda guests: None), "life")
        self.faults: list[Exception] = []
        self.hub.on_fault = self.faults.append
        self.server = RoomServer(self.hub)
        self.address = ""

    def code(self, seat: a.SeatName) -> str:
        return self.hub.guests.invite(seat)[1]

    async def ask(self, seat: a.SeatName, action: a.AnyAction) -> None:
        if isinstance(action, a.PressReading):
            action = replace(action, by=f"{seat}-1")  # as the hub signs it
        await self.session.seat(seat).submit(action)

    def team(self, side: a.SeatName) -> TeamView:
        view = self.session.view(side)
        assert isinstance(view, TeamView)
        return view

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Until left, at an address of its own."""
        async with PageServer(self.server).listening("127.0.0.1", 0) as port:
            self.address = f"http://127.0.0.1:{port}/"
            following = asyncio.create_task(self.server.follow(lambda: self.session))
            try:
                yield
            finally:
                following.cancel()
        assert self.faults == []

    @asynccontextmanager
    async def browsed(self, seat: a.SeatName) -> AsyncIterator[Tab]:
        """Open it, with somebody at a seat of it in a browser."""
        async with self.open(), browser() as opened:
            tab = await opened(self.address)
            await joined(tab, self.code(seat))
            yield tab


async def joined(tab: Tab, code: str) -> None:
    """Type the code and be in."""
    await tab.until("document.activeElement?.id === 'code'")
    await tab.type(code)
    await tab.press("Enter")
    await tab.until("document.querySelector('#stage > *')")


async def to(tab: Tab, key: str) -> None:
    """Go to a button by tab."""
    for _step in range(60):
        if await tab.run("document.activeElement.dataset.key ?? ''") == key:
            return
        await tab.press("Tab")
    raise AssertionError(f"tab never comes to {key}")


async def open_door(tab: Tab, name: str) -> None:
    """Open a door by its digit, whichever that is at present."""
    door = f"document.querySelector('[data-key=\"door {name}\"]')"
    await tab.until(door)
    await tab.press(await tab.run(f"{door}.dataset.digit"))


async def open_part(tab: Tab, name: str) -> None:
    """Open a part of the page by its tab."""
    await tab.until(f"document.querySelector('#tab-{name}')")
    await tab.run(f"document.querySelector('#tab-{name}').click()")


async def in_moves(exercise: Exercise) -> None:
    while exercise.session.view("us").phase != "moves":
        await exercise.ask("facilitator", a.Advance())


async def in_call(place: Path) -> Exercise:
    """A session in which both sides have agreed to talk."""
    exercise = Exercise(place / "one.jsonl", str(SMALL_SCENARIO), "150")
    for _turn in range(2):
        await in_moves(exercise)
        await exercise.ask("us", a.SealMove(draft=CALL))
        await exercise.ask("us", a.CommitMoves())
        if exercise.team("china").requests:
            await exercise.ask("china", a.SealMove(draft=answer("take-call", 1, "accept", text="At noon.")))
            await exercise.ask("china", a.CommitMoves())
        else:
            await exercise.ask("facilitator", a.Advance())
    assert exercise.team("us").exchanges
    return exercise


async def to_doors(tab: Tab, ends: str = ".doors") -> None:
    """To the end of the telling, where the doors are or what was being written."""
    for _step in range(20):
        if await tab.run(f"document.querySelector({ends!r}) !== null"):
            return
        await tab.press("ArrowRight")
    raise AssertionError(await tab.text())


async def nothing_said(server: RoomServer) -> None:
    """As where a host is killed: nobody is told."""
