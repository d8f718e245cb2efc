"""A host and clients over real sockets: a whole session, lines that are cut, and whom a client does not believe."""

from __future__ import annotations

import asyncio
import ssl
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.bots import bot_at
from tests.engine.play import shipped
from tests.rooms.house import House, begun
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, UnreadableInput
from crisis_sim.playtest.bots import AutoFacilitator, sit
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.not_admitted import NotAdmitted
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.room_folder import RoomFolder
from crisis_sim.rooms.threaded import kept_in_thread
from crisis_sim.rooms.wire import People, Tick, encoded
from crisis_sim.rules.names import SIDES
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.places import LockDoor
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

PAGE = Path(__file__).parents[2] / "docs" / "agents.md"
SEATED: tuple[a.SeatName, ...] = ("us", "china", "observer")


async def seen(remote: Remote, wanted: str) -> None:
    """Wait until this seat is shown a phase."""
    changes = remote.changes()
    async with asyncio.timeout(20):
        while remote.view().phase != wanted:
            await anext(changes)


async def test_a_whole_session_is_played_over_sockets(tmp_path: Path) -> None:
    """Two bots at remote seats and an observer: what each is shown is what its seat sees, and the log verifies."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            us, china, observer = (house.invited(seat) for seat in SEATED)
            async with us, china, observer:
                play = [
                    asyncio.create_task(sit(bot_at(session.table, side, "rota", "1"), seat))
                    for side, seat in zip(SIDES, (us, china), strict=True)
                ]
                play.append(asyncio.create_task(sit(AutoFacilitator(), session.seat("facilitator"))))
                await seen(observer, "closed")
                for seat in (us, china):
                    await seen(seat, "closed")
                for seat in (us, china, observer):
                    assert seat.view() == session.view(seat.name) and seat.dossier == session.dossier(seat.name)
                for task in play:
                    task.cancel()
    assert verify(tmp_path / "one.jsonl").is_whole


async def test_a_code_is_used_up_as_soon_as_a_terminal_has_its_seat(tmp_path: Path) -> None:
    """Also where nothing was done there: whoever reads the card of somebody who is away does not get the seat."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            _guest, code = house.hub.guests.invite("facilitator")
            async with Remote(house.address, SeatMirror(code=code)) as remote:
                await remote.settled()
                async with asyncio.timeout(20):
                    while not house.hub.guests.all[0].met:  # noqa: ASYNC110 - a client tells it to its host alone
                        await asyncio.sleep(0.01)
            with pytest.raises(NotAdmitted, match="used already"):
                async with Remote(house.address, SeatMirror(code=code)) as other:
                    await other.settled()


async def test_the_program_in_the_docs_plays_a_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands there, but for the address and the code: to the close, reading what reached it, refused nothing."""
    with Session.start(tmp_path / "one.jsonl", shipped("lost-airliner"), seed="1", length=45) as session:
        async with House(tmp_path, session).open() as house:
            _guest, code = house.hub.guests.invite("us")
            program = PAGE.read_text("utf-8").partition("```python\n")[2].partition("```")[0]
            program = program.replace("asyncio.run(main())", "").replace("K7QF-M2XD", code)
            names: dict[str, Any] = {}
            exec(program.replace("192.168.1.20:7410#k7qa-m2xd-9v3t-hw4e", str(house.address)), names)  # noqa: S102 - ours
            play = [
                asyncio.create_task(sit(bot_at(session.table, "china", "rota", "1"), session.seat("china"))),
                asyncio.create_task(sit(AutoFacilitator(), session.seat("facilitator"))),
            ]
            async with asyncio.timeout(60):
                await names["main"]()
            for task in play:
                task.cancel()
        assert session.state.phase == "closed"
    asked = [entry.action for entry in read_log(tmp_path / "one.jsonl").entries if entry.seat == "us"]
    assert sum(isinstance(action, a.CommitMoves) for action in asked) == 4
    assert any(isinstance(action, a.SealReading) for action in asked) and capsys.readouterr().out == ""


async def test_a_token_opens_a_place_again_and_its_views_say_when_it_is_taken_back(tmp_path: Path) -> None:
    """A program that was started again sits where it sat; sent away, it is told so and does not wait for ever."""

    async def watched(seat: Remote) -> None:
        async for view in seat.views():
            assert view == seat.view()
            house.hub.remove("us-1")
            house.server.stir()

    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            _guest, code = house.hub.guests.invite("us")
            async with Remote(str(house.address), code) as seat:
                token = seat.token
            async with Remote(str(house.address), token=token) as seat:
                assert seat.name == "us"
                with pytest.raises(NotAdmitted) as removed:
                    await asyncio.wait_for(watched(seat), 10)
            assert removed.value.code == "room/removed"


async def test_an_act_that_was_cut_off_counts_once_when_the_line_is_back(tmp_path: Path) -> None:
    """The host is gone in between, and is another process with the same certificate and the same guests after."""
    session = begun(tmp_path)
    house = House(tmp_path, session)
    async with house.open() as house:
        port, remote = house.port, house.invited("us")
        async with remote:
            await remote.submit(a.TakeNote(text="one"))
    session.close()
    running = asyncio.create_task(remote.run())
    waiting = asyncio.create_task(remote.submit(a.TakeNote(text="two")))
    await asyncio.sleep(0.3)
    assert not waiting.done() and remote.cut_off() is not None
    with Session.resume(tmp_path / "one.jsonl") as resumed:
        async with House(tmp_path, resumed, "another").open(port):
            async with asyncio.timeout(10):
                await waiting
            assert remote.cut_off() is None
            assert [note.text for note in remote.view().notes] == ["one", "two"]  # type: ignore[union-attr]  # a team's
            running.cancel()


async def test_another_machine_at_the_address_is_not_believed(tmp_path: Path) -> None:
    """Its certificate is not the one that the join line names; not even the code is told to it."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            _guest, code = house.hub.guests.invite("us")
            elsewhere = RoomAddress("127.0.0.1", house.port, "aaaa-aaaa-aaaa-aaaa")
            with pytest.raises(NotAdmitted) as refused:
                async with Remote(elsewhere, SeatMirror(code=code)):
                    pass
            assert refused.value.code == "room/fingerprint"
            assert house.hub.guests.all[0].code, "the code can still be used"


