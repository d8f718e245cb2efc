"""Screens in Chinese."""

from __future__ import annotations

from tests.tui.conftest import Play, screen_text
from tests.tui.fake import FakeSeat, team_view


async def test_a_team_plays_in_chinese(play: Play) -> None:
    """The screen's own words are Chinese too, and fit."""
    async with play(FakeSeat(team_view(), language="zh")) as pilot:
        text = screen_text(pilot)
    assert "现在" in text.replace(" ", "")
    assert "This turn" not in text
