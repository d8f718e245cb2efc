"""Screens in Chinese."""

from __future__ import annotations

from tests.tui.conftest import Play, screen_text
from tests.tui.fake import FakeSeat, team_view

from crisis_sim.pages.hotwash_page import LineComparison
from crisis_sim.pages.seat_parts import GuessView
from crisis_sim.tui.hotwash_lines import comparison_blocks
from crisis_sim.tui.wording import speaker


async def test_a_team_plays_in_chinese(play: Play) -> None:
    """The screen's own words are Chinese too, and fit."""
    async with play(FakeSeat(team_view(language="zh"))) as pilot:
        text = screen_text(pilot)
    assert "现在" in text.replace(" ", "")
    assert "This turn" not in text


def test_a_kind_of_line_stands_in_the_hotwash_uncut() -> None:
    """Its Chinese is wider than the English."""
    guess = GuessView(number=1, kind="pink", concern="face", says="Hull survey", weight=5)
    comparison = LineComparison(
        side="us", lines=(), guesses_before=(guess,), guesses_after=(), matched_before=(), matched_after=()
    )
    say = speaker("zh")
    drawn = comparison_blocks(comparison, False, 60, say)
    assert f" {say('pink')} Hull survey" in "".join(text for each in drawn for line in each.rows for text, _ in line)
