"""Notes: a seat's own during play, the room's in the hotwash, how they are changed, and how the hotwash is led."""

from __future__ import annotations

import msgspec
import pytest
from tests.engine.asking import HELP, exchanged, go_on, refused
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.events import NoteTaken
from crisis_sim.engine.views.hotwash_facts import RoomNote
from crisis_sim.engine.views.seat_views import Lead
from crisis_sim.pages.console_blocks import note_lines
from crisis_sim.wording import plain

SEATS: tuple[a.SeatName, ...] = ("facilitator", "us", "china", "observer")


def opened() -> Play:
    """A session in its hotwash, with one act of the US in turn 1."""
    play = small()
    play.turn(us=(HELP,))
    go_on(play, "hotwash")
    return play


def said(play: Play) -> list[tuple[str, str, str]]:
    """What the room has said, as every seat sees it: about what, of which, and the words."""
    seen = []
    for seat in SEATS:
        hotwash = play.look(seat).hotwash
        assert hotwash is not None
        seen.append([(note.about, note.of, note.text) for note in hotwash.notes])
    assert seen[0] == seen[1] == seen[2] == seen[3]
    return [*seen[0]]


def test_what_the_room_says_is_tied_to_what_it_is_about_and_open_to_all() -> None:
    """An act, a question, the session as a whole, and what somebody would change."""
    play = opened()
    play.submit("facilitator", a.TakeNote(text="It sounded like a claim.", about="act", of="us/1/1"))
    play.submit("facilitator", a.TakeNote(text="The second one.", about="question", of="1"))
    play.submit("facilitator", a.TakeNote(text="Long silence.", about="session"))
    play.submit("china", a.TakeNote(text="We ask before we blame.", about="change", of="china"))
    play.submit("facilitator", a.TakeNote(text="More time for readings.", about="change", of="facilitator"))
    assert said(play) == [
        ("act", "us/1/1", "It sounded like a claim."),
        ("question", "1", "The second one."),
        ("session", "", "Long silence."),
        ("change", "china", "We ask before we blame."),
        ("change", "facilitator", "More time for readings."),
    ]
    assert play.events[-1].visible == "everyone"


def test_the_room_is_noted_only_when_all_is_open() -> None:
    """During play a note about an act would tell that there is one; a plain note is taken at any time."""
    play = small()
    play.turn(us=(HELP,))
    for seat in SEATS:
        assert refused(play, seat, a.TakeNote(text="Odd.", about="act", of="us/1/1")) == "note/early"
    go_on(play, "closing")
    assert refused(play, "us", a.TakeNote(text="Ask first.", about="change", of="us")) == "note/early"
    go_on(play, "closed")
    play.submit("us", a.TakeNote(text="Ask first.", about="change", of="us"))
    assert said(play) == [("change", "us", "Ask first.")]


@pytest.mark.parametrize(
    ("about", "of"),
    [
        *(("act", "us/1/2"), ("act", "us/1"), ("act", ""), ("act", "[/]\x1b")),
        *(
            ("question", "0"),
            ("question", "99"),
            ("question", ""),
            ("question", "01"),
            ("change", "me"),
            ("change", ""),
        ),
        *(("session", "us"), (None, "us")),
    ],
)
def test_a_note_about_nothing_there_is_refused(about: a.Topic | None, of: str) -> None:
    """No act, question or seat of that name."""
    assert refused(opened(), "facilitator", a.TakeNote(text="x", about=about, of=of)) == "note/about"


def test_a_team_names_its_own_change_and_the_facilitator_anybodys() -> None:
    """Nobody else puts words into a team's mouth."""
    play = opened()
    for seat, of in (("us", "china"), ("us", "facilitator"), ("observer", "us")):
        assert refused(play, seat, a.TakeNote(text="They should listen.", about="change", of=of)) == "note/seat"  # type: ignore[arg-type]  # seats
    play.submit("facilitator", a.TakeNote(text="Listen.", about="change", of="us"))
    assert said(play) == [("change", "us", "Listen.")]


