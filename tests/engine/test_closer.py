"""What moved a team closer: asked by the other team or by the facilitator, answered truly or not, and told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from tests.engine.asking import BLAME, FORCE, HELP, deliver, go_on, refused, told
from tests.engine.play import Play
from tests.engine.test_telling import telling

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import CloserItem
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.closer_words import CLOSER, closer_blocks, describe_movers
from crisis_sim.pages.feed_words import item_words
from crisis_sim.playtest.bot_words import closer_answer
from crisis_sim.replaying.moment_words import describe_entry
from crisis_sim.session.record import Entry

CONCERN = "sovereignty"


def small(length: int = 90) -> Play:
    """A session under a pack in which lines are told at 90 and 150 minutes."""
    return Play(telling(), length=length)


def pressed() -> Play:
    """A turn is over in which the US pressed China and helped it, and China helped the US."""
    play = small()
    deliver(play, us=(HELP, BLAME, FORCE), china=(HELP,))
    for item, hostility in ((2, 2), (3, 3)):
        play.submit("china", a.SealReading(item=item, hostility=hostility, confidence=3))
    go_on(play, "results")
    return play


def asked(play: Play | None = None) -> Play:
    """Both have been asked, and their moves are open."""
    play = play or pressed()
    play.submit("facilitator", a.PutQuestion())
    play.open_moves()
    return play


def heard(play: Play, seat: a.SeatName) -> list[str]:
    return [item_words(item, play.say(seat)).head for item in play.look(seat).feed if isinstance(item, CloserItem)]


def test_both_are_asked_and_hear_what_the_other_says() -> None:
    """An observer hears nothing; no number moves by it; who says nothing declines, and that is no silence."""
    play = asked()
    quiet = pressed()
    quiet.open_moves()
    assert len(heard(play, "us")) == len(heard(play, "china")) == 1 and len(heard(play, "facilitator")) == 2
    sheet = play.team("china").closer
    assert sheet is not None and sheet.is_first and [each.number for each in sheet.acts] == [3, 2, 1]
    play.submit("china", a.AnswerCloser(acts=(3,), concern=CONCERN))
    for each in (play, quiet):
        go_on(each, "results")
    for seat in ("us", "china", "facilitator"):
        assert len(heard(play, seat)) == (4 if seat == "facilitator" else 3)
    assert heard(play, "observer") == []
    assert "China says" in " ".join(heard(play, "us")) and "declines" in " ".join(heard(play, "china"))
    assert told(play.events, e.RequestUnanswered) == told(quiet.events, e.RequestUnanswered)
    for part in ("tension", "felt", "trust", "standing", "pressure", "requests", "flags"):
        assert getattr(play.state, part) == getattr(quiet.state, part)


def test_an_answer_stays_sealed_until_the_moves_are_final() -> None:
    """Whatever it says; until then it can be said again."""
    play, twin = asked(), asked()
    play.submit("china", a.AnswerCloser(acts=(1,), concern=CONCERN))
    play.submit("china", a.AnswerCloser(acts=(3, 2), concern=CONCERN))
    for seat in ("us", "observer"):
        assert play.look(seat) == twin.look(seat)
    sheet = play.team("china").closer
    assert sheet is not None and sheet.chosen == (3, 2) and sheet.said
    own = "\n".join(lines_of(closer_blocks(play.team("china"), play.say("china")), play.say("china")))
    assert CLOSER in own and "turn 1" in own and "not decided" not in own
    go_on(play, "results")
    (answer,) = [each for each in told(play.events, e.CloserAnswered) if each.side == "china"]
    assert answer.acts == (("us", 1, 3), ("us", 1, 2))


def test_a_team_asks_with_its_moves_and_the_other_answers_with_its_next() -> None:
    """Nobody knows of it before the moves are final; it can be taken back, and is no move."""
    play, twin = pressed(), pressed()
    for each in (play, twin):
        each.open_moves()
    way = play.team("us").ways_to_ask[0]
    play.submit("us", a.AskCloser(channel=way))
    assert play.team("us").asks_closer == way and play.look("china") == twin.look("china")
    play.submit("us", a.AskCloser(channel=""))
    assert play.team("us").asks_closer == ""
    play.submit("us", a.AskCloser(channel=way))
    go_on(play, "results")
    (asked,), (asks,) = heard(play, "china"), heard(play, "us")
    assert "asks us over" in asked and asks.startswith("We ask them over") and heard(play, "observer") == []
    play.open_moves()
    assert play.team("us").closer is None
    sheet = play.team("china").closer
    assert sheet is not None and sheet.by == "us"
    assert play.state.team("us").asks_closer == ""


def test_what_cannot_be_asked_or_answered_says_why() -> None:
    """Each with a way out."""
    early = small()
    early.open_moves()
    assert refused(early, "facilitator", a.PutQuestion()) == "closer/moves"
    assert refused(early, "us", a.AnswerCloser(acts=(), concern="")) == "closer/not-asked"
    assert refused(early, "us", a.AskCloser(channel="press")) == "closer/channel"
    assert refused(early, "us", a.PutQuestion()) == "seat/facilitator"
    first = small()
    go_on(first, "situation")
    assert refused(first, "facilitator", a.PutQuestion()) == "closer/early"
    play = pressed()
    play.submit("facilitator", a.PutQuestion())
    assert refused(play, "facilitator", a.PutQuestion()) == "closer/open"
    play.open_moves()
    for acts, concern, code in (
        ((9,), CONCERN, "closer/act"),
        ((0,), CONCERN, "closer/act"),
        ((1, 2, 3), CONCERN, "closer/acts"),
        ((1, 1), CONCERN, "closer/acts"),
        ((1,), "nothing", "closer/concern"),
    ):
        assert refused(play, "china", a.AnswerCloser(acts=acts, concern=concern)) == code
    while play.state.turn < play.table.turns:
        play.turn()
    assert refused(play, "facilitator", a.PutQuestion()) == "closer/late"


def test_a_session_of_45_minutes_does_not_ask() -> None:
    """No door of it shows there."""
    play = small(45)
    deliver(play, us=(BLAME,), china=(HELP,))
    assert refused(play, "facilitator", a.PutQuestion()) == "closer/off"
    go_on(play, "results")
    play.open_moves()
    assert play.team("us").ways_to_ask == ()
    assert refused(play, "us", a.AskCloser(channel="embassy")) == "closer/off"


@pytest.mark.parametrize(("acts", "candid"), [((3, 2), True), ((1,), False)])
def test_the_hotwash_says_how_candid_an_answer_was(acts: tuple[int, ...], candid: bool) -> None:
    """By what had pressed the lines of its team before; what declined has none."""
    play = asked()
    presses = [event for event in told(play.events, e.LinePressed) if event.side == "china"]
    most = max(presses, key=lambda event: event.trace.after - event.trace.before)
    lines = {line.id: line.concern for line in play.team("china").lines}
    concern = lines[most.line] if candid else next(name for name in lines.values() if name != lines[most.line])
    play.submit("china", a.AnswerCloser(acts=acts, concern=concern))
    go_on(play, "hotwash")
    hotwash = play.look("us").hotwash
    assert hotwash is not None
    us, china = hotwash.closer
    assert (us.candour, us.acts) == (None, ())
    assert china.candour is not None and (china.candour == 100 if candid else china.candour < 50)
    said = [describe_movers(each, play.say("us")) for each in hotwash.closer]
    assert "declined" in said[0] and "candour" in said[1]


def test_bots_answer_when_they_are_asked() -> None:
    """Those that are candid name what they took worst, over their line with the most pressure; the others decline."""
    play = pressed()
    view = asked(play).team("china")
    (answer,) = closer_answer(view, True)
    assert answer.acts == (3, 2)
    assert answer.concern == max(view.lines, key=lambda line: line.pressure).concern
    play.submit("china", answer)
    assert list(closer_answer(play.team("china"), True)) == []
    (declined,) = closer_answer(view, False)
    assert declined.acts == ()


def test_replay_says_what_was_asked_and_answered() -> None:
    """Whoever asked or answered."""
    play = asked()
    for seat, action, says in (
        ("facilitator", a.PutQuestion(), "asks both"),
        ("us", a.AskCloser(channel="embassy"), "asks with its moves"),
        ("us", a.AskCloser(channel=""), "takes back"),
        ("us", a.AnswerCloser(acts=(1,), concern=CONCERN), "says what moved it closer"),
        ("us", a.AnswerCloser(acts=(), concern=""), "declines"),
    ):
        entry = cast(Entry, SimpleNamespace(seat=seat, action=action))
        assert says in describe_entry(entry, play.state, play.table, "en")
