"""At no screen does anything binding open by itself, or lie under the cursor before a key is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.moments import moments
from tests.small import small_material
from tests.tui.conftest import keys, quiet
from textual.pilot import Pilot

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.form import NO_SHEET, Form
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.session import Session
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.dialogs import ConfirmScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import SeatScreen


def app_at(session: Session, seat: SeatName) -> TableApp:
    """The app of one seat."""
    return TableApp(SeatTable({seat: SeatReader(session.seat(seat), "en")}, (seat,)))


def binds(form: Form) -> bool:
    """Whether it is final, asks for what binds, or goes on with play."""
    return bool(form.final) or form.name == "advance" or any(field.binding for field in form.fields)


async def binding_at(pilot: Pilot[int]) -> Sequence[str]:
    """What is open or under the cursor here and commits something."""
    await quiet(pilot)
    found = list[str]()
    for screen in pilot.app.screen_stack:
        if isinstance(screen, ConfirmScreen):
            found.append("a question")
        if isinstance(screen, FormScreen):
            form = screen.panel.form
            assert form is not None
            found += [form.name] if binds(form) else []
    screen, focused = pilot.app.screen, pilot.app.focused
    if isinstance(screen, SeatScreen) and isinstance(focused, Pane) and focused.key:
        form = form_at(screen.seat, focused.key, NO_SHEET)
        found += [focused.key] if form is not None and binds(form) else []
    return found


@pytest.mark.parametrize("seat", ["us", "china", "facilitator"])
async def test_nothing_that_binds_is_open_or_under_the_cursor_without_a_key(tmp_path: Path, seat: SeatName) -> None:
    """In every phase, in a call and when a session goes on after a break; and a `y` that comes too early is lost."""
    opened = set[str]()
    with Session.start(tmp_path, small_material(), seed="a", length=90) as session:
        app = app_at(session, seat)
        async with app.run_test(size=(80, 24)) as pilot:
            for moment in moments(session):
                assert not await binding_at(pilot), moment
                if isinstance(app.screen, FormScreen):
                    opened.add(session.state.phase)
                before = session.state
                await keys(pilot, "y")
                assert session.state == before, moment
                if moment in ("moves, with a list", "readings, in a call", "turn 3, closing"):
                    again = app_at(session, seat)
                    async with again.run_test(size=(140, 40)) as other:
                        assert not await binding_at(other), moment
                if session.state.phase == "closed":
                    break
    assert opened == (set() if seat == "facilitator" else {"readings", "forecasts"})
