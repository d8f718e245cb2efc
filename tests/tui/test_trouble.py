"""Trouble: a full disk, a bot that stops, a window that is too small."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from tests.small import small_material
from tests.tui.conftest import Play, keys, quiet, screen_text
from tests.tui.fake import FakeSeat, team_view

from crisis_sim.engine.actions import AnyAction, Draft
from crisis_sim.engine.views.seat_views import DraftFacts
from crisis_sim.errors import StorageFailed
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.places import AnyHostAct
from crisis_sim.session.session import Session
from crisis_sim.tui.app import StorageScreen, TableApp
from crisis_sim.tui.form_screen import FormScreen


class FullDisk(FakeSeat):
    """A seat whose log cannot be written."""

    async def submit(self, action: AnyAction | AnyHostAct, ref: str | None = None) -> None:
        raise StorageFailed("storage/full", "the disk is full: [b]logs/x.jsonl[/b]", hint="make room")


async def test_a_full_disk_is_said_in_sentences_and_nothing_is_lost(play: Play) -> None:
    """Play stands still, the log and the command are named, and the move is still in the composer."""
    async with play(FullDisk(), log="logs/x.jsonl", resume="crisis-sim resume logs/x.jsonl") as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "1", "0", "type:We share", "ctrl+s", "2", "2", "enter")
        assert isinstance(pilot.app.screen, StorageScreen)
        text = screen_text(pilot)
        assert "Play is paused" in text
        assert "the disk is full: [b]logs/x.jsonl[/b]" in text
        assert "Nothing that was acknowledged is lost" in text
        assert "Once there is room, go back and do it again" in text and "esc" in text
        assert "crisis-sim resume logs/x.jsonl" in text
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "We share" in screen_text(pilot)


async def test_leaving_after_a_full_disk_is_not_a_success(play: Play) -> None:
    """q leaves with exit code 1."""
    listed = DraftFacts(number=1, draft=Draft(move="share-data", channel="embassy"))
    async with play(FullDisk(replace(team_view(), drafts=(listed,)))) as pilot:
        await keys(pilot, "c", "y", "q")
    assert pilot.app.return_value == 1


async def test_a_bot_that_stops_is_told(play: Play) -> None:
    """A companion's error of ours is a notice, and play goes on."""

    async def bot() -> None:
        raise StorageFailed("storage/full", "the disk is full", hint="make room")

    async with play(FakeSeat(), companions=(bot,)) as pilot:
        await quiet(pilot)
        assert "the disk is full" in screen_text(pilot)


async def test_a_window_that_is_too_small_says_so(play: Play) -> None:
    """Below 60×20 the NOW bar says how large the window should be; nothing crashes down to 20×6."""
    async with play(FakeSeat(), size=(50, 16)) as pilot:
        assert "make it at least 60×20" in " ".join(screen_text(pilot).split())
        for size in ((20, 6), (4, 2), (80, 24)):
            await pilot.resize_terminal(*size)
        assert "NOW" in screen_text(pilot)


async def test_every_screen_stands_a_small_window(play: Play) -> None:
    """Every phase is drawn at 60×20 and at 30×10 without trouble."""
    seat = FakeSeat()
    async with play(seat, size=(60, 20)) as pilot:
        for phase in ("briefing", "situation", "moves", "readings", "results", "forecasts", "closing"):
            seat.set(team_view(phase=phase))
            await quiet(pilot)
            assert "NOW" in screen_text(pilot)
            await pilot.resize_terminal(30, 10)
            await pilot.resize_terminal(60, 20)


async def test_quitting_works_while_writing(play: Play) -> None:
    """ctrl+q asks in the middle of a sentence, and esc goes back to it."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "1", "0", "type:half a", "ctrl+q")
        assert "Leave the session?" in screen_text(pilot)
        await keys(pilot, "escape")
        assert "half a" in screen_text(pilot)


async def test_the_facilitator_alone_is_told_of_a_log_that_fills(tmp_path: Path, play: Play) -> None:
    """On the console, in time to come to an end."""
    with Session.start(tmp_path, small_material(), seed="1", length=45) as session:
        app = TableApp(
            SeatTable(
                {"facilitator": SeatReader(session.seat("facilitator"), "en")}, ("facilitator",), filling=lambda: 61
            )
        )
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await quiet(pilot)
            (note,) = app._notifications
            assert note.message.startswith("The log is 61% as long as can be read again.")
    async with play(FakeSeat(), filling=lambda: 61) as pilot:
        assert not list(pilot.app._notifications)
