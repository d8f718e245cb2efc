"""What the hotwash lays open of each act, each channel, and of what was at stake."""

from __future__ import annotations

from tests.engine.asking import BLAME, CALL, HELP, answer, deliver, draft, go_on
from tests.engine.play import Play, bots, shipped, small
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.hotwash_facts import HotwashFacts, PairFacts
from crisis_sim.pages.acts_opened import act_blocks, fared
from crisis_sim.pages.blocks import Block, Paragraph, Quote, words
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.opening import READING_OPEN
from crisis_sim.pages.standing_blocks import track_word
from crisis_sim.rules.names import Language


def opened(play: Play) -> HotwashFacts:
    """The record, open."""
    go_on(play, "hotwash")
    hotwash = play.look("observer").hotwash
    assert hotwash is not None
    return hotwash


def told_of(pair: PairFacts, play: Play) -> str:
    """All that is told of an act, opened."""
    told = (f"“{block.text}”" if isinstance(block, Quote) else str(block) for block in blocks_of(pair, play))
    return "\n".join(told)


def heads_of(pair: PairFacts, play: Play, language: Language) -> list[str]:
    """The texts that are nobody's own words."""
    return [words(block.line) for block in blocks_of(pair, play, language) if isinstance(block, Paragraph)]


def blocks_of(pair: PairFacts, play: Play, language: Language = "en") -> list[Block]:
    return list(act_blocks(pair, 1, 1, READING_OPEN, play.say("us", language)))


def pair_of(play: Play, side: str, turn: int) -> PairFacts:
    """The first act of a side in a turn."""
    return next(pair for pair in opened(play).pairs if (pair.side, pair.turn, pair.order) == (side, turn, 1))


def test_an_act_that_came_in_time_has_nothing_to_tell_of_its_way() -> None:
    """What was said is what was seen."""
    play = small()
    play.turn(us=(HELP,))
    pair = pair_of(play, "us", 1)
    assert (pair.fared, pair.seen, pair.touched) == ((), None, None)


def test_how_a_channel_served_an_act_is_told_in_words() -> None:
    """Whatever came late, too low or through the press, or never came."""
    found: dict[str, str] = {}
    for number in range(40):
        play = bots(small_material(), "random", "random", seed=str(number), length=150)
        hotwash = play.look("us").hotwash
        assert hotwash is not None
        for pair in hotwash.pairs:
            sent = play.state.acts[pair.side, pair.turn, pair.order]
            fate = sent.act.outcome if sent.arrived or sent.act.outcome == "unanswered" else "way"
            found.setdefault(fate, fared(pair, play.say("us")))
            assert bool(pair.fared) == (sent.act.outcome != "in-time" or sent.arrived != pair.turn)
        if len(found) >= 5:
            break
    assert found["in-time"] == ""
    assert found["late"].startswith("It came late: ")
    assert found["unanswered"] == "Nobody took it up. It never reached them."
    assert "without authority" in found["too-low"]
    assert found["leaked"] == "It leaked: the press had it too."


def test_what_the_receiver_saw_stands_beside_what_was_said() -> None:
    """Where a rule blurs an act, its receiver saw that something was done, and not what."""
    for number in range(30, 70):  # earlier ones blur nothing
        play = bots(shipped("bottomed-submarine"), "random", "random", seed=str(number), length=45)
        hotwash = play.look("us").hotwash
        assert hotwash is not None
        for pair in hotwash.pairs:
            unclear = play.state.acts[pair.side, pair.turn, pair.order].unclear
            assert (pair.seen is not None) == (unclear is not None)
            if pair.seen is not None:
                assert "something was seen" in told_of(pair, play)
                return
    raise AssertionError("no act was blurred")


def test_the_line_that_a_receiver_felt_touched_is_named() -> None:
    """In the words of that line."""
    play = small(length=150)
    deliver(play, us=(BLAME,), china=())
    line = play.team("china").lines[0]
    play.submit("china", a.SealReading(item=1, hostility=2, confidence=3, touches=line.id))
    assert pair_of(play, "us", 1).touched == line.says


