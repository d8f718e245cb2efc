"""What was asked, and what became of it: accepted, declined, countered, held, or met with silence."""

from __future__ import annotations

from functools import partial

import pytest
from tests.engine.asking import CALL, HELP, answer, dormant, draft, go_on, lucky, told
from tests.engine.play import Play, shipped, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import OwnActItem
from crisis_sim.pages.move_blocks import advice, open_channels
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.record_words import describe_silence
from crisis_sim.pages.translator import describe_fate

ACCEPT = answer("take-call", 1, "accept")
DECLINE = answer("refuse-contact", 1, "decline")
COUNTER = answer("offer-help", 1, "counter")
HOLD = answer("holding-note", 1, "holding")


def asked(seed: str = "1") -> Play:
    """The US has asked for a call; it is due at hour 9, before the second turn."""
    play = small(seed, 150)
    play.turn(us=(CALL,))
    return play


def asked_over_a_dormant_line(seed: str) -> Play:
    """The same, with a hotline over which an answer would be late."""
    play = asked(seed)
    go_on(play, "situation")
    return dormant(play)


def outcome(play: Play) -> tuple[str, str | None]:
    """Status of the first request, and how it was answered."""
    request = play.state.requests[0]
    return request.status, request.how


@pytest.mark.parametrize(("reply", "how"), [(ACCEPT, "accept"), (DECLINE, "decline"), (COUNTER, "counter")])
def test_an_answer_settles_a_request(reply: a.Draft, how: str) -> None:
    """The asker is told how; only an accepted one is an exchange; nothing is silence."""
    play = asked()
    assert play.state.requests[0].due_hour == 9
    play.turn(china=(reply,))
    assert outcome(play) == ("answered", how)
    words = {"accept": "accepted", "decline": "declined", "counter": "met with a counter-proposal"}[how]
    tail = next(item.tail for item in play.told("us") if item.sort == "ours")
    assert f"answered: {words}" in tail
    assert bool(told(play.events, e.ExchangeHeld)) == (how == "accept")
    assert not told(play.events, e.RequestUnanswered)
    play.open_moves()
    assert play.team("china").requests == ()


def test_a_counter_is_a_request_of_its_own() -> None:
    """It answers, and the first asker is asked in turn."""
    play = asked()
    play.turn(china=(COUNTER,))
    play.open_moves()
    assert [request.accept for request in play.team("us").requests] == ["accept-help"]
    play.turn(us=(answer("accept-help", 1, "accept"),))
    assert [request.how for request in play.state.requests] == ["counter", "accept"]


def test_silence_is_logged_and_judged() -> None:
    """In the first turn that begins after the time for an answer; it is felt by the asker and moves no fact."""
    play = asked()
    felt, tension = play.state.felt["us"], play.state.tension
    play.turn()
    assert [(event.act, event.lost) for event in told(play.events, e.RequestUnanswered)] == [(("us", 1, 1), False)]
    weighed = [event for event in told(play.events, e.ActWeighed) if event.silence]
    assert [(event.sender, event.weight, event.felt) for event in weighed] == [("china", 0, 200)]
    assert play.state.felt["us"] == felt - 100 + 200
    assert play.state.tension == tension - 100
    heads = [item.head for item in play.told("us") if item.sort == "silence"]
    assert heads == ["No answer to: Ask for a call, Embassies"]
    assert not any(item.sort == "silence" for item in play.told("china"))
    play.turn()
    assert len(told(play.events, e.RequestUnanswered)) == 1, "once"


def test_a_holding_note_avoids_silence_for_a_turn() -> None:
    """It keeps the request open; another one buys another turn, and then silence is silence."""
    play = asked()
    play.turn(china=(HOLD,))
    assert outcome(play) == ("open", None)
    play.open_moves()
    assert [request.held for request in play.team("china").requests] == [True]
    for seat, head in (("us", "China: Holding note, "), ("china", "Holding note, ")):
        assert any(item.head.startswith(head) for item in play.told(seat)), seat  # type: ignore[arg-type]  # teams
    play.turn()
    assert not told(play.events, e.RequestUnanswered)
    play.turn()
    assert len(told(play.events, e.RequestUnanswered)) == 1
    go_on(play, "hotwash")
    opened = play.white().hotwash
    assert opened is not None and opened.unanswered == 1
    assert [silence.fate for silence in opened.silences] == ["held"], "a holding note is no answer that came too late"
    patient = asked()
    for _ in range(3):
        patient.turn(china=(HOLD,))
    assert not told(patient.events, e.RequestUnanswered)


def test_an_answer_after_silence_is_still_an_answer() -> None:
    """The record keeps both: it was silent, then it was answered."""
    play = asked()
    play.turn()
    play.turn(china=(ACCEPT,))
    assert outcome(play) == ("answered", "accept")
    assert told(play.events, e.ExchangeHeld)
    go_on(play, "hotwash")
    opened = play.white().hotwash
    assert opened is not None
    assert (opened.asked, opened.taken, opened.refused, opened.unanswered) == (1, 1, 0, 1)
    assert [describe_silence(each, play.say("us")) for each in opened.silences] == [
        "United States, turn 1: Ask for a call, Embassies: they had it, and did not answer in time"
    ]


