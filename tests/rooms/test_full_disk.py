"""A host whose disk is full: who is told what, and how play goes on."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import resource
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from msgspec import UNSET
from tests.engine.play import small
from tests.rooms.hosted import Line, joined, opened
from tests.small import SMALL_SCENARIO, small_material
from tests.thinning import one_in

from crisis_sim.cli import stand_ins
from crisis_sim.cli.seating import seat_players
from crisis_sim.cli.stand_ins import StandIns
from crisis_sim.engine.actions import AgreeToCard, AnyAction, SeatName, TakeNote, TakeSeat
from crisis_sim.errors import ActionRefused, Sentence, StorageFailed
from crisis_sim.pages.refusals import refusal
from crisis_sim.rooms import wire
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.storage_words import storage_refusal
from crisis_sim.rules.names import Language
from crisis_sim.session.disk import storage_failed
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

FULL = storage_failed(
    "storage/write", Sentence("{name} cannot be written", name="one.jsonl"), OSError(errno.ENOSPC, "")
)


async def refused(seat: Remote, text: str) -> str:
    """Why a note is refused, in words."""
    with pytest.raises(ActionRefused) as why:
        await seat.submit(TakeNote(text=text))
    return " – ".join(refusal(why.value, "en"))


async def until_told(facilitator: Remote, *, still: bool) -> str:
    """What stands on the facilitator's screen once play stands still, or once it does not."""
    for _ in range(500):
        if (facilitator.cut_off() is not None) is still:
            break
        await asyncio.sleep(0.01)
    return facilitator.cut_off() or ""


@pytest.mark.parametrize("runs", one_in(2, ["joined", "auto"]))
def test_a_full_disk_is_said_to_whoever_runs_the_exercise_and_play_goes_on_when_there_is_room(
    runs: str, tmp_path: Path
) -> None:
    """Without a new start of the host; nothing acknowledged is lost, and what was refused is not in the log."""
    log, errors = tmp_path / "one.jsonl", tmp_path / "errors"
    command = [
        sys.executable,
        "-m",
        "crisis_sim",
        "host",
        str(SMALL_SCENARIO),
        "--facilitator",
        runs,
        "--bind",
        "127.0.0.1:0",
    ]
    with errors.open("wb") as said, subprocess.Popen([*command, "--log", log], stdout=-1, stderr=said) as host:
        try:
            assert host.stdout is not None
            line, codes = "", dict[str, str]()
            while "china-1" not in codes or (runs == "joined" and "facilitator-1" not in codes):
                printed = host.stdout.readline().decode()
                assert printed, errors.read_text("utf-8")
                line = found[1] if (found := re.search(r"crisis-sim join (\S+)", printed)) else line
                codes |= dict(re.findall(r"(\S+-\d+) +(\w{4}-\w{4})$", printed.strip()))
            asyncio.run(_meets_a_limit(host.pid, log, line, codes))
        finally:
            host.terminate()
    told = errors.read_text("utf-8")
    assert told.count("could not be written to one.jsonl: the disk is full\n  hint: free some space") == 1
    assert told.count("The disk takes acts again") == 1
    notes = [entry.action.text for entry in read_log(log).entries if isinstance(entry.action, TakeNote)]
    assert notes == ["before", "again"] and verify(log).is_sound


async def _meets_a_limit(host: int, log: Path, line: str, codes: dict[str, str]) -> None:
    async with AsyncExitStack() as open_lines:
        address = room_address(line)
        seats = {
            label: await open_lines.enter_async_context(Remote(address, SeatMirror(code=code)))
            for label, code in codes.items()
        }
        us, white = seats["us-1"], seats.get("facilitator-1")
        await us.submit(AgreeToCard())
        await us.submit(TakeNote(text="before"))
        everything = resource.RLIM_INFINITY
        size = log.stat().st_size  # noqa: ASYNC240 - at once
        resource.prlimit(host, resource.RLIMIT_FSIZE, (size + 100, everything))
        for _ in range(2):
            assert "do it again once the facilitator says so" in await refused(us, "meanwhile")
        if white is not None:
            assert "the disk that one.jsonl lies on is full" in await until_told(white, still=True)
            assert "free some space there" in await refused(white, "meanwhile")
        assert us.cut_off() is seats["china-1"].cut_off() is None
        resource.prlimit(host, resource.RLIMIT_FSIZE, (everything, everything))
        await us.submit(TakeNote(text="again"))
        if white is not None:
            assert await until_told(white, still=False) == ""


def told_of_storage(line: Line) -> bool:
    """Whether whoever is at the end of the line reads that nothing can be kept."""
    return line.mirror.people is not None and line.mirror.people.storage is not UNSET


