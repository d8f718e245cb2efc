"""Every form that somebody can be asked at a seat: the seat's own, and the host's where it is run from there."""

from __future__ import annotations

from crisis_sim.pages.form import Form, FormSheet
from crisis_sim.pages.places_forms import BACK, back_form, places_form, places_names
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.seat_page import seat_form, seat_names
from crisis_sim.session.places import Places


def places_at(seat: Reader) -> Places | None:
    """Who may come, where whoever runs the exercise has joined here."""
    return None if seat.company is None else seat.company.places


def form_names(seat: Reader) -> tuple[str, ...]:
    """Every form that can be had here now, the host's too."""
    places, view = places_at(seat), seat.view()
    return (*seat_names(view, seat.say), *(() if places is None else places_names(places, view, seat.say)))


def form_at(seat: Reader, name: str, answers: FormSheet) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had."""
    places, view = places_at(seat), seat.view()
    if name == BACK:  # whose branch it is, its door knows
        return back_form(view, answers, seat.say)
    form = None if places is None else places_form(name, places, view, answers, seat.say)
    return form or seat_form(name, view, answers, seat.say)
