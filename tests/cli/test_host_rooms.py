"""A host with its console: what becomes of whoever has joined when its facilitator rolls back, and when he leaves."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from tests.agents.model_server import fitting, serving
from tests.rooms.hosted import Line
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import host, host_rooms, main
from crisis_sim.cli.host_rooms import HostRooms
from crisis_sim.cli.host_ways import HostWays
from crisis_sim.cli.play import chosen
from crisis_sim.cli.seating import Seated, begin_session, reseat, resume_session, seat_players
from crisis_sim.engine.actions import Advance, CommitMoves, RollBack, SealLines, TakeNote, TakeSeat
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.duty import duty
from crisis_sim.pages.seat_table import RollBackTo, SeatTable
from crisis_sim.pages.translator import Translator
from crisis_sim.rooms.address import HERE, PORT, room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.session.log import read_log
from crisis_sim.session.places import GoBack
from crisis_sim.tui import app

Evening = Callable[[SeatTable, RollBackTo], Coroutine[Any, Any, None]]


CHOICE = chosen(str(SMALL_SCENARIO), "45", "person", "person", "person", "")


def table_at(place: Path) -> Seated:
    """A session of people that is to be hosted."""
    return begin_session(CHOICE, place=place, in_rooms=True)


async def joinable(rooms: HostRooms, table: SeatTable) -> asyncio.Future[None]:
    """What runs beside a console, once its host can be joined."""
    serving = asyncio.ensure_future(table.companions[-1]())
    await until(lambda: ":0#" not in rooms.join)
    return serving


def hosted(place: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[HostRooms, Callable[[Evening], None]]:
    """Rooms on a free port, and a run of them in which an evening stands for the console."""
    rooms = HostRooms(table_at(place), HostWays(), is_here=True)
    rooms.invite({"us": 1, "china": 1})
    return rooms, partial(console, rooms, monkeypatch)


def console(rooms: HostRooms, monkeypatch: pytest.MonkeyPatch, evening: Evening) -> None:
    """Host, with an evening in the place of the console."""

    def at_console(table: SeatTable, *, theme: str, on_roll_back: RollBackTo) -> int:
        asyncio.run(evening(table, on_roll_back))
        return 0

    monkeypatch.setattr(host_rooms, "needs_terminal", lambda: None)
    monkeypatch.setattr(app, "run_at", at_console)
    assert rooms.run() == 0


async def until(holds: Callable[[], bool], within: float = 5.0) -> None:
    for _ in range(int(within * 100)):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never held")


def test_a_rollback_takes_every_room_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is sent away: within a second all see the branch, and what they do goes into its log alone."""
    rooms, run = hosted(tmp_path / "one.jsonl", monkeypatch)
    codes = [of.code for of in rooms.invited()]

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        serving = await joinable(rooms, table)
        us, china = (Remote(room_address(rooms.join.split()[-1]), SeatMirror(code=code)) for code in codes)
        async with us, china:
            for _ in range(2):
                await table.seats["facilitator"].submit(Advance())
            await until(lambda: us.view().phase == "moves")
            branched = await on_roll_back(1)
            serving.cancel()
            await asyncio.wait({serving})
            serving = asyncio.ensure_future(branched.companions[-1]())
            for each in (us, china):
                await until(lambda each=each: each.view().phase == "situation", within=1.0)  # type: ignore[misc]  # a default
                assert each.cut_off() is None
            await us.submit(TakeNote(text="in the branch"))
            await branched.seats["facilitator"].submit(Advance())
            await until(lambda: china.view().phase == "moves")
            serving.cancel()
            await until(lambda: us.mirror.is_stopped and china.mirror.is_stopped)

    run(evening)
    logs = [[entry.action for entry in read_log(log).entries] for log in sorted(tmp_path.glob("*.jsonl"))]
    assert [TakeNote(text="in the branch") in actions for actions in logs] == [True, False]


