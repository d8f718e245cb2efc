"""A team's part of a turn: its list of moves, readouts, readings and forecasts."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from tests.engine.asking import BLAME, CALL, FORCE, HELP, answer, deliver, draft, exchanged, go_on, phase, refused, told
from tests.engine.play import Play, shipped, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.acts.team_turn import MOST_HOLDING
from crisis_sim.engine.views.feed_items import OwnActItem
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.pending_blocks import draft_head, our_account
from crisis_sim.pages.refusals import refusal


def at_moves() -> Play:
    """The small scenario with its first moves open."""
    play = small()
    play.open_moves()
    return play


def test_a_list_is_sealed_revised_and_withdrawn_by_place() -> None:
    """Places count from 1 and close up when a move is withdrawn."""
    play = at_moves()
    for one in (CALL, BLAME, HELP):
        play.submit("us", a.SealMove(draft=one))
    play.submit("us", a.ReviseMove(number=2, draft=FORCE))
    play.submit("us", a.WithdrawMove(number=1))
    assert play.state.us.drafts == (FORCE, HELP)
    assert [view.number for view in play.team("us").drafts] == [1, 2]
    for number in (0, 3, -1, 10**30):
        assert refused(play, "us", a.WithdrawMove(number=number)) == "move/number"
        assert refused(play, "us", a.ReviseMove(number=number, draft=CALL)) == "move/number"


@pytest.mark.parametrize(("expected", "code"), [(UNSET, "move/expected-unsaid"), (4, "move/expected")])
def test_a_move_says_how_it_is_expected_to_be_taken(expected: int | UnsetType, code: str) -> None:
    """Nothing is sealed, nor put in the place of what is, that does not say it on the scale."""
    play = at_moves()
    play.submit("us", a.SealMove(draft=HELP))
    unsaid = replace(HELP, expected=expected)
    for action in (a.SealMove(draft=unsaid), a.ReviseMove(number=1, draft=unsaid)):
        with pytest.raises(ActionRefused) as caught:
            decide(play.state, "us", action, play.table)
        assert caught.value.code == code
        assert all(refusal(caught.value, "en"))


@pytest.mark.parametrize(
    ("one", "audience", "code"), [(BLAME, UNSET, "move/audience-unsaid"), (HELP, "home", "move/audience")]
)
def test_public_words_say_for_whom_they_are_and_private_ones_do_not(one: a.Draft, audience: Any, code: str) -> None:
    """What is private is for the other side alone."""
    play = at_moves()
    with pytest.raises(ActionRefused) as caught:
        decide(play.state, "us", a.SealMove(draft=replace(one, audience=audience)), play.table)
    assert caught.value.code == code
    assert all(refusal(caught.value, "en"))


def test_a_reading_of_public_words_says_for_whom_they_were() -> None:
    """And one of private words does not."""
    play = small()
    deliver(play, us=(BLAME, HELP))
    for item, audience, code in ((1, UNSET, "reading/audience-unsaid"), (2, "home", "reading/audience")):
        reading = a.SealReading(item=item, hostility=0, confidence=2, audience=audience)  # type: ignore[arg-type]  # as given
        with pytest.raises(ActionRefused) as caught:
            decide(play.state, "china", reading, play.table)
        assert caught.value.code == code
        assert all(refusal(caught.value, "en"))


def test_words_taken_to_be_for_home_press_half_as_much() -> None:
    """Whomever they were meant for: it is the reader that discounts them, and nothing in the world moves otherwise."""
    came = {}
    for audience in ("them", "home"):
        play = Play(shipped("bottomed-submarine"), length=90)
        deliver(play, us=(draft("criticise", "press", "public", intent=2, audience="them"),))
        line = next(each.id for each in play.team("china").lines if each.kind == "pink")
        reading = a.SealReading(item=1, hostility=2, confidence=3, touches=line, audience=audience)
        play.submit("china", reading)
        go_on(play, "results")
        came[audience] = play.state.pressure[f"china/{line}"], play.state.tension
    assert came["home"][0] == (came["them"][0] + 1) // 2 > 0
    assert came["them"][1] == came["home"][1]


def test_what_was_expected_is_seen_by_its_sender_and_the_facilitator() -> None:
    """On the list, in the feed and among the acts; the receiver sees none of it before the hotwash."""
    play = at_moves()
    draft_sent = replace(HELP, expected=1)
    play.submit("us", a.SealMove(draft=draft_sent))
    assert draft_head(play.team("us").drafts[0].draft, play.say("us")).endswith(
        "meant −2 friendly, expected to be taken as +1 rather hostile"
    )
    go_on(play, "results")
    assert [item.expected for item in play.team("us").feed if isinstance(item, OwnActItem)] == [1]
    assert [act.expected for act in play.white().acts] == [1]
    play.submit("facilitator", a.Reveal(side="us", turn=1, order=1))
    assert play.told("china")[-1].text == (
        "United States meant it as friendly (−2) and expected rather hostile (+1); it was not read"
    )


def test_a_turn_has_a_most_and_a_least() -> None:
    """More than the most cannot be sealed, fewer than the least cannot be committed."""
    play = at_moves()
    for _ in range(3):
        play.submit("us", a.SealMove(draft=BLAME))
    assert refused(play, "us", a.SealMove(draft=BLAME)) == "move/many"
    strict = Play(shipped("bottomed-submarine"))
    strict.open_moves()
    assert strict.say("us").dossier.moves_least == 1
    assert refused(strict, "us", a.CommitMoves()) == "move/few"


def asked(times: int = 6) -> Play:
    """China has asked the US several things, over two turns."""
    play = small(length=150)
    play.turn(china=(CALL, HELP, CALL)[:times])
    play.turn(china=(CALL, HELP, CALL)[: max(0, times - 3)])
    play.open_moves()
    return play


def test_answers_come_on_top_of_a_turns_own_moves() -> None:
    """Nobody fills the other's turn by asking it much: three are answered beside three moves, and no fourth fits."""
    play = asked()
    for _ in range(3):
        play.submit("us", a.SealMove(draft=BLAME))
    assert refused(play, "us", a.SealMove(draft=BLAME)) == "move/many"
    for one in (
        answer("refuse-contact", 1, "decline"),
        answer("accept-help", 2, "accept"),
        replace(BLAME, answers=3, how="counter"),
    ):
        play.submit("us", a.SealMove(draft=one))
    assert refused(play, "us", a.ReviseMove(number=4, draft=BLAME)) == "move/many"
    play.submit("us", a.CommitMoves())


