"""What rooms add to screens: the list of seats, the pen, a line that is cut, and keys while a host says nothing."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, keys, quiet, screen_text, until
from tests.tui.fake import FORECASTS, HOSTILE, FakeSeat, team_view
from tests.tui.fake_room import room_view

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, Sentence, StorageFailed
from crisis_sim.session import places as p
from crisis_sim.session.local import Changes
from crisis_sim.session.places import Invited, Occupant, Places

CUT = Sentence("The line to the host is cut. You can read and write on; it comes back by itself.")


class FakeDesk:
    """A hosted exercise of which a test says who has come."""

    def __init__(self) -> None:
        self.list = [
            Invited(Occupant("us-1", "us", "here", True), ""),
            Invited(Occupant("us-2", "us", "away", False), ""),
            Invited(Occupant("china-1", "china", "away", False), "K7QF-M2XD"),
        ]
        self.is_locked = False
        self.waiting: tuple[str, ...] = ()
        self.news = Changes()
        self.played: dict[a.SeatName, str] = {}
        self.done: list[tuple[str, str]] = []
        self.acts: list[p.AnyHostAct] = []

    page = "http://192.168.1.20:7411/"

    def places(self) -> Places:
        join = "crisis-sim join 192.168.1.20:7410#abcd-efgh-ijkl-mnop"
        return Places(tuple(self.list), self.is_locked, join, self.page, goes_back=True, waiting=self.waiting)

    def does(self, act: p.AnyHostAct) -> None:
        if isinstance(act, p.GivePen | p.RenewCode) and act.label not in {of.person.label for of in self.list}:
            raise ActionRefused("room/place", place=act.label)
        if isinstance(act, p.LockDoor):
            self.is_locked = act.locked
        self.acts.append(act)

    storage_failure: StorageFailed | None = None

    rehearsal: int | None = None

    def end_rehearsal(self) -> None:
        self.rehearsal = None
        self.done.append(("end", "rehearsal"))

    policies = (("rota", "It waits."), ("firm", "It does not."))

    def hand_to_bot(self, seat: a.SeatName, policy: str) -> None:
        self.played = {**self.played, seat: policy}

    def hand_back(self, seat: a.SeatName) -> None:
        self.played = {}

    picture = ["█▀▀▀▀▀█", "▀▀▀▀▀▀▀"]

    def print_cards(self) -> str:
        self.done.append(("cards", ""))
        return "/somewhere/cards.html"

    def people(self) -> tuple[Occupant, ...]:
        return tuple(of.person for of in self.list)

    def changes(self) -> Changes:
        return self.news


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_list_of_seats_says_how_one_joins_and_who_has_come(play: Play, size: tuple[int, int]) -> None:
    """It comes first, with each code that is still to be told; s shows it again."""
    async with play(FakeSeat(room_view()), size=size, rooms=FakeDesk()) as pilot:
        for again in ("", "s"):
            await (keys(pilot, again) if again else until(pilot, "K7QF-M2XD"))
            text = " ".join(screen_text(pilot).split())
            for told in (
                "crisis-sim join 192.168.1.20",
                "expected, code K7QF-M2XD",
                "here, and holds the pen",
                "is away",
            ):
                assert told in text
            await keys(pilot, "escape")
            assert "K7QF-M2XD" not in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_every_key_of_the_list_of_seats_is_named(play: Play, size: tuple[int, int]) -> None:
    """Also while a rehearsal adds one."""
    desk = FakeDesk()
    desk.rehearsal = 240
    async with play(FakeSeat(room_view()), size=size, rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        assert "l lock the door" in screen_text(pilot)
        await keys(pilot, "question_mark")
        shown = " ".join(screen_text(pilot).split())
    for named in (" l Let nobody new in", " e End the rehearsal", " c Write the sheet of cards", " v Show the address"):
        assert named in shown


async def test_what_strikes_at_the_list_of_seats_asks_first(play: Play) -> None:
    """A new code sends whoever sits there away; one who has not come is not asked about."""
    desk = FakeDesk()
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "enter", "1", "n")
        assert desk.acts == []
        await keys(pilot, "enter", "1", "y", "down", "enter", "2", "down", "enter", "2", "a", "1", "l")
        assert desk.acts == [
            p.RenewCode("us-1"),
            p.GivePen("us-2"),
            p.RemovePlace("china-1"),
            p.AddPlace("us", "us-3"),
            p.LockDoor(locked=True),
        ]
        assert "locked" in screen_text(pilot)


async def test_a_place_that_somebody_else_took_back_meanwhile_is_no_fault_of_the_host(play: Play) -> None:
    """What is asked about it then is refused in a sentence, and the list is as it is now."""
    desk = FakeDesk()
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "enter")
        desk.list.pop(0)
        await keys(pilot, "1", "y")
        await until(pilot, "no place called us-1")
        assert "K7QF-M2XD" in screen_text(pilot) and desk.acts == []


class Joined(FakeSeat):
    """A facilitator's seat at a host somewhere else, which tells of places and takes play back."""

    def __init__(self) -> None:
        super().__init__(room_view())
        self.places, self.you, self.has_agreed = FakeDesk().places(), "facilitator-1", True
        self.people: tuple[Occupant, ...] = ()

    @property
    def company(self) -> Any:  # Any: as little of a company as is asked for
        return self


