"""The page by axe-core's rules (A12): each scene, in light and dark, wide and on a phone, and the wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import CALL
from tests.rooms.browsed import Exercise, in_call, in_moves, joined, to_doors
from tests.rooms.browser import CHROMIUM, Tab, browser
from tests.small import SMALL_SCENARIO
from tests.thinning import examples

from crisis_sim.engine import actions as a

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed here: apt-get install chromium"),
    pytest.mark.skipif(not AXE.exists(), reason="no axe-core is here: npm install --no-save axe-core"),
]
LOOKS = ((1280, "light"), (390, "dark"), (1280, "dark"), (390, "light"))
FOUND = """axe.run(document, {resultTypes: ["violations"]}).then((all) => all.violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 120)}`)))"""


async def clean(tab: Tab, scene: str) -> None:
    """Nothing is found, in light and dark, wide and narrow; by night in each pair of them."""
    if not await tab.run("typeof axe === 'object'"):
        await tab.run(AXE.read_text("utf-8") + "; true")
    for width, scheme in LOOKS[: examples(2, 4)]:
        await tab.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 600
        )
        await tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        assert await tab.run(FOUND) == [], f"{scene}, {width} wide, {scheme}"
    assert await tab.run("document.querySelectorAll('th:empty').length") == 0, scene  # axe does not always see it


async def test_axe_finds_nothing_at_any_scene_of_a_team(tmp_path: Path) -> None:
    """Joining, briefing, a question, the telling, the table, the composer and the hotwash, in Chinese."""
    exercise = Exercise(tmp_path / "one.jsonl", str(SMALL_SCENARIO), "150")
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address)
        await tab.until("document.activeElement?.id === 'code'")
        await tab.run("document.querySelector('#foot button[lang=zh]').click()")
        await tab.until("document.documentElement.lang === 'zh' && document.activeElement?.id === 'code'")
        await clean(tab, "joining")
        await joined(tab, exercise.code("us"))
        await clean(tab, "briefing")
        await tab.press("3")
        await tab.until("document.querySelector('#text')")
        await clean(tab, "a question")
        await tab.press("Escape")
        await exercise.ask("facilitator", a.Advance())
        await tab.until("document.querySelector('.telling, .doors')")
        await clean(tab, "the telling")
        await in_moves(exercise)
        await exercise.ask("us", a.SealMove(draft=CALL))
        await to_doors(tab)
        await clean(tab, "the table")
        await tab.press("1")
        await tab.until("document.querySelector('.question')")
        await clean(tab, "the composer")
        await tab.press("Escape")
        while exercise.session.view("us").phase != "hotwash":
            await exercise.ask("facilitator", a.Advance())
        for _step in range(20):
            if await tab.run("document.querySelector('.form, .led') !== null"):
                break
            await tab.press("ArrowRight")
        await clean(tab, "the hotwash")


@pytest.mark.parametrize("seat", ["observer", "facilitator"])
async def test_axe_finds_nothing_at_the_wall_and_at_the_console(tmp_path: Path, seat: a.SeatName) -> None:
    exercise = Exercise(tmp_path / "one.jsonl")
    async with exercise.open(), browser() as opened:
        tab = await opened(exercise.address + ("wall" if seat == "observer" else ""))
        await joined(tab, exercise.code(seat))
        await clean(tab, "briefing")
        await in_moves(exercise)
        await tab.until("document.querySelector('#stage > *')")
        await clean(tab, "moves")


async def test_axe_finds_nothing_in_a_call(tmp_path: Path) -> None:
    """Neither on the sheet that is read before it nor while both sides write."""
    exercise = await in_call(tmp_path)
    async with exercise.browsed("us") as tab:
        await tab.until("document.querySelector('.talk button.main') === document.activeElement")
        await clean(tab, "the sheet")
        await tab.press("Enter")
        await exercise.ask("china", a.SayInCall(exchange=1, text="Can you hear us?"))
        await tab.reads("Can you hear us?", ".log")
        await clean(tab, "the call")
