"""The telling: what a team reads when a turn begins, and how it ended."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from tests.engine.play import Play, varied
from tests.engine.test_event_words import inject
from tests.pages.hand import OURS, team_view, words
from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.feed_items import DecisionItem, MarkItem, OwnActItem, TrackItem
from crisis_sim.engine.views.record_opened import course_facts
from crisis_sim.pages.announcements import announcement_pages, current_announcement, due_announcement
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.translator import Translator, describe_fate
from crisis_sim.rules.names import Side

OFFER = a.Draft(move="offer-help", channel="embassy", text="We have tugs.")


def told(play: Play, side: Side) -> list[str]:
    """The pages, each as a text."""
    say = play.say(side)
    return [" ".join(lines_of(page, say)) for page in announcement_pages(play.team(side), say)]


def moved_by_offers() -> Material:
    """The small scenario where help that is offered slows the ferry, each time, and twice with the same words."""

    def change(tree: dict[str, Any]) -> None:
        moved = {"when": {"move": "offer-help"}, "by": 3, "says": "A tug turns towards her."}
        tree["tracks"]["hours-of-air"]["changes"] = [moved, {**moved, "by": 1}]

    return varied(small_material(), change)


def test_a_turn_begins_with_what_has_happened_and_ends_with_what_is_left() -> None:
    """News first, one thing a page; nothing is made of a turn that was not."""
    play = Play(small_material())
    play.open_moves()
    first, last = told(play, "us")
    assert first == "Hour 0 Distress call A ferry with 300 people is adrift."
    assert last.startswith("What is left Hours of drift: 40 h") and "Nobody waits for an answer of ours." in last


def test_what_conduct_has_brought_about_is_told_as_its_author_says_it() -> None:
    """Before the news of the next turn: our act with its fate, then the sentence once and the number in all."""
    play = Play(moved_by_offers())
    play.turn(us=(OFFER,))
    play.open_moves()
    sent, brought, *_news, last = told(play, "us")
    assert sent.startswith("What became of what we did")
    assert sent.endswith("Delivered; they can answer it with their next moves.")
    assert brought.count("A tug turns towards her.") == 1 and "Hours of drift: 40 → 44 h" in brought
    assert "40 → 44" in told(play, "china")[0], "the offer reached them"
    assert "China" not in sent and "We have tugs." not in last


def test_what_an_act_moved_is_told_to_those_alone_who_know_of_the_act() -> None:
    """Two teams between whom it passed, and the facilitator; who watches sees the number alone."""
    play = Play(moved_by_offers())
    play.turn(us=(OFFER,))
    play.open_moves()
    heard: dict[a.SeatName, list[int]] = {"us": [4000, 4300], "china": [4000, 4300], "facilitator": [4000, 4300]}
    for seat, moves in (heard | {"observer": []}).items():
        assert [item.before for item in play.look(seat).feed if isinstance(item, TrackItem)] == moves
    assert play.look("observer").tracks[0].value == play.look("us").tracks[0].value


def test_what_conduct_moved_is_stamped_by_the_hour_of_its_act() -> None:
    """No effect stands before the act that made it, in the feed or in how it ended."""
    play = Play(stopped_by_offers())
    play.turn(us=(OFFER,))
    arrived = play.state.team("china").inbox[0].hour
    assert arrived > play.table.hours[0]
    play.open_moves()
    for seat in ("us", "china", "facilitator"):
        feed = by_hour(play.look(seat).feed)
        moved = [item for item in feed if isinstance(item, TrackItem | MarkItem) and item.turn == 1]
        assert {item.hour for item in moved} == {arrived} and isinstance(moved[-1], MarkItem)
    assert course_facts(play.state, play.table)[0].marks == ((arrived, words("She drifts slowly.")),)


def stopped_by_offers() -> Material:
    """The same, with a mark that those reach."""

    def change(tree: dict[str, Any]) -> None:
        tree["tracks"]["hours-of-air"]["marks"] = [{"at_least": 44, "says": "She drifts slowly."}]

    return varied(moved_by_offers(), change)


def test_an_answer_that_could_not_have_come_yet_is_not_late() -> None:
    """Past its hour it says when they can give it, and after the last turn nothing is due."""
    play = Play(small_material())
    play.turn(us=(OFFER,))
    item = next(item for item in play.team("us").feed if isinstance(item, OwnActItem))
    say = play.say("us")
    assert item.asked == "open" and describe_fate(item, say, item.answer_due).endswith(f"due by T+{item.answer_due}")
    assert describe_fate(item, say, item.answer_due + 1).endswith("they can answer it with their next moves")
    assert describe_fate(item, say, item.answer_due + 1, is_over=True) == describe_fate(replace(item, asked=None), say)
    play.open_moves()
    last = replace(play.team("us"), phase="closing", turn=1, hour=99)
    assert "due" not in " ".join(" ".join(lines_of(page, say)) for page in announcement_pages(last, say)[:1])


def test_a_mark_is_told_once() -> None:
    """One that the clock had come to when a turn began stands in that turn's news, and not again in the next."""

    def change(tree: dict[str, Any]) -> None:
        tree["tracks"]["hours-of-air"]["marks"] = [{"at_most": 36, "says": "The lamps go out."}]

    play, pages = Play(varied(small_material(), change)), list[str]()
    for _turn in range(2):
        play.turn(us=(OFFER,))
        play.open_moves()
        pages += [page for page in told(play, "us") if "The lamps go out." in page]
    assert len(pages) == 1 and pages[0].startswith("Hour ")


