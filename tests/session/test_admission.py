"""A log nearing its length says so and can be closed; a named submit counts once; a card is agreed to before acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.session.play import HandClock
from tests.session.test_verify import forged
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.session import admission, disk
from crisis_sim.session.admission import OPTION
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

pytestmark = pytest.mark.usefixtures("no_sync")
LONG = a.TakeNote(text="x" * 1_900)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session of whose log at most 150,000 bytes are read; it begins with a seventh of that."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="x", length=45, clock=HandClock()) as session:
        monkeypatch.setattr(disk, "LARGEST", 150_000)
        yield session


def filled(session: Session) -> None:
    """Note until that is refused."""
    for _ in range(100):
        session.submit("facilitator", LONG)


def test_from_three_quarters_on_only_the_way_to_the_close_is_taken(session: Session) -> None:
    """No seat adds more; the facilitator goes on to the end, and the log is read again."""
    session.submit("facilitator", a.Pause())
    with pytest.raises(ActionRefused) as refused:
        filled(session)
    assert refused.value.code == "log/full"
    assert 75 <= session.fullness < 80
    with pytest.raises(ActionRefused, match="log/full"):
        session.submit("us", a.TakeNote(text="x"))
    session.submit("facilitator", a.Unpause())
    while session.state.phase != "closed":
        session.submit("facilitator", a.Advance())
    assert session.fullness < 100
    assert read_log(session.path).entries[-1].action == a.Advance()


def test_a_resumed_session_says_how_full_its_log_is(session: Session) -> None:
    """From half on, whoever opens it is told."""
    session.close()
    with Session.resume(session.path, clock=HandClock()) as again:
        assert again.notices == ()
        with pytest.raises(ActionRefused):
            filled(again)
    with Session.resume(session.path, clock=HandClock()) as again:
        (notice,) = again.notices
    assert notice.code == "log/filling"
    assert notice.sentence == (
        f"a.jsonl has {again.fullness} % of the length that can be read again; from 75 % on it takes only what leads "
        "to the close"
    )


def test_the_warning_begins_at_half_and_not_before(session: Session) -> None:
    """A note less than half, and nobody is told; at half, whoever opens it is."""
    while session.fullness < 46:
        session.submit("facilitator", LONG)
    session.close()
    with Session.resume(session.path, clock=HandClock()) as again:
        assert again.fullness < 50 and again.notices == ()
        while again.fullness < 50:
            again.submit("facilitator", LONG)
    with Session.resume(session.path, clock=HandClock()) as again:
        assert [notice.code for notice in again.notices] == ["log/filling"] and again.fullness < 53


def test_an_act_that_would_make_the_log_unreadable_is_not_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a step to the close; the log stays as it is, and is read."""
    size = session.path.stat().st_size
    monkeypatch.setattr(disk, "LARGEST", size + 100)
    before = session.state
    with pytest.raises(StorageFailed) as failed:
        session.submit("facilitator", a.Advance())
    assert failed.value.code == "storage/longest"
    assert session.path.stat().st_size == size
    assert session.state is before
    assert session.trouble is None
    assert read_log(session.path).entries == []


@pytest.mark.parametrize(("seat", "most"), [("us", 200), ("china", 200), ("observer", 50), ("facilitator", 1_000)])
def test_the_notes_of_a_session_have_a_limit(tmp_path: Path, seat: a.SeatName, most: int) -> None:
    """Changed and struck out ones count, since the log keeps them too; the notes of the other seats are their own."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="x", length=45, clock=HandClock()) as session:
        session.submit(seat, a.TakeNote(text="one"))
        session.submit(seat, a.TakeNote(text="one, changed", replaces=1))
        session.submit(seat, a.TakeNote(text="", replaces=1))
        for number in range(3, most):
            session.submit(seat, a.TakeNote(text=f"{number}"))
        for note in (a.TakeNote(text="too many"), a.TakeNote(text="changed", replaces=2)):
            with pytest.raises(ActionRefused) as refused:
                session.submit(seat, note)
            assert refused.value.code == "note/many"
        others: tuple[a.SeatName, ...] = ("us", "china", "observer", "facilitator")
        for other in others:
            if other != seat:
                session.submit(other, a.TakeNote(text="ours"))


def test_a_log_with_more_notes_than_are_taken_is_judged_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit holds for what is written, and makes no log wrong that was written before it."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="x", length=45, clock=HandClock()) as session:
        for number in range(10):
            session.submit("us", a.TakeNote(text=f"{number}"))
    monkeypatch.setattr(admission, "MOST_NOTES", {"us": 5})
    assert verify(session.path).findings == ()


NOTE = a.TakeNote(text="They wait.")


@pytest.fixture
def named(tmp_path: Path) -> Iterator[Session]:
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="ref", length=45, clock=HandClock()) as named:
        yield named


def test_a_submit_that_is_sent_again_is_answered_and_not_done_again(named: Session) -> None:
    """The answer is the entry that it led to; the log and the state stay as they are."""
    entry = named.submit("us", NOTE, "us-1")
    state, data = named.state, named.path.read_bytes()
    assert named.submit("us", NOTE, "us-1") == entry
    assert named.state is state
    assert named.path.read_bytes() == data
    assert entry.ref == "us-1"


def test_it_is_known_after_a_crash(named: Session) -> None:
    """The log names it, so that a resumed named, and a branch of it, answers with the same entry."""
    entry = named.submit("us", NOTE, "us-1")
    named.submit("us", NOTE)
    named.close()
    for path in (named.path, branch(named.path)):
        with Session.resume(path, clock=HandClock()) as again:
            found = again.submit("us", NOTE, "us-1")
            assert (found.seq, found.action) == (entry.seq, entry.action)
        assert len(read_log(path).entries) == 2


def test_another_act_under_a_known_name_is_refused(named: Session) -> None:
    """Nobody takes an answer for an act that was never done; another seat's names are its own."""
    named.submit("us", NOTE, "1")
    with pytest.raises(ActionRefused) as refused:
        named.submit("us", a.TakeNote(text="They answer."), "1")
    assert refused.value.code == "ref/other-act"
    assert named.submit("china", NOTE, "1").seq == 2


