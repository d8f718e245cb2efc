"""By lines nothing binding is asked before somebody types a word for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.moments import moments
from tests.plain.keyboard import heard
from tests.small import small_material

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.form import NO_SHEET
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.reader_forms import form_at, form_names
from crisis_sim.session.session import Session


@pytest.mark.parametrize("seat", ["us", "china", "facilitator"])
def test_lines_ask_nothing_final_by_themselves(tmp_path: Path, seat: SeatName) -> None:
    """In every phase, in a call and when a session goes on after a break; nor does a `yes` too early do anything."""
    asked = 0
    with Session.start(tmp_path, small_material(), seed="a", length=90) as session:
        for moment in moments(session):
            if session.state.phase == "closed":
                break
            reader, before = SeatReader(session.seat(seat), "en"), session.state
            forms = [form_at(reader, name, NO_SHEET) for name in form_names(reader)]
            binding = [form for form in forms if form is not None and not form.commits_nothing]
            told = " ".join(heard(session, (seat,), []).split())
            for form in binding:
                asked += 1
                questions = [form.final, *(field.asks for field in form.fields if field.binding)]
                assert not any(question and question in told for question in questions), (moment, form.name)
            heard(session, (seat,), ["yes"])
            assert session.state == before, moment
    assert asked
