"""What channels do with moves, by their readiness and the luck of the session."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial

import pytest
from msgspec.structs import replace as with_fields
from tests.engine.asking import BLAME, CALL, FORCE, HELP, answer, dormant, draft, go_on, lucky, refused, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.acts.delivery import latency_of, risks
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.channel_blocks import odds_of
from crisis_sim.pages.console_blocks import act_blocks
from crisis_sim.pages.console_forms import console_names
from crisis_sim.pages.pending_blocks import received

MANY = 1_000
RUSTY = draft("request-call", "hotline")


def fates(play: Play, us: tuple[a.Draft, ...] = (), china: tuple[a.Draft, ...] = ()) -> list[list[e.ActSent]]:
    """What the channels do with the same lists, in sessions that differ in their seed alone."""
    play.open_moves()
    for one in us:
        play.submit("us", a.SealMove(draft=one))
    for one in china:
        play.submit("china", a.SealMove(draft=one))
    play.submit("us", a.CommitMoves())
    tables = (with_fields(play.table, seed=f"seed {number}") for number in range(MANY))
    return [told(decide(play.state, "china", a.CommitMoves(), table), e.ActSent) for table in tables]


def near(count: int, percent: float) -> bool:
    """Within four standard deviations of its chance."""
    chance = percent / 100
    spread = math.sqrt(MANY * chance * (1 - chance))
    return abs(count - MANY * chance) <= 4 * spread


def test_outcomes_come_at_their_stated_chances() -> None:
    """A rusty line: 20 in a hundred are not taken up, 20 are taken too low, and 5 of the others leak."""
    counted = Counter(sent[0].act.outcome for sent in fates(small(), us=(RUSTY,)))
    assert near(counted["unanswered"], 20), counted
    assert near(counted["too-low"], 20), counted
    assert near(counted["leaked"], 60 * 0.05), counted
    assert near(counted["in-time"], 60 * 0.95), counted
    ready = Counter(sent[0].act.outcome for sent in fates(small(), us=(CALL,)))
    assert set(ready) == {"in-time", "leaked"}
    assert near(ready["leaked"], 5), ready


def test_what_is_public_always_arrives_at_once() -> None:
    """Whatever the luck."""
    for sent in fates(small(), us=(BLAME,)):
        assert (sent[0].act.outcome, sent[0].due_turn, sent[0].due_hour) == ("in-time", 1, 0)


def test_the_luck_of_one_side_does_not_hang_on_the_other() -> None:
    """Nor on what it does before: the same act at the same place fares the same."""
    alone = [sent[-1].act.outcome for sent in fates(small(), china=(RUSTY,))]
    beside = [sent[-1].act.outcome for sent in fates(small(), us=(CALL, BLAME, RUSTY), china=(RUSTY,))]
    other_words = [sent[-1].act.outcome for sent in fates(small(), china=(draft("offer-help", "hotline", intent=3),))]
    assert alone == beside == other_words


def test_deciding_twice_rolls_the_same() -> None:
    """Luck is a pure function; no generator is used up."""
    play = small()
    assert fates(play, us=(RUSTY,))[:50] == [
        told(decide(play.state, "china", a.CommitMoves(), with_fields(play.table, seed=f"seed {number}")), e.ActSent)
        for number in range(50)
    ]


def test_an_answer_over_the_same_channel_is_always_taken_up() -> None:
    """They are on the line already; it can still leak, and it comes in time."""
    asked = small(length=150)
    asked.submit("facilitator", a.Override(meter="readiness", of="hotline", to=100, reason="a good line"))
    asked.turn(us=(RUSTY,))
    asked.submit("facilitator", a.Override(meter="readiness", of="hotline", to=0, reason="a dead line"))
    counted = Counter(
        (sent[0].act.outcome, sent[0].due_turn)
        for sent in fates(asked, china=(answer("take-call", 1, "accept", "hotline"),))
    )
    assert set(counted) == {("in-time", 2), ("leaked", 2)}
    assert near(counted["leaked", 2], 5)


def late_call(*drafts: a.Draft) -> Play:
    """The first seed under which a late message is taken up."""
    for number in range(200):
        play = dormant(small(str(number), 150))
        play.turn(us=drafts or (RUSTY,))
        if all(sent.act.outcome == "late" for sent in told(play.events, e.ActSent)):
            return play
    raise AssertionError("no seed is that lucky")


def test_a_late_message_arrives_in_the_turn_of_its_hour() -> None:
    """Twelve hours a turn, eighteen hours on its way: it comes in the second turn, at its hour, and says so."""
    play = late_call()
    assert not play.state.china.inbox
    assert "no confirmation yet; should be there by T+18" in tail(play)
    assert "still under way" in on_the_console(play)
    assert refused(play, "facilitator", a.Reveal(side="us", turn=1, order=1)) == "reveal/under-way"
    play.turn()
    assert "not read" in on_the_console(play)
    assert "act:us:1:1" in console_names(play.white(), play.say("facilitator"))
    item = play.state.china.inbox[0]
    assert (item.turn, item.hour) == (2, 18)
    assert "came 18 h after it was sent" in next(one for one in play.told("china") if one.sort == "theirs").tail
    assert "delivered" in tail(play)


def on_the_console(play: Play) -> str:
    """What the facilitator is told of the acts."""
    say = play.say("facilitator")
    return "\n".join(lines_of(act_blocks(play.white().acts, say), say))


def tail(play: Play) -> str:
    """What the US is told of its first act."""
    return next(one for one in play.told("us") if one.sort == "ours").tail


def test_what_would_come_after_the_end_never_arrives() -> None:
    """A late message of the last turn."""
    play = small(length=150)
    while play.state.turn < 4:
        play.submit("facilitator", a.Advance())
    dormant(play)
    dues = {(sent[0].act.outcome, sent[0].due_turn) for sent in fates(play, us=(RUSTY,))}
    assert dues >= {("late", 0), ("unanswered", 0)}
    assert all(turn == 0 for _, turn in dues)


def test_a_sender_is_not_told_which_way_its_message_failed() -> None:
    """Not taken up, or only late: the words are the same until the hour has passed."""
    seen = set()
    for number in range(40):
        play = dormant(small(str(number), 150))
        play.turn(us=(RUSTY,))
        outcome = told(play.events, e.ActSent)[0].act.outcome
        if outcome in {"late", "unanswered"}:
            seen.add((outcome, tail(play)))
    assert {outcome for outcome, _ in seen} == {"late", "unanswered"}
    assert len({words for _, words in seen}) == 1


def test_a_lost_message_is_never_confirmed() -> None:
    """Once its hour has passed its sender knows that much and no more, until play is over; the other side never."""
    lost = lucky("unanswered", partial(small, length=150), us=(RUSTY,))
    lost.turn()
    lost.turn()
    assert "never confirmed" in tail(lost)
    assert lost.state.china.inbox == ()
    go_on(lost, "closing")
    assert "it never arrived" in tail(lost), "its sender learns it at the end"
    assert not any(isinstance(item, ActItem) for item in lost.team("china").feed)


def test_too_low_is_worth_half_and_an_unofficial_word_nothing() -> None:
    """The catalogue's weight after what the channel did to it."""
    weights = {sent[0].act.outcome: sent[0].weight for sent in fates(small(), us=(draft("offer-help", "hotline"),))}
    assert weights["in-time"] == -300
    assert weights["too-low"] == -150
    assert weights["leaked"] == -300, "only what presses weighs more when it leaks"
    scholars = {sent[0].weight for sent in fates(small(), us=(draft("offer-help", "scholars"),))}
    assert scholars == {0}
    force = {sent[0].act.outcome: sent[0].weight for sent in fates(small(), us=(draft("show-of-force", "hotline"),))}
    assert (force["in-time"], force["leaked"]) == (800, 1200)


