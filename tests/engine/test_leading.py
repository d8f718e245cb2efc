"""The led hotwash: where the facilitator is, the same for every seat, and what was opened stays open."""

from __future__ import annotations

import pytest
from tests.engine.asking import HELP, refused
from tests.engine.play import small
from tests.engine.test_notes import opened

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import LeadFacts


def test_every_seat_is_told_where_the_hotwash_is() -> None:
    """What the facilitator opened before stays open where it goes on."""
    play = opened()
    assert all(play.look(seat).lead is None for seat in a.SEATS)
    play.submit("facilitator", a.LeadHotwash(page="pairs", act="us/1/1", opened=3))
    play.submit("facilitator", a.LeadHotwash(page="pairs", act="us/1/1", opened=1))
    play.submit("facilitator", a.LeadHotwash(page="lines", place=2))
    play.submit("facilitator", a.LeadHotwash(page="lines", place=1))
    told = LeadFacts(page="lines", places={"lines": 1}, furthest={"lines": 2}, acts={"us/1/1": 3})
    assert [play.look(seat).lead for seat in a.SEATS] == [told] * 4
    play.submit("facilitator", a.LeadHotwash(page="ending", everything=True))
    play.submit("facilitator", a.LeadHotwash(page="pairs"))
    lead = play.look("observer").lead
    assert lead is not None and lead.everything and (lead.page, lead.act) == ("pairs", "")


@pytest.mark.parametrize(
    "action",
    [
        a.LeadHotwash(page="pairs", act="us/1/2", opened=1),
        a.LeadHotwash(page="pairs", act="us/1/1"),
        a.LeadHotwash(page="pairs", act="us/1/1", opened=4),
        a.LeadHotwash(page="lines", act="us/1/1", opened=1),
        a.LeadHotwash(page="lines", opened=2),
        a.LeadHotwash(page="lines", place=-1),
        a.LeadHotwash(page="lines", place=10**6),
    ],
)
def test_there_is_no_other_place(action: a.LeadHotwash) -> None:
    assert refused(opened(), "facilitator", action) == "hotwash/place"


def test_it_is_led_by_the_facilitator_once_everything_is_open() -> None:
    play = small()
    play.turn(us=(HELP,))
    assert refused(play, "facilitator", a.LeadHotwash(page="ending")) == "hotwash/closed"
    assert refused(opened(), "us", a.LeadHotwash(page="ending")) == "seat/facilitator"
    play = opened()
    play.submit("facilitator", a.Advance())
    assert refused(play, "facilitator", a.LeadHotwash(page="ending")) == "phase/closed"
