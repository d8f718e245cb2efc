"""Translations by the facilitator: beneath the words, for whoever may read those, and known to the reading."""

from __future__ import annotations

from msgspec.structs import replace
from tests.engine.asking import HELP, go_on, refused
from tests.engine.play import Play, small
from tests.engine.test_talks import talking
from tests.engine.twins import objective, shown

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.feed_items import ActItem, ExchangeItem, OwnActItem
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.measures.meanings import meanings

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
        assert "我们可以帮忙。\nTranslation: We can help." in "\n".join(each.text for each in play.told(seat))
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
