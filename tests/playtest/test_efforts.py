"""What a turn asks of a team, counted over sessions of bots."""

from __future__ import annotations

from tests.engine.play import shipped

from crisis_sim.authoring.stats import A_MOVE, around_moves
from crisis_sim.playtest.efforts import turn_efforts


def test_a_short_turn_asks_for_little_and_a_shared_screen_for_less() -> None:
    """About 30 keys and 15 decisions at 45 minutes, whoever shares a screen; later a shared one asks for less."""
    found = {(each.length, each.one_table): each for each in turn_efforts(shipped("bottomed-submarine"))}
    assert 25 <= found[45, False].keys <= 35 and 12 <= found[45, False].decisions <= 18
    assert found[45, True] == found[45, False]._replace(one_table=True)
    for length in (90, 150):
        own, shared = found[length, False], found[length, True]
        assert shared.keys < own.keys and shared.decisions < own.decisions
        assert own.decisions > found[45, False].decisions
        assert set(own.minutes) == {"en", "zh"} and shared.minutes["en"] <= own.minutes["en"]


def test_a_turn_takes_the_minutes_of_its_moves_too() -> None:
    """More than one act a turn is agreed on, besides what is read, forecast and looked at."""
    for each in turn_efforts(shipped("bottomed-submarine")):
        assert min(each.minutes.values()) > around_moves(each.length) + A_MOVE
