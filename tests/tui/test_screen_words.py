"""Screens in Chinese."""

from __future__ import annotations

from tests.tui.conftest import Play, screen_text
from tests.tui.fake import FakeSeat, team_view

from crisis_sim.tui.screen_words import span
from crisis_sim.wording import speaker


async def test_a_team_plays_in_chinese(play: Play) -> None:
    """The screen's own words are Chinese too, and fit."""
    async with play(FakeSeat(team_view(), language="zh")) as pilot:
        text = screen_text(pilot)
    assert "现在" in text.replace(" ", "")
    assert "This turn" not in text


def test_each_language_puts_the_clock_where_it_belongs() -> None:
    """Behind the word in Chinese, before it in English."""
    assert (span(413, speaker("en")), span(-61, speaker("en"))) == ("06:53 left", "01:01 over time")
    assert (span(413, speaker("zh")), span(-61, speaker("zh"))) == ("剩余06:53", "超时01:01")
