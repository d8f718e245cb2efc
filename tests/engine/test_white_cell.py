"""The facilitator's hand: overrides, notes, bookmarks, the clock, rolling back, revealing, and the mirror."""

from __future__ import annotations

import pytest
from tests.engine.asking import BLAME, CALL, deliver, draft, go_on, phase, refused, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import MirrorItem
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.console_blocks import note_lines
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.mirror_words import MIRROR, is_offered, mirror_blocks
from crisis_sim.pages.traces import describe_meter, describe_traces
from crisis_sim.rules.names import SIDES
from crisis_sim.wording import plain

PHASES: tuple[e.Phase, ...] = (
    "briefing",
    "situation",
    "moves",
    "readings",
    "results",
    "forecasts",
    "closing",
    "hotwash",
)


def in_turn() -> Play:
    """The first turn has opened."""
    play = small()
    go_on(play, "situation")
    return play


def test_an_override_sets_a_number_with_its_reason_on_record() -> None:
    """Each number that the console lists can be set, and shows the reason among the traces."""
    play = in_turn()
    for each in play.white().meters:
        assert describe_meter(each, play.say("facilitator"))
        to = each.value + 1 if each.value < 100 else each.value - 1
        override = a.Override(meter=each.meter, of=each.of, to=to, reason="the room agreed")  # type: ignore[arg-type]  # meters
        play.submit("facilitator", override)
        assert {(of.meter, of.of): of.value for of in play.white().meters}[each.meter, each.of] == to
    overridden = told(play.events, e.Overridden)
    assert len(overridden) == len(play.white().meters)
    assert {event.visible for event in overridden} == {"facilitator"}
    traces = describe_traces(play.white().traces, play.say("facilitator"))
    assert sum("override: the room agreed" in trace.sentence for trace in traces) == len(overridden)


@pytest.mark.parametrize(
    ("meter", "of", "to", "code"),
    [
        ("tension", "", 10_001, "override/range"),
        ("tension", "", -1, "override/range"),
        ("tension", "us", 1, "override/unknown"),
        ("felt", "us", 10**50, "override/range"),
        ("felt", "", 1, "override/unknown"),
        ("trust", "us", 1_001, "override/range"),
        ("standing", "observer", 1, "override/unknown"),
        ("pressure", "us/boarding", 1, "override/unknown"),
        ("pressure", "us/hull-survey/x", 1, "override/unknown"),
        ("pressure", "china", 1, "override/unknown"),
        ("readiness", "hotline", 101, "override/range"),
        ("readiness", "telegraph", 1, "override/unknown"),
        ("track", "hours-of-air", 6_001, "override/range"),
        ("track", "\x1b[31m", 1, "override/unknown"),
    ],
)
def test_an_override_keeps_to_numbers_that_exist_and_their_scales(meter: str, of: str, to: int, code: str) -> None:
    """Anything else is refused."""
    action = a.Override(meter=meter, of=of, to=to, reason="why not")  # type: ignore[arg-type]  # a meter
    assert refused(in_turn(), "facilitator", action) == code


@pytest.mark.parametrize("reason", ["", "  ", "\u202e", "x" * 2_001])
def test_an_override_needs_a_reason(reason: str) -> None:
    """In words, and not without end."""
    action = a.Override(meter="tension", of="", to=1, reason=reason)
    assert refused(in_turn(), "facilitator", action) == "words/length"


def test_a_track_set_past_its_marks_has_their_consequences() -> None:
    """At once, and once."""
    play = in_turn()
    play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=0, reason="a storm"))
    assert len(told(play.events, e.TrackMarked)) == 1
    assert play.state.tension == 2500
    play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=100, reason="a lull"))
    play.submit("facilitator", a.Override(meter="track", of="hours-of-air", to=0, reason="the storm again"))
    assert play.state.tension == 2500


def test_notes_are_each_seats_own() -> None:
    """A team's is in no other view; an observer's goes to the white cell; none is empty or endless."""
    play = in_turn()
    for seat in ("us", "china", "facilitator", "observer"):
        play.submit(seat, a.TakeNote(text=f"XQZ {seat}"))
        assert refused(play, seat, a.TakeNote(text=" ")) == "note/text"
        assert refused(play, seat, a.TakeNote(text="x" * 2_001)) == "note/text"
    assert note_lines(play.team("us").notes, plain) == ["turn 1: XQZ us"]
    assert note_lines(play.team("china").notes, plain) == ["turn 1: XQZ china"]
    assert note_lines(play.white().notes, plain) == ["turn 1: XQZ facilitator", "turn 1: XQZ observer"]


def test_a_bookmark_is_the_facilitators() -> None:
    """With the turn in which it was set."""
    play = in_turn()
    play.submit("facilitator", a.Bookmark(label="here it turned"))
    assert note_lines(play.white().bookmarks, plain) == ["turn 1: here it turned"]
    assert refused(play, "us", a.Bookmark(label="here")) == "seat/facilitator"


def teams_act(at: e.Phase) -> a.AnyAction:
    """Something that a team could do in a phase."""
    acts: dict[str, a.AnyAction] = {
        "moves": a.SealMove(draft=CALL),
        "readings": a.CommitReadings(),
        "forecasts": a.CommitForecasts(),
    }
    return acts.get(at, a.SealLines())