def test_a_note_is_put_in_place_of_an_earlier_one_or_strikes_it_out() -> None:
    """It stays about what it was about, keeps its place and number, and the log keeps both."""
    play = opened()
    for text in ("Frist.", "Second.", "Third."):
        play.submit("facilitator", a.TakeNote(text=text, about="question", of="1"))
    play.submit("facilitator", a.TakeNote(text="First.", about="session", replaces=1))
    play.submit("facilitator", a.TakeNote(text=" ", replaces=2))
    assert said(play) == [("question", "1", "First."), ("question", "1", "Third.")]
    assert [note.number for note in notes(play.state)] == [1, 3]
    assert sum(isinstance(event, NoteTaken) for event in play.events) == 5
    for number in (0, 2, 4, 10**30):
        assert refused(play, "facilitator", a.TakeNote(text="x", replaces=number)) == "note/unknown"
    assert refused(play, "us", a.TakeNote(text="x", replaces=1)) == "note/unknown"
    assert refused(play, "facilitator", a.TakeNote(text=" ", about="session")) == "note/text"


def test_a_note_of_ones_own_stays_its_own() -> None:
    """Also in the hotwash, and when it is changed."""
    play = small()
    play.submit("us", a.TakeNote(text="XQZ for us alone"))
    go_on(play, "hotwash")
    play.submit("us", a.TakeNote(text="XQZ still ours", replaces=1))
    assert note_lines(play.team("us").notes, plain) == ["briefing: XQZ still ours"]
    for seat in ("china", "facilitator", "observer"):
        assert b"XQZ" not in msgspec.json.encode(play.look(seat))


def test_the_words_of_the_room_are_clean() -> None:
    """What a terminal would obey goes; lines stay."""
    play = opened()
    play.submit("facilitator", a.TakeNote(text="\x1b[31mone\u202e\ntwo[/]", about="session"))
    assert said(play) == [("session", "", "[31mone\ntwo[/]")]


def test_a_plain_note_is_written_to_a_log_as_it_ever_was() -> None:
    """The bytes of an action and of its event are those of a log from before notes were about something."""
    action, event = a.TakeNote(text="x"), NoteTaken(seat="us", text="x", turn=1, visible="us")
    assert msgspec.json.encode(action) == b'{"kind":"take-note","text":"x"}'
    assert msgspec.json.encode(event) == b'{"kind":"note-taken","seat":"us","text":"x","turn":1,"visible":"us"}'


def test_who_typed_a_note_is_known() -> None:
    """Whoever typed it alone may change it."""
    play = opened()
    play.submit("us", a.TakeNote(text="Ask first.", about="change", of="us"))
    hotwash = play.white().hotwash
    assert hotwash is not None
    assert hotwash.notes == (RoomNote(seat="us", number=1, about="change", of="us", text="Ask first."),)


def test_a_note_has_two_thousand_characters() -> None:
    """Counted as people count them, in Chinese as in English."""
    play = small()
    play.submit("us", a.TakeNote(text="海" * 2_000))
    assert refused(play, "us", a.TakeNote(text="海" * 2_001)) == "note/text"


def test_what_each_side_notes_of_a_talk_is_sealed_until_both_lie_side_by_side() -> None:
    """During play nobody else is told that there is a note, the facilitator included; then everybody reads both."""
    play = exchanged()
    play.submit("us", a.TakeNote(text="XQZ They take us in at noon.", about="talk", of="1"))
    play.submit("china", a.TakeNote(text="XYQ We will see.", about="talk", of="1"))
    play.submit("us", a.TakeNote(text="XQZ They may take us in.", replaces=1))
    play.submit("us", a.TakeNote(text="XQZ Nothing on the hull.", about="talk", of="1"))
    assert [(note.talk, note.text) for note in play.team("us").notes] == [
        *((1, "XQZ They may take us in."), (1, "XQZ Nothing on the hull."))
    ]
    hidden_from: dict[a.SeatName, bytes] = dict.fromkeys(SEATS, b"XQZ") | {"us": b"XYQ"}
    for seat, hidden in hidden_from.items():
        assert hidden not in msgspec.json.encode(play.look(seat)), seat
    go_on(play, "hotwash")
    for seat in SEATS:
        hotwash = play.look(seat).hotwash
        assert hotwash is not None and hotwash.notes == ()
        assert [talk.notes for talk in hotwash.talks] == [
            {"us": ("XQZ They may take us in.", "XQZ Nothing on the hull."), "china": ("XYQ We will see.",)}
        ]