@pytest.mark.parametrize("foul", [lambda line: b"?" * len(line), lambda line: line.replace(b'"seq":1,', b'"seq":7,')])
def test_of_a_submit_that_cannot_be_read_back_the_log_is_said_to_be_spoilt(
    named: Session, foul: Callable[[bytes], bytes]
) -> None:
    """Something else has written into it; what was acknowledged is not taken for undone."""
    named.submit("us", NOTE, "1")
    head, line, rest = named.path.read_bytes().split(b"\n")
    with named.path.open("r+b") as file:
        file.write(b"\n".join((head, foul(line), rest)))
    with pytest.raises(StorageFailed, match="a.jsonl cannot be read again: entry 1 is not what was written") as failed:
        named.submit("us", NOTE, "1")
    assert failed.value.code == "storage/read" and "verify" in failed.value.hint


def test_what_was_refused_may_be_sent_again(named: Session) -> None:
    """Only what counts is known by its name."""
    with pytest.raises(ActionRefused):
        named.submit("us", a.CommitMoves(), "us-1")
    assert named.submit("us", NOTE, "us-1").seq == 1


@pytest.mark.parametrize("ref", ["", "x" * 65, "two words", "海", "a\n"])
def test_what_is_no_name_is_refused(named: Session, ref: str) -> None:
    """A name is short and plain, and nothing is written for another."""
    before = named.path.read_bytes()
    with pytest.raises(ActionRefused) as refused:
        named.submit("us", NOTE, ref)
    assert refused.value.code == "ref/malformed"
    assert named.path.read_bytes() == before


def test_a_branch_made_by_rolling_back_is_made_once(named: Session) -> None:
    """Where the named names the branch, the same submit means the same branch."""
    named.submit("facilitator", a.Advance())
    back = a.RollBack(turn=1, child="")
    entry = named.submit("facilitator", back, "back")
    assert named.submit("facilitator", back, "back") == entry
    assert len(list(named.path.parent.glob("*.jsonl"))) == 2


def test_an_act_without_a_name_leaves_no_trace_of_one(named: Session) -> None:
    """Doors of this machine name no submits; their lines have no field for it."""
    named.submit("us", NOTE)
    assert "ref" not in json.loads(named.path.read_bytes().splitlines()[1])


def test_one_name_for_two_acts_is_found(named: Session) -> None:
    """No named writes that."""
    named.submit("us", NOTE, "1")
    named.submit("us", NOTE, "2")
    (finding,) = verify(forged(named.path, 2, ref="1")).findings
    assert finding.sentence == "entry 2 (line 3) bears a name that an earlier submit of its seat has"


SAID = a.TakeNote(text="before anything")


def begun(place: Path, **options: str) -> Session:
    session = Session.start(
        place / "one.jsonl", small_material(), seed="1", length=45, options=options, bots={"china": ["rota"]}
    )
    session.submit("us", a.TakeSeat(occupant="person"))
    session.submit("china", a.TakeSeat(occupant="bot", policy="rota"))
    return session


def test_a_team_of_people_does_nothing_before_it_has_agreed(tmp_path: Path) -> None:
    """A bot is not asked, nor is the facilitator; what was agreed to outlasts a killed host, and the log is sound."""
    with begun(tmp_path, **{OPTION: ""}) as session:
        with pytest.raises(ActionRefused) as why:
            session.submit("us", SAID)
        assert why.value.code == "consent/first"
        session.submit("china", SAID)
        session.submit("facilitator", SAID)
        session.submit("us", a.AgreeToCard(by="us-1"))
        session.submit("us", SAID)
        path = session.path
    with Session.resume(path) as again:
        again.submit("us", SAID)
        assert again.dossier("us").consent == ""
    kinds = [event.visible for entry in read_log(path).entries for event in entry.events if event.visible == "us"]
    assert kinds and not [finding for finding in verify(path).findings if finding.grave]


def test_where_no_card_is_shown_nobody_is_asked(tmp_path: Path) -> None:
    """As in every log from before there was one, and in what plays by itself."""
    with begun(tmp_path) as session:
        session.submit("us", SAID)
        assert session.dossier("us").consent is None


def test_a_facilitators_own_words_stand_in_the_log_and_before_every_seat(tmp_path: Path) -> None:
    """So that what was agreed to can be read for ever."""
    with begun(tmp_path, **{OPTION: "We film this room."}) as session:
        assert {session.dossier(seat).consent for seat in a.SEATS} == {"We film this room."}
        path = session.path
    assert read_log(path).header.options[OPTION] == "We film this room."
