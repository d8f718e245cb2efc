"""A log whose end is gone: nobody plays on without having been told, and the log says for ever what it has lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.session.play import HandClock, legal_play
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.events import LogShortened
from crisis_sim.errors import AcknowledgedLost, ActionRefused
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.notices import notices_of
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import Tip, kept_tip_path, read_tip, tip_path
from crisis_sim.session.verify import verify
from crisis_sim.session.writer import create_log

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """The log of a session of 30 acts."""
    with Session.start(
        tmp_path / "played.jsonl", small_material(), seed="loss", length=45, clock=HandClock()
    ) as session:
        list(legal_play(session, 4, 30))
    return session.path


def cut(path: Path, lines: int) -> None:
    """Take whole lines off the end."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lines]))


def resumed(path: Path, *, accept_loss: bool = False) -> None:
    """Resume, act once, and leave."""
    with Session.resume(path, accept_loss=accept_loss, clock=HandClock(now=10**13)) as session:
        session.submit("facilitator", a.TakeNote(text="we go on"))


def codes(path: Path) -> list[str]:
    return [finding.code for finding in verify(path).findings]


def test_a_cut_log_is_not_resumed_unless_the_loss_is_accepted(played: Path) -> None:
    """Until then neither the log nor what bears witness to its end is touched."""
    cut(played, 20)
    before, tip = played.read_bytes(), tip_path(played).read_bytes()
    with pytest.raises(AcknowledgedLost, match="entries 11–30 were acknowledged") as refused:
        Session.resume(played)
    assert "--accept-loss" in refused.value.hint
    assert (played.read_bytes(), tip_path(played).read_bytes()) == (before, tip)
    assert codes(played) == ["log/end-lost"]


def test_an_accepted_loss_stays_on_record(played: Path) -> None:
    """What the log had is an entry and a tip beside it, and verifying tells of it however often play goes on."""
    whole = read_log(played)
    cut(played, 20)
    resumed(played, accept_loss=True)
    resumed(played)
    before = _size(played, 11)
    assert read_log(played).entries[10].events == (
        LogShortened(
            had=30, has=10, had_bytes=whole.end, has_bytes=before, torn=0, hash=whole.last_hash, visible="facilitator"
        ),
    )
    tip = read_tip(played)
    assert tip is not None
    assert tip[:3] == (13, read_log(played).last_hash, played.stat().st_size)
    kept = kept_tip_path(played, Tip(30, whole.last_hash))
    assert whole.last_hash.encode() in kept.read_bytes()
    findings = verify(played)
    assert (findings.is_sound, findings.is_whole, codes(played)) == (True, False, ["log/shortened"])
    assert findings.findings[0].sentence == (
        f"entries 11–30 were acknowledged, the last with the hash {whole.last_hash[:12]}…, and lost; "
        "entry 11 accepts that and goes on"
    )


def test_a_log_cut_twice_says_so_twice(played: Path) -> None:
    """Also where the second cut takes the first record away: the tip of the first stays beside it."""
    cut(played, 5)
    resumed(played, accept_loss=True)
    cut(played, 1)
    resumed(played, accept_loss=True)
    assert codes(played) == ["log/shortened", "log/shortened"]
    cut(played, 12)
    resumed(played, accept_loss=True)
    assert codes(played) == ["log/shortened"]
    assert len(list(played.parent.glob("played.jsonl.tip.*"))) == 3


def test_another_entry_in_place_of_the_acknowledged_one_is_a_loss(played: Path) -> None:
    """An older copy that was played on elsewhere comes back with as many lines, and not those."""
    tip = tip_path(played).read_bytes()
    cut(played, 5)
    tip_path(played).unlink()
    with Session.resume(played, clock=HandClock(now=10**13)) as session:
        list(legal_play(session, 9, 10))
    tip_path(played).write_bytes(tip)
    with pytest.raises(AcknowledgedLost, match="entry 30 of played.jsonl is not the one that was acknowledged"):
        Session.resume(played)
    resumed(played, accept_loss=True)
    assert "entry 30 was acknowledged with the hash" in verify(played).findings[-1].sentence
    assert codes(played) == ["log/shortened"]


def test_what_never_counted_is_cut_without_a_question_and_on_record(played: Path) -> None:
    """A crash is no forgery: the log stays whole, and says how many bytes were cut where."""
    played.write_bytes(played.read_bytes() + b'{"seq":31')
    resumed(played)
    findings = verify(played)
    assert (findings.is_whole, codes(played)) == (True, ["log/cut"])
    assert findings.findings[0].sentence.startswith("9 bytes of an act that was never completely written were cut off")
    assert read_log(played).entries[30].events[0] == LogShortened(
        had=30,
        has=30,
        had_bytes=_size(played, 31),
        has_bytes=_size(played, 31),
        torn=9,
        hash=None,
        visible="facilitator",
    )


