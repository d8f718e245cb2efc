"""The mirror: where each meant well and took the other as hostile, the facilitator may say so to both."""

from __future__ import annotations

from tests.engine.asking import deliver, draft, go_on, refused, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.sight.feed_items import MirrorItem
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.mirror_words import MIRROR, is_offered, mirror_blocks


def blind() -> Play:
    """The first turn is judged: both offered help, and both took it ill."""
    play = small()
    deliver(play, us=(draft("offer-help", "embassy"),), china=(draft("offer-help", "embassy"),))
    for side, hostility in (("us", 2), ("china", 1)):
        play.submit(side, a.SealReading(item=1, hostility=hostility, confidence=3))  # type: ignore[arg-type]  # a team
    go_on(play, "results")
    return play


def shown(play: Play) -> str:
    return "\n".join(lines_of(mirror_blocks(play.white(), play.say("facilitator")), play.say("facilitator")))


def test_both_teams_hear_one_sentence_and_nothing_moves() -> None:
    """No number and no name; an observer hears nothing, and it is on the record."""
    play = blind()
    before = play.state
    assert is_offered(play.white()) and "It is true this turn" in shown(play) and MIRROR in shown(play)
    play.submit("facilitator", a.HoldMirror())
    for seat in a.SEATS:
        told_of = [item_words(item, play.say(seat)).head for item in play.look(seat).feed]
        assert told_of.count(MIRROR) == (seat != "observer"), seat
    assert [event.visible for event in told(play.events, e.MirrorHeld)] == ["everyone"]
    for part in ("tension", "felt", "trust", "standing", "pressure", "flags"):
        assert getattr(play.state, part) == getattr(before, part)
    assert not is_offered(play.white()) and "Both teams were told this turn" in shown(play)


def test_it_is_said_once_and_only_where_it_is_so() -> None:
    """Neither before play, nor in a turn that is not judged or not blind, nor twice."""
    play = small()
    assert refused(play, "facilitator", a.HoldMirror()) == "phase/play"
    play.open_moves()
    assert refused(play, "facilitator", a.HoldMirror()) == "mirror/untrue"
    assert refused(play, "us", a.HoldMirror()) == "seat/facilitator"
    play = blind()
    play.submit("facilitator", a.HoldMirror())
    assert refused(play, "facilitator", a.HoldMirror()) == "mirror/held"
    play.turn()
    assert refused(play, "facilitator", a.HoldMirror()) == "mirror/untrue" and shown(play) == ""


def test_the_hotwash_says_in_which_turns_it_was_said() -> None:
    """Also to those who were not told then."""
    play = blind()
    play.submit("facilitator", a.HoldMirror())
    assert [item.turn for item in play.look("us").feed if isinstance(item, MirrorItem)] == [1]
    go_on(play, "hotwash")
    hotwash = play.look("us").hotwash
    assert hotwash is not None and hotwash.mirrored == hotwash.blind_turns == (1,)