def test_an_answer_is_enough_for_a_turn_and_a_holding_note_is_not() -> None:
    """What counts towards the least of a turn."""
    play = Play(shipped("bottomed-submarine"))
    play.turn(us=(draft("fact-statement", "embassies"),), china=(draft("private-inquiry", "embassies"),))
    play.open_moves()
    play.submit("us", a.SealMove(draft=answer("fact-statement", 1, "holding", "embassies")))
    assert refused(play, "us", a.CommitMoves()) == "move/few"
    play.submit("us", a.ReviseMove(number=1, draft=answer("private-reassure", 1, "accept", "embassies")))
    play.submit("us", a.CommitMoves())


def test_holding_notes_are_not_counted_as_moves_and_are_limited() -> None:
    """Five of them fit beside three moves, and a revision finds no way round either limit."""
    play = asked()
    for number in range(1, MOST_HOLDING + 1):
        play.submit("us", a.SealMove(draft=answer("holding-note", number, "holding")))
    assert refused(play, "us", a.SealMove(draft=answer("holding-note", 6, "holding"))) == "move/many-holding"
    for _ in range(3):
        play.submit("us", a.SealMove(draft=BLAME))
    assert refused(play, "us", a.SealMove(draft=BLAME)) == "move/many"
    assert refused(play, "us", a.ReviseMove(number=1, draft=BLAME)) == "move/many"
    assert (
        refused(play, "us", a.ReviseMove(number=8, draft=answer("holding-note", 6, "holding"))) == "move/many-holding"
    )
    play.submit("us", a.ReviseMove(number=8, draft=FORCE))
    play.submit("us", a.CommitMoves())


def test_one_answer_to_one_request() -> None:
    """A second answer to it is refused; revising the first is not a second."""
    play = asked(1)
    play.submit("us", a.SealMove(draft=answer("take-call", 1, "accept")))
    assert refused(play, "us", a.SealMove(draft=answer("refuse-contact", 1, "decline"))) == "answer/twice"
    play.submit("us", a.ReviseMove(number=1, draft=answer("refuse-contact", 1, "decline")))
    assert [view.drafted for view in play.team("us").requests] == [True]
    assert refused(play, "us", a.StaySilent(request=1)) == "answer/twice"


