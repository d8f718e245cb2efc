"""Looking into a scenario: what is under the cursor is shown, ties can be followed, and a wish comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.small import small_material
from tests.tui.conftest import Played, keys, screen_text

from crisis_sim.authoring.graph import graph_of
from crisis_sim.authoring.preview import Preview
from crisis_sim.authoring.stats import stats_of
from crisis_sim.tui.explore import ExploreApp, Explored, Looked


@asynccontextmanager
async def looking(at: Looked | None = None, size: tuple[int, int] = (140, 40)) -> AsyncIterator[Played]:
    material = small_material()
    explored = Explored(
        lengths=(45, 90, 150),
        languages=("en",),
        plan=lambda length, language: Preview(material, length, language).turns(),
        graph=lambda language: graph_of(material, language),
        stats=stats_of(material),
        at=at or Looked(90, "en"),
    )
    async with ExploreApp(explored).run_test(size=size, notifications=True) as pilot:
        await pilot.pause(0.1)
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


async def test_ties_can_be_followed_and_come_back() -> None:
    """Enter in the page goes along a tie; esc comes back the way one went."""
    async with looking(Looked(90, "en", tab="ties", key="line/china/public-blame")) as pilot:
        assert "leads to (at its limit) China, red: forced removal" in screen_text(pilot)
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
    async with looking(Looked(90, "en", key="inject/rumour")) as pilot:
        await keys(pilot, "c")
        assert pilot.app.return_value == Looked(90, "en", key="inject/rumour", seat="china", turn=3, inject="rumour")


async def test_an_inject_of_the_clock_needs_no_release() -> None:
    """It is there anyway."""
    async with looking(Looked(90, "en", key="inject/survey-ship")) as pilot:
        await keys(pilot, "u")
        assert pilot.app.return_value == Looked(90, "en", key="inject/survey-ship", seat="us", turn=2, inject=None)
