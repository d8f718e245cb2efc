"""Scenes of rooms in which people do what the other room may not know: the bytes to everybody else are the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.play import small
from tests.engine.test_talks import talking
from tests.rooms.hosted import Hosted
from tests.rooms.page_line import PageLine
from tests.rooms.place_keeper import PlaceKeeper
from tests.rooms.test_wire_secrets import pages_in, room

from crisis_sim.cli.rehearsal import Rehearsal, rehearsed
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView

OTHERS: tuple[a.SeatName, ...] = ("china", "observer")


class Room:
    """A hub with somebody at each seat who reads facts, and somebody who reads pages."""

    def __init__(self, hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hub, self.lines = room(hosted, monkeypatch)
        PlaceKeeper(self.hub, lambda: None)
        self.pages: dict[a.SeatName, PageLine] = pages_in(self.hub)
        self.number = 0

    def us(self, *actions: a.AnyAction) -> None:
        """What the US does, by whoever reads facts."""
        for action in actions:
            self.number += 1
            self.lines["us"].ask(action, f"us-{self.number}")

    def told(self, seat: a.SeatName) -> list[bytes]:
        """All that is sent to a seat now."""
        return [*self.lines[seat].due(), *self.pages[seat].due()]


def differing(one: Room, other: Room, seats: tuple[a.SeatName, ...]) -> list[a.SeatName]:
    """Seats to which the two rooms send other bytes now."""
    return [seat for seat in seats if one.told(seat) != other.told(seat)]


def carded() -> Hosted:
    """People agree to a card before they act."""
    hosted = Hosted(small())
    of_session = hosted.dossier
    hosted.dossier = lambda seat: replace(of_session(seat), consent="")  # type: ignore[method-assign]  # as a header has it
    return hosted


def pair(made: Callable[[], Hosted], monkeypatch: pytest.MonkeyPatch) -> tuple[Room, Room]:
    """Two rooms of which all have been told the same."""
    rooms = (Room(made(), monkeypatch), Room(made(), monkeypatch))
    assert differing(*rooms, ("us", *OTHERS)) == []
    return rooms


def test_who_of_a_team_has_agreed_to_the_card_reaches_no_other_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor that somebody who has not was refused; the team itself is told."""
    one, other = pair(carded, monkeypatch)
    other.us(a.TakeNote(text="early"), a.SealLines())
    assert differing(one, other, OTHERS) == []
    one.us(a.AgreeToCard(), a.TakeNote(text="in time"))
    assert differing(one, other, OTHERS) == [] and differing(one, other, ("us",)) == ["us"]


def test_what_is_said_in_a_call_and_who_ends_it_reaches_no_observer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its words nor their number nor its end; both teams are told."""
    one, other = pair(lambda: Hosted(talking()), monkeypatch)
    one.us(a.SayInCall(exchange=1, text="One."), a.EndCall(exchange=1))
    for number in range(5):
        other.us(a.SayInCall(exchange=1, text=f"This is the line numbered {number} of us."))
    other.lines["china"].ask(a.EndCall(exchange=1), "china-1")
    assert differing(one, other, ("observer",)) == []
    assert differing(one, other, ("us", "china")) == ["us", "china"]


class Rehearsed(Hosted):
    """A rehearsal, as a hub hosts it."""

    def __init__(self, of: Rehearsal) -> None:
        super().__init__(small())
        self.of = of
        self.view, self.dossier, self.submit = of.view, of.dossier, of.submit  # type: ignore[method-assign]  # the same
        self.has_done = of.has_done  # type: ignore[method-assign]  # the same


def test_what_a_team_presses_in_a_rehearsal_reaches_no_other_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readings, and what people try that is the bots'; the exercise begins for all the same afterwards."""
    monkeypatch.setattr("crisis_sim.session.session.new_session_id", lambda: "abcdefabcdef")
    with rehearsed(tmp_path, "bottomed-submarine", "en") as of, rehearsed(tmp_path, "bottomed-submarine", "en") as too:
        for each in (of, too):
            while each.session.state.phase != "readings":
                each._step()
        one, other = pair(iter((Rehearsed(of), Rehearsed(too))).__next__, monkeypatch)
        view = of.view("us")
        assert isinstance(view, TeamView) and view.to_read
        item = view.to_read[0].number
        one.us(a.PressReading(item=item, hostility=3), a.TakeNote(text="no"))
        other.us(a.PressReading(item=item, hostility=-3), a.PressReading(item=item, hostility=-2))
        assert differing(one, other, OTHERS) == []
        other.us(a.SealReading(item=item, hostility=1, confidence=3))
        assert differing(one, other, OTHERS) == [] and differing(one, other, ("us",)) == ["us"]
        for of_room in (one, other):
            of_room.hub.renewed(Hosted(small()), "next")
        assert differing(one, other, OTHERS) == []
