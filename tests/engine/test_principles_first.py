"""Principles before cases: accepted, they cost a turn and a worried partner, and cases under them need no asking."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft, told
from tests.engine.play import Play, shipped, varied

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import OwnActItem
from crisis_sim.engine.views.hotwash_view import hotwash_facts
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.rules.names import Side

SHIP = shipped("tests/playthroughs/weather-ship", ("core",))
PRINCIPLES = draft("propose-principles", "embassies", intent=-1)
PEOPLE = draft("people-to-people", "embassies", intent=-2)
ACCEPT = draft("accept-help", "embassies", answers=1, how="accept")


def agreed(play: Play | None = None) -> Play:
    """China proposed principles in turn 1, and the United States accepted them in turn 2."""
    play = Play(SHIP, length=150) if play is None else play
    play.turn(china=(PRINCIPLES,))
    play.turn(us=(ACCEPT,))
    return play


def look(play: Play, side: Side) -> TeamView:
    view = view_for(play.state, play.table, side)
    assert isinstance(view, TeamView)
    return view


def stood(play: Play) -> list[str]:
    """Moves that stood with nobody asked, so far."""
    return [play.state.sent(event.act).act.move for event in told(play.events, e.CaseStood)]


def test_a_case_under_accepted_principles_stands_at_once_and_nobody_is_asked() -> None:
    """Its sender's advisers say so beforehand and its feed afterwards; the other side has nothing to answer."""
    play = agreed()
    play.open_moves()
    assert {"people-to-people", "joint-cell"} <= {each.move for each in look(play, "us").advice if each.stands}
    play.turn(us=(PEOPLE,))
    play.open_moves()
    assert stood(play) == ["people-to-people"] and look(play, "china").requests == ()
    own = [
        item for item in look(play, "us").feed if isinstance(item, OwnActItem) and item.act.move == "people-to-people"
    ]
    assert [item.asked for item in own] == ["stands"]
    assert play.state.trust == {"us": 410, "china": 410}, "what is agreed counts as agreed, less a turn's decay"


def test_both_orders_have_their_price() -> None:
    """Cases first: the first is agreed a turn sooner, each costs the other side an answer. Principles: standing too."""
    first, later = Play(SHIP, length=150), agreed()
    first.turn(china=(PEOPLE,))
    first.turn(us=(ACCEPT,))
    assert told(first.events, e.RequestAnswered) and stood(later) == []
    assert later.state.standing == {"us": 475, "china": 475} and first.state.standing == {"us": 500, "china": 500}
    again = draft("correct-together", "embassies", intent=-2)
    first.turn(china=(again,))
    later.turn(china=(again,))
    assert stood(later) == ["correct-together"] and stood(first) == []
    assert later.state.curve[2][1] - later.state.curve[3][1] > first.state.curve[2][1] - first.state.curve[3][1]


def test_partners_whom_the_host_has_asked_for_are_not_worried() -> None:
    """Whoever has such partners loses nothing by it; the other side does."""
    invited = {"set": {"fact": "partners-invited", "of": "us", "to": True}}
    asked = varied(SHIP, lambda tree: tree["msel"][0].update(then=invited))
    assert agreed(Play(asked, length=150)).state.standing == {"us": 500, "china": 475}


@pytest.mark.parametrize(
    "second",
    [
        draft("invite-inclusion", "embassies", terms=("tied",)),
        draft("people-to-people", "embassies"),
        draft("private-inquiry", "embassies"),
    ],
)
def test_what_is_tied_or_put_again_or_falls_under_nothing_is_asked_anew(second: a.Draft) -> None:
    """A case of each kind stands once for each side."""
    play = agreed()
    play.turn(us=(PEOPLE,))
    play.turn(us=(second,))
    play.open_moves()
    assert stood(play) == ["people-to-people"]
    assert [each.act.move for each in look(play, "china").requests] == [second.move]


@pytest.mark.parametrize(
    "act", [draft("public-demand", "press", "public"), draft("joint-cell", "press", "public", terms=("exclusive",))]
)
def test_pressure_or_a_closed_club_puts_the_principles_out_of_use(act: a.Draft) -> None:
    """By whichever side; cases are then asked as before."""
    play = agreed()
    play.turn(china=(act,))
    play.turn(us=(PEOPLE,))
    assert "people-to-people" not in stood(play)


def test_the_hotwash_says_that_a_case_stood() -> None:
    """Where the answer would stand, and it counts among what was taken."""
    play = agreed()
    play.turn(us=(PEOPLE,))
    view = hotwash_facts(play.state, play.table)
    pair = next(each for each in view.pairs if each.act.move == "people-to-people")
    assert [(reply.act, reply.how) for reply in pair.replies] == [(None, "accept")]
