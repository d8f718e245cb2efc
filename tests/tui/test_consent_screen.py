"""The card before the first act at the screen: each team behind its curtain, nothing before it is agreed to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.small import small_material
from tests.tui.conftest import Played, keys, quiet, screen_text

from crisis_sim.engine.actions import SeatName, TakeSeat
from crisis_sim.pages.reader import SeatReader
from crisis_sim.rules.names import Language
from crisis_sim.session.admission import OPTION
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.briefing_screen import BriefingScreen
from crisis_sim.tui.consent_screen import ConsentScreen
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.screen_table import ScreenTable

OPEN = ("space",) * 3


@asynccontextmanager
async def table(
    path: Path, people: tuple[SeatName, ...], words: str = "", language: Language = "en"
) -> AsyncIterator[tuple[Played, Session]]:
    with Session.start(path, small_material(), seed="a", length=45, options={OPTION: words}) as session:
        for name in people:
            session.submit(name, TakeSeat(occupant="person"))
        seats = {name: SeatReader(session.seat(name), language) for name in people}
        app = TableApp(ScreenTable(seats, people), tells=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(pilot)
            yield pilot, session


def at(pilot: Played) -> type:
    """The kind of screen that is shown."""
    return type(pilot.app.screen)


@pytest.mark.asyncio
async def test_each_team_agrees_behind_its_own_curtain(tmp_path: Path) -> None:
    """One card for each, in its own sitting, before its briefing: no chair is changed for it."""
    async with table(tmp_path / "one.jsonl", ("us", "china", "facilitator")) as (pilot, session):
        for team, agreed in (("US", ("us",)), ("CHINA", ("us", "china"))):
            assert at(pilot) is CurtainScreen and f"{team} TEAM, please." in screen_text(pilot)
            await keys(pilot, *OPEN)
            assert at(pilot) is ConsentScreen
            text = screen_text(pilot)
            assert "What is recorded" in text and "Read this card; then agree, or leave." in text
            await keys(pilot, "s")
            assert at(pilot) is ConsentScreen, "no other key does anything"
            await keys(pilot, "a")
            await quiet(pilot)
            assert at(pilot) is BriefingScreen and session.state.agreed == agreed
            await keys(pilot, "s", "y")
            await quiet(pilot)


@pytest.mark.asyncio
async def test_a_facilitators_own_card_is_shown_as_it_was_written(tmp_path: Path) -> None:
    """Markup in it is text, and the card that ships is not shown beside it."""
    async with table(tmp_path / "one.jsonl", ("us", "china"), "We [bold]film[/] this.\n\nAsk [/] us.") as (pilot, _):
        await keys(pilot, *OPEN)
        text = screen_text(pilot)
        assert "We [bold]film[/] this." in text and "Ask [/] us." in text and "Chatham" not in text
