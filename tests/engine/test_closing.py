"""Once play is over: principles that both accept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.asking import go_on, refused
from tests.engine.play import Play
from tests.small import small_material

from crisis_sim.content.scenario import Closing
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.shared_facts import PrincipleFacts
from crisis_sim.rules.authored import Length

FIRST, THEN, LAST = "Say it early.", "Say it in private first.", "Answer within the hour."


def asking(phase: e.Phase = "closing", principles: Length = 90) -> Play:
    """A session that asks for them, at its end."""
    asked = Closing.model_construct(principles=(principles,))
    material = small_material()
    material = replace(material, scenario=material.scenario.model_copy(update={"closing": asked}))
    play = Play(material, length=90)
    go_on(play, phase)
    return play


def opened(play: Play) -> tuple[PrincipleFacts, ...]:
    """What the hotwash opens of them."""
    go_on(play, "hotwash")
    hotwash = play.white().hotwash
    assert hotwash is not None and hotwash.principles is not None
    return hotwash.principles


def test_a_session_that_does_not_ask_refuses_both() -> None:
    """By length; without the key nobody is asked."""
    play = Play(small_material())
    go_on(play, "closing")
    assert refused(play, "us", a.PutPrinciple(says=FIRST)) == "principle/not-asked"
    assert refused(play, "us", a.AcceptPrinciple(number=1)) == "principle/not-asked"
    assert refused(asking(principles=150), "us", a.PutPrinciple(says=FIRST)) == "principle/not-asked"
    go_on(play, "hotwash")
    hotwash = play.white().hotwash
    assert hotwash is not None and hotwash.principles is None


def test_only_a_sentence_that_both_accept_stands() -> None:
    """Put by one, in other words by the other, accepted by the first: in the words that were put last."""
    play = asking()
    play.submit("us", a.PutPrinciple(says=FIRST))
    assert refused(play, "us", a.AcceptPrinciple(number=1)) == "principle/own"
    play.submit("china", a.PutPrinciple(says=THEN, number=1))
    assert refused(play, "china", a.AcceptPrinciple(number=1)) == "principle/own"
    assert [(each.put_by, each.by, each.stands) for each in play.team("us").principles] == [("us", "china", False)]
    play.submit("us", a.AcceptPrinciple(number=1))
    assert refused(play, "us", a.PutPrinciple(says=FIRST, number=1)) == "principle/stands"
    play.submit("china", a.PutPrinciple(says=LAST))
    told = opened(play)
    assert [(each.says, each.stands) for each in told] == [(THEN, True), (LAST, False)]


def test_principles_are_agreed_on_after_all_is_sealed_and_in_the_hotwash_but_not_in_play() -> None:
    """Guesses are final once sealed; the talk about principles goes on until the session is closed."""
    assert refused(asking("moves"), "us", a.PutPrinciple(says=FIRST)) == "principle/phase"
    play = asking()
    play.submit("us", a.SealLines())
    play.submit("us", a.PutPrinciple(says=FIRST))
    go_on(play, "hotwash")
    play.submit("china", a.AcceptPrinciple(number=1))
    assert play.team("us").principles[0].stands
    go_on(play, "closed")
    assert refused(play, "us", a.PutPrinciple(says=THEN)) == "principle/phase"


def test_three_sentences_stand_and_each_team_puts_three() -> None:
    """A fourth is refused, however many are before both."""
    play = asking()
    for side in ("us", "china"):
        for number in range(3):
            play.submit(side, a.PutPrinciple(says=f"{side} {number}"))
        assert refused(play, side, a.PutPrinciple(says=FIRST)) == "principle/many"
    for number in (1, 2, 3):
        play.submit("china", a.AcceptPrinciple(number=number))
    assert refused(play, "us", a.AcceptPrinciple(number=4)) == "principle/three"


@pytest.mark.parametrize("says", ["", " \n ", "x" * 201])
def test_a_principle_is_one_sentence(says: str) -> None:
    """Neither empty nor a treatise; and a number that is not there is refused too."""
    play = asking()
    assert refused(play, "us", a.PutPrinciple(says=says)) == "principle/words"
    for number in (0, -1, 2, 10**15):
        assert refused(play, "us", a.AcceptPrinciple(number=number)) == "principle/unknown"
        assert refused(play, "us", a.PutPrinciple(says=FIRST, number=number)) == "principle/unknown"
