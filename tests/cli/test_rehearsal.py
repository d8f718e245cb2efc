"""A rehearsal of rooms: bots play, people press readings, the exercise follows with the same codes, nothing is kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.cli.test_host_rooms import CHOICE, until

from crisis_sim.cli import rehearsal
from crisis_sim.cli.host_rooms import HostRooms
from crisis_sim.cli.host_ways import HostWays
from crisis_sim.cli.rehearsal import check_unbegun, rehearsed
from crisis_sim.cli.seating import begin_session
from crisis_sim.engine.actions import Advance, CommitReadings, SealLines, SealReading, TakeNote
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.errors import ActionRefused, UnreadableInput
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote

QUICK = 0.05


def test_bots_play_until_something_is_to_be_read_and_people_read_it(tmp_path: Path) -> None:
    """All else is refused with a sentence; at its end its folder is gone."""

    async def evening() -> None:
        with rehearsed(tmp_path, "bottomed-submarine", "en") as of:
            assert of.session.table.scenario.id != "bottomed-submarine" and of.dossier("us").rehearses
            for action in (TakeNote(text="no"), SealLines()):
                with pytest.raises(ActionRefused) as why:
                    of.submit("us", action)
                assert why.value.code == "room/rehearsal"
            told: list[str] = []
            playing = asyncio.create_task(
                of.play(lambda: told.append(of.session.state.phase), lambda phase: 60 if phase == "readings" else QUICK)
            )
            await until(lambda: of.session.state.phase == "readings", within=30)
            view = of.view("us")
            assert isinstance(view, TeamView) and view.to_read
            card = view.to_read[0]
            public = {"audience": "other"} if card.act.visibility == "public" else {}
            of.submit("us", SealReading(item=card.number, hostility=1, confidence=2, **public))  # type: ignore[arg-type]  # one of them
            of.submit("us", CommitReadings())
            assert told[:2] == ["situation", "moves"] and (left := of.seconds_left()) is not None and 0 < left <= 300
            of.end()
            await asyncio.wait_for(playing, 5)

    asyncio.run(evening())
    assert not list(tmp_path.iterdir())


def test_the_same_codes_hold_for_the_exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has come stays, and is in the exercise once the rehearsal is over; it begins with its card."""
    monkeypatch.setattr(rehearsal, "STAYS", {"readings": 60.0})
    monkeypatch.setattr(rehearsal, "OTHERS_STAY", QUICK)
    choice = replace(CHOICE, consent="")
    table = begin_session(choice, place=tmp_path / "one.jsonl", in_rooms=True)
    rooms = HostRooms(table, HostWays(), is_here=True, rehearses=True)
    rooms.invite({"us": 1})
    (code,) = [of.code for of in rooms.invited()]

    async def evening() -> None:
        serving = asyncio.ensure_future(rooms.serve())
        await until(lambda: ":0#" not in rooms.join and rooms.rehearsal is not None)
        async with Remote(room_address(rooms.join.split()[-1]), SeatMirror(code=code)) as us:
            assert us.dossier.rehearses and us.has_agreed
            await until(lambda: us.view().phase == "readings", within=30)
            rooms.end_rehearsal()
            await until(lambda: us.view().session == table.session.header.session)
            assert (us.view().phase, us.dossier.rehearses, us.mirror.agreed) == ("briefing", False, False)
        assert rooms.rehearsal is None
        serving.cancel()

    asyncio.run(evening())
    assert table.session.state.turn == 0 and not table.session.state.us.committed
    assert not list(tmp_path.glob("one.rooms/rehearsal-*"))
    table.session.close()


def test_what_has_begun_is_not_rehearsed(tmp_path: Path) -> None:
    """It would be broken off for people who play."""
    table = begin_session(CHOICE, place=tmp_path / "one.jsonl")
    with table.session as session:
        check_unbegun(session)
        session.submit("facilitator", Advance())
        with pytest.raises(UnreadableInput):
            check_unbegun(session)
