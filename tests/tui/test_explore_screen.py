"""Looking into a scenario: what is under the cursor is shown, ties can be followed, and a wish comes back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from tests.cli.test_language import CHINESE, ENGLISH
from tests.small import SMALL, small_material
from tests.tui.conftest import Played, keys, quiet, screen_text, until

from crisis_sim.authoring.graph import graph_of
from crisis_sim.authoring.preview import Preview
from crisis_sim.authoring.stats import stats_of
from crisis_sim.cli.preview import PreviewSource
from crisis_sim.rules.names import Language
from crisis_sim.tui.explore_screen import ExploreApp, Explored, Selection
from crisis_sim.tui.pane import Pane


@asynccontextmanager
async def looking(
    at: Selection | None = None, size: tuple[int, int] = (140, 40), languages: tuple[Language, ...] = ("en",)
) -> AsyncIterator[Played]:
    material = small_material()
    explored = Explored(
        lengths=(45, 90, 150),
        languages=languages,
        plan=lambda length, language: Preview(material, length, language).turns(),
        graph=lambda language: graph_of(material, language),
        stats=lambda language: stats_of(material, language),
        selection=at or Selection(90, "en"),
    )
    async with ExploreApp(explored).run_test(size=size, notifications=True) as pilot:
        await quiet(pilot)
        yield pilot


async def test_what_is_under_the_cursor_is_told() -> None:
    """A turn tells what is at stake, an inject what each team reads and what brings it."""
    async with looking() as pilot:
        assert "What follows holds if nobody has done anything" in screen_text(pilot)
        await keys(pilot, "down")
        assert "A ferry with 300 people is adrift." in screen_text(pilot)
        await keys(pilot, "down", "down")
        text = screen_text(pilot)
        assert "A Chinese survey ship is beside the ferry." in text
        assert "Our survey ship is the first on the scene." in text


async def test_both_panes_have_room_in_a_small_window() -> None:
    """At 80 by 24 the list stands above the page."""
    async with looking(size=(80, 24)) as pilot:
        await keys(pilot, "down")
        text = screen_text(pilot)
        assert "Distress call" in text and "A ferry with 300 people is adrift." in text


async def test_the_pages_open_by_the_numbers_that_they_bear() -> None:
    """As they stand in the row of pages."""
    async with looking() as pilot:
        assert "[1 Plan]" in screen_text(pilot)
        for key, named in (("3", "[3 Numbers]"), ("2", "[2 Ties]"), ("1", "[1 Plan]")):
            await keys(pilot, key)
            assert named in screen_text(pilot)


async def test_ties_can_be_followed_and_come_back() -> None:
    """Enter in the page goes along a tie; esc comes back the way one went."""
    async with looking(Selection(90, "en", tab="ties", key="line/china/public-blame")) as pilot:
        assert "leads to (by a conclusion) China, red: forced removal" in screen_text(pilot)
        await keys(pilot, "enter", "end", "enter")
        assert "Forcing our ship away from the scene." in screen_text(pilot)
        await keys(pilot, "escape")
        assert "Public hints that we caused it." in screen_text(pilot)


async def test_another_length_has_other_turns() -> None:
    """`m` goes round the lengths."""
    async with looking() as pilot:
        await keys(pilot, "m")
        assert "150 minutes" in screen_text(pilot) and "Turn 4" in screen_text(pilot)
        await keys(pilot, "m")
        assert "45 minutes" in screen_text(pilot) and "Turn 4" not in screen_text(pilot)


async def test_numbers_fill_the_screen() -> None:
    """The third page needs no list."""
    async with looking(size=(80, 24)) as pilot:
        await keys(pilot, "tab", "tab")
        text = screen_text(pilot)
        assert "To read" in text and "45 minutes planned" in text


async def test_a_wish_to_see_a_turn_comes_back_with_the_inject_that_it_is_about() -> None:
    """`c` on the rumour asks for China's screen in its turn, the rumour released."""
    async with looking(Selection(90, "en", key="inject/rumour")) as pilot:
        await keys(pilot, "c")
        assert pilot.app.return_value == Selection(90, "en", key="inject/rumour", seat="china", turn=3, inject="rumour")


async def test_an_inject_of_the_clock_needs_no_release() -> None:
    """It is there anyway."""
    async with looking(Selection(90, "en", key="inject/survey-ship")) as pilot:
        await keys(pilot, "u")
        assert pilot.app.return_value == Selection(90, "en", key="inject/survey-ship", seat="us", turn=2, inject=None)


async def test_another_language_under_a_tie_that_was_followed() -> None:
    """Acts are called otherwise in another language: what is under the cursor is told, and esc leaves."""
    async with looking(Selection(90, "en", "ties"), languages=("en", "zh")) as pilot:
        await keys(pilot, "end", "enter", "enter", "l")
        pane = pilot.app.screen.query_one("#list", Pane)
        graph = graph_of(small_material(), "zh")
        assert pane.key in {node.id for node in graph.nodes}
        assert "小测试" in screen_text(pilot)
        await keys(pilot, "escape", "escape")
        assert not pilot.app.is_running


async def test_pages_can_be_gone_through_in_both_ways_and_every_size() -> None:
    """From each page to each, in a window so small that a list has no room, and back in a large one."""
    async with looking(Selection(90, "zh", "ties"), size=(60, 20), languages=("en", "zh")) as pilot:
        for size in ((60, 20), (20, 6), (140, 40)):
            await pilot.resize_terminal(*size)
            for key in ("tab", "tab", "tab", "shift+tab", "shift+tab", "l", "m", "shift+tab", "end", "tab", "l", "m"):
                await keys(pilot, key)
        assert pilot.app.is_running


async def test_the_screen_speaks_the_language_of_whoever_looks() -> None:
    """Plan, ties and numbers of a scenario that is written in it; ids and places in files stay."""
    explored = PreviewSource("bottomed-submarine").explored(Selection(90, "zh"))
    async with ExploreApp(replace(explored, speaks="zh")).run_test(size=(140, 60)) as pilot:
        for presses in ((), ("down", "down"), ("tab",), ("down", "enter"), ("escape", "tab")):
            await keys(pilot, *presses)
            text = screen_text(pilot)
            assert CHINESE.search(text) and ENGLISH.findall(text) == []


async def test_a_save_shows_at_once_at_the_same_place(tmp_path: Path) -> None:
    """Other words, an inject more above, mistakes and their end: the cursor stays where it was."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "scenarios" / "small-test" / "scenario.yaml"
    text = file.read_text("utf-8")
    looked_at = PreviewSource(file)
    async with ExploreApp(looked_at.explored(Selection(150, "en"))).run_test(size=(140, 40)) as pilot:
        await quiet(pilot)
        await keys(pilot, "end")
        assert "an American vessel hit the ferry" in screen_text(pilot)
        newer = text.replace("hit the ferry", "sank the ferry").replace("at: 12h", "at: 13h")
        file.write_text(newer, "utf-8")
        await until(pilot, "an American vessel sank the ferry")
        assert "150 minutes" in screen_text(pilot)
        file.write_text(newer.replace("msel:", "msell:"), "utf-8")
        await until(pilot, "What was saved has mistakes")
        assert "sank the ferry" in screen_text(pilot)
        file.write_text(newer, "utf-8")
        await until(pilot, "nothing here is played or kept")
        file.unlink()
        await until(pilot, "cannot be found any more")
        file.write_text(text.replace("  - id: rumour", "  - id: gossip").replace("hit", "rammed"), "utf-8")
        await until(pilot, "rammed the ferry")
