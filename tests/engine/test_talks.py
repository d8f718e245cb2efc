"""What two sides say in a call that is held: both have it, no observer before the hotwash, and nothing weighs it."""

from __future__ import annotations

import pytest
from tests.engine.asking import CALL, answer
from tests.engine.play import Play
from tests.engine.twins import objective, shown
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.team_turn import MOST_SAID
from crisis_sim.engine.sight.feed_items import ExchangeItem, TalkItem
from crisis_sim.errors import ActionRefused


def talking() -> Play:
    """The small scenario in the turn in which a call has been taken."""
    play = Play(small_material(), seed="a", length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    play.submit("us", a.SealMove(draft=CALL))
    play.submit("us", a.CommitMoves())
    play.submit("china", a.SealMove(draft=answer("take-call", 1, "accept", text="At noon.")))
    play.submit("china", a.CommitMoves())
    assert play.state.exchanges and play.state.phase == "readings"
    return play


def test_both_sides_and_the_facilitator_have_what_was_said_in_its_order() -> None:
    """In their feeds and with the exchange; an observer is shown the same as before, to the byte."""
    play = talking()
    assert [type(of) for of in play.look("observer").feed][-1:] == [TalkItem], "that they talk, and no more"
    before, world = shown(play, "observer"), objective(play)
    for seat in a.SEATS:
        play.look(seat)  # what has been told already is told again
    play.submit("us", a.SayInCall(exchange=1, text="Can you hear us?"))
    play.submit("china", a.SayInCall(exchange=1, text=" We can. \n"))
    said = (("us", "Can you hear us?", ""), ("china", "We can.", ""))
    assert play.team("us").exchanges[0].said == play.team("china").exchanges[0].said == said
    for seat in ("us", "china", "facilitator"):
        assert [of.said for of in play.look(seat).feed if isinstance(of, ExchangeItem)] == [said]
        assert "China: “We can.”" in "".join(each.text for each in play.told(seat))
    assert shown(play, "observer") == before
    assert objective(play)[:3] == world[:3], "words in a call weigh nothing"


def test_a_talk_is_over_when_the_next_lists_have_gone_out() -> None:
    play = talking()
    play.open_moves()
    play.submit("us", a.SayInCall(exchange=1, text="One more thing."))
    play.turn()
    for number in (0, 1, 2):
        with pytest.raises(ActionRefused) as refused:
            play.submit("us", a.SayInCall(exchange=number, text="Too late."))
        assert refused.value.code == "talk/over"


@pytest.mark.parametrize("text", ["", " \n", "x" * (a.LONGEST_TEXT + 1)])
def test_what_is_said_has_a_length(text: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        talking().submit("us", a.SayInCall(exchange=1, text=text))
    assert refused.value.code == "talk/text"


def test_a_talk_has_an_end() -> None:
    """One side cannot fill the log by talking; the other still speaks."""
    play = talking()
    for _ in range(MOST_SAID):
        play.submit("us", a.SayInCall(exchange=1, text="And so on."))
    with pytest.raises(ActionRefused) as refused:
        play.submit("us", a.SayInCall(exchange=1, text="And so on."))
    assert refused.value.code == "talk/many"
    play.submit("china", a.SayInCall(exchange=1, text="We have heard."))


def test_who_ends_a_talk_ends_it_for_both_and_tells_nobody_else() -> None:
    """Neither says anything more, nor ends it again; observers are shown the same as before, and nothing weighs."""
    play = talking()
    before, world = shown(play, "observer"), objective(play)
    play.submit("china", a.EndCall(exchange=1))
    assert play.team("us").exchanges[0].ended == play.team("china").exchanges[0].ended == "china"
    for action in (a.SayInCall(exchange=1, text="Wait."), a.EndCall(exchange=1), a.EndCall(exchange=2)):
        with pytest.raises(ActionRefused) as refused:
            play.submit("us", action)
        assert refused.value.code == "talk/over"
    assert shown(play, "observer") == before and objective(play)[:3] == world[:3]
    play.submit("us", a.SealReadout(exchange=1, outcome="talked", tone=0, text="We talked."))