def test_who_runs_it_from_a_page_takes_play_back_and_every_screen_says_so(tmp_path: Path) -> None:
    """In its reader's language, as long as the turn stands at its start; asked twice, it is done once."""
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, HostWays(), is_here=False)
    rooms.invite({"us": 1, "china": 1, "observer": 1, "facilitator": 1})

    def said(remote: Remote) -> list[str]:
        assert remote.mirror.dossier is not None
        return [duty(remote.view(), Translator(remote.mirror.dossier, language)) for language in ("en", "zh")]

    async def evening() -> None:
        running = asyncio.create_task(rooms._until_closed())
        await until(lambda: ":0#" not in rooms.join)
        address = room_address(rooms.join.split()[-1])
        white, us, china, wall = (Remote(address, SeatMirror(code=of.code)) for of in rooms.invited())
        async with us, china, wall, white:
            for _ in range(2):
                await white.submit(Advance())
            await until(lambda: wall.view().phase == "moves")
            ask = GoBack(rooms._held.now.session.header.session, 1)
            for _ in range(2):
                rooms.does(ask)
            for each in (us, china, wall, white):
                await until(lambda each=each: each.view().phase == "situation", within=1.0)  # type: ignore[misc]  # a default
                english, chinese = said(each)
                assert english.startswith("Play has gone back to the start of turn 1"), english
                assert chinese.startswith("推演退回到第1轮开头"), chinese
            await white.submit(Advance())
            await until(lambda: wall.view().phase == "moves")
            assert "gone back" not in said(wall)[0] + said(us)[0]
            while not running.done():
                await white.submit(Advance())
                await asyncio.sleep(0)
                if rooms._held.now.session.state.phase == "closed":
                    await asyncio.wait_for(running, 5)

    asyncio.run(evening())
    rooms._held.now.session.close()
    assert len(list(tmp_path.glob("*.jsonl"))) == 2


def test_cards_of_an_earlier_session_of_the_name_are_not_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their codes let nobody in; those of the session itself stay where it is hosted again."""
    cards = tmp_path / "one.rooms" / host_rooms.CARDS
    cards.parent.mkdir()
    cards.write_text("of an earlier session")
    rooms, _run = hosted(tmp_path / "one.jsonl", monkeypatch)
    assert not cards.exists()
    rooms.print_cards()
    assert cards.exists()


def test_printed_codes_hold_where_the_host_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its next life knows none of them, and shows others beside those that people have in their hands."""
    log = tmp_path / "one.jsonl"
    first, _run = hosted(log, monkeypatch)
    first._held.now.session.close()  # all that a kill leaves is on disk
    again = HostRooms(seat_players(resume_session(log)), HostWays(), is_here=True)
    again.invite({"us": 1, "china": 1})
    printed, shown = ([of.code for of in rooms.invited()] for rooms in (first, again))
    assert len(printed) == len(shown) == 2 and not set(printed) & set(shown)
    assert all(again.hub.guests.admit(code, "", "there", 0) for code in (printed[0], shown[1]))
    again._held.now.session.close()


