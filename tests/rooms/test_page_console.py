"""The white cell in a browser, the wall beside it, and a hotwash that is led to both."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rooms.browsed import Exercise, joined
from tests.rooms.browser import CHROMIUM, Tab, browser

from crisis_sim.engine import actions as a

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium")


async def _opened_by(tab: Tab, door: str) -> None:
    """A door by its digit, as somebody at a keyboard would."""
    await tab.until(f"document.querySelector('[data-key=\"door {door}\"]')")
    await tab.press(await tab.run(f"document.querySelector('[data-key=\"door {door}\"]').dataset.digit"))
    await tab.until("document.querySelector('#form-title')")


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


async def test_what_the_facilitator_shows_is_on_every_page(tmp_path: Path) -> None:
    """A team follows, looks around by itself, and comes back by one key; the wall follows always."""
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
        shown = await team.text("#stage > .led")
        assert (
            shown.removesuffix("Look around by ourselves").strip() == (await wall.text("#stage > .led")).strip() != ""
        )
        await team.run("document.querySelector('[data-key=around]').click()")
        await team.until("document.querySelector('#form-title')")
        await team.press("Escape")
        await team.until("document.querySelector('#stage > .led')")
        assert white.complaints == team.complaints == wall.complaints == []
