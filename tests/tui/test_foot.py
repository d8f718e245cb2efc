"""The edge of a screen: every page keeps its number, the open one its name, and keys that do nothing are not shown."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import FakeSeat

from crisis_sim.tui.foot import tab_row
from crisis_sim.tui.pane_rows import width_of
from crisis_sim.wording import plain

NAMES, SHORT = ("How it ended", "One by one", "What to change"), ("End", "Pairs", "Change")


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (60, "  1 How it ended  [2 One by one]  3 What to change"),
        (50, "  1 How it ended [2 One by one] 3 What to change"),
        (40, "  1 End [2 Pairs] 3 Change"),
        (20, "  1 [2 Pairs] 3"),
    ],
)
def test_pages_are_named_as_there_is_room(width: int, told: str) -> None:
    """Apart, closer, in short, then the open one alone."""
    row = tab_row(NAMES, 1, width, plain, SHORT)
    assert "".join(text for text, _ in row).rstrip() == told and width_of(row) <= width


async def test_while_a_letter_is_only_that_the_footer_offers_another_key_for_help(play: Play) -> None:
    """In the search and in words a question mark is written; the help of there promises no letters either."""
    async with play(FakeSeat(), size=(80, 24)) as pilot:
        assert "? help" in screen_text(pilot)
        await keys(pilot, "n")
        assert "F1 help" in screen_text(pilot) and "? help" not in screen_text(pilot)
        await keys(pilot, "f1")
        assert "Arrows move" in screen_text(pilot) and "j and k" not in screen_text(pilot)
        await keys(pilot, "escape", "escape")
        assert "? help" in screen_text(pilot) and "F1 help" not in screen_text(pilot)