def test_a_leak_is_heard_by_everybody() -> None:
    """Its sender, its receiver and the observers learn of it."""
    play = lucky("leaked", small, us=(draft("offer-help", "embassy", text="Between us"),))
    assert told(play.events, e.ActArrived)[0].visible == "everyone"
    seats: tuple[a.SeatName, ...] = ("us", "china", "observer")
    for seat in seats:
        heard = next(item for item in play.told(seat) if "Between us" in item.text)
        assert "it leaked" in heard.tail, "a private act that everybody reads says why they do"
    assert play.state.standing["us"] == 525, "half of what the public would have made of it"


def test_a_suspended_channel_carries_nothing_until_it_is_back() -> None:
    """The board says so to both, and what would go over it is refused."""
    play = small(length=150)
    play.turn(us=(draft("suspend-channel", "press", "public", about="hotline"),))
    assert play.state.suspended == {"hotline": "us"}
    play.open_moves()
    assert refused(play, "china", a.SealMove(draft=RUSTY)) == "channel/suspended"
    board = {channel.id: channel for channel in play.team("china").channels}
    assert (board["hotline"].state, odds_of(board["hotline"], play.say("china"))) == ("reopening", "suspended")
    play.turn()
    play.open_moves()
    assert play.state.suspended == {}
    play.submit("china", a.SealMove(draft=RUSTY))


