"""Once play is over, by typed lines: principles that both accept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.engine.play import varied
from tests.plain.keyboard import typed
from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.closing_blocks import describe_principle, principle_says
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.session.session import Session

GIVEN = "Say it early."


def asking() -> Material:
    """A scenario that asks for them at every length."""

    def change(tree: dict[str, Any]) -> None:
        tree["closing"] = {"principles": [45, 90], "sentences": [GIVEN]}

    return varied(small_material(), change)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """In its closing."""
    with Session.start(tmp_path, asking(), seed="1", length=45) as session:
        while session.state.phase != "closing":
            session.submit("facilitator", a.Advance())
        yield session


def test_a_sentence_is_put_reworded_and_accepted(session: Session) -> None:
    """By its number or from the list; both can go on once all is sealed."""
    typed(session, ("us",), ["stop", "put Tell them first.", "put", "1", "seal yes"])
    assert [each.says for each in session.state.principles] == ["Tell them first.", GIVEN]
    typed(session, ("china",), ["stop", "reword 1 Tell them first, in private.", "accept 2", "seal yes"])
    told = typed(session, ("us",), ["accept"])
    assert "ours first, now in their words" in told
    typed(session, ("us",), ["accept 1"])
    assert [(each.says, each.stands) for each in session.state.principles] == [
        ("Tell them first, in private.", True),
        (GIVEN, True),
    ]


def test_the_room_goes_on_agreeing_in_the_hotwash(session: Session) -> None:
    """A team by its name, or asked which; what stands is under changes."""
    while session.state.phase != "hotwash":
        session.submit("facilitator", a.Advance())
    lines = ("?", "put us Tell them first.", "accept", "china", "1", "changes")
    told = typed(session, ("us", "china", "facilitator"), lines)
    assert session.state.principles[0].stands
    assert "1. Tell them first. – both accept it" in told


def test_a_sentence_of_the_scenario_stands_in_each_readers_language() -> None:
    """In whichever it was put, in both teams' pages and dialogs; words of people's own stay as they were written."""

    def both(tree: dict[str, Any]) -> None:
        tree["closing"] = {"principles": [45, 90], "sentences": [{"en": GIVEN, "zh": "早说。"}]}

    material = varied(small_material(), both)
    with tempfile.TemporaryDirectory() as folder, Session.start(Path(folder), material, seed="1", length=45) as session:
        while session.state.phase != "closing":
            session.submit("facilitator", a.Advance())
        session.submit("china", a.PutPrinciple(says="早说。"))
        session.submit("china", a.PutPrinciple(says="人先走。"))
        view = session.seat("us").view()
        assert isinstance(view, TeamView)
        say = SeatReader(session.seat("us"), "en").say
        assert [principle_says(of, say) for of in view.principles] == [GIVEN, "人先走。"]
        assert describe_principle(view.principles[0], "us", say).startswith(GIVEN.rstrip("."))
        form = seat_form("put", view, {}, say)
        assert form is not None and GIVEN not in [of.label for of in form.fields[0].options], "it is there already"
