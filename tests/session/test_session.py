"""A session at the table: acts come in, are kept, are seen by those who may see them, and nothing else changes."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.session.play import STARTED, HandClock, legal_play
from tests.small import small_material

from crisis_sim.content.joining import bundle_in
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.errors import ActionRefused, SessionLocked, StorageFailed, UnreadableInput
from crisis_sim.pages.refusals import refusal
from crisis_sim.session.folder import log_of
from crisis_sim.session.local import Changes, LocalSeat
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import replay, states
from crisis_sim.session.seat import Seat
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

pytestmark = pytest.mark.usefixtures("no_sync")


def begun(folder: Path, clock: HandClock | None = None, length: int = 45) -> Session:
    return Session.start(
        folder, small_material(), seed="seed", length=length, session="one", clock=clock or HandClock()
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with begun(tmp_path) as session:
        yield session


def test_an_act_is_in_the_log_before_it_is_acknowledged(session: Session) -> None:
    """What `submit` returns is what the file holds, to the byte."""
    entry = session.submit("facilitator", a.Advance())
    assert read_log(session.path).entries == [entry]
    assert session.state.phase == "situation"


def test_a_refused_act_changes_nothing(session: Session) -> None:
    """The log, the state and the views are what they were."""
    before, size = session.state, session.path.stat().st_size
    with pytest.raises(ActionRefused):
        session.submit("us", a.Advance())
    assert session.state is before
    assert session.path.stat().st_size == size


@pytest.mark.parametrize(
    "action",
    [
        a.TakeNote(text=7),  # type: ignore[arg-type]  # wrong on purpose
        a.Extend(minutes="5"),  # type: ignore[arg-type]  # wrong on purpose
        a.Extend(minutes=10**5000),
        a.SealMove(draft=a.Draft(move=None, channel="press", visibility="public")),  # type: ignore[arg-type]  # wrong on purpose
        a.TakeNote(text="x" * 4_001),
        a.TakeSeat(occupant="bot", policy="y" * 1_000_000),
    ],
)
def test_what_cannot_be_logged_is_refused(session: Session, action: a.AnyAction) -> None:
    """A door that hands in rubbish is told so; the log never holds what could not be read back."""
    with pytest.raises(ActionRefused) as refused:
        session.submit("facilitator", action)
    assert refused.value.code in {"action/malformed", "action/too-long"}
    assert session.submit("facilitator", a.Advance()).seq == 1


def test_what_cannot_be_logged_is_said_in_words_of_our_own(session: Session) -> None:
    """What is wrong and where, and nothing of how actions are written down."""
    for wrong, field in ((a.Extend(minutes="5"), "minutes"), (a.SealMove(draft=None), "draft")):  # type: ignore[arg-type]  # wrong on purpose
        with pytest.raises(ActionRefused) as refused:
            session.submit("facilitator", wrong)
        assert refused.value.parts == {"error": "type", "field": field}
        why, _ = refusal(refused.value, "zh")
        assert why == f"这项操作无法记入日志：有内容类型不对（{field}）"


def test_text_is_made_inert_before_it_is_logged(session: Session) -> None:
    """Escape sequences, bidi overrides, NUL and lone surrogates never reach the log; markup is only text."""
    hostile = "a\x1b]52;c;eA==\x07\x00\u202e\ud800[/] [@click=app.quit]x\r\nsecond\tline"
    entry = session.submit("us", a.TakeNote(text=hostile))
    assert isinstance(entry.action, a.TakeNote)
    assert entry.action.text == "a]52;c;eA==\ufffd[/] [@click=app.quit]x\nsecond    line"
    assert not set(session.path.read_bytes().decode()) & set("\x1b\x07\x00\u202e\r\t")
    marked = session.submit("facilitator", a.Bookmark(label="fi\nrm\x1b[31m"))
    assert isinstance(marked.action, a.Bookmark)
    assert marked.action.label == "fi rm[31m"


def test_resuming_goes_on_where_the_log_ends(tmp_path: Path, session: Session) -> None:
    """The state is the same, the next act follows the last, and nothing is noticed."""
    for _ in legal_play(session, 5, 20):
        pass
    before = session.state
    with pytest.raises(SessionLocked):
        Session.resume(session.path)
    session.close()
    with Session.resume(session.path, clock=HandClock()) as again:
        assert again.state == before
        assert again.notices == ()
        assert again.submit("facilitator", a.TakeNote(text="on we go")).seq == 21
    assert verify(session.path).findings == ()


def test_a_torn_end_is_noticed_by_whoever_resumes(session: Session) -> None:
    """What the crash left behind is said once, and gone from the log."""
    session.submit("facilitator", a.Advance())
    session.close()
    with session.path.open("ab") as file:
        file.write(b'{"seq":2,"ti')
    with Session.resume(session.path) as again:
        assert [notice.code for notice in again.notices] == ["log/torn"]
    with Session.resume(session.path) as again:
        assert again.notices == ()


def test_the_facilitator_alone_reads_that_acts_cannot_be_kept_until_one_can(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever acted: it stands on the console at once and goes by itself, and no team learns that another one tried."""
    facilitator, china = session.seat("facilitator"), session.seat("china")
    told = {seat: seat.changes() for seat in (facilitator, china)}

    def no_room(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", no_room)
        for _ in range(2):
            with pytest.raises(StorageFailed):
                session.submit("us", a.TakeNote(text="one"))
    assert "the disk is full; free some space, then do it again." in (facilitator.cut_off() or "")
    assert china.cut_off() is None
    assert [told[seat]._news.is_set() for seat in (facilitator, china)] == [True, False]
    session.submit("us", a.TakeNote(text="two"))
    assert facilitator.cut_off() is None


def test_a_session_that_lost_its_disk_takes_no_more_acts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says why for every further act, stays what it was, and what was acknowledged is there when it is resumed."""
    session.submit("facilitator", a.Advance())
    before = session.state

    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync" if hasattr(os, "fdatasync") else "fsync", failing)
        with pytest.raises(StorageFailed):
            session.submit("facilitator", a.Advance())
    assert session.trouble is not None
    with pytest.raises(StorageFailed, match="takes no more acts"):
        session.submit("facilitator", a.Advance())
    assert session.state is before
    session.close()
    with Session.resume(session.path) as again:
        assert again.state == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), entries=st.integers(0, 90), length=st.sampled_from([45, 90, 150]))
def test_live_state_is_replayed_state_is_judged_state(
    tmp_path_factory: pytest.TempPathFactory, seed: int, entries: int, length: int
) -> None:
    """However a session was played: folding its log gives its state after every act, and judging again its events."""
    with begun(tmp_path_factory.mktemp("play"), length=length) as session:
        live = [session.state, *(session.state for _ in legal_play(session, seed, entries))]
    again = replay(session.path)
    assert again.state == live[-1]
    assert [state for _, state in states(again.log, again.table)] == live
    assert verify(session.path).findings == ()


def test_seats_show_their_own_views(session: Session) -> None:
    """A team's seat shows that team's view, the facilitator's the facilitator's, and a dossier in every language."""
    us = session.seat("us").view()
    assert isinstance(us, TeamView)
    assert us.side == "us"
    white = session.seat("facilitator")
    assert isinstance(white.view(), FacilitatorView)
    assert white.dossier.title["zh"] == "小测试"


def test_a_seat_is_a_seat_and_holds_no_session(session: Session) -> None:
    """What a bot is given has a name and six functions, and no attribute that leads further."""
    seat = session.seat("us")
    as_doors_know_it: Seat = seat
    assert as_doors_know_it.name == "us"
    assert not hasattr(seat, "__dict__")
    held = [getattr(seat, name) for name in LocalSeat.__slots__ if name != "name"]
    assert len(held) == 6
    assert not any(hasattr(function, "__self__") for function in held)


async def told(changes: Changes) -> bool:
    """Whether a change is waiting."""
    try:
        await asyncio.wait_for(anext(changes), 0.01)
    except TimeoutError:
        return False
    return True


async def test_a_seat_hears_of_its_own_changes_alone(session: Session) -> None:
    """A sealed act of one team is no news for the other, not even that something happened; its commit is."""
    us, china = session.seat("us"), session.seat("china")
    for_us, for_china = us.changes(), china.changes()
    await session.seat("facilitator").submit(a.Advance())
    await session.seat("facilitator").submit(a.Advance())
    assert await told(for_us)
    assert await told(for_china)
    await us.submit(a.TakeNote(text="they must not know"))
    await us.submit(a.SealMove(draft=a.Draft(move="request-call", channel="hotline", intent=-1, expected=0)))
    assert await told(for_us)
    assert not await told(for_us)
    assert not await told(for_china)
    await us.submit(a.CommitMoves())
    assert await told(for_china)


async def test_changes_between_asking_and_waiting_are_not_lost(session: Session) -> None:
    """A door may ask for changes, draw the view, and wait: what came meanwhile wakes it."""
    changes = session.seat("us").changes()
    session.submit("facilitator", a.Advance())
    session.submit("facilitator", a.Advance())
    assert await told(changes)
    assert not await told(changes)


async def test_closing_ends_the_wait(session: Session) -> None:
    """Nobody waits for a session that is over."""

    async def wait() -> int:
        return len([None async for _ in session.seat("us").changes()])

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    session.close()
    assert await asyncio.wait_for(waiting, 1) == 0


def test_the_turn_has_its_minutes(tmp_path: Path) -> None:
    """Time runs from the turn's opening, stops in a pause, is extended, and begins anew with the next turn."""
    clock = HandClock(step=0)
    session = begun(tmp_path, clock)
    whole = session.table.minutes * 60
    assert session.seconds_left() is None
    session.submit("facilitator", a.Advance())
    clock.now += 100_000
    assert session.seconds_left() == whole - 100
    session.submit("facilitator", a.Pause())
    clock.now += 500_000
    assert session.seconds_left() == whole - 100
    session.submit("facilitator", a.Unpause())
    session.submit("facilitator", a.Advance())
    clock.now += 20_500
    session.submit("facilitator", a.Extend(minutes=3))
    assert session.seconds_left() == whole - 120 + 180
    clock.now += 10_000_000
    assert session.seconds_left() == whole - 10_120 + 180
    while session.state.turn == 1:
        session.submit("facilitator", a.Advance())
    assert session.seconds_left() == whole


def test_time_away_does_not_count(tmp_path: Path) -> None:
    """Between a crash and the resume the turn's clock stands, and a second resume knows that too."""
    clock = HandClock(step=0)
    session = begun(tmp_path, clock)
    session.submit("facilitator", a.Advance())
    clock.now += 60_000
    session.submit("facilitator", a.TakeNote(text="before the crash"))
    whole = session.table.minutes * 60
    for number in range(1, 3):
        session.close()
        clock.now += 3_600_000
        session = Session.resume(session.path, clock=clock)
        clock.now += 30_000
        assert session.seconds_left() == whole - 60 - 30 * number
        entry = session.submit("facilitator", a.TakeNote(text="after it"))
        assert entry.away == 3_600_000
    assert session.submit("facilitator", a.TakeNote(text="at once")).away == 0
    assert verify(session.path).findings == ()


def test_a_clock_that_goes_back_does_not_take_the_log_along(tmp_path: Path) -> None:
    """Entry times never fall, whatever the machine's clock does, nor does the time left grow."""
    clock = HandClock(step=0)
    with begun(tmp_path, clock) as session:
        first = session.submit("facilitator", a.Advance())
        left = session.seconds_left()
        clock.now -= 7_200_000
        assert session.submit("facilitator", a.TakeNote(text="daylight saving")).time == first.time
        assert session.seconds_left() == left
    assert verify(session.path).findings == ()


def test_rolling_back_makes_a_branch_and_deletes_nothing(tmp_path: Path, session: Session) -> None:
    """Play goes on from the start of the turn in a log of its own, and this one notes where."""
    while session.state.turn < 2:
        session.submit("facilitator", a.Advance())
    turn = 1
    before = session.path.read_bytes()
    entry = session.submit("facilitator", a.RollBack(turn=turn, child=""))
    assert isinstance(entry.action, a.RollBack)
    assert session.path.read_bytes().startswith(before)
    child = log_of(entry.action.child, tmp_path)
    assert child is not None
    assert child.name == f"{session.path.stem}-turn-{turn}.jsonl"
    with Session.resume(child, clock=HandClock()) as branch:
        assert (branch.state.turn, branch.state.phase) == (turn, "situation")
        assert branch.submit("facilitator", a.Advance()).seq == len(read_log(child).entries)
    session.close()
    assert verify(child, parent=session.path).findings == ()
    assert verify(session.path).findings == ()


def test_a_refused_roll_back_leaves_no_branch(tmp_path: Path, session: Session) -> None:
    """A turn that was not played is no place to go back to."""
    with pytest.raises(ActionRefused):
        session.submit("facilitator", a.RollBack(turn=3, child="x"))
    with pytest.raises(ActionRefused):
        session.submit("us", a.RollBack(turn=0, child="x"))
    assert len(list(tmp_path.glob("*.jsonl"))) == 1


@pytest.fixture
def in_beijing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is on Beijing's time."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CST-8")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_beijing")
def test_logs_are_named_after_scenario_and_hour(tmp_path: Path) -> None:
    """Two sessions begun in the same minute have two names; the hour is the room's."""
    sessions = [begun(tmp_path) for _ in range(3)]
    assert [session.path.name for session in sessions] == [
        f"small-test-2026-11-24-1400{end}.jsonl" for end in ("", "-2", "-3")
    ]
    assert sessions[0].header.started > STARTED


def test_a_length_that_the_scenario_lacks_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(UnreadableInput, match="A small test has no length of 60 minutes") as refused:
        begun(tmp_path, length=60)
    assert refused.value.hint == "choose one of these: 45, 90, 150"
    assert list(tmp_path.iterdir()) == []


def test_a_log_knows_how_it_was_begun(tmp_path: Path) -> None:
    """Options of the door come back with the header; the material in it plays without the authored files."""
    with Session.start(
        tmp_path / "here.jsonl", small_material(), seed="s", length=90, show="all", options={"language": "zh"}
    ) as session:
        assert session.path == tmp_path / "here.jsonl"
    header = read_log(session.path).header
    assert (header.seed, header.length, header.show, header.options) == ("s", 90, "all", {"language": "zh"})
    assert msgspec.json.encode(bundle_in(bytes(header.material))) == bytes(header.material)
    assert replay(session.path).table.scenario.id == "small-test"


def test_what_a_seat_may_know_is_made_for_whoever_asks(tmp_path: Path) -> None:
    """A seat that only acts costs nothing; one that asks twice is told the same."""
    with Session.start(tmp_path, small_material(), seed="1", length=45) as session:
        seat = session.seat("facilitator")
        assert "facilitator" not in session.table.dossiers
        assert seat.dossier is seat.dossier is session.table.dossiers["facilitator"]
