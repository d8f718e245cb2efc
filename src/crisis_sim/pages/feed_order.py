"""A feed in the order of its hours.

A feed grows as the session tells it: acts that come in one turn stand side by side, list by list, whatever hour each
came at. Readers who count on what was told them keep that order; a page is read by the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from crisis_sim.pages.seat_parts import FeedItem

LED_TO: Final = frozenset({"line", "commitment"})
"""Sorts of what an act that came brings about; they are told right after it."""


def by_hour(feed: Iterable[FeedItem]) -> list[FeedItem]:
    """The items, oldest first: within a turn what came stands by its hour, each with what it led to behind it."""
    ordered: list[FeedItem] = []
    for _, items in groupby(feed, key=lambda item: item.turn):
        ordered += _of_a_turn(items)
    return ordered


def newest_first(feed: Iterable[FeedItem]) -> list[FeedItem]:
    """The same, from the last."""
    return by_hour(feed)[::-1]


def _of_a_turn(items: Iterable[FeedItem]) -> list[FeedItem]:
    """What was there before anything came, then what came, by the hour, then what was told after that."""
    before: list[FeedItem] = []
    came: list[list[FeedItem]] = []
    after: list[FeedItem] = []
    for item in items:
        if item.sort == "theirs":
            came.append([item])
        elif not came:
            before.append(item)
        elif item.sort in LED_TO:
            came[-1].append(item)
        else:
            after.append(item)
    came.sort(key=lambda each: each[0].hour)
    return [*before, *(item for each in came for item in each), *after]
