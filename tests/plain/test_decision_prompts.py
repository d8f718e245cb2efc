"""What we do with a conclusion, at the plain door."""

from __future__ import annotations

import pytest
from tests.plain.test_door import console
from tests.tui.fake import team_view, teller

from crisis_sim.engine.actions import AnswerDecision, Draft
from crisis_sim.engine.sight.views import DecisionFacts, DraftFacts
from crisis_sim.plain.decision_prompts import carrying_out, decided

HULL = DecisionFacts(asked="survey", says={"en": "Hull survey."}, leads_to={"en": "Boarding the hull."}, answer=None)
BLAME = DecisionFacts(asked="blame", says={"en": "Hints."}, leads_to={"en": "Named in public."}, answer="hold")


def test_it_says_what_is_believed_and_by_which_moves_each_answer_goes_out() -> None:
    """The question, then the answers with their moves; a name or a number picks one."""
    said: list[str] = []
    action = decided(console(["ask"], said), team_view(decisions=(HULL,)), teller("us"))
    text = "".join(said).replace("\n", " ")
    assert "They are coming for: Boarding the hull" in text and "by: Ask for facts in private" in text
    assert action == AnswerDecision(asked="survey", answer="ask")


def test_of_several_it_asks_which() -> None:
    """Each with what was said so far."""
    said: list[str] = []
    action = decided(console(["2", "3"], said), team_view(decisions=(HULL, BLAME)), teller("us"))
    assert "Hints (hold still)" in "".join(said)
    assert action == AnswerDecision(asked="blame", answer="prepare")


@pytest.mark.parametrize(("answer", "typed", "move"), [("ask", [], "private-inquiry"), ("hold", [], "")])
def test_an_answer_leads_to_its_move(answer: str, typed: list[str], move: str) -> None:
    """To the one there is; to hold leads nowhere."""
    assert carrying_out(HULL, answer, console(typed, []), team_view(), teller("us")) == move


def test_a_full_list_says_so() -> None:
    """The answer stands, and no move is composed that would be refused."""
    said: list[str] = []
    drafts = tuple(DraftFacts(number=n, draft=Draft(move="accuse", channel="press")) for n in (1, 2, 3))
    assert carrying_out(HULL, "ask", console([], said), team_view(drafts=drafts), teller("us")) == ""
    assert "Our own moves are all listed" in "".join(said)
