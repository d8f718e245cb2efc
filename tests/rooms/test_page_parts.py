"""A page in a browser shows one part at a time, by the same keys on a laptop, a tablet and a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rooms.browsed import Exercise, in_moves, open_door, open_part, to_doors
from tests.rooms.browser import CHROMIUM, Tab

from crisis_sim.engine import actions as a

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.usefixtures("quick_page"),
]
PHONE, TURNED, LAPTOP = (390, 844), (844, 390), (1280, 800)
TABS = """[...document.querySelectorAll("[role=tab]")].map((of) =>
  [of.id, of.getAttribute("aria-selected"), of.tabIndex, of.getAttribute("aria-controls") ?? ""])"""
PANELS = """[...document.querySelectorAll("[role=tabpanel]")].map((of) =>
  [of.id, document.getElementById(of.getAttribute("aria-labelledby")) !== null])"""
REGIONS = "[...document.querySelectorAll('.region')].map((of) => of.querySelector('h2').textContent)"
IS_OVER = "document.documentElement.scrollWidth > innerWidth"
BRIEFING = ["tab-m-public", "tab-m-brief", "tab-m-own", "tab-m-theirs", "tab-s-channels", "tab-s-sealed"]
"""The tabs of a team's briefing."""


async def sized(tab: Tab, size: tuple[int, int]) -> None:
    """Make the window another size."""
    await tab.picture(*size)


async def at(tab: Tab) -> str:
    """What has the focus."""
    return str(await tab.run("document.activeElement.id || document.activeElement.dataset.key"))


async def back(tab: Tab) -> None:
    """Press shift+tab."""
    key = {"key": "Tab", "windowsVirtualKeyCode": 9, "modifiers": 8}
    for event in ("keyDown", "keyUp"):
        await tab.call("Input.dispatchKeyEvent", type=event, **key)


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_one_part_of_the_briefing_is_shown_and_tab_goes_through_them(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Tab goes through the open part and opens the next, shift+tab goes back, arrows from tab to tab, esc to the first.

    A reader by ear is told of each which it is; what has not been read here says so in a word.
    """
    async with Exercise(tmp_path / "one.jsonl").browsed("us") as tab:
        await sized(tab, size)
        assert [each[0] for each in await tab.run(TABS)] == BRIEFING
        assert await tab.run(REGIONS) == ["The situation"]
        assert await tab.text("#tab-m-public") == "The situation"
        assert (await tab.text("#tab-m-brief")).split() == ["Our", "brief", "new"]
        await tab.press("Tab")
        for place, part in enumerate(BRIEFING):
            assert await at(tab) == part
            parts = [BRIEFING[0], part] if size == LAPTOP and "tab-s" in part else [part]  # beside the task
            panels = [each.replace("tab", "panel") for each in parts]
            tabs = await tab.run(TABS)
            assert [each[0] for each in tabs if each[1] == "true"] == parts
            assert [each[0] for each in tabs if each[2] == 0] == [part], "arrows go to the others"
            assert [each[3] for each in tabs if each[3]] == panels
            assert await tab.run(PANELS) == [[panel, True] for panel in panels]
            assert "new" not in await tab.text(f"#{part}")
            for _step in range(40):
                await tab.press("Tab")
                if await tab.run("document.activeElement.closest('[role=tabpanel]') === null"):
                    break
            if place + 1 < len(BRIEFING):
                assert await at(tab) == BRIEFING[place + 1]
                await back(tab)
                assert await at(tab) == part
                await tab.press("ArrowRight")
        await tab.press("Escape")
        assert await tab.run(REGIONS) == ["The situation"]
        await tab.run("document.querySelector('#tab-m-public').focus()")
        await tab.press("ArrowRight")
        assert await at(tab) == "tab-m-brief" and await tab.run(REGIONS) == ["Our brief"]
        await tab.press("Enter")
        assert await at(tab) == "panel-m-brief"
        await tab.call("Page.reload")
        await tab.reads("What the capital wants", ".region")


async def test_where_there_is_room_one_part_stands_beside_the_task_as_at_a_terminal(tmp_path: Path) -> None:
    """The same at first as in a terminal of 140 columns; on a phone one part alone, the task when a phase begins."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await to_doors(tab)
        await sized(tab, LAPTOP)
        await tab.until("document.querySelectorAll('.region').length === 2")
        assert await tab.run(REGIONS) == ["This turn", "At home"]
        assert await tab.run("document.querySelector('#sides [role=tablist]') !== null")
        await open_part(tab, "s-channels")
        assert await tab.run(REGIONS) == ["This turn", "Channels"]
        await sized(tab, PHONE)
        await tab.until("document.querySelectorAll('.region').length === 1")
        assert await tab.run(REGIONS) == ["Channels"]
        await exercise.ask("china", a.SealMove(draft=a.Draft(move="private-reassure", channel="embassies", expected=0)))
        while exercise.session.view("us").phase != "results":
            await exercise.ask("facilitator", a.Advance())
        await tab.reads("How it stands with us", "#tabs [aria-selected=true]")


async def test_a_phone_that_turns_in_mid_word_keeps_the_word_and_the_focus(tmp_path: Path) -> None:
    """Either way round, and in a window that becomes wide or narrow; nothing goes beyond the edge."""
    exercise = Exercise(tmp_path / "one.jsonl")
    await in_moves(exercise)
    async with exercise.browsed("us") as tab:
        await sized(tab, PHONE)
        await to_doors(tab)
        for size in (PHONE, TURNED):
            await sized(tab, size)
            for part in await tab.run("[...document.querySelectorAll('[role=tab]')].map((of) => of.id.slice(4))"):
                await open_part(tab, part)
                assert not await tab.run(IS_OVER), (size, part)
        await open_door(tab, "note")
        await tab.until("document.activeElement?.id === 'text'")
        words = ""
        for size, more in ((PHONE, "Our shi"), (TURNED, "ps stay wh"), (LAPTOP, "ere th"), (PHONE, "ey are")):
            await sized(tab, size)
            await tab.type(more)
            words += more
            assert await tab.run("[document.activeElement.id, document.activeElement.value]") == ["text", words]
            assert not await tab.run(IS_OVER), size
