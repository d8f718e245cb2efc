"""The feed on a screen."""

from __future__ import annotations

from msgspec.structs import replace
from tests.tui.fake import act, teller

from crisis_sim.engine.sight.feed_items import ActItem
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.tui.block_rows import laid_out


def test_the_newest_by_its_hour_stands_first() -> None:
    """As its head promises, however acts of one turn came side by side."""
    came = act("china", "share-data", "embassy")
    feed = tuple(ActItem(turn=1, hour=hour, act=replace(came, text=f"at {hour}")) for hour in (26, 6, 40))
    drawn = [str(each.rows) for each in laid_out(feed_blocks(newest_first(feed), teller()), 60)]
    assert ["at 40" in drawn[0], "at 26" in drawn[1], "at 6" in drawn[2]] == [True, True, True]
