"""Keys of an input method, and the card that each team agrees to behind its own curtain."""

from __future__ import annotations

from pathlib import Path

from tests.small import small_material
from tests.tui.conftest import Play, at, keys, quiet, screen_text
from tests.tui.fake import FakeSeat

from crisis_sim.engine.actions import SeatName, TakeSeat
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.admission import OPTION
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.page_screen import PageScreen


async def test_ideographs_that_are_no_keys_say_what_to_do(play: Play) -> None:
    """In the reader's language, where a word came through an input method and nothing takes words."""
    async with play(FakeSeat(language="zh")) as pilot:
        await keys(pilot, "question_mark", "我")
        assert {note.message for note in pilot.app._notifications} == {"这里没有这个键。请把输入法切换到英文字母。"}


async def test_each_team_agrees_behind_its_own_curtain(tmp_path: Path) -> None:
    """One card for each, before its briefing; the facilitator's own words stand in it as they were written."""
    words = "We [bold]film[/] this.\n\nAsk [/] us."
    people: tuple[SeatName, ...] = ("us", "china", "facilitator")
    with Session.start(tmp_path, small_material(), seed="a", length=45, options={OPTION: words}) as session:
        seats: dict[SeatName, SeatReader] = {}
        for name in people:
            session.submit(name, TakeSeat(occupant="person"))
            seats[name] = SeatReader(session.seat(name), "en")
        app = TableApp(SeatTable(seats, people), announces=True)
        async with app.run_test(size=(80, 24)) as pilot:
            await quiet(pilot)
            for agreed in (("us",), ("us", "china")):
                assert at(pilot) is CurtainScreen
                await keys(pilot, "space", "space", "space", "s")
                assert at(pilot) is FormScreen, "no other key does anything"
                assert "We [bold]film[/] this." in screen_text(pilot) and "Ask [/] us." in screen_text(pilot)
                assert "NOW  Read this card; then agree, or leave." in screen_text(pilot)
                await keys(pilot, "a")
                await quiet(pilot)
                assert at(pilot) is PageScreen and session.state.agreed == agreed
                await keys(pilot, "s", "y")
                await quiet(pilot)
