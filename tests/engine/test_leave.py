"""Leave of the capital: whoever takes a call and binds asks for it first, but over lines that have it beforehand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play, shipped, varied
from tests.engine.test_takers import EMBASSIES, take

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import Taker

MINE = ("defence-attaches", "ismerlo")
"""What China would rather take calls over than the scenario's two, embassies and the host's rescue centre."""


def began(named: tuple[str, ...] | None = None, material: Any = None, length: int = 150) -> Play:
    """A session at its briefing, in which China may have named channels."""
    play = Play(material or shipped("bottomed-submarine", ("core",)), length=length)
    if named is not None:
        play.submit("china", a.PreAuthorise(channels=named))
    return play


def rung(play: Play) -> Play:
    """The US asks for a call over the embassies, and it has come; China's moves are open."""
    play.turn(us=(draft("request-call", EMBASSIES),))
    play.open_moves()
    assert play.team("china").requests
    return play


def turns_taken(play: Play, taker: Taker) -> int:
    """Turns until China's answer has come."""
    play.submit("china", take(taker))
    before = play.state.turn
    play.turn()
    while not play.state.requests[0].how:
        assert told(play.events, e.RequestUnanswered) == [], "an answer under way is no silence"
        play.turn()
    return play.state.acts["china", before, 1].arrived - before


@pytest.mark.parametrize(
    ("named", "taker", "turns"),
    [(None, "minister", 0), (MINE, "minister", 1), (MINE, "deputy", 1), (MINE, "desk", 0), ((), "deputy", 1)],
)
def test_leave_takes_a_turn_but_over_lines_that_have_it_and_for_whoever_binds_nobody(
    named: tuple[str, ...] | None, taker: Taker, turns: int
) -> None:
    """Where nobody has named any, the scenario's lines have it."""
    play = rung(began(named))
    assert turns_taken(play, taker) == turns
    act = play.state.acts["china", 2, 1].act
    assert act.outcome == "in-time", "that it asked for leave is no fault of the channel"


def test_a_team_names_no_more_lines_than_its_capital_lets_out_of_its_hand() -> None:
    """And only before play, and only channels that there are."""
    play = began()
    assert refused(play, "china", a.PreAuthorise(channels=("embassies", "ismerlo", "press"))) == "leave/many"
    assert refused(play, "china", a.PreAuthorise(channels=("telepathy",))) == "channel/unknown"
    play.submit("china", a.PreAuthorise(channels=MINE))
    assert play.team("china").pre_authorised == MINE
    play.turn()
    assert refused(play, "china", a.PreAuthorise(channels=())) in ("phase/lines", "lines/sealed")


def test_in_a_short_session_the_scenarios_lines_stand_and_nobody_is_asked() -> None:
    """At 45 minutes."""
    play = began(length=45)
    assert refused(play, "us", a.PreAuthorise(channels=())) == "leave/not-asked"
    assert play.team("china").pre_authorised == ("embassies", "marenga-rcc")


def test_in_a_scenario_that_names_none_no_leave_is_needed() -> None:
    """Nor is anybody asked for any; as in every log from before."""

    def forget(tree: dict[str, Any]) -> None:
        for team in tree["teams"].values():
            del team["pre_authorised"]

    play = began(material=varied(shipped("bottomed-submarine", ("core",)), forget))
    assert not play.table.leave and refused(play, "us", a.PreAuthorise(channels=())) == "leave/not-asked"
    assert turns_taken(rung(play), "minister") == 0


def test_nobody_else_sees_which_lines_a_team_has_named_before_the_hotwash() -> None:
    """The other team's view is the same to the byte, and an observer's; the facilitator's tells of the phase alone."""
    named, silent = began(MINE), began()
    seats: tuple[a.SeatName, ...] = ("us", "observer")
    for seat in seats:
        assert msgspec.json.encode(named.look(seat)) == msgspec.json.encode(silent.look(seat))
    for play in (named, silent):
        rung(play)
    for seat in seats:
        assert msgspec.json.encode(named.look(seat)) == msgspec.json.encode(silent.look(seat))
    while named.state.phase != "hotwash":
        named.submit("facilitator", a.Advance())
    hotwash = named.look("us").hotwash
    assert hotwash is not None and hotwash.contacts[1].pre_authorised == MINE
