"""Agreeing to the card on what is recorded: it is on record without a name, and tells the other side nothing."""

from __future__ import annotations

from tests.engine.asking import refused
from tests.engine.play import small
from tests.engine.twins import objective, shown

from crisis_sim.engine import actions as a


def test_who_has_agreed_is_known_to_its_own_side_and_the_facilitator() -> None:
    """Not a byte of it reaches the other team or an observer, and it moves no number."""
    play = small()
    others: tuple[a.SeatName, ...] = ("china", "observer")
    before, world = {seat: shown(play, seat) for seat in others}, objective(play)
    assert not play.team("us").agreed
    play.submit("us", a.AgreeToCard(by="us-2"))
    play.submit("observer", a.AgreeToCard(by="observer-1"))
    assert play.team("us").agreed and not play.team("china").agreed
    assert play.state.agreed == ("us", "observer")
    assert {seat: shown(play, seat) for seat in others} == before and objective(play) == world


def test_several_of_a_seat_agree_each_for_himself() -> None:
    """The first counts for the seat; the log has them all."""
    play = small()
    for by in ("us-1", "us-2", ""):
        play.submit("us", a.AgreeToCard(by=by))
    assert play.state.agreed == ("us",)


def test_a_facilitator_shows_the_card_and_is_not_asked() -> None:
    """He is told who agrees."""
    assert refused(small(), "facilitator", a.AgreeToCard()) == "consent/facilitator"