async def test_where_nobody_answers_a_sentence_says_so() -> None:
    remote = Remote(RoomAddress("127.0.0.1", 9), SeatMirror(code="AAAA-AAAA"))
    running = asyncio.create_task(remote.run())
    with pytest.raises(NotAdmitted) as refused:
        await remote.settled(within=0.5)
    running.cancel()
    assert refused.value.code == "room/unreachable" and "127.0.0.1:9" in str(refused.value)


async def test_a_page_of_another_place_is_refused(tmp_path: Path) -> None:
    """A browser says where a page comes from, and this port is for terminals."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            with pytest.raises(InvalidStatus) as refused:
                async with connect(f"wss://127.0.0.1:{house.port}/", ssl=context, origin="https://example.org"):  # type: ignore[arg-type]  # any
                    pass
            assert refused.value.response.status_code == 403


async def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            with pytest.raises(UnreadableInput) as refused:
                async with House(tmp_path, session).open(house.port):
                    pass
            assert refused.value.code == "room/port"


async def test_who_is_sent_away_can_ask_for_nothing_more(tmp_path: Path) -> None:
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            remote = house.invited("us")
            async with remote:
                house.hub.remove("us-1")
                house.server.stir()
                changes = remote.changes()
                async with asyncio.timeout(5):
                    while remote.mirror.state != "over":
                        await anext(changes)
                with pytest.raises(ActionRefused, match="room/over"):
                    await remote.submit(a.TakeNote(text="late"))


def test_the_clock_runs_on_between_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else is heard in between does not set it back."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    remote = Remote(RoomAddress("127.0.0.1"), SeatMirror())
    monkeypatch.setattr(remote, "view", lambda: SimpleNamespace(paused=False))
    remote._hear(encoded(Tick(60)))
    now[0] += 2
    remote._hear(encoded(People(you="us-1", people=())))
    assert remote.seconds_left() == 58


def test_what_is_kept_of_rooms_is_its_owners_alone(tmp_path: Path) -> None:
    """The folder, the key, the list of guests; a branch takes them over, and everybody comes back."""
    with begun(tmp_path) as session:
        folder, log = RoomFolder(session), session.path
        folder.guests().invite("us")
        kept = {path.name: path.stat().st_mode & 0o777 for path in folder.path.iterdir()}
        assert kept == {"certificate.pem": 0o600, "key.pem": 0o600, "guests.json": 0o600}
        assert folder.path.stat().st_mode & 0o777 == 0o700
    for n in range(2):  # a branch of a branch too
        log = branch(log, to=tmp_path / f"branch-{n}.jsonl")
        with Session.resume(log) as session:
            before, folder = folder, folder.taken_over(session)
            assert folder.fingerprint and [guest.label for guest in folder.guests().all] == ["us-1"]
            assert not before.path.exists()


def test_a_log_begun_anew_has_no_guests(tmp_path: Path) -> None:
    """Neither a code nor a token of the earlier session of that name lets anybody in; the host stays known."""
    with begun(tmp_path) as session:
        folder = RoomFolder(session)
        guests = folder.guests()
        (_us, used), (_china, code) = guests.invite("us"), guests.invite("china")
        admitted = guests.admit(used, "", "one", 0)
        assert admitted is not None and RoomFolder(session).guests().admit("", admitted[1], "one", 0) is not None
    session.path.unlink()
    with begun(tmp_path) as session:
        anew = RoomFolder(session)
        assert anew.fingerprint == folder.fingerprint and anew.guests().all == ()
        for shown in ((used, ""), (code, ""), ("", admitted[1])):
            assert anew.guests().admit(*shown, "one", 0) is None
        anew.guests().invite("us")
        assert len(RoomFolder(session).guests().all) == 1


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.20", RoomAddress("192.168.1.20")),
        ("host.local:99", RoomAddress("host.local", 99)),
        ("[fe80::1]:7410#abcd-efgh-ijkl-mnop", RoomAddress("fe80::1", 7410, "abcd-efgh-ijkl-mnop")),
    ],
)
def test_an_address_is_read_as_it_is_written(text: str, address: RoomAddress) -> None:
    assert room_address(text) == address and room_address(str(address)) == address


@pytest.mark.parametrize("text", ["", "a b", "host:0", "host:99999", "host#abcd", "http://host", "x" * 300])
def test_what_is_no_address_is_said_with_one_that_is(text: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        room_address(text)
    assert refused.value.code == "room/address" and "crisis-sim join" in refused.value.hint


async def test_whoever_asks_by_lines_after_the_host_has_gone_is_refused_at_once() -> None:
    """Nothing waits there for an answer that nobody will give, and nothing is left to be sent."""
    remote = Remote("127.0.0.1:1", "code")
    remote.mirror.state = "over"
    with kept_in_thread(remote) as seat:
        while not seat._stirred.is_set():
            seat._loop.call_soon_threadsafe(remote._tell)
            await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            with pytest.raises(ActionRefused, match="room/over"):
                await seat.submit(a.Advance())
            with pytest.raises(ActionRefused, match="room/over"):
                await seat.ask(LockDoor(locked=True))
    assert not remote.mirror.waits
