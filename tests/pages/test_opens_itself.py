"""What opens by itself commits nothing: the property of the page that every renderer keeps."""

from __future__ import annotations

from pathlib import Path

from tests.moments import PHASES, moments
from tests.small import one_sitting, small_material

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.form import NO_SHEET
from crisis_sim.pages.seat_page import seat_form, seat_names, seat_page
from crisis_sim.pages.translator import Translator
from crisis_sim.session.session import Session

SEATS: tuple[SeatName, ...] = ("us", "china", "facilitator", "observer")


def test_no_page_opens_a_form_by_itself_that_commits(tmp_path: Path) -> None:
    """From the briefing to the end; whoever runs the exercise is asked nothing unasked, nor does an answer lead on to
    what commits."""
    opened, phases = dict[SeatName, set[str]](), set[str]()
    for place, material in enumerate((small_material(), one_sitting())):
        with Session.start(tmp_path / str(place), material, seed="a", length=90) as session:
            for moment in moments(session):
                phases.add(session.state.phase)
                for seat in SEATS:
                    view, say = session.view(seat), Translator(session.dossier(seat), "en")
                    name = seat_page(view, say).opens_itself
                    if name:
                        opened.setdefault(seat, set()).add(session.state.phase)
                        form = seat_form(name, view, NO_SHEET, say)
                        assert form is not None and form.commits_nothing, (moment, seat, name)
                    for other_name in seat_names(view, say):
                        form = seat_form(other_name, view, NO_SHEET, say)
                        following = form and form.next_form and seat_form(form.next_form, view, NO_SHEET, say)
                        assert not following or not following.final, (moment, seat, other_name)
    assert phases == PHASES
    assert opened == {"us": {"readings", "forecasts"}, "china": {"readings", "forecasts"}}