def test_the_answer_and_both_accounts_stand_under_what_was_asked() -> None:
    """Who answered what, and how each side told of the exchange."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.turn(china=(answer("take-call", 1, "accept", text="Gladly."),))
    play.open_moves()
    play.submit("us", a.SealReadout(exchange=1, outcome="agreed", tone=-2, text="We agreed."))
    play.submit("china", a.SealReadout(exchange=1, outcome="talked", tone=0, text="We listened."))
    shown = told_of(pair_of(play, "us", 1), play)
    said = [shown.index(text) for text in (": accepted", "“Gladly.”", "“We agreed.”", "“We listened.”")]
    assert said == sorted(said)
    assert "As United States told it: agreed, tone −2 friendly" in shown


def test_silence_stands_under_what_was_asked() -> None:
    """No answer in time is an answer too."""
    play = small(length=150)
    for _ in range(4):
        play.turn(us=(CALL,) if play.state.turn == 0 else ())
    assert "No answer came in time." in told_of(pair_of(play, "us", 1), play)


def test_a_channel_is_told_by_what_went_over_it() -> None:
    """Counted by side, with its shape in a word at the start and at the end."""
    play = small(length=150)
    play.turn(us=(CALL, HELP), china=(BLAME,))
    hotwash = opened(play)
    embassy = next(channel for channel in hotwash.channels if channel.id == "embassy")
    assert (embassy.us, embassy.china, embassy.lost) == (2, 0, 0)
    press = next(channel for channel in hotwash.channels if channel.china)
    assert (press.china, shape_word(press.id, press.start, play.say("us"))) == (1, "public")
    us, china = hotwash.contacts
    assert (us.side, us.private, us.public, us.asked, us.unanswered) == ("us", 2, 0, 2, 2)
    assert us.first_contact is not None
    assert (china.first_contact, china.private_before_public, china.public) == (None, 0, 1)


def test_what_was_at_stake_is_told_from_start_to_end() -> None:
    """Better or worse by what is good; a clock runs down, or out, and what came to pass has its hour."""
    play = small(length=150)
    play.turn()
    play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=0, reason="test"))
    hotwash = opened(play)
    clock = next(course for course in hotwash.courses if course.way == "ran-out")
    assert (clock.end, track_word(play.say("us").course(clock), clock.end, play.say("us"))) == (0, "gone")
    assert [hour for hour, _ in clock.marks] == [play.table.hours[0]]
    assert {course.way for course in hotwash.courses} <= {"better", "worse", "same", "ran-out", "ran-down"}


def test_a_guess_of_the_same_kind_and_concern_is_joined_to_its_line() -> None:
    """Each line once; a guess too many stays alone."""
    play = small()
    line = next(line for line in play.team("us").lines if line.kind == "red")
    authored = next(each for each in play.table.scenario.teams.team_of("us").lines if each.id == line.id)
    for _ in range(3):
        play.submit("china", a.GuessLine(line="red", concern=authored.concern, says="Guessed", weight=5))
    us = next(each for each in opened(play).lines if each.side == "us")
    same = [
        each.id
        for each in play.table.scenario.teams.team_of("us").lines
        if (each.kind, each.concern) == ("red", authored.concern)
    ]
    assert us.matched_before == tuple((name, number) for number, name in enumerate(same, 1))
    assert us.matched_after == ()


def test_every_word_of_it_is_in_chinese_too() -> None:
    """How acts fared, what was answered, the shapes of channels, what is left of clocks."""
    play = bots(shipped("bottomed-submarine"), "random", "random", seed="3", length=45)
    hotwash, say = play.look("us").hotwash, play.say("us", "zh")
    assert hotwash is not None
    told = [fared(pair, say) for pair in hotwash.pairs]
    told += [shape_word(channel.id, channel.end, say) for channel in hotwash.channels]
    told += [text for pair in hotwash.pairs for text in heads_of(pair, play, "zh")]
    assert any(told)
    assert not [words for words in told if words.isascii() and words]


def test_nothing_of_it_is_there_before_it_is_opened() -> None:
    """In no seat's view, whatever has been played."""
    play = small()
    play.turn(us=(CALL, draft("criticise", "press", "public", intent=1)))
    go_on(play, "closing")
    for seat in ("us", "china", "facilitator", "observer"):
        assert play.look(seat).hotwash is None
    assert not any(isinstance(event, e.NoteTaken) for event in play.events)
