"""What is said in a call that is written, and translations of it and of acts, for those who may read them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL, HELP, answer, go_on, refused
from tests.engine.play import Play, small
from tests.engine.twins import objective, shown
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.team_turn import MOST_SAID
from crisis_sim.engine.views.feed_items import ActItem, ExchangeItem, OwnActItem, TalkItem
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.errors import ActionRefused
from crisis_sim.measures.meanings import meanings


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


WORDS = replace(HELP, text="我们可以帮忙。", visibility="private")
TRANSLATION = "We can help."


def reading(visibility: str = "private") -> Play:
    """China has words of the US before it."""
    play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=replace(WORDS, visibility=visibility)))
    play.submit("us", a.CommitMoves())
    play.submit("china", a.CommitMoves())
    assert play.state.phase == "readings" and play.team("china").to_read
    return play


def translated(text: str = TRANSLATION) -> a.TranslateAct:
    return a.TranslateAct(side="us", turn=1, order=1, text=text)


def test_both_teams_and_the_facilitator_read_it_beneath_the_words() -> None:
    """On the card, in both feeds, among the facilitator's acts; an observer of private words is shown nothing."""
    play = reading()
    before, world = shown(play, "observer"), objective(play)
    for seat in a.SEATS:
        play.look(seat)  # what has been told is told again
    play.submit("facilitator", translated())
    assert play.team("china").to_read[0].act.translation == TRANSLATION
    (own,) = [item for item in play.team("us").feed if isinstance(item, OwnActItem)]
    (came,) = [item for item in play.team("china").feed if isinstance(item, ActItem)]
    assert own.act.translation == came.act.translation == TRANSLATION
    white_cell = play.look("facilitator")
    assert isinstance(white_cell, FacilitatorView) and white_cell.acts[0].act.translation == TRANSLATION
    for seat in ("us", "china", "facilitator"):
        (told,) = [each for each in play.told(seat) if each.text == "我们可以帮忙。"]
        assert told.tail.startswith("Translation: We can help."), "beneath the words, and none of them"
    assert shown(play, "observer") == before
    assert objective(play) == world, "it weighs nothing"


def test_a_request_that_waits_has_it_too() -> None:
    """Parts of a view that are kept from one to the next are made again."""
    play = reading()
    go_on(play, "moves")
    assert play.team("china").requests[0].act.translation == ""
    play.submit("facilitator", translated())
    assert play.team("china").requests[0].act.translation == TRANSLATION


def test_a_reading_records_whether_it_rested_on_one() -> None:
    play = reading()
    play.submit("china", a.SealReading(item=1, hostility=1, confidence=3))
    assert [each.translated for each in meanings(play.state, play.table)] == [False]
    play.submit("facilitator", translated())
    play.submit("china", a.SealReading(item=1, hostility=-1, confidence=3))
    assert [each.translated for each in meanings(play.state, play.table)] == [True]
    play.submit("facilitator", translated(""))
    assert play.team("china").to_read[0].act.translation == ""
    go_on(play, "hotwash")
    hotwash = play.look("observer").hotwash
    assert hotwash is not None and hotwash.pairs[0].translated


def test_words_that_have_not_arrived_tell_their_sender_nothing_by_a_translation() -> None:
    """Or a facilitator who translates what arrives alone would say that it did."""
    play = reading()
    sent = play.state.acts["us", 1, 1]
    play.state = replace(play.state, acts={("us", 1, 1): replace(sent, arrived=0)})
    seats: tuple[a.SeatName, ...] = ("us", "observer")
    before = {seat: shown(play, seat) for seat in seats}
    play.submit("facilitator", translated())
    assert {seat: shown(play, seat) for seat in before} == before


def test_a_line_of_a_call_is_translated_for_those_who_hear_it() -> None:
    play = talking()
    play.submit("china", a.SayInCall(exchange=1, text="我们听到了。"))
    before = shown(play, "observer")
    for seat in a.SEATS:
        play.look(seat)
    play.submit("facilitator", a.TranslateLine(exchange=1, line=1, text="We hear you."))
    said = (("china", "我们听到了。", "We hear you."),)
    assert play.team("us").exchanges[0].said == play.team("china").exchanges[0].said == said
    for seat in ("us", "china", "facilitator"):
        assert [of.said for of in play.look(seat).feed if isinstance(of, ExchangeItem)] == [said]
    assert shown(play, "observer") == before


def test_what_cannot_be_translated_is_refused() -> None:
    play = reading()
    assert refused(play, "us", translated()) == "seat/facilitator"
    assert refused(play, "facilitator", translated("")) == "translation/none"
    assert refused(play, "facilitator", translated("x" * (a.LONGEST_TEXT + 1))) == "translation/length"
    assert refused(play, "facilitator", replace(translated(), order=2)) == "translation/unknown"
    assert refused(play, "facilitator", a.TranslateLine(exchange=1, line=1, text="x")) == "translation/unknown"
    play.submit("facilitator", translated())
    assert refused(play, "facilitator", translated()) == "translation/same"
