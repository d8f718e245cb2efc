"""What home makes of the people at risk when all is over."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.play import Play, bots, shipped, varied
from tests.engine.test_at_home import shifts

from crisis_sim.engine import actions as a

OFFER = a.Draft(move="offer-help", channel="embassies", visibility="private")
PUBLIC_OFFER = a.Draft(move="offer-help", channel="press", visibility="public")


def closed(out: int, *, us: tuple[a.Draft, ...] = (), no: bool = False, standing: int = 500) -> Play:
    """A session that ended with so many of 44 brought out, after an offer of the US that China may have refused."""
    play = Play(shipped("bottomed-submarine"), length=90)
    play.turn(us=us)
    play.open_moves()
    if no:
        number = play.team("china").requests[0].number
        refusal = a.Draft(move="reject-offer", channel="embassies", visibility="private", answers=number, how="decline")
        play.turn(china=(refusal,))
    while (play.state.turn, play.state.phase) != (play.table.turns, "results"):
        play.submit("facilitator", a.Advance())
    play.submit("facilitator", a.Override(meter="track", of="crew-out", to=out * 100, reason="a test"))
    for side in ("us", "china"):
        play.submit("facilitator", a.Override(meter="standing", of=side, to=standing, reason="a test"))
    play.submit("facilitator", a.Advance())
    assert play.state.phase == "closing"
    return play


@pytest.mark.parametrize(("out", "lost"), [(44, []), (22, [-150]), (0, [-300])])
def test_each_tenth_that_is_lost_costs_both(out: int, lost: list[int]) -> None:
    """Three tenths of a point for each, whatever anybody had said of it."""
    play = closed(out)
    assert shifts(play.events, "us", "people lost") == shifts(play.events, "china", "people lost") == lost


def test_whoever_refused_help_answers_for_it() -> None:
    """A fifth of a point more for each tenth, and not for the other side."""
    play = closed(22, us=(OFFER,), no=True)
    assert shifts(play.events, "china", "help withheld") == [-100]
    assert shifts(play.events, "us", "help withheld") == []


def test_help_that_was_seen_is_remembered() -> None:
    """A tenth of a point for each tenth saved; help in private wins nothing at home."""
    assert shifts(closed(44, us=(PUBLIC_OFFER,)).events, "us", "people saved") == [100]
    assert shifts(closed(44, us=(OFFER,)).events, "us", "people saved") == []


@pytest.mark.parametrize(("out", "most"), [(44, 1000), (43, 600), (20, 400)])
def test_standing_ends_no_higher_than_a_loss_lets_it(out: int, most: int) -> None:
    """At 6 after any loss, at 4 after more than half."""
    assert closed(out, standing=1000).state.standing["us"] == most


def test_a_scenario_that_counts_nobody_is_left_alone() -> None:
    """Without `counts` nothing moves at the close."""

    def change(tree: dict[str, Any]) -> None:
        del tree["tracks"]["crew-out"]["counts"], tree["tracks"]["crew-out"]["helped_by"]

    play = bots(varied("bottomed-submarine", change), "reckless", "reckless")
    assert shifts(play.events, "us", "people lost") == []


def test_the_hotwash_says_what_became_of_them() -> None:
    """In tenths, and who had withheld help."""
    play = closed(22, us=(OFFER,), no=True)
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    hotwash = play.white().hotwash
    assert hotwash is not None
    outcome = next(each.outcome for each in hotwash.courses if each.id == "crew-out")
    assert outcome is not None
    assert (outcome.lost, outcome.saved, outcome.withheld) == (5, 5, ("china",))
