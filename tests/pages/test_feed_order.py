"""A page of a feed is read by the clock."""

from __future__ import annotations

from tests.pages.hand import CALL, DRILL, words

from crisis_sim.engine.sight.feed_items import ActItem, AnyFeedItem, LineItem, OwnActItem, SilenceItem, SituationItem
from crisis_sim.pages.feed_order import by_hour


def news(turn: int, hour: int) -> AnyFeedItem:
    return SituationItem(turn=turn, hour=hour, texts=())


def came(turn: int, hour: int) -> AnyFeedItem:
    return ActItem(turn=turn, hour=hour, act=DRILL)


def test_what_came_in_a_turn_stands_by_its_hour() -> None:
    """Behind what was there already; a turn stays whole, and of one hour the first told is the first."""
    alarm, following = news(1, 0), news(2, 24)
    ask = OwnActItem(turn=1, hour=0, act=CALL, intent=0, expected=0, audience=None, fate="said", due_hour=0)
    late, early, early_too, at_once = came(1, 26), came(1, 6), came(1, 6), came(2, 24)
    ordered = by_hour([alarm, ask, late, early, early_too, following, at_once])
    assert [*map(id, ordered)] == [*map(id, (alarm, ask, early, early_too, late, following, at_once))]


def test_what_an_act_led_to_stays_behind_it() -> None:
    """A line is not crossed before the act that crossed it; silence is told when the turn is over."""
    blockade, said = came(1, 26), came(1, 6)
    silence = SilenceItem(turn=1, hour=0, act=CALL, asked_hour=0)
    crossed = LineItem(turn=1, hour=0, line=words("Ours"), crossed=True)
    assert by_hour([blockade, silence, crossed, said]) == [said, blockade, crossed, silence]
    assert by_hour([]) == []
