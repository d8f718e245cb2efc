"""What single persons say: how they take an act, opened to their own team alone, and that they agree to the card."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engine.asking import HELP, go_on, refused
from tests.engine.play import Play, small
from tests.engine.twins import objective, shown

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.hotwash_facts import SpreadFacts
from crisis_sim.measures.meanings import meanings


def reading() -> Play:
    """China has an act of the US before it."""
    play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=HELP))
    play.submit("us", a.CommitMoves())
    play.submit("china", a.CommitMoves())
    assert play.state.phase == "readings"
    return play


def press(by: str, hostility: int) -> a.PressReading:
    return a.PressReading(item=1, hostility=hostility, by=by)


def test_a_team_sees_who_has_said_so_and_nobody_sees_what() -> None:
    """Not a byte of it reaches the others; in the own team's view stand labels alone, whatever was said."""
    play = reading()
    seats: tuple[a.SeatName, ...] = ("us", "observer", "facilitator")
    before, world = {seat: shown(play, seat) for seat in seats}, objective(play)
    play.submit("china", press("china-2", 3))
    assert play.team("china").to_read[0].pressed == ("china-2",)
    one = shown(play, "china")
    play.submit("china", press("china-2", -2))
    assert shown(play, "china") == one, "what was said is sealed from the team as well"
    assert {seat: shown(play, seat) for seat in before} == before
    assert objective(play) == world


def test_the_spread_is_opened_to_the_own_team_with_labels_and_to_the_facilitator_without() -> None:
    play = reading()
    for by, hostility in (("china-1", 2), ("china-2", 3), ("china-2", -1)):
        play.submit("china", press(by, hostility))
    play.submit("china", a.SealReading(item=1, hostility=1, confidence=3))
    go_on(play, "hotwash")
    spreads = {}
    for seat in a.SEATS:
        hotwash = play.look(seat).hotwash
        assert hotwash is not None
        spreads[seat] = hotwash.spreads
    assert spreads["china"] == (SpreadFacts(act="us/1/1", said=((-1, "china-2"), (2, "china-1"))),)
    assert spreads["facilitator"] == (SpreadFacts(act="us/1/1", said=((-1, ""), (2, ""))),)
    assert spreads["us"] == spreads["observer"] == ()
    (meaning,) = meanings(play.state, play.table)
    assert (meaning.alone, meaning.spread, meaning.mean_alone) == ((2, -1), 3, Fraction(1, 2))


def test_what_is_said_alone_moves_no_number_and_the_teams_reading_stays_its_own() -> None:
    """Two sessions that differ in it alone end alike."""
    plays = [reading(), reading()]
    plays[1].submit("china", press("china-1", 3))
    for play in plays:
        play.submit("china", a.SealReading(item=1, hostility=-1, confidence=3))
        play.submit("china", a.CommitReadings())
    assert objective(plays[0]) == objective(plays[1])
    assert plays[0].state.felt == plays[1].state.felt and plays[0].state.trust == plays[1].state.trust


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (press("", 1), "reading/nobody"),
        (press("x" * 21, 1), "reading/nobody"),
        (press("china-1", 4), "reading/hostility"),
        (a.PressReading(item=2, hostility=0, by="china-1"), "reading/unknown"),
    ],
)
def test_it_is_somebodys_reading_of_something_that_came(action: a.PressReading, code: str) -> None:
    assert refused(reading(), "china", action) == code


def test_once_the_team_has_sealed_nobody_says_so_alone() -> None:
    play = reading()
    play.submit("china", a.SealReading(item=1, hostility=1, confidence=3))
    assert refused(play, "china", press("china-1", 1)) == "reading/sealed"


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