def test_who_has_read_the_others_notes_writes_none() -> None:
    """Once both lie open neither side puts anything beside them, in their place, or strikes them out."""
    play = exchanged()
    play.submit("us", a.TakeNote(text="At noon.", about="talk", of="1"))
    go_on(play, "hotwash")
    for note in (
        a.TakeNote(text="At one.", about="talk", of="1"),
        a.TakeNote(text="At one.", replaces=1),
        a.TakeNote(text="", replaces=1),
    ):
        for seat in ("us", "china") if note.replaces is None else ("us",):
            assert refused(play, seat, note) == "note/opened"


def test_a_talk_is_noted_by_those_who_held_it() -> None:
    """The two teams, of a talk that there was."""
    play = exchanged()
    for seat in ("facilitator", "observer"):
        assert refused(play, seat, a.TakeNote(text="Loud.", about="talk", of="1")) == "seat/team"
    for of in ("", "0", "2", "01", "us/1/1", "x[/]"):
        assert refused(play, "us", a.TakeNote(text="Loud.", about="talk", of=of)) == "note/about"


def test_every_seat_is_told_where_the_hotwash_is() -> None:
    """What the facilitator opened before stays open where it goes on."""
    play = opened()
    assert all(play.look(seat).lead is None for seat in a.SEATS)
    play.submit("facilitator", a.LeadHotwash(page="pairs", act="us/1/1", opened=3))
    play.submit("facilitator", a.LeadHotwash(page="pairs", act="us/1/1", opened=1))
    play.submit("facilitator", a.LeadHotwash(page="lines", place=2))
    play.submit("facilitator", a.LeadHotwash(page="lines", place=1))
    told = Lead(page="lines", places={"lines": 1}, furthest={"lines": 2}, acts={"us/1/1": 3})
    assert [play.look(seat).lead for seat in a.SEATS] == [told] * 4
    play.submit("facilitator", a.LeadHotwash(page="ending", everything=True))
    play.submit("facilitator", a.LeadHotwash(page="pairs"))
    lead = play.look("observer").lead
    assert lead is not None and lead.everything and (lead.page, lead.act) == ("pairs", "")


@pytest.mark.parametrize(
    "action",
    [
        a.LeadHotwash(page="pairs", act="us/1/2", opened=1),
        a.LeadHotwash(page="pairs", act="us/1/1"),
        a.LeadHotwash(page="pairs", act="us/1/1", opened=4),
        a.LeadHotwash(page="lines", act="us/1/1", opened=1),
        a.LeadHotwash(page="lines", opened=2),
        a.LeadHotwash(page="lines", place=-1),
        a.LeadHotwash(page="lines", place=10**6),
    ],
)
def test_there_is_no_other_place(action: a.LeadHotwash) -> None:
    assert refused(opened(), "facilitator", action) == "hotwash/place"


def test_it_is_led_by_the_facilitator_once_everything_is_open() -> None:
    play = small()
    play.turn(us=(HELP,))
    assert refused(play, "facilitator", a.LeadHotwash(page="ending")) == "hotwash/closed"
    assert refused(opened(), "us", a.LeadHotwash(page="ending")) == "seat/facilitator"
    play = opened()
    play.submit("facilitator", a.Advance())
    assert refused(play, "facilitator", a.LeadHotwash(page="ending")) == "phase/closed"