async def test_a_facilitator_who_joined_has_places_and_the_way_back_at_a_terminal(play: Play) -> None:
    """The list with its codes comes by its key; what is asked there, and a rollback, is asked of the host."""
    seat = Joined()
    async with play(seat) as pilot:
        await keys(pilot, "s")
        text = " ".join(screen_text(pilot).split())
        assert "expected, code K7QF-M2XD" in text and "a bot for a team" not in text
        await keys(pilot, "enter", "1", "y", "a", "1", "l", "escape")
        assert "K7QF-M2XD" not in screen_text(pilot)
        await keys(pilot, "z", "2", "enter")
        assert not any(isinstance(act, p.GoBack) for act in seat.asked)
        await keys(pilot, "y")
    session, turn = seat.view().session, seat.view().turn
    assert seat.asked == [
        p.RenewCode("us-1"),
        p.AddPlace("us", "us-3"),
        p.LockDoor(locked=True),
        p.GoBack(session, turn - 1),
    ]


async def test_whoever_runs_it_is_told_who_comes_and_that_a_used_code_was_tried_again(play: Play) -> None:
    """Where he is at work, and on the list itself; of observers, of whom there may be many, only the second."""
    desk = FakeDesk()
    desk.list.append(Invited(Occupant("observer-1", "observer", "away", False), "AAAA-AAAA"))
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "escape")
        for number, change in ((2, {"presence": "here"}), (3, {"presence": "here"}), (0, {"attempts": 1})):
            desk.list[number] = Invited(replace(desk.list[number].person, **change), "")
        desk.news.tell()
        await until(pilot, "The code of us-1")
        assert "china-1 is here." in screen_text(pilot) and "observer-1" not in screen_text(pilot)
        await keys(pilot, "s")
        assert "a used code was tried again (1)" in screen_text(pilot)


async def test_cards_are_printed_and_the_address_is_shown_as_a_picture_by_a_key(play: Play) -> None:
    """Where they lie is said; any key goes back from the picture to the list."""
    desk = FakeDesk()
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "c")
        await until(pilot, "/somewhere/cards.html")
        await keys(pilot, "v")
        assert "█▀▀▀▀▀█" in screen_text(pilot) and desk.page in screen_text(pilot)
        await keys(pilot, "x")
        assert "K7QF-M2XD" in screen_text(pilot) and desk.done == [("cards", "")]


async def test_a_team_is_handed_to_a_bot_and_back(play: Play) -> None:
    """Which one is asked; while it plays, the list says so."""
    desk = FakeDesk()
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "b", "2", "2")
        assert desk.played == {"china": "firm"}
        assert "A bot plays for China team (firm)" in screen_text(pilot)
        await keys(pilot, "b")
        assert "Give China team back to its people" in screen_text(pilot)
        await keys(pilot, "2")
        assert desk.played == {} and "A bot plays" not in screen_text(pilot)


async def test_without_rooms_there_is_no_list_of_seats(play: Play) -> None:
    async with play(FakeSeat(room_view())) as pilot:
        await keys(pilot, "s")
        assert "join" not in screen_text(pilot)


class Shared(FakeSeat):
    """A seat that two people share, of whom the other holds the pen."""

    def __init__(self) -> None:
        super().__init__(team_view(phase="forecasts", asked_now=FORECASTS))
        self.people: tuple[Occupant, ...] = (
            Occupant("us-1", "us", "here", True),
            Occupant("us-2", "us", "here", False),
        )
        self.you = "us-2"
        self.places = None

    @property
    def company(self) -> Any:
        return self

    def take_pen(self) -> None:
        self.refuse = None


async def test_whoever_commits_without_the_pen_is_asked_whether_to_take_it(play: Play) -> None:
    """No leaves it where it is; yes takes it, and does what was asked for."""
    seat = Shared()
    seat.refuse = ActionRefused("room/pen")
    async with play(seat) as pilot:
        await keys(pilot, "escape", "c", "y")
        assert "us-1 holds the pen" in screen_text(pilot)
        await keys(pilot, "n")
        assert seat.sent == []
        await keys(pilot, "c", "y", "y")
    assert seat.sent == [a.CommitForecasts()]


async def test_who_shares_a_seat_is_told_who_comes_and_takes_the_pen(play: Play) -> None:
    """Names of the table; what they did is on the screen itself."""
    seat = Shared()
    async with play(seat) as pilot:
        seat.people = (replace(seat.people[0], pen=False), replace(seat.people[1], pen=True))
        seat.set(seat.view())
        await until(pilot, "You hold the pen now")
        seat.people = (replace(seat.people[0], pen=True), replace(seat.people[1], pen=False))
        seat.set(seat.view())
        await until(pilot, "us-1 holds the pen now")


