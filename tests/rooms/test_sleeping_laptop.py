"""A laptop that sleeps with a screen open: for longer than the host waits, so that its line is half open, and wakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.rooms.browsed import Exercise, joined
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.rooms.cable import Cable
from tests.rooms.house import House, begun
from tests.thinning import one_in
from tests.tui.conftest import keys, screen_text, until

from crisis_sim.engine import actions as a
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.rooms import remote, server
from crisis_sim.rooms.address import RoomAddress
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.remote import Remote
from crisis_sim.tui.app import TableApp

NOWHERE = 9
"""A port at which nobody listens: the machine is awake and its network is not."""


@pytest.fixture(autouse=True)
def host_waits_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a machine that sleeps counts no seconds, so its own end notices nothing."""
    monkeypatch.setattr(server, "TICK", 0.2)
    monkeypatch.setattr(server, "SILENT", 0.6)
    monkeypatch.setattr(remote, "TICK", 3600)
    monkeypatch.setattr(remote, "SILENT", 7200)


async def lets_go(hub: Hub) -> None:
    """Wait until the host has noticed that nobody is at the end of the line."""
    async with asyncio.timeout(60):
        while hub.people()[0].presence == "here":  # noqa: ASYNC110 - the host tells its console
            await asyncio.sleep(0.01)


async def test_a_terminal_that_wakes_says_so_keeps_its_draft_and_goes_on_by_itself(tmp_path: Path) -> None:
    """What happened meanwhile stands on its screen, and the half-written move is where it was."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            cable = Cable(house.port)
            async with cable.laid() as port:
                address = RoomAddress("127.0.0.1", port, house.folder.fingerprint)
                async with Remote(address, house.hub.guests.invite("us")[1]) as seat:
                    await seat.submit(a.SealLines())
                    session.submit("facilitator", a.Advance())
                    session.submit("facilitator", a.Advance())
                    house.hub.look()
                    house.server.stir()
                    app = TableApp(SeatTable({"us": SeatReader(seat, "en")}, ("us",)))
                    async with app.run_test(size=(100, 30), notifications=True) as pilot:
                        await until(pilot, "New move")
                        await keys(pilot, "w", "type:half a sen")
                        assert "half a sen" in screen_text(pilot)
                        cable.whole.clear()
                        await lets_go(house.hub)
                        session.submit("facilitator", a.Pause())
                        assert seat.cut_off() is None, "it sleeps"
                        cable.port = NOWHERE
                        cable.whole.set()
                        await until(pilot, "The line to the host is cut")
                        assert "half a sen" in screen_text(pilot)
                        cable.port = house.port
                        await until(pilot, "PAUSED")
                        assert "is cut" not in screen_text(pilot) and "half a sen" in screen_text(pilot)


@asynccontextmanager
async def page_over_a_cable(log: Path) -> AsyncIterator[tuple[Exercise, Cable, Tab]]:
    """An exercise, and a team's page of it at the other end of a cable."""
    exercise = Exercise(log)
    async with exercise.open(), browser() as opened:
        cable = Cable(int(exercise.address.rstrip("/").rpartition(":")[2]))
        async with cable.laid() as port:
            tab = await opened(f"http://127.0.0.1:{port}/")
            await joined(tab, exercise.code("us"))
            yield exercise, cable, tab


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium")
async def test_a_page_that_wakes_says_so_keeps_its_draft_and_goes_on_by_itself(tmp_path: Path) -> None:
    """Likewise in a browser, whose page was frozen."""
    async with page_over_a_cable(tmp_path / "one.jsonl") as (exercise, cable, tab):
        await tab.press("3")
        await tab.until("document.activeElement?.id === 'text'")
        await tab.type("No search without us")
        await tab.call("Page.setWebLifecycleState", state="frozen")
        cable.whole.clear()
        await lets_go(exercise.hub)
        await exercise.ask("facilitator", a.Pause())
        there, cable.port = cable.port, NOWHERE
        cable.whole.set()
        await tab.call("Page.setWebLifecycleState", state="active")
        await tab.reads("The line to the host is cut", "#state.cut")
        cable.port = there
        await tab.reads("PAUSED", "#now")
        await tab.until("!document.querySelector('#state.cut')")
        assert await tab.run("document.activeElement.value") == "No search without us"


BY_ITSELF = """
const real = window.setTimeout;
window.setTimeout = (call, wait, ...told) => {
  window.hasStirred ||= wait === 8000;
  return wait === 1500 ? real(call, wait, ...told) : 0;
};
"""
"""Of a page's clocks none rings but the one that a wake sets: nothing else notices a dead line, or tries again."""


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium")
@pytest.mark.parametrize("woken", one_in(3, ["window 'online'", "window 'pageshow'", "document 'visibilitychange'"]))
async def test_a_page_that_wakes_asks_at_once_whether_its_line_holds(woken: str, tmp_path: Path) -> None:
    """It says that the line is cut without waiting as long as for a host that is silent, and likewise comes back."""
    target, event = woken.split()
    async with page_over_a_cable(tmp_path / "one.jsonl") as (exercise, cable, tab):
        await tab.run(BY_ITSELF)
        await tab.until("window.hasStirred")
        cable.whole.clear()
        await tab.run(f"{target}.dispatchEvent(new Event({event}))")
        await tab.reads("The line to the host is cut", "#state.cut")
        await exercise.ask("facilitator", a.Pause())
        cable.whole.set()
        await tab.run(f"{target}.dispatchEvent(new Event({event}))")
        await tab.reads("PAUSED", "#now")
        await tab.until("!document.querySelector('#state.cut')")
