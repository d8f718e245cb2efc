"""An exercise that nobody runs ends when all have gone, and waits for whoever has only lost the network."""

from __future__ import annotations

from crisis_sim.rooms.hosted_exercise import GRACE, IdleWatch


def test_it_is_over_when_everybody_has_been_away_from_the_hotwash_for_long_enough() -> None:
    house = IdleWatch()
    assert not house.is_over("hotwash", anybody=False, now=0)
    assert not house.is_over("hotwash", anybody=False, now=GRACE - 1)
    assert house.is_over("hotwash", anybody=False, now=GRACE)


def test_who_comes_back_and_play_itself_begin_the_wait_anew() -> None:
    house = IdleWatch()
    for phase, anybody in (("hotwash", True), ("closing", False), ("moves", False)):
        assert not house.is_over("hotwash", anybody=False, now=0)
        assert not house.is_over(phase, anybody=anybody, now=GRACE)  # type: ignore[arg-type]  # phases
        assert not house.is_over("hotwash", anybody=False, now=GRACE + 1)