def test_a_log_is_hosted_again_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the same ports, from the menu and by its command, unless others are named: there people look for it."""
    log = tmp_path / "one.jsonl"
    rooms, run = hosted(log, monkeypatch)

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        serving = await joinable(rooms, table)
        serving.cancel()

    run(evening)
    seen: list[tuple[int, int]] = []

    def hosts(rooms: HostRooms) -> int:
        seen.append(rooms._ways.ports)
        return 0

    monkeypatch.setattr(HostRooms, "run", hosts)
    monkeypatch.setattr(host, "check_free", lambda _host, _port: None)
    before = room_address(rooms.join.split()[-1]).port, int(rooms.page.rstrip("/").rpartition(":")[2])
    choice = replace(CHOICE, do="host", log=str(log))
    assert host.host_chosen(choice) == 0
    assert main(["host", str(log), "--plain"]) == main(["host", str(log), "--plain", "--bind", "127.0.0.1:7500"]) == 0
    (tmp_path / "one.rooms" / "ports.json").write_text("[70000, -1]", encoding="utf-8")
    assert main(["host", str(log), "--plain"]) == 0, "no port has such a number"
    assert seen == [before, before, (7500, 7501), (PORT, PORT + 1)]


def test_a_fault_of_ours_at_one_line_ends_that_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other room and the console go on; the host says at its end where the details are."""
    rooms, run = hosted(tmp_path / "one.jsonl", monkeypatch)
    codes = [of.code for of in rooms.invited()]

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        serving = await joinable(rooms, table)
        us, china = (Remote(room_address(rooms.join.split()[-1]), SeatMirror(code=code)) for code in codes)
        async with us, china:
            with monkeypatch.context() as patch:
                patch.setattr(rooms.hub.exercise, "submit", lambda *_: 1 // 0)
                with pytest.raises(ActionRefused, match="room/over"):
                    await us.submit(TakeNote(text="lost"))
            assert us.mirror.why == "fault" and "the host stumbled" in str(us.cut_off())
            await china.submit(TakeNote(text="kept"))
            assert not serving.done()
        serving.cancel()

    run(evening)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_fault_of_ours_in_what_is_told_leaves_no_line_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is opened anew by itself, what was asked for is answered, and the host says where the details are."""
    rooms, run = hosted(tmp_path / "one.jsonl", monkeypatch)
    us_code, _china = (of.code for of in rooms.invited())

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        serving = await joinable(rooms, table)
        async with Remote(room_address(rooms.join.split()[-1]), SeatMirror(code=us_code)) as us:
            with monkeypatch.context() as patch:
                patch.setattr(rooms.hub, "due_messages", lambda _: 1 // 0)
                noting = asyncio.create_task(us.submit(TakeNote(text="kept")))
                await until(lambda: bool(rooms._faults))
            await asyncio.wait_for(noting, 5)
        serving.cancel()

    run(evening)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_where_nobody_has_a_console_the_first_to_come_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody had been met before; once the exercise is over nobody is said to be able to come back."""
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, HostWays(), is_here=False)
    rooms.invite({"us": 1})
    [us] = rooms.invited()

    def alone() -> int:
        line = Line(rooms.hub, 1, SeatMirror(code=us.code))
        while table.session.state.phase != "closed":
            table.session.submit("facilitator", Advance())
        line.lose()
        return 0

    monkeypatch.setattr(rooms, "_alone", alone)
    rooms.run()
    said = capsys.readouterr().err
    assert "us-1 is here." in said and "has left" not in said


def test_at_its_end_all_that_belongs_together_lies_in_one_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log, its last hash to be read aloud, the debrief, the cards struck out; the sheet with codes is gone."""
    rooms, run = hosted(tmp_path / "one.jsonl", monkeypatch)

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        assert rooms.print_cards().endswith("one.rooms/cards.html")
        room = table.seats["facilitator"]
        while room.view().phase != "closed":
            await room.submit(Advance())

    run(evening)
    folder = tmp_path / "one-record"
    assert {path.name for path in folder.iterdir()} == {
        *("one.jsonl", "last-hash.txt", "cards.html", "debrief.html", "debrief.md"),
    }
    assert (folder / "one.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    read_aloud = re.search(r"[0-9a-f]{4}(?:-[0-9a-f]{4}){3}", (folder / "last-hash.txt").read_text("utf-8"))
    assert read_aloud and read_aloud[0] in capsys.readouterr().err
    assert "This card is used up." in (folder / "cards.html").read_text("utf-8")
    assert not (tmp_path / "one.rooms" / "cards.html").exists()


def test_a_dropped_seat_is_handed_to_a_bot_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot does what play waits for; its people may take notes meanwhile; the log says when it played."""
    rooms, run = hosted(tmp_path / "one.jsonl", monkeypatch)
    codes = {of.person.label: of.code for of in rooms.invited()}

    async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
        serving = await joinable(rooms, table)
        room = table.seats["facilitator"]
        china = Remote(room_address(rooms.join.split()[-1]), SeatMirror(code=codes["china-1"]))
        async with china:
            rooms.hand_to_bot("china", "rota")
            await until(lambda: china.view().bots == ("china",) and "china" not in china.view().waiting_for)
            with pytest.raises(ActionRefused, match="room/bot"):
                await china.submit(SealLines())
            await china.submit(TakeNote(text="we look on"))
            assert china.view().bots == ("china",)
            rooms.hand_back("china")
            for _ in range(2):
                await room.submit(Advance())
            assert "china" in room.view().waiting_for, "nobody plays for it until its people do"
            await until(lambda: "china" in china.view().waiting_for)
            await china.submit(CommitMoves())
            await until(lambda: "china" not in room.view().waiting_for)
        serving.cancel()

    run(evening)
    [log] = tmp_path.glob("*.jsonl")
    acts = [entry.action for entry in read_log(log).entries if entry.seat == "china"]
    handed = acts.index(TakeSeat(occupant="bot", policy="rota"))
    back = acts.index(TakeSeat(occupant="person"), handed)
    assert SealLines() in acts[handed:back] and CommitMoves() in acts[back:]


