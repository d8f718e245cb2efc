"""The order in which a page tells a feed.

A feed grows as the session tells it: acts that come in one turn stand side by side, list by list, whatever hour each
came at. Readers who count on what was told them keep that order; a page is read by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from crisis_sim.engine.views import feed_items

BY_CLOCK: Final = (
    feed_items.TrackItem,
    feed_items.MarkItem,
    feed_items.PromiseItem,
    feed_items.CitationItem,
    feed_items.SilenceItem,
    feed_items.ExchangeItem,
    feed_items.TalkItem,
)
"""What has an hour of its own among the acts that came, and stands behind those of its hour; but the time of a promise
has run only when all of its last turn is over."""

JUDGED: Final = (feed_items.ConclusionItem, feed_items.FurtherFromItem)
"""What rests on all that came in a turn, and is told at no earlier hour than that."""


def by_hour(feed: Iterable[feed_items.AnyFeedItem]) -> list[feed_items.AnyFeedItem]:
    """The items, oldest first: within a turn what came stands by its hour, each with what it led to behind it."""
    ordered: list[feed_items.AnyFeedItem] = []
    for _turn, items in groupby(feed, key=lambda item: item.turn):
        ordered += _of_a_turn(items)
    return ordered


def newest_first(feed: Iterable[feed_items.AnyFeedItem]) -> list[feed_items.AnyFeedItem]:
    """The same, from the last."""
    return by_hour(feed)[::-1]


def _of_a_turn(items: Iterable[feed_items.AnyFeedItem]) -> list[feed_items.AnyFeedItem]:
    """What was there before anything came, then what came and what it led to, by the hour, then what was told after."""
    first_items: list[feed_items.AnyFeedItem] = []
    came: list[list[feed_items.AnyFeedItem]] = []
    moved: list[list[feed_items.AnyFeedItem]] = []
    later_items: list[feed_items.AnyFeedItem] = []
    for item in items:
        if isinstance(item, feed_items.ActItem):
            came.append([item])
        elif not came:
            first_items.append(item)
        elif isinstance(item, feed_items.LineItem):  # an act that came brought it about
            came[-1].append(item)
        elif isinstance(item, BY_CLOCK) and not (isinstance(item, feed_items.PromiseItem) and item.ended == "kept"):
            moved.append([item])
        else:
            later_items.append(item)
    first_items.sort(key=lambda item: item.hour)
    by_clock = sorted([*came, *moved], key=lambda group: group[0].hour)
    ends = max((item.hour for group in by_clock for item in group), default=0)
    judged = [replace(item, hour=max(item.hour, ends)) if isinstance(item, JUDGED) else item for item in later_items]
    return [*first_items, *(item for group in by_clock for item in group), *judged]