def test_news_is_told_at_its_own_hour() -> None:
    """What happened between two turns bears its hour, and is read in that order; what comes by hand comes now."""
    by_hand = inject("by-hand", at="3h", by_hand=True)
    play = Play(
        varied(
            small_material(),
            lambda tree: tree["msel"].extend([inject("late", at="11h"), inject("early", at="5h"), by_hand]),
        )
    )
    play.turn()
    while play.state.phase != "situation":
        play.submit("facilitator", a.Advance())
    play.submit("facilitator", a.ReleaseInject(inject="by-hand"))
    play.open_moves()
    hours = [page.split()[1] for page in told(play, "us") if page.startswith("Hour ")]
    assert hours == ["5", "11", "12", "12"]
    assert sorted(item.hour for item in play.white().feed if item.turn == 2) == [5, 11, 12, 12]


def test_what_the_clock_alone_brings_is_told_once_and_at_its_own_hour() -> None:
    """Not as brought about by anybody, nor in the next turn again; after the last turn too."""

    def change(tree: dict[str, Any]) -> None:
        marks = [{"at_most": 31, "says": "A quarter is gone."}, {"at_most": 30, "says": "Soon less than that."}]
        tree["tracks"]["hours-of-air"] |= {"per_hour": -1, "marks": [*marks, {"at_most": 2, "says": "It grounds."}]}

    play = Play(varied(small_material(), change))
    pages: list[str] = []
    for _turn in range(play.team("us").turns):
        play.open_moves()
        pages += told(play, "us")
        play.turn()
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
    pages += told(play, "us")[:-1]
    for hour, says in ((9, "A quarter is gone."), (10, "Soon less than that."), (38, "It grounds.")):
        (page,) = [page for page in pages if says in page]
        assert page.startswith(f"Hour {hour} ")
        assert f"hour {hour}: {says}" in told(play, "us")[-1], "at the end too, and not by a turn of many hours"


def test_what_both_made_a_voice_say_is_told_once() -> None:
    """As what we did; where only they did, as what everybody heard."""
    inquiry, empty, say = words("An inquiry"), words("Her safe is empty."), Translator(OURS, "en")
    heard = DecisionItem(turn=1, hour=0, side=None, how="heard", voice=inquiry, words=empty)
    for feed in ((replace(heard, side="us", how="unanswered"), heard), (heard,)):
        pages = announcement_pages(team_view(turn=2, feed=feed), say)
        assert sum("Her safe is empty." in each for page in pages for each in lines_of(page, say)) == 1


def test_it_ends_with_what_became_of_them() -> None:
    """Before the last guesses, and nobody is blamed yet; what was done in the last turn comes before it."""
    play = Play(moved_by_offers())
    play.turn(us=(OFFER,))
    while play.state.phase != "closing":
        play.submit("facilitator", a.Advance())
    pages = told(play, "us")
    assert pages[-1].startswith("What became of them") and "At the end" in pages[-1]
    assert play.team("us").courses and not play.team("us").courses[0].outcome
    assert due_announcement(play.look("us")) == play.look("us").turns + 1


def test_it_is_due_when_a_turn_begins_and_when_play_is_over() -> None:
    """Not in the briefing, not once moves are committed, and to teams alone."""
    play = Play(small_material())
    assert due_announcement(play.look("us")) == 0
    play.open_moves()
    assert (
        due_announcement(play.look("us")) == 1
        and due_announcement(play.white()) == due_announcement(play.look("observer")) == 0
    )
    play.submit("us", a.CommitMoves())
    assert due_announcement(play.look("us")) == 0
    say = play.say("us")
    assert (
        current_announcement(play.look("us"), 0, 2, say) == "What has happened: 1 of 2. Space goes on, left goes back."
    )
    assert current_announcement(play.look("us"), 1, 2, say).startswith("This is how it stands.")


def test_what_moved_one_thing_both_ways_is_told_each_with_its_own() -> None:
    """A good deed is not read as the cause of a fall."""

    def change(tree: dict[str, Any]) -> None:
        when = {"when": {"move": "offer-help"}}
        tree["tracks"]["hours-of-air"]["changes"] = [
            {**when, "by": 3, "says": "A tug turns towards her."},
            {**when, "by": -5, "says": "A tug turns away."},
        ]

    play = Play(varied(small_material(), change))
    play.turn(us=(OFFER,))
    play.open_moves()
    _sent, brought, *_news = told(play, "us")
    assert "turns towards her.   Hours of drift: 40 → 43 h A tug turns away.   Hours of drift: 43 → 38 h" in brought