def test_a_choice_to_say_nothing_is_ours_alone_and_leaves_the_answer_open() -> None:
    """The other side and the facilitator's deadline see no difference; an answer takes its place."""
    play, twin = asked(1), asked(1)
    play.submit("us", a.StaySilent(request=1))
    assert [(each.stays_silent, each.drafted) for each in play.team("us").requests] == [(True, False)]
    assert play.look("china") == twin.look("china")
    assert refused(play, "us", a.StaySilent(request=2)) == "answer/closed"
    play.submit("us", a.SealMove(draft=answer("take-call", 1, "accept")))
    assert [each.drafted for each in play.team("us").requests] == [True]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (draft("criticize", "press", "public"), "move/unknown"),
        (draft("", "press"), "move/unknown"),
        (replace(CALL, intent=4), "move/intent"),
        (replace(CALL, intent=-(10**40)), "move/intent"),
        (replace(CALL, text="x" * (a.LONGEST_TEXT + 1)), "move/text"),
        (replace(CALL, channel="telegraph"), "channel/unknown"),
        (replace(CALL, channel="scholars"), "channel/unfit"),
        (replace(CALL, visibility="public"), "move/visibility"),
        (replace(HELP, visibility="public"), "channel/visibility"),
        (replace(CALL, terms=("tied",)), "move/term"),
        (replace(HELP, terms=("tied", "tied")), "move/term-twice"),
        (replace(CALL, promise="no-forces"), "move/promise"),
        (replace(CALL, promise="world-peace"), "move/promise"),
        (draft("suspend-channel", "press", "public"), "move/about"),
        (draft("suspend-channel", "press", "public", about="telegraph"), "move/about-unknown"),
        (draft("take-call", "embassy"), "answer/nothing"),
        (replace(CALL, how="accept"), "answer/nothing"),
        (answer("take-call", 2, "accept"), "answer/closed"),
        (answer("take-call", -1, "accept"), "answer/closed"),
        (answer("take-call", 1, None), "answer/how"),
        (answer("refuse-contact", 1, "accept"), "answer/move"),
        (answer("take-call", 1, "holding"), "answer/move"),
        (answer("take-call", 1, "counter"), "answer/counter"),
    ],
)
def test_a_draft_that_cannot_be_made_is_refused(wrong: a.Draft, code: str) -> None:
    """Each for its own reason."""
    play = asked(1)
    assert refused(play, "us", a.SealMove(draft=wrong)) == code
    play.submit("us", a.SealMove(draft=CALL))
    assert refused(play, "us", a.ReviseMove(number=1, draft=wrong)) == code


def test_a_refusal_repeats_no_endless_name() -> None:
    """A megabyte of nonsense comes back as a sentence."""
    play = at_moves()
    for wrong in (draft("x" * 10**6, "press"), replace(CALL, channel="y" * 10**6), replace(HELP, terms=("z" * 10**6,))):
        with pytest.raises(ActionRefused) as caught:
            play.submit("us", a.SealMove(draft=wrong))
        assert len(str(caught.value)) < 200
        assert len(refusal(caught.value, "en")[0]) < 200


def test_words_are_cleaned_at_the_door() -> None:
    """What a terminal would obey does not reach the state."""
    play = at_moves()
    play.submit("us", a.SealMove(draft=replace(CALL, text="  \x1b]52;c;x\x07Call\u202e us\r\nnow\x00  ")))
    assert play.state.us.drafts[0].text == "]52;c;xCall us\nnow"


def test_only_a_move_about_a_channel_is_about_one() -> None:
    """A channel left over in a composer, or slipped in, does not reach the rules."""
    play = at_moves()
    play.submit("us", a.SealMove(draft=replace(CALL, about="hotline")))
    play.submit("us", a.SealMove(draft=draft("reaffirm-rules", "press", "public", about="hotline")))
    assert [one.about for one in play.state.us.drafts] == [None, "hotline"]