def test_a_model_plays_on_from_the_turn_that_play_goes_back_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it was seated later than that turn; it does nothing more in the session that was left."""
    log = tmp_path / "one.jsonl"
    with serving(fitting) as server, table_at(log).session as session:
        for _ in range(2):
            session.submit("facilitator", Advance())
        session.close()
        table = reseat(resume_session(log), {"china": f"agent:{server.url}#model=m&lines=0"}, in_rooms=True)
        rooms = HostRooms(table, HostWays(), is_here=True)

        async def evening(table: SeatTable, on_roll_back: RollBackTo) -> None:
            serve = asyncio.ensure_future(table.companions[-1]())
            await until(lambda: "china" not in table.seats["facilitator"].view().waiting_for, within=60)
            branched = await on_roll_back(1)
            serve.cancel()
            await asyncio.wait({serve})
            serve = asyncio.ensure_future(branched.companions[-1]())
            room = branched.seats["facilitator"]
            assert room.view().phase == "situation" and "china" in room.view().bots
            await room.submit(Advance())
            await until(lambda: "china" not in room.view().waiting_for, within=60)
            serve.cancel()

        console(rooms, monkeypatch, evening)
    branch, left = read_log(tmp_path / "one-turn-1.jsonl"), read_log(log)
    for each in (branch, left):
        assert [entry.action for entry in each.entries if entry.seat == "china"].count(CommitMoves()) == 1
    assert isinstance(left.entries[-1].action, RollBack)


def test_what_the_menu_chose_is_hosted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a place for each team, on this machine alone or its network, at another port where the usual is taken."""
    monkeypatch.setattr("crisis_sim.cli.host.settings", lambda: SimpleNamespace(logs=tmp_path))
    seen: list[tuple[str, int, list[str], bool]] = []

    def run(rooms: HostRooms) -> int:
        seen.append(
            (rooms._ways.bind, rooms._ways.ports.terminals, [of.person.label for of in rooms.invited()], rooms._is_here)
        )
        return 0

    monkeypatch.setattr(HostRooms, "run", run)
    choice = replace(CHOICE, do="host")
    with socket.create_server((HERE, 0)) as taken:
        monkeypatch.setattr(host, "PORT", taken.getsockname()[1])
        assert host.host_chosen(choice) == 0
    monkeypatch.setattr(host, "PORT", 7410)
    monkeypatch.setattr(host, "check_free", lambda _host, _port: None)
    assert host.host_chosen(replace(choice, reach="network", china="rota")) == 0
    assert seen == [(HERE, 0, ["us-1", "china-1", "observer-1"], True), ("0.0.0.0", 7410, ["us-1", "observer-1"], True)]


