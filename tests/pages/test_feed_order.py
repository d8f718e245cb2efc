"""A page of a feed is read by the clock."""

from __future__ import annotations

from typing import Any

from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.seat_parts import FeedItem


def item(turn: int, hour: int, sort: Any, head: str) -> FeedItem:  # Any: a sort of FeedItem
    return FeedItem(turn=turn, hour=hour, is_new=False, sort=sort, head=head, text="", tail="")


def test_what_came_in_a_turn_stands_by_its_hour() -> None:
    """Behind what was there already; a turn stays whole, and of one hour the first told is the first."""
    feed = [
        item(1, 0, "situation", "alarm"),
        item(1, 0, "ours", "we ask"),
        item(1, 26, "theirs", "late"),
        item(1, 6, "theirs", "early"),
        item(1, 6, "theirs", "early too"),
        item(2, 24, "situation", "next"),
        item(2, 24, "theirs", "at once"),
    ]
    assert [each.head for each in by_hour(feed)] == [
        "alarm",
        "we ask",
        "early",
        "early too",
        "late",
        "next",
        "at once",
    ]


def test_what_an_act_led_to_stays_behind_it() -> None:
    """A line is not crossed before the act that crossed it; silence is told when the turn is over."""
    feed = [
        item(1, 26, "theirs", "blockade"),
        item(1, 0, "silence", "no answer"),
        item(1, 0, "line", "crossed"),
        item(1, 6, "theirs", "words"),
    ]
    assert [each.head for each in by_hour(feed)] == ["words", "blockade", "crossed", "no answer"]
    assert by_hour([]) == []