def _size(path: Path, lines: int) -> int:
    return len(b"".join(path.read_bytes().splitlines(keepends=True)[:lines]))


def test_half_of_an_acknowledged_act_is_a_loss(played: Path) -> None:
    """The last line is torn, and the tip knows that it had been whole."""
    played.write_bytes(played.read_bytes()[:-40])
    with pytest.raises(AcknowledgedLost, match="entry 30 was acknowledged"):
        Session.resume(played)
    resumed(played, accept_loss=True)
    event = read_log(played).entries[29].events[0]
    assert isinstance(event, LogShortened)
    assert (event.had, event.has) == (30, 29)
    assert event.torn > 0
    assert codes(played) == ["log/shortened"]


def test_a_branch_carries_the_record(played: Path) -> None:
    """It shares the entries of its parent, that one too; what is before it in the branch has hashes of its own."""
    played.write_bytes(played.read_bytes() + b"{")
    resumed(played)
    cut(played, 1)
    resumed(played, accept_loss=True)
    assert codes(branch(played)) == ["log/cut", "log/shortened"]


def test_no_seat_asks_for_it(played: Path) -> None:
    """Nobody can write into a log that it had lost what it had not."""
    with Session.resume(played, clock=HandClock(now=10**13)) as session:
        lie = a.ShortenLog(had=99, has=30, had_bytes=None, has_bytes=1, torn=0, hash="0" * 64)
        for seat in a.SEATS:
            with pytest.raises(ActionRefused, match="action/own"):
                session.submit(seat, lie)
    assert len(read_log(played).entries) == 30


@pytest.mark.parametrize("had", [-5, 0, 3, 10**15])
def test_numbers_that_make_no_sense_are_told_all_the_same(played: Path, had: int) -> None:
    """A log that somebody wrote by hand says what it says; nothing in it is obeyed by a terminal."""
    log = read_log(played)
    forged = a.ShortenLog(had=had, has=9, had_bytes=None, has_bytes=-1, torn=-1, hash="\x1b[2J")
    entries = [*log.entries[:4], replace(log.entries[4], action=forged), *log.entries[5:]]
    made, writer = create_log(played.with_name("forged.jsonl"), replace(log.header, hash=""), entries)
    writer.close()
    (notice,) = notices_of(read_log(made.path))
    assert notice.code == "log/shortened"
    assert "\x1b" not in notice.sentence


def test_tips_of_the_first_form_are_read(played: Path) -> None:
    """A log that an earlier version wrote is watched over as before; how many bytes it had, that tip does not say."""
    digest = read_log(played).last_hash
    tip_path(played).write_text(f"{30:012} {digest}\n")
    assert read_tip(played) == Tip(30, digest)
    assert codes(played) == []
    cut(played, 3)
    resumed(played, accept_loss=True)
    event = read_log(played).entries[27].events[0]
    assert isinstance(event, LogShortened)
    assert (event.had, event.had_bytes) == (30, None)


@pytest.mark.parametrize("spoilt", [b"", b"\0" * 200, b"2 000000000031", b"3 something else\n"])
def test_a_tip_that_makes_no_sense_is_no_witness(played: Path, spoilt: bytes) -> None:
    """After a power cut it may be empty or half; that says nothing about the log."""
    tip_path(played).write_bytes(spoilt)
    assert codes(played) == []


def test_half_a_tip_over_another_is_none(played: Path) -> None:
    """A write that was cut in the middle leaves the number of one entry and the hash of another: no witness at all."""
    whole = tip_path(played).read_bytes()
    with Session.resume(played, clock=HandClock(now=10**13)) as session:
        list(legal_play(session, 5, 3))
    for size in range(len(whole)):
        tip_path(played).write_bytes(whole[:size] + tip_path(played).read_bytes()[size:])
        assert set(codes_of_end(played)) == set(), size


def codes_of_end(path: Path) -> list[str]:
    return [notice.code for notice in notices_of(read_log(path))]


def test_a_loss_that_is_not_on_record_is_asked_about_again(played: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the record cannot be written, the log is refused the next time as it was the first time."""
    cut(played, 2)

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(Exception, match="the disk is full"):
            Session.resume(played, accept_loss=True)
    with pytest.raises(AcknowledgedLost):
        Session.resume(played)