def test_latency_and_odds_change_for_some_turns() -> None:
    """All channels twice as slow for one turn; the other side less likely to answer for two."""
    play = small(length=150)
    before = latency_of(play.state, play.table, "embassy")
    play.turn(us=(draft("suspend-channel", "press", "public", about="embassy"),))
    go_on(play, "situation")
    assert latency_of(play.state, play.table, "embassy") == 2 * before == 6
    assert risks(play.state, play.table, "us", "embassy") == (20, 0)
    assert risks(play.state, play.table, "china", "embassy") == (0, 0)
    play.turn()
    go_on(play, "situation")
    assert latency_of(play.state, play.table, "embassy") == before
    assert risks(play.state, play.table, "us", "embassy") == (20, 0)
    play.turn()
    go_on(play, "situation")
    assert risks(play.state, play.table, "us", "embassy") == (0, 0)


@pytest.mark.parametrize("air", [1_000, 2_000])
def test_under_time_pressure_an_ambiguous_act_may_arrive_garbled(air: int) -> None:
    """A rule on delivery, half of the time while under a quarter of the clock is left."""
    play = small()
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=air, reason="to try it"))
    unclear = sum(sent[0].unclear == "rushed-words" for sent in fates(play, us=(FORCE,)))
    assert near(unclear, 50 if air == 1_000 else 0)


def test_a_garbled_act_shows_its_receiver_neither_move_nor_words() -> None:
    """Its sender and the white cell see it as it was."""
    for number in range(40):
        play = small(seed=str(number))
        go_on(play, "situation")
        play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=1, reason="to try it"))
        play.open_moves()
        play.submit("us", a.SealMove(draft=draft("show-of-force", "press", "public", text="XQZ")))
        go_on(play, "readings")
        if told(play.events, e.ActSent)[0].unclear:
            break
    else:
        raise AssertionError("no seed is that lucky")
    card = play.team("china").to_read[0]
    assert (card.act.move, card.act.text) == ("", "")
    assert (
        play.say("china").localize(card.act.seen or {}) == "The other side has done something; the report is garbled."
    )
    assert "Move forces" not in received(card.act, play.say("china"))
    assert "XQZ" in play.white().acts[0].act.text
    assert any("XQZ" in item.text for item in play.told("us"))


def test_a_channel_that_carried_something_is_readier_for_it() -> None:
    """Once a turn, however much it carried, and not at all for what was lost."""
    play = small()
    before = play.state.readiness["embassy"]
    play.turn(us=(CALL, HELP))
    moved = [event for event in told(play.events, e.NumberMoved) if event.trace.rule == "channel-use"]
    assert [(event.of, event.trace.before, event.trace.after) for event in moved] == [("embassy", before, before + 5)]
