"""The row of pages: every page keeps its number, and the open one its name, at any width."""

from __future__ import annotations

import pytest

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
