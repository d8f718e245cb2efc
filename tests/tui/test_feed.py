"""The feed on a screen."""

from __future__ import annotations

from crisis_sim.pages.feed_blocks import feed_blocks
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.seat_parts import FeedItem
from crisis_sim.tui.blocks import laid_out
from crisis_sim.tui.wording import speaker


def test_the_newest_by_its_hour_stands_first() -> None:
    """As its head promises, however acts of one turn came side by side."""
    feed = tuple(FeedItem(1, hour, False, "theirs", f"at {hour}", "", "") for hour in (26, 6, 40))
    drawn = [str(each.rows[0]) for each in laid_out(feed_blocks(newest_first(feed), speaker("en")), 60)]
    assert ["at 40" in drawn[0], "at 26" in drawn[1], "at 6" in drawn[2]] == [True, True, True]