async def test_a_cut_line_is_said_where_what_to_do_stands_and_the_screen_stays(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = FakeSeat(team_view())
    async with play(seat) as pilot:
        monkeypatch.setattr(seat, "cut_off", lambda: CUT)
        seat.set(seat.view())
        await until(pilot, "The line to the host is cut.")
        monkeypatch.setattr(seat, "cut_off", lambda: None)
        seat.set(seat.view())
        await pilot.pause(0.2)
        assert "is cut" not in screen_text(pilot)


async def test_keys_are_answered_while_a_host_says_nothing(play: Play) -> None:
    """What was asked for waits; other keys, and their screens, do not; the answer still counts when it comes."""
    seat = FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS))
    answered = asyncio.Event()
    submit = seat.submit

    async def silent(action: a.AnyAction | p.AnyHostAct, ref: str | None = None) -> None:
        await answered.wait()
        await submit(action, ref)

    seat.submit = silent  # type: ignore[method-assign]  # a host that is stopped
    async with play(seat) as pilot:
        async with asyncio.timeout(10):  # a key that waited for the host would wait for ever
            await keys(pilot, "5", "enter")
            await keys(pilot, "question_mark")
        assert "Help" in screen_text(pilot)
        await keys(pilot, "escape")
        assert seat.sent == []
        answered.set()
        await pilot.pause(0.2)
        assert [type(action) for action in seat.sent] == [a.SealForecast]
    assert HOSTILE not in "".join(map(str, seat.sent))


async def test_a_used_code_that_was_tried_again_stands_whole_on_a_narrow_list(play: Play) -> None:
    """And so does what else is known of that place, also who holds the pen."""
    desk = FakeDesk()
    desk.list[0] = Invited(replace(desk.list[0].person, attempts=12), "")
    async with play(FakeSeat(room_view()), size=(80, 24), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        shown = screen_text(pilot)
    assert "here, and holds the pen" in shown and "a used code was tried again (12)" in shown
    assert re.search("us-1 +here, and holds the pen", shown)


async def test_an_address_that_must_wait_is_let_try_again_by_a_key(play: Play) -> None:
    """The key is there while somebody waits, and no longer."""
    desk = FakeDesk()
    desk.waiting = ("192.168.1.9",)
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        text = " ".join(screen_text(pilot).split())
        assert "Too many wrong codes came from 192.168.1.9" in text and "t let them try again" in text
        await keys(pilot, "t")
        assert desk.acts == [p.LetTryAgain()]
        desk.waiting = ()
        await keys(pilot, "escape", "s", "t")
        assert "try again" not in screen_text(pilot) and desk.acts == [p.LetTryAgain()]


async def test_a_second_person_to_run_it_is_invited_by_the_same_key(play: Play) -> None:
    """Last of the seats: whoever runs it sees everything."""
    desk = FakeDesk()
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "a", "4")
    assert desk.acts == [p.AddPlace("facilitator", "facilitator-1")]


async def test_what_was_asked_in_one_phase_is_not_done_in_another(play: Play) -> None:
    """Two run an exercise: while one is asked whether to go on without a team, the other goes on."""
    seat = FakeSeat(replace(room_view(), waiting_for=("us", "china")))
    async with play(seat) as pilot:
        await keys(pilot, "n")
        assert "Go on without" in screen_text(pilot)
        seat.set(replace(room_view(), phase="readings", waiting_for=("us", "china")))
        await keys(pilot, "y")
        assert seat.sent == []
        await keys(pilot, "n", "y")
    assert seat.sent == [a.Advance()]


async def test_a_disk_that_takes_nothing_is_said_at_the_hosts_console(play: Play) -> None:
    """As it happens, on the list as long as it is so, and that it takes acts again."""
    desk = FakeDesk()
    failed = StorageFailed("storage/full", "guests.json cannot be written: the disk is full", hint="free some space")
    async with play(FakeSeat(room_view()), rooms=desk) as pilot:
        await until(pilot, "K7QF-M2XD")
        await keys(pilot, "escape")
        desk.storage_failure = failed
        desk.news.tell()
        await until(pilot, "Play stands still")
        pilot.app.clear_notifications()
        await keys(pilot, "s")
        assert "Play stands still" in screen_text(pilot)
        desk.storage_failure = None
        desk.news.tell()
        await until(pilot, "The disk takes acts again")


async def test_of_two_who_go_on_at_once_the_second_is_told_and_goes_on_no_further(play: Play) -> None:
    """Where two run it each is asked first; alone, one key goes on."""
    view = replace(room_view(), phase="results", waiting_for=("facilitator",))
    colleague = Invited(Occupant("facilitator-1", "facilitator", "here", False), "")
    for others in ([], [colleague]):
        seat, desk = FakeSeat(view), FakeDesk()
        desk.list += others
        async with play(seat, rooms=desk) as pilot:
            await until(pilot, "K7QF-M2XD")
            await keys(pilot, "escape", "n")
            assert seat.sent == ([] if others else [a.Advance()])
            if others:
                seat.set(replace(view, phase="situation", turn=view.turn + 1))
                await quiet(pilot)
                assert "another facilitator has gone on" in " ".join(screen_text(pilot).replace("▌", " ").split())
                await keys(pilot, "enter")
                assert seat.sent == []
                await keys(pilot, "n", "enter")
                assert seat.sent == [a.Advance()]