def test_readings_are_of_what_came_this_turn() -> None:
    """By place in the inbox, within the scales, and about a line of ours; sealed again until committed."""
    play = small()
    deliver(play, us=(BLAME,), china=())
    read = a.SealReading(item=1, hostility=2, confidence=3)
    for wrong, code in (
        (replace(read, item=2), "reading/unknown"),
        (replace(read, item=0), "reading/unknown"),
        (replace(read, hostility=4), "reading/hostility"),
        (replace(read, confidence=0), "reading/confidence"),
        (replace(read, confidence=5), "reading/confidence"),
        (replace(read, touches="boarding"), "reading/line"),
    ):
        assert refused(play, "china", wrong) == code
    play.submit("china", read)
    play.submit("china", replace(read, hostility=-1, touches="public-blame"))
    card = play.team("china").to_read[0]
    assert (card.hostility, card.touches) == (-1, "public-blame")
    play.submit("china", a.CommitReadings())
    assert phase(play) == "results"
    go_on(play, "readings", "results")
    play.turn()
    assert refused(play, "china", read) == "phase/wrong"


def test_what_came_earlier_cannot_be_read_again() -> None:
    """A reading belongs to the turn in which the act arrived."""
    play = small()
    play.turn(us=(BLAME,))
    deliver(play, us=(BLAME,))
    assert [card.number for card in play.team("china").to_read] == [2]
    assert refused(play, "china", a.SealReading(item=1, hostility=0, confidence=1)) == "reading/unknown"


def test_forecasts_are_given_in_percent_for_the_next_turn() -> None:
    """The last one sealed counts; what happened is set beside it at the end of the next turn."""
    play = small()
    play.turn()
    play.submit("facilitator", a.Advance())
    assert refused(play, "us", a.SealForecast(forecast="weather", chance=5)) == "forecast/unknown"
    for chance in (-1, 101):
        assert refused(play, "us", a.SealForecast(forecast="takes-call", chance=chance)) == "forecast/chance"
    play.submit("us", a.SealForecast(forecast="public-blame", chance=20))
    play.submit("us", a.SealForecast(forecast="public-blame", chance=70))
    play.submit("us", a.CommitForecasts())
    assert phase(play) == "forecasts"
    play.submit("china", a.CommitForecasts())
    assert phase(play) == "situation"
    play.turn(china=(BLAME,))
    assert play.state.us.scored == (("public-blame", 2, 70, True),)
    assert play.state.us.forecasts == ()


@pytest.mark.parametrize(
    ("action", "elsewhere"),
    [
        (a.SealMove(draft=CALL), "readings"),
        (a.CommitMoves(), "results"),
        (a.WithdrawMove(number=1), "situation"),
        (a.SealReadout(exchange=1, outcome="agreed", tone=0), "situation"),
        (a.SealReading(item=1, hostility=0, confidence=1), "moves"),
        (a.CommitReadings(), "moves"),
        (a.SealForecast(forecast="takes-call", chance=1), "moves"),
        (a.CommitForecasts(), "closing"),
    ],
)
def test_each_act_has_its_phase(action: a.AnyAction, elsewhere: e.Phase) -> None:
    """Out of it the table refuses, and says which phase it is."""
    play = small()
    play.submit("us", a.SealLines())
    if elsewhere == "readings":
        deliver(play, us=(BLAME,), china=(BLAME,))
    go_on(play, elsewhere)
    assert refused(play, "us", action) == "phase/wrong"


def test_a_commit_is_final() -> None:
    """Nothing can be sealed after it."""
    play = at_moves()
    play.submit("us", a.CommitMoves())
    for action in (a.SealMove(draft=CALL), a.CommitMoves(), a.WithdrawMove(number=1)):
        assert refused(play, "us", action) == "phase/committed"
    play.submit("china", a.SealMove(draft=CALL))


def test_a_readout_accounts_for_an_exchange_that_is_open() -> None:
    """Either side may give one until its list is committed, the last one counts, and the other side sees none of it."""
    play = exchanged()
    before = play.look("china")
    readout = a.SealReadout(exchange=1, outcome="agreed", tone=-1, text="We agreed.")
    play.submit("us", replace(readout, tone=2))
    play.submit("us", readout)
    assert play.look("china") == before
    for wrong, code in (
        (replace(readout, exchange=2), "readout/closed"),
        (replace(readout, exchange=0), "readout/closed"),
        (replace(readout, tone=4), "readout/tone"),
        (replace(readout, text="x" * (a.LONGEST_TEXT + 1)), "readout/text"),
    ):
        assert refused(play, "us", wrong) == code
    assert our_account(play.team("us").exchanges[0], play.say("us")).startswith("agreed, −1")
    go_on(play, "results")
    assert [event.result for event in told(play.events, e.ReadoutsCompared)] == ["one-sided"]
