"""Who runs an exercise from a page asks its host about places, codes and the door; nobody else can."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from tests.engine.play import small
from tests.rooms.hosted import Line, joined, opened
from tests.rooms.page_line import PageLine, paged
from tests.rooms.place_keeper import PlaceKeeper

from crisis_sim.engine import actions as a
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.wire import Acknowledged, AnyFromHost, HostAsk, PeopleUpdate, Refused, from_host
from crisis_sim.session import places as p
from crisis_sim.session.places import AnyHostAct


def run() -> tuple[Hub, PlaceKeeper, PageLine, Line]:
    """A hub whose places are kept, its facilitator at a page, and one of the US."""
    hub, _hosted = opened(small())
    keeper = PlaceKeeper(hub, lambda: None)
    keeper.invite({"us": 2})
    us = Line(hub, 9, SeatMirror(code=keeper.invited()[0].code))
    us.due()
    return hub, keeper, paged(hub, 1, "facilitator"), us


def told(line: PageLine) -> dict[str, Any]:
    """The places as the page has them."""
    line.due()
    crew = next(each for each in reversed(line.heard) if isinstance(each, PeopleUpdate))
    assert crew.places is not UNSET
    places: dict[str, Any] = msgspec.json.decode(crew.places)
    return places


def text_of(line: PageLine) -> str:
    return msgspec.json.encode(told(line)["region"]).decode()


def asked(line: PageLine, act: AnyHostAct, ref: str = "1") -> AnyFromHost:
    """Ask for it and hear the answer."""
    line.send(HostAsk(ref=ref, action=act))
    line.due()
    return next(each for each in reversed(line.heard) if getattr(each, "ref", "") == ref)


def done(line: PageLine, form: str, sheet: dict[str, str]) -> AnyFromHost:
    """Answer a form as its reader would, and do what it makes."""
    made = line.form(form, sheet)
    assert made is not None and made["asks"] and made["action"], made
    return asked(line, msgspec.convert(made["action"], AnyHostAct), f"{form} {sheet}")


def test_each_place_stands_there_with_its_code_and_what_can_be_done() -> None:
    """Of who has come there is no code; who is sent away has to be somebody."""
    _hub, keeper, white, us = run()
    expected = keeper.invited()[1]
    assert expected.code in text_of(white) and "us-1" in text_of(white)
    assert [door["name"] for door in told(white)["links"]] == ["invite", "door"]
    assert "place:us-2" in told(white)["opens"]
    assert isinstance(done(white, "place:us-2", {"do": "again"}), Acknowledged)
    renewed = keeper.invited()[1].code
    assert renewed != expected.code and renewed in text_of(white) and expected.code not in text_of(white)
    for answers in ({"do": "remove"}, {"do": "remove", "sure": "no"}):
        form = white.form("place:us-1", answers)
        assert form is not None and form["action"] is None, "whoever has come is not sent away by one key"
    assert isinstance(done(white, "place:us-1", {"do": "remove", "sure": "yes"}), Acknowledged)
    us.due()
    assert us.mirror.why == "removed" and "us-1" not in text_of(white)
    assert white.form("place:us-1") is None


def test_a_further_place_is_made_once_however_often_it_is_asked_for() -> None:
    """Its code lets somebody in, who can be given the pen."""
    hub, keeper, white, _us = run()
    form = white.form("invite", {"seat": "us"})
    assert form is not None and form["action"]["label"] == "us-3"
    act = p.AddPlace("us", "us-3")
    assert isinstance(asked(white, act, "a"), Acknowledged) and isinstance(asked(white, act, "b"), Acknowledged)
    places = [of.person.label for of in keeper.invited() if of.person.seat == "us"]
    assert places == ["us-1", "us-2", "us-3"]
    third = Line(hub, 20, SeatMirror(code=next(of.code for of in keeper.invited() if of.person.label == "us-3")))
    third.due()
    assert isinstance(done(white, "place:us-3", {"do": "pen"}), Acknowledged)
    assert [of.label for of in hub.people() if of.pen and of.seat == "us"] == ["us-3"]
    assert isinstance(asked(white, p.GivePen("us-9")), Refused), "there is no such place"


def test_a_locked_door_lets_nobody_new_in_until_it_is_unlocked() -> None:
    hub, keeper, white, _us = run()
    code = keeper.invited()[1].code
    for is_locked in (True, False):
        assert isinstance(done(white, "door", {}), Acknowledged)
        assert keeper.is_locked is is_locked
        assert (hub.guests.admit(code, "", "there", 0) is None) is is_locked


@pytest.mark.parametrize("act", [p.RemovePlace("facilitator-1"), p.LockDoor(locked=True), p.GoBack("a", 1)])
def test_nobody_else_is_told_of_places_or_asks_about_them(act: AnyHostAct) -> None:
    """Not a team, not an observer, not by the name of a form either. A wall reads how many have come, and no code."""
    hub, keeper, _white, _us = run()
    code = next(of.code for of in keeper.invited() if of.person.label == "us-2")
    seats: tuple[a.SeatName, ...] = ("us", "china", "observer")
    for who, seat in enumerate(seats, start=30):
        line = paged(hub, who, seat)
        answer = asked(line, act)
        assert isinstance(answer, Refused) and answer.code == "room/own"
        told = [each.places for each in line.heard if isinstance(each, PeopleUpdate)]
        assert all(places is UNSET for places in told) is (seat != "observer")
        assert not any(code in bytes(places).decode() for places in told if places is not UNSET)
        assert line.form("door") is None and line.form("place:us-1") is None
    assert not keeper.is_locked and any(of.label == "facilitator-1" for of in hub.guests.all)


def test_who_makes_its_own_words_is_told_of_places_as_facts_if_it_runs_the_exercise() -> None:
    """A terminal has what a page has, and knows of what it asked for when that is acknowledged; a team has nothing."""
    hub, keeper, _page, us = run()
    guest, code = hub.guests.invite("facilitator")
    white = Line(hub, 20, SeatMirror(code=code))
    white.due()
    assert white.mirror.people is not None and white.mirror.people.places == keeper.places()
    for act in (p.RenewCode("us-2"), p.AddPlace("china", "china-1"), p.LockDoor(locked=True)):
        white.mirror.ask_host(f"{act}", act)
        (ask,) = white.mirror.unsent()
        white.send(ask)
        heard = white.hub.due_messages(white.who)
        assert b'"people"' in heard[0] and b'"done"' in heard[-1], "what is acknowledged is on the list"
        for each in heard:
            white.take(from_host(each))
        assert white.answers[-1].refused is None and white.mirror.people.places == keeper.places()
    us.due()
    assert us.mirror.people is not None and us.mirror.people.places is UNSET
    assert guest.label == "facilitator-2" and keeper.is_locked


def test_a_wall_says_until_the_first_turn_how_many_have_come_to_each_side_and_how_one_joins() -> None:
    """No place by its name, and nothing more of who comes and goes once play has begun."""
    hub, hosted = opened(play := small())
    keeper = PlaceKeeper(hub, lambda: None)
    keeper.invite({"us": 2, "china": 1})
    wall = paged(hub, 1, "observer")
    assert keeper.join in text_of(wall) and keeper.page in text_of(wall) and "0 of 2 have come" in text_of(wall)
    Line(hub, 2, SeatMirror(code=keeper.invited()[0].code)).due()
    assert "1 of 2 has come" in text_of(wall) and "0 of 1" in text_of(wall)
    assert "us-1" not in text_of(wall) and {"public", "next"} <= {each["name"] for each in wall.page["main"]}
    play.open_moves()
    hub.look()
    wall.due()
    assert next(each for each in reversed(wall.heard) if isinstance(each, PeopleUpdate)).places is UNSET
    wall.heard.clear()
    Line(hub, 3, SeatMirror(code=keeper.invited()[1].code)).due()
    assert wall.due() == [] and hosted.view("observer").turn == 1


def test_play_is_taken_back_where_a_turn_has_begun() -> None:
    """The form names each that can be gone back to, and the session that goes back."""
    hub, hosted = opened(play := small())
    PlaceKeeper(hub, lambda: None)
    white = paged(hub, 1, "facilitator")
    assert "back" not in told(white)["opens"]
    play.open_moves()
    hub.look()
    assert "back" in told(white)["opens"]
    form = white.form("back", {"turn": "1", "sure": "yes"})
    assert form is not None
    assert form["action"] == {"kind": "go-back", "session": hosted.view("facilitator").session, "turn": 1}
    other = joined(hub, 5, "facilitator")
    assert other.mirror.state == "live", "who joins from a terminal reads facts and has no forms"


def test_whoever_runs_it_lets_an_address_try_again_from_which_too_many_wrong_codes_came() -> None:
    """One prankster behind the router of a workshop does not keep the late out: it is told, and lifted by one form."""
    hub, keeper, line, us = run()
    codes = {of.person.label: of.code for of in keeper.invited() if of.code}
    now = time.monotonic()

    def tries(who: int, code: str) -> Line:
        came = Line(hub, who, SeatMirror(code=code), now)
        came.due()
        return came

    Line.address = "192.168.1.9"
    try:
        for number in range(5):
            assert tries(20 + number, "WRNG-CODE").mirror.state == "over"
        assert "Too many wrong codes came from 192.168.1.9" in text_of(line)
        assert "192.168.1.9" not in "".join(map(str, us.heard))
        late = tries(30, codes["us-2"])
        assert late.mirror.why == "slow"
        assert isinstance(done(line, "try-again", {}), Acknowledged)
        assert "Too many wrong codes" not in text_of(line)
        assert tries(31, codes["us-2"]).mirror.state == "live"
    finally:
        Line.address = ""