BOTH_ALONE = ("on this machine alone", "on this machine alone", "host it again with --bind 0.0.0.0; for their browsers")
IN_NETWORK = "on this machine or in its network"


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        (HostWays(), BOTH_ALONE),
        (HostWays("localhost", browsers="open"), BOTH_ALONE),
        (HostWays("0.0.0.0"), (IN_NETWORK, "on this machine alone", "For browsers of other machines, host")),
        (
            HostWays("0.0.0.0", browsers="open"),
            (IN_NETWORK, f"{IN_NETWORK}, in the open", "could read along with the browsers"),
        ),
        (HostWays("0.0.0.0", browsers="/dev/null"), (IN_NETWORK, IN_NETWORK, "")),
        (HostWays(browsers="https://crisis.example.org/one"), ("from anywhere", "from anywhere", "")),
    ],
)
def test_a_host_says_from_where_it_can_really_be_reached(
    ways: HostWays, says: tuple[str, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By terminals and by browsers, and what lets other machines in where nobody can come from there."""
    monkeypatch.setattr(HostWays, "fingerprint", "abcd-efgh-ijkl-mnop")
    monkeypatch.setattr(HostWays, "_certified", ())
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, ways, is_here=False)
    rooms.invite({"us": 1})
    lines = rooms.code_sheet().splitlines()
    assert lines[0] == f"In a terminal, {says[0]}:" and lines[2] == f"In a browser, {says[1]}:"
    note = "" if lines[4].startswith("The codes") else lines[4]
    assert says[2] in note and bool(says[2]) is bool(note)
    table.session.close()


def test_somebody_who_watches_is_invited_by_itself_and_the_wall_has_its_address(tmp_path: Path) -> None:
    """Named where the codes are printed, and on the card that opens it; nobody adds anything to an address."""
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, HostWays(), is_here=False)
    rooms.invite(host._count_invited("", table, "joined"))
    assert [of.person.label for of in rooms.invited()] == ["facilitator-1", "us-1", "china-1", "observer-1"]
    wall = f"{rooms.page}wall"
    assert f"On a projector (the wall), with an observer's code:\n    {wall}\n" in rooms.code_sheet()
    cards = Path(rooms.print_cards()).read_text("utf-8").split("<section")[1:]
    assert [wall in card for card in cards] == [False, False, False, True]
    rooms.remove("observer-1")
    assert wall not in rooms.code_sheet()
    table.session.close()


@pytest.mark.parametrize(("plain", "labels"), [(False, 1), (True, 2)])
def test_a_second_person_to_run_it_can_be_invited_beside_the_hosts_own_console(
    plain: bool, labels: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a code of its own, which is printed; the console by lines has joined too, and needs none that is told."""
    seen: list[tuple[list[str], str]] = []

    def runs(rooms: HostRooms) -> int:
        facilitators = [of.person.label for of in rooms.invited() if of.person.seat == "facilitator"]
        seen.append((facilitators, rooms.code_sheet()))
        return 0

    monkeypatch.setattr(HostRooms, "run", runs)
    monkeypatch.setattr("crisis_sim.cli.host.needs_terminal", lambda: None)
    more = ["--plain"] if plain else []
    command = ["host", str(SMALL_SCENARIO), "--people", "us=1,china=1,facilitators=1", "--bind", "127.0.0.1:0", *more]
    assert main([*command, "--log", str(tmp_path / "one.jsonl")]) == 0
    [(facilitators, sheet)] = seen
    assert len(facilitators) == labels
    assert [f"    {label} " in sheet for label in facilitators] == [False] * (labels - 1) + [True]


def test_who_goes_back_learns_the_log_in_which_play_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the host's own terminal too, where who runs it has joined from elsewhere: the other log takes no more acts."""
    table = table_at(tmp_path / "one.jsonl")
    rooms = HostRooms(table, HostWays(), is_here=False)
    rooms.invite({"facilitator": 1})
    for _ in range(3):
        table.session.submit("facilitator", Advance())
    rooms.does(GoBack(table.session.header.session, 1))
    [branch] = tmp_path.glob("one-*.jsonl")
    assert f"Its log from here on: {branch}" in capsys.readouterr().err
    rooms._held.now.session.close()
