"""The hotwash and a written talk by lines: it opens on purpose, and what people say goes into the log."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.plain.keyboard import heard, typed
from tests.session.play import take_a_call
from tests.small import small_material

from crisis_sim.cli.seating import SEATABLE
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.notes import notes
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Console
from crisis_sim.plain.hotwash import HELP
from crisis_sim.plain.line_session import play
from crisis_sim.rooms.remote import LOST
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.wording import in_words, speaker


def opened(tmp_path: Path, until: str = "hotwash") -> Session:
    """A session with one act that has come to a phase."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    while session.state.phase != "moves":
        session.submit("facilitator", a.Advance())
    draft = a.Draft(move="offer-help", channel="embassy", text="Two tugs.", intent=-2, expected=-1)
    session.submit("us", a.SealMove(draft=draft))
    while session.state.phase != until:
        session.submit("facilitator", a.Advance())
    return session


def talked(
    lines: list[str], tmp_path: Path, people: tuple[a.SeatName, ...], until: str = "hotwash"
) -> tuple[str, Session]:
    """What the door says while `lines` are typed in a session that has come to a phase, and the session after."""
    session = opened(tmp_path, until)
    told = heard(session, people, lines, debrief="crisis-sim debrief x.jsonl")
    session.close()
    return told, session


def test_what_was_sealed_opens_on_purpose(tmp_path: Path) -> None:
    """Going on from the closing says what happens and waits for a yes; anything else leaves all sealed."""
    text, session = talked(["next", ""], tmp_path, ("facilitator",), until="closing")
    assert "It cannot be sealed again." in text.replace("\n", " ")
    assert "Nothing was done." in text
    assert session.state.phase == "closing"
    _, session = talked(["next", "yes"], tmp_path / "again", ("facilitator",), until="closing")
    assert session.state.phase == "hotwash"


def test_the_room_is_noted_by_what_it_speaks_of(tmp_path: Path) -> None:
    """An act by its number in gaps, a question, the session; each stands beneath what it is about."""
    typed = ["note act 1 Like a claim.", "note question 2", "The pink one.", "note All in all.", "gaps", "questions"]
    text, session = talked(typed, tmp_path, ("us", "china", "facilitator"))
    assert [(note.about, note.of, note.text) for note in notes(session.state)] == [
        ("act", "us/1/1", "Like a claim."),
        ("question", "2", "The pink one."),
        ("session", "", "All in all."),
    ]
    assert "The room says\n- Like a claim." in text and "The room says\n- The pink one." in text


def test_everybody_names_one_thing_to_change(tmp_path: Path) -> None:
    """By seat, also picked from a list; words are changed or struck out, and closing says how to get the debrief."""
    typed = [
        "change us Ask first.",
        "change",
        "2",
        "Call sooner.",
        "edit 1 Ask twice.",
        "edit 2",
        "-",
        "yes",
        "changes",
        "close yes",
    ]
    text, session = talked(typed, tmp_path, ("us", "china", "facilitator"))
    assert [(note.of, note.text) for note in notes(session.state)] == [("us", "Ask twice.")]
    assert "Strike the note out?" in text
    assert "US team\n- Ask twice.\nChina team\n  nothing yet\n" in text
    assert session.state.phase == "closed"
    assert "crisis-sim debrief x.jsonl" in text


def test_closing_is_asked_once(tmp_path: Path) -> None:
    """And no number does it."""
    text, session = talked(["12", "close", "no"], tmp_path, ("us", "china", "facilitator"))
    assert "The session is over for good once it is closed." in text
    assert "12 is not a number of a list that was just shown." in text
    assert session.state.phase == "hotwash"


def test_no_word_of_a_note_is_taken_for_a_place(tmp_path: Path) -> None:
    """A note that begins with a number, or with the beginning of a seat's name, is kept whole."""
    typed = ["change 2 calls sooner.", "us", "change The hotline first.", "us", "edit Twice as soon.", "1", "changes"]
    _, session = talked(typed, tmp_path, ("us", "china", "facilitator"))
    assert [note.text for note in notes(session.state)] == ["Twice as soon.", "The hotline first."]


def test_where_nobody_facilitates_each_team_writes_its_own(tmp_path: Path) -> None:
    """The seat that names it is the one that is noted."""
    _, session = talked(["change us Ask first.", "change china Call sooner."], tmp_path, ("us", "china"))
    assert [(note.seat, note.of) for note in notes(session.state)] == [("us", "us"), ("china", "china")]


def test_a_note_about_nothing_is_refused_and_the_talk_goes_on(tmp_path: Path) -> None:
    """With a sentence and a way out."""
    text, session = talked(["note act 99 x", "note question 99 x", "edit", "cost"], tmp_path, ("facilitator",))
    assert text.count("there is nothing of that name to note about") == 2
    assert "That cannot be done now." in text
    assert "at the start" in text or "time" in text
    assert notes(session.state) == ()