def test_that_nothing_can_be_kept_is_told_to_the_facilitator_and_to_who_tried() -> None:
    """No other room learns that somebody has just tried to do something."""
    hub, hosted = opened(small())
    white, us, china = joined(hub, 1, "facilitator"), joined(hub, 2, "us"), joined(hub, 3, "china")
    for line in (white, us, china):
        line.due()
    heard = len(china.heard)
    with pytest.MonkeyPatch.context() as patch:

        def submit(_seat: SeatName, _action: AnyAction, _ref: str | None = None) -> object:
            hosted.storage_failure = FULL
            raise FULL

        patch.setattr(hosted, "submit", submit)
        answer = us.ask(TakeNote(text="one"), "one")
        assert answer.refused is not None and answer.refused.code == "room/storage"
    for line in (white, china):
        line.due()
    assert told_of_storage(white)
    assert len(china.heard) == heard
    hosted.storage_failure = None
    assert us.ask(TakeNote(text="two"), "two").refused is None
    white.due()
    assert not told_of_storage(white)


def test_who_comes_when_the_list_of_guests_cannot_be_kept_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is called no fault of ours, the facilitator reads it, and the code holds once there is room."""
    hub, _hosted = opened(small())
    white = joined(hub, 1, "facilitator")
    faults: list[object] = []
    monkeypatch.setattr(hub, "on_fault", faults.append)
    _guest, code = hub.guests.invite("us")

    def full(_guests: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(hub.guests, "_keep", full)
        late = Line(hub, 2, SeatMirror(code=code))
        late.due()
        assert late.mirror.why == "storage" and not faults
        white.due()
        assert told_of_storage(white)
    again = Line(hub, 3, SeatMirror(code=code))
    again.due()
    white.due()
    assert again.mirror.state == "live" and not told_of_storage(white)


@pytest.mark.parametrize(
    ("code", "message", "says"),
    [
        ("storage/full", "{name} cannot be written: the disk is full", "the disk that one.jsonl lies on is full"),
        ("storage/write", "{name} cannot be written: {why}", "one.jsonl cannot be written: read-only file system"),
        ("storage/sync", "{name} takes no more acts: {why}", "one.jsonl takes no more acts: read-only file system"),
        ("storage/displaced", "{name} was moved; all is in {copy}", "all of it is in /srv/one-kept.jsonl"),
    ],
)
def test_a_facilitator_reads_what_the_disk_said_and_what_to_do(code: str, message: str, says: str) -> None:
    """In English and in Chinese."""
    reason = Sentence("read-only file system")
    failed = StorageFailed(code, message, name="one.jsonl", why=reason, copy=Path("/srv/one-kept.jsonl"))
    told = storage_refusal(failed, "facilitator")
    why, way_out = refusal(told, "en")
    assert says in why and way_out
    assert all(re.search("[一-鿿]", each) and "{" not in each for each in refusal(told, "zh"))


def test_a_bot_whose_act_could_not_be_kept_plays_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its team does not stand still for ever; nothing is called a fault of ours."""
    monkeypatch.setattr(stand_ins, "STORAGE_RETRY_SECONDS", 0.01)
    faults: list[Exception] = []
    log, bots = tmp_path / "one.jsonl", {"china": ("rota",)}
    with Session.start(log, small_material(), seed="1", length=45, bots=bots) as session:  # type: ignore[arg-type]  # by seat
        session.submit("china", TakeSeat(occupant="bot", policy="rota"))

        async def played() -> None:
            playing_bots = StandIns(seat_players(session), faults.append)
            with monkeypatch.context() as patch:
                patch.setattr(os, "write", _no_room)
                playing = asyncio.create_task(playing_bots.play())
                await asyncio.sleep(0.1)
                assert session.storage_failure is not None
            for _ in range(500):
                if "china" not in session.view("facilitator").waiting_for:
                    break
                await asyncio.sleep(0.01)
            playing.cancel()

        asyncio.run(played())
        assert "china" not in session.view("facilitator").waiting_for and session.storage_failure is None
    assert not faults


def _no_room(_descriptor: int, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(("language", "says"), [("en", "Play stands still"), ("zh", "推演停住")])
def test_a_facilitator_in_a_browser_reads_it_first_of_all_in_its_language(language: Language, says: str) -> None:
    """It stands at the head of the page, whatever the page shows else."""
    hub, hosted = opened(small())
    _guest, code = hub.guests.invite("facilitator")
    hub.connect(1, "there")
    hub.handle(1, wire.encoded(wire.Hello(wire.VERSION, code=code, wants="page", language=language)), 0.0)
    hub.due_messages(1)
    hosted.storage_failure = FULL
    hub.look()
    [crew] = [message for said in hub.due_messages(1) if isinstance(message := wire.from_host(said), wire.PeopleUpdate)]
    assert says in bytes(crew.blocks).decode().split("]")[0]