def test_an_answer_that_comes_late_settles_the_request_when_it_comes() -> None:
    """Over another channel it takes its own time, and the request is silent meanwhile."""
    play = lucky("late", asked_over_a_dormant_line, china=(answer("take-call", 1, "accept", "hotline"),))
    assert outcome(play) == ("silent", None)
    assert not told(play.events, e.ExchangeHeld)
    play.turn()
    assert outcome(play) == ("answered", "accept")
    assert play.state.exchanges[0].turn == 3
    play.open_moves()
    assert [exchange.open for exchange in play.team("us").exchanges] == [True], "accounts are given the turn after"


def test_a_leaked_answer_answers_too() -> None:
    """The call is taken, and the press has it."""
    play = lucky("leaked", asked, china=(ACCEPT,))
    assert outcome(play) == ("answered", "accept")
    assert any(item.sort == "theirs" for item in play.told("observer"))


def test_of_two_answers_the_first_to_arrive_counts() -> None:
    """A second one, sent before the first arrived, changes nothing."""
    play = lucky("late", asked_over_a_dormant_line, china=(answer("refuse-contact", 1, "decline", "hotline"),))
    play.turn(china=(ACCEPT,))
    assert len(told(play.events, e.RequestAnswered)) == 1
    assert outcome(play)[1] == "decline", "it came first, at its hour"


def test_a_request_that_was_lost_is_silence_to_its_sender() -> None:
    """Only the white cell knows at once, and both rooms after play."""
    play = lucky("unanswered", partial(small, length=150), us=(draft("request-call", "hotline"),))
    assert play.state.requests[0].due_hour == 18
    play.turn()
    play.turn()
    assert [event.lost for event in told(play.events, e.RequestUnanswered)] == [True]
    assert any(item.sort == "silence" for item in play.told("us"))
    assert play.team("china").requests == ()
    go_on(play, "hotwash")
    opened = play.white().hotwash
    assert opened is not None
    assert opened.silences[0].fate == "lost"


def test_a_call_that_comes_late_can_be_answered_before_it_is_silence() -> None:
    """The time for an answer runs from its arrival."""
    play = lucky("late", lambda seed: dormant(small(seed, 150)), us=(draft("request-call", "hotline"),))
    play.turn()
    assert not told(play.events, e.RequestUnanswered)
    play.turn(china=(answer("take-call", 1, "accept", "hotline"),))
    assert outcome(play) == ("answered", "accept")
    assert not told(play.events, e.RequestUnanswered)


def test_a_proposal_sent_back_for_study_is_not_met_with_silence() -> None:
    """Where two openings rub against each other it arrives a turn later, and its time runs from there."""
    begun = partial(Play, shipped("new-virus"), length=150)
    at_the_start = begun(seed="0")
    at_the_start.open_moves()
    over = open_channels(at_the_start.say("us").dossier.moves["working-group"], at_the_start.team("us"))[0]
    play = lucky("in-time", lambda seed: begun(seed=seed), us=(draft("working-group", over),))
    assert any(event.rule == "opening-mismatch" for event in told(play.events, e.RuleFired))
    assert {sent.arrived for sent in play.state.acts.values()} == {0}
    play.turn()
    assert {sent.arrived for sent in play.state.acts.values()} == {2}
    channel = play.table.scenario.channels[told(play.events, e.ActSent)[0].act.channel]
    within = max(play.table.base.answer_within, channel.latency)
    assert play.state.requests[0].due_hour == play.table.hours[1] + within
    assert not told(play.events, e.RequestUnanswered)
    play.open_moves()
    assert [request.accept for request in play.team("china").requests] != []


def test_a_proposal_in_public_is_told_to_come_before_them_later() -> None:
    """Its words are out at once; that a rule holds it back is said before it is sealed, in private too, and after."""
    play = Play(shipped("shared-evacuation"), length=45)
    play.open_moves()
    view, say = play.team("us"), play.say("us")
    move = say.dossier.moves["joint-statement"]
    sheet = PartialMove(move="joint-statement", channel="port-office", visibility="public")
    held = "Said in public at once; before them as a proposal in turn 2."
    assert [told for told in advice(move, view, None, sheet, say) if held in told] != []
    sheet.visibility = "private"
    assert [told for told in advice(move, view, None, sheet, say) if "come before them in turn 2" in told] != []
    sheet.terms = ("package",)
    assert [told for told in advice(move, view, None, sheet, say) if "efore them" in told] == []
    play.turn(us=(draft("joint-statement", "port-office", visibility="public"),))
    assert own_fate(play).startswith("said in public; it comes before them a turn later; answer due")
    play.turn()
    play.open_moves()
    assert own_fate(play) == "said in public; they can answer it with their next moves"
    assert [request.act.move for request in play.team("china").requests] == ["joint-statement"]


def own_fate(play: Play) -> str:
    """What the US page says of the first act that its team sent."""
    view = play.team("us")
    first = next(item for item in view.feed if isinstance(item, OwnActItem))
    return describe_fate(first, play.say("us"), view.hour)


def test_only_what_asks_opens_a_request() -> None:
    """And what arrived this turn can be answered in the next."""
    play = small(length=150)
    play.turn(us=(HELP, draft("reaffirm-rules", "embassy", about="hotline")))
    assert [request.act for request in play.state.requests] == [("us", 1, 1)]
    assert play.team("china").requests == ()
    play.open_moves()
    assert [request.number for request in play.team("china").requests] == [1]