def test_how_to_write_things_down_is_told_in_chinese() -> None:
    """What `?` says in the hotwash; what is typed stays English."""
    told = speaker("zh")(HELP)
    assert told != HELP and all(word in told for word in ("note act 3", "change us", "edit 2"))


class Led:
    """A team's seat at its own screen: the facilitator leads from elsewhere while lines are typed."""

    def __init__(self, lines: list[str | a.LeadHotwash], tmp_path: Path, name: a.SeatName = "us") -> None:
        self.session = opened(tmp_path)
        self.lines, self.said = iter(lines), list[str]()
        console = Console(self._typed, self.said.append, wipe="")
        table = SeatTable({name: SeatReader(self.session.seat(name), "en")}, (name,))
        with suppress(StopIteration):
            asyncio.run(play(table, console))
        self.session.close()

    def _typed(self) -> str:
        for line in self.lines:
            if isinstance(line, str):
                return f"{line}\n"
            self.session.submit("facilitator", line)
        return ""

    @property
    def heard(self) -> str:
        return " ".join("".join(self.said).split())


def test_a_team_by_lines_is_read_what_the_facilitator_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter reads it; who looks on alone is told where the room is, and comes back by one word."""
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=(), places=None))
    pair = a.LeadHotwash(page="pairs", act="us/1/1", opened=3)
    lines: list[str | a.LeadHotwash] = [pair, "", "", "next", a.LeadHotwash(page="curves"), "follow", "quit", "yes"]
    heard = Led(lines, tmp_path).heard
    assert "The facilitator shows: One by one." in heard
    assert "The facilitator is still there. Enter looks again; next looks on by yourself." in heard
    assert "You look around by yourself; the facilitator shows: One by one. follow goes back there." in heard
    assert heard.index("follow goes back there") < heard.index("The facilitator shows: Curves.")


def test_a_note_of_a_team_where_all_name_what_they_would_change_is_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a screen; the verb for it is understood there too."""
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=(), places=None))
    led = Led([a.LeadHotwash(page="changes"), "", "note Ask first.", "change Call sooner.", "quit", "yes"], tmp_path)
    noted = notes(led.session.state)
    assert [(note.about, note.of, note.text) for note in noted] == [
        ("change", "us", "Ask first."),
        ("change", "us", "Call sooner."),
    ]


def test_a_facilitator_by_lines_leads_those_at_other_screens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="facilitator-1", people=(), places=None))
    led = Led(["next", "next", "back", "lead", "next", "quit", "yes"], tmp_path, "facilitator")
    asked = [entry.action for entry in replay(led.session.path).log.entries]
    assert [(of.page, of.act, of.opened) for of in asked if isinstance(of, a.LeadHotwash)] == [
        ("ending", "", 0),
        ("pairs", "", 0),
        ("pairs", "us/1/1", 1),
        ("pairs", "", 0),
    ]


TYPED = ("stop", "Can you hear us?", "", "stop", "no", "stop", "yes", "", "quit", "yes")


@pytest.mark.parametrize("how", ["in rooms", "beside a program", "aloud"])
def test_what_is_typed_is_said_and_enter_reads_what_has_been(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides' words, in their order, to a program too; at one terminal people talk aloud, and nothing is asked."""
    in_rooms, written = how == "in rooms", how != "aloud"
    acted: list[int] = []

    async def others() -> None:
        acted.append(len(session.state.exchanges[0].said))

    monkeypatch.setattr(
        SeatReader, "company", SimpleNamespace(you="us-1", people=(), places=None) if in_rooms else None
    )
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=150, bots=SEATABLE) as session:
        if how == "beside a program":
            session.submit("china", a.TakeSeat(occupant="bot", policy=a.AGENT))
        take_a_call(session)
        session.submit("china", a.SayInCall(exchange=1, text="China speaks."))
        told = typed(session, ("us",), TYPED, play_others=others)
        ours = [text for side, text, _ in session.state.exchanges[0].said if side == "us"]
    assert ("What do we say to them?" in told) is written
    assert ours == (["Can you hear us?"] if written else [])
    assert ("We ended the talk." in told) is written
    assert (2 in acted) is (how == "beside a program"), "a program here answers what has just been said"
    assert ("A program plays them." in told) is (how == "beside a program")
    assert ("China speaks." in told and told.count("Can you hear us?") >= 2) is written


def test_in_a_call_by_lines_a_line_that_is_cut_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes then knows why nobody answers; what is typed waits as anywhere."""
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=(), places=None))
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=150, bots=SEATABLE) as session:
        take_a_call(session)
        monkeypatch.setattr(SeatReader, "cut_off", lambda _self: LOST)
        told = typed(session, ("us",), TYPED)
    sentence = str(in_words(LOST, "en"))
    assert told.index("Talk now") < told.index(sentence) < told.index("We ended the talk.")
    assert told[told.index("Talk now") : told.index("We ended the talk.")].count(sentence) == 1