@pytest.mark.parametrize("at", PHASES)
def test_a_pause_stops_the_table_in_every_phase(at: e.Phase) -> None:
    """Teams and the clock wait, notes can be taken, and play goes on where it was."""
    play = small()
    deliver(play, us=(BLAME,), china=(BLAME,)) if at == "readings" else go_on(play, at)
    before = play.state
    play.submit("facilitator", a.Pause())
    assert refused(play, "us", teams_act(at)) == "phase/paused"
    assert refused(play, "facilitator", a.Advance()) == "phase/paused-advance"
    assert refused(play, "facilitator", a.Pause()) == "phase/paused-already"
    assert play.team("us").paused
    assert duty(play.team("us"), play.say("us")) == "Play is paused. Nothing is lost."
    play.submit("us", a.TakeNote(text="While we wait."))
    play.submit("facilitator", a.Unpause())
    assert refused(play, "facilitator", a.Unpause()) == "phase/running"
    assert (phase(play), play.state.us.drafts) == (at, before.us.drafts)
    play.submit("facilitator", a.Advance())
    assert phase(play) != at


def test_an_extension_is_one_to_a_hundred_and_twenty_minutes() -> None:
    """Given to the turn, and added up."""
    play = in_turn()
    for minutes in (0, -5, 121, 10**20):
        assert refused(play, "facilitator", a.Extend(minutes=minutes)) == "clock/minutes"
    play.submit("facilitator", a.Extend(minutes=2))
    play.submit("facilitator", a.Extend(minutes=3))
    assert play.state.extra_minutes == 5


def test_rolling_back_is_noted_and_deletes_nothing() -> None:
    """The turn must have been played; this session stays as it is."""
    play = in_turn()
    before = play.state
    for turn in (0, 2, -1, 10**20):
        assert refused(play, "facilitator", a.RollBack(turn=turn, child="abc")) == "roll-back/turn"
    assert refused(play, "facilitator", a.RollBack(turn=1, child="")) == "words/length"
    assert refused(play, "facilitator", a.RollBack(turn=1, child="x" * 61)) == "words/length"
    play.submit("facilitator", a.RollBack(turn=1, child="abc"))
    assert [(event.turn, event.child) for event in told(play.events, e.RolledBack)] == [(1, "abc")]
    assert (play.state.us, play.state.tension, play.state.phase) == (before.us, before.tension, before.phase)


def test_a_reveal_shows_both_teams_what_an_act_meant_and_how_it_was_read() -> None:
    """Only what has arrived and been read; before that neither team has it, and no observer ever."""
    play = small()
    deliver(play, us=(BLAME,))
    reveal = a.Reveal(side="us", turn=1, order=1)
    assert refused(play, "facilitator", reveal) == "reveal/early"
    assert refused(play, "facilitator", a.Reveal(side="us", turn=1, order=2)) == "reveal/unknown"
    assert refused(play, "facilitator", a.Reveal(side="china", turn=10**20, order=1)) == "reveal/unknown"
    play.submit("china", a.SealReading(item=1, hostility=3, confidence=4))
    go_on(play, "results")
    play.submit("facilitator", reveal)
    assert refused(play, "facilitator", reveal) == "reveal/done"
    assert len(told(play.events, e.Revealed)) == 1
    for side in SIDES:
        texts = [item.text for item in play.told(side) if item.sort == "note"]
        assert texts == [
            (
                "United States meant it as rather hostile (+1) and expected it to be taken so; "
                "it was read as very hostile (+3)"
            )
        ]
    assert not any(item.sort == "note" for item in play.told("observer"))
    assert play.white().acts[0].revealed


def test_a_closed_session_stays_as_it_was() -> None:
    """Nothing of play can be changed in it; notes, bookmarks and branches can still be made."""
    play = small()
    go_on(play, "closed")
    for action in (
        a.Override(meter="tension", of="", to=1, reason="too late"),
        a.Extend(minutes=1),
        a.Pause(),
        a.HoldInject(inject="rumour"),
        a.Reveal(side="us", turn=1, order=1),
    ):
        assert refused(play, "facilitator", action) == "phase/closed"
    play.submit("facilitator", a.Bookmark(label="look again here"))
    play.submit("facilitator", a.RollBack(turn=1, child="abc"))
    play.submit("us", a.TakeNote(text="Next time we ask first."))


def test_a_seat_says_who_sits_there_and_bots_are_marked() -> None:
    """In every view; a policy's name is cleaned and cut."""
    play = small()
    play.submit("china", a.TakeSeat(occupant="bot", policy="\x1b[31mmirror\u202e" + "x" * 10_000))
    play.submit("us", a.TakeSeat(occupant="person"))
    assert play.look("us").bots == play.look("observer").bots == ("china",)
    policy = play.state.seats["china"][1]
    assert policy is not None
    assert policy.startswith("[31mmirrorx")
    assert len(policy) == 60


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
        assert sum(MIRROR in head for head in told_of) == (seat != "observer"), seat
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
