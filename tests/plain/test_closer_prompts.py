"""What moved a team closer, asked and answered at the plain door."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.plain.test_door import console
from tests.tui.fake import act, team_view, teller

from crisis_sim.engine.actions import Action, AnswerCloser, AskCloser
from crisis_sim.engine.sight.shared_facts import CloserAct, CloserFacts
from crisis_sim.plain.closer_prompts import asked_or_answered

ACTS = tuple(
    CloserAct(number=number, act=act("china", "offer-help", "embassy"), turn=number, hostility=2) for number in (2, 1)
)
SHEET = CloserFacts(by=None, acts=ACTS, chosen=(), concern="", said=False, is_first=True)
CONCERN = next(iter(teller("us").dossier.concerns))


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        (["1", "1", "1"], AnswerCloser(acts=(2, 1), concern=CONCERN)),
        (["2", "", "1"], AnswerCloser(acts=(1,), concern=CONCERN)),
        ([""], AnswerCloser(acts=(), concern="")),
    ],
)
def test_acts_are_picked_of_a_list_then_over_what(typed: list[str], action: Action) -> None:
    """Enter leaves the second one out, and at the first declines."""
    said: list[str] = []
    assert asked_or_answered(console(typed, said), team_view(closer=SHEET), teller("us")) == action
    assert "moved you closer" in "".join(said).replace("\n", " ")


def test_who_has_answered_can_answer_again_or_ask() -> None:
    """Who is not asked asks, or takes that back."""
    said = team_view(closer=replace(SHEET, said=True), ways_to_ask=("embassy",))
    assert asked_or_answered(console(["1", ""], []), said, teller("us")) == AnswerCloser(acts=(), concern="")
    assert asked_or_answered(console(["2", "1"], []), said, teller("us")) == AskCloser(channel="embassy")
    quiet = team_view(ways_to_ask=("embassy",))
    assert asked_or_answered(console([""], []), quiet, teller("us")) == AskCloser(channel="")
