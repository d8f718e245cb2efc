"""The card before the first act: who has not agreed cannot act, and a session that asks nobody is as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.session.admission import OPTION
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

NOTE = a.TakeNote(text="before anything")


def begun(place: Path, **options: str) -> Session:
    session = Session.start(
        place / "one.jsonl", small_material(), seed="1", length=45, options=options, bots={"china": ["rota"]}
    )
    session.submit("us", a.TakeSeat(occupant="person"))
    session.submit("china", a.TakeSeat(occupant="bot", policy="rota"))
    return session


def test_a_team_of_people_does_nothing_before_it_has_agreed(tmp_path: Path) -> None:
    """A bot is not asked, nor is the facilitator; what was agreed to outlasts a killed host, and the log is sound."""
    with begun(tmp_path, **{OPTION: ""}) as session:
        with pytest.raises(ActionRefused) as why:
            session.submit("us", NOTE)
        assert why.value.code == "consent/first"
        session.submit("china", NOTE)
        session.submit("facilitator", NOTE)
        session.submit("us", a.AgreeToCard(by="us-1"))
        session.submit("us", NOTE)
        path = session.path
    with Session.resume(path) as again:
        again.submit("us", NOTE)
        assert again.dossier("us").consent == ""
    kinds = [event.visible for entry in read_log(path).entries for event in entry.events if event.visible == "us"]
    assert kinds and not [finding for finding in verify(path).findings if finding.grave]


def test_where_no_card_is_shown_nobody_is_asked(tmp_path: Path) -> None:
    """As in every log from before there was one, and in what plays by itself."""
    with begun(tmp_path) as session:
        session.submit("us", NOTE)
        assert session.dossier("us").consent is None


def test_a_facilitators_own_words_stand_in_the_log_and_before_every_seat(tmp_path: Path) -> None:
    """So that what was agreed to can be read for ever."""
    with begun(tmp_path, **{OPTION: "We film this room."}) as session:
        assert {session.dossier(seat).consent for seat in a.SEATS} == {"We film this room."}
        path = session.path
    assert read_log(path).header.options[OPTION] == "We film this room."
