"""Every word that a screen says itself has its Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.tui.conftest import Play, screen_text
from tests.tui.fake import FakeSeat, team_view
from tests.wording.spoken import said

from crisis_sim.engine.views import GuessView, LineComparison
from crisis_sim.tui import (
    composer_rows,
    console_rows,
    curtain,
    help,
    opening,
    replay_frame,
    replay_pictures,
    replay_rows,
)
from crisis_sim.tui.briefing import BriefingScreen
from crisis_sim.tui.facilitator import FacilitatorScreen
from crisis_sim.tui.forecasts import ForecastsScreen
from crisis_sim.tui.hotwash_lines import comparison_blocks
from crisis_sim.tui.team import TeamScreen
from crisis_sim.tui.watching import WatchingScreen
from crisis_sim.tui.wording import speaker
from crisis_sim.wording import names

UNSPOKEN = ("menu.py", "explore.py", "explore_rows.py")
"""The menu comes before a language is chosen, and an author's screens are in English, as the files are."""


def said_from_tables() -> Iterator[str]:
    """Words kept in tables."""
    tables: tuple[Mapping[str, str], ...] = (
        console_rows.OUTCOMES,
        names.FAMILIES,
        names.SEATS,
        names.SIDES,
        names.WAYS,
        help.PHASES,
        help.MANY,
        curtain.COME,
        curtain.AWAY,
        replay_pictures.HEADS,
    )
    for table in tables:
        yield from (words for words in table.values() if words)
    yield from (*help.PHASES, *help.LEGEND, *opening.PAGES, *opening.SHORT, *composer_rows.STEPS)
    yield from (*replay_frame.PAGES, replay_rows.SEALED)
    yield from (name for name, _ in replay_rows.LENSES.values())
    yield from (word for _, word, _ in console_rows.STATES.values())
    for screen in (TeamScreen, BriefingScreen, ForecastsScreen, FacilitatorScreen, WatchingScreen):
        yield from (name for _, name in screen.TABS)


def test_everything_a_screen_says_has_its_chinese() -> None:
    """No sentence of a screen is left in English when a team plays in Chinese, or a log is replayed."""
    say = speaker("zh")
    words = {each for each in (*said("tui", *UNSPOKEN), *said_from_tables()) if any(map(str.isalpha, each))}
    assert len(words) > 400
    assert sorted(each for each in words if say(each) == each) == []


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
