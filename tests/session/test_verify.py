"""Verifying: what was written passes, and the first difference is named."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from tests.session.play import HandClock, legal_play
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.events import AnyEvent, Revealed, TurnOpened
from crisis_sim.errors import LogDamaged, StorageFailed, UnreadableInput
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log, sound_part
from crisis_sim.session.notices import notices_of
from crisis_sim.session.replay import replay
from crisis_sim.session.salvage import salvage
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import read_tip
from crisis_sim.session.verify import verify
from crisis_sim.session.writer import create_log

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """The log of a session of 30 acts."""
    with Session.start(
        tmp_path / "played.jsonl", small_material(), seed="verify", length=45, clock=HandClock()
    ) as session:
        session.submit("facilitator", a.Advance())
        list(legal_play(session, 4, 29))
    return session.path


def forged(path: Path, number: int, **changes: object) -> Path:
    """A copy whose chain is right and whose entry of that number is another one."""
    log = read_log(path)
    entries = list(log.entries)
    entries[number - 1] = replace(entries[number - 1], **changes)
    made, writer = create_log(path.with_name("forged.jsonl"), replace(log.header, hash=""), entries)
    writer.close()
    return made.path


def first_events(path: Path) -> tuple[AnyEvent, ...]:
    return read_log(path).entries[0].events


def test_flipped_bits_of_a_played_log_are_found(played: Path) -> None:
    """Four hundred bits of a real log, anywhere in it, the scenario included; test_log tries all of a small one."""
    data, tip, chance = bytearray(played.read_bytes()), read_tip(played), Random(1)
    for _ in range(400):
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        try:
            log, damage = sound_part(played, bytes(data), tip)
            assert damage is not None or notices_of(log), (place, bit)
        except (LogDamaged, UnreadableInput) as error:
            assert error.hint  # noqa: PT017 – either is a finding
        data[place] ^= bit


def test_a_changed_number_is_named_by_entry_event_and_field(played: Path) -> None:
    """A forger who seals the whole chain again is found by judging again, and the sentence says where."""
    *sealed, opened, phase, inject = first_events(played)
    assert isinstance(opened, TurnOpened)
    path = forged(played, 1, events=(*sealed, replace(opened, ends=99), phase, inject))
    (finding,) = verify(path).findings
    assert finding.code == "log/judged-otherwise"
    assert (finding.line, finding.seq, finding.grave) == (2, 1, True)
    assert finding.sentence == ("entry 1 (line 2) says ends = 99 in event 3 (turn-opened), and judging again gives 24")


def test_missing_added_and_other_events_are_named(played: Path) -> None:
    """Whatever was done to the events of an entry, the first of them that differs is named."""
    events = first_events(played)
    for changed, sentence in [
        (events[:-1], "entry 1 (line 2) lacks event 5 (inject-delivered), and judging again gives 5 events, not 4"),
        (
            (*events, events[-1]),
            "entry 1 (line 2) has event 6 (inject-delivered), and judging again gives 5 events, not 6",
        ),
        (events[2:], "entry 1 (line 2) has turn-opened as event 1, and judging again gives lines-sealed"),
    ]:
        path = forged(played, 1, events=changed)
        assert verify(path).findings[0].sentence == sentence
        path.unlink()
        path.with_name("forged.jsonl.tip").unlink()


def test_a_changed_act_is_found(played: Path) -> None:
    """An act that the rules refuse, or that would have led elsewhere, cannot stand in a log."""
    (finding,) = verify(forged(played, 1, action=a.Unpause())).findings
    assert finding.sentence == "entry 1 (line 2) holds an act that is refused when it is judged again"
    assert finding.refused is not None and finding.refused.code == "phase/running"


def test_events_that_cannot_follow_are_a_sentence(played: Path) -> None:
    """A log written by hand names what does not exist; whoever opens it gets a place, not a traceback."""
    path = forged(played, 1, events=(Revealed(act=("us", 9, 9), visible="everyone"),))
    assert not verify(path).is_sound
    with pytest.raises(LogDamaged, match=r"line 2 of forged.jsonl holds events that cannot follow"):
        replay(path)
    with pytest.raises(LogDamaged):
        Session.resume(path)
    assert read_log(path).entries


def test_a_log_that_cannot_be_played_is_left_alone(played: Path) -> None:
    """Resuming it is refused before its torn end is cut."""
    path = forged(played, 1, events=(Revealed(act=("us", 9, 9), visible="everyone"),))
    path.write_bytes(path.read_bytes() + b"torn")
    before = path.read_bytes()
    with pytest.raises(LogDamaged):
        Session.resume(path)
    assert path.read_bytes() == before


def test_verifying_looks_at_every_line(played: Path) -> None:
    """A time that was changed, with only the last line sealed again, is found in the line where it was changed."""
    *lines, last = played.read_bytes().splitlines(keepends=True)
    time = b'"time":%d' % read_log(played).entries[9].time
    lines[10] = lines[10].replace(time, time[:-1] + b"1")
    body = last.rsplit(b',"hash":', 1)[0]
    digest = sha256(b"".join([*lines, body])).hexdigest().encode()
    played.write_bytes(b"".join([*lines, body, b',"hash":"', digest, b'"}\n']))
    played.with_name("played.jsonl.tip").unlink()
    assert notices_of(read_log(played)) == ()
    findings = verify(played)
    assert [finding.line for finding in findings.findings] == [11]


def test_times_that_go_back_are_found(played: Path) -> None:
    """No log of ours has them."""
    (finding,) = verify(forged(played, 5, time=0)).findings
    assert finding.code == "log/time"
    assert finding.seq == 5


def test_damage_and_a_lost_end_are_grave_and_a_torn_end_is_not(played: Path) -> None:
    """A crash is no forgery: its traces are reported and the log is still sound."""
    data = played.read_bytes()
    played.write_bytes(data + b'{"seq":31')
    assert verify(played).is_sound
    assert [finding.code for finding in verify(played).findings] == ["log/torn"]
    played.write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
    assert [finding.code for finding in verify(played).findings] == ["log/end-lost"]
    assert not verify(played).is_sound
    played.write_bytes(data.replace(b'"phase":"moves"', b'"phase":"mOves"', 1))
    findings = verify(played)
    assert not findings.is_sound
    way_out = "`crisis-sim verify played.jsonl --save-sound FILE` writes what is sound to a new log"
    assert findings.findings[0].hint == way_out


def test_a_log_of_another_scenario_text_is_found(played: Path) -> None:
    """The scenario in the header has hashes of its own."""
    log = read_log(played)
    bundle = bytes(log.header.material).replace(b"A ferry with 300", b"A ferry with 400")
    header = replace(log.header, hash="", material=type(log.header.material)(bundle))
    made, writer = create_log(played.with_name("other.jsonl"), header, log.entries)
    writer.close()
    with pytest.raises(UnreadableInput, match="was changed after it was written"):
        verify(made.path)


def test_a_branch_shares_its_parents_entries(played: Path) -> None:
    """It is a session of its own with the same past; the parent is not touched, and the bond can be checked."""
    before = played.read_bytes()
    child = branch(played, seq=12, session="child", clock=HandClock(now=10**13))
    assert child.name == "played-from-12.jsonl"
    assert branch(played, seq=12).name == "played-from-12-2.jsonl"
    assert played.read_bytes() == before
    ours, theirs = read_log(child), read_log(played)
    assert [e.events for e in ours.entries] == [e.events for e in theirs.entries[:12]]
    assert ours.header.parent is not None
    assert (ours.header.parent.session, ours.header.parent.seq) == (theirs.header.session, 12)
    assert verify(child, parent=played).findings == ()
    with Session.resume(child, clock=HandClock()) as session:
        assert session.table.session == "child"
        list(legal_play(session, 9, 5))
    assert verify(child, parent=played).findings == ()


def test_a_branch_of_another_log_is_found(played: Path) -> None:
    """A parent that is not the parent, or whose entry was rewritten, is named."""
    child = branch(played, seq=12)
    forgery = forged(played, 3, time=read_log(played).entries[3].time)
    (finding,) = verify(child, parent=forgery).findings
    assert finding.sentence == "entry 12 of forged.jsonl is not the one branched from"
    (finding,) = verify(child, parent=child).findings
    assert finding.code == "log/parent"


def test_branches_begin_where_a_turn_began(played: Path) -> None:
    """By turn or by entry, from the very start to the very end; elsewhere a sentence says what there is."""
    log = read_log(played)
    assert read_log(branch(played, turn=1)).entries[-1].events == log.entries[0].events
    assert read_log(branch(played, seq=0)).entries == []
    assert len(read_log(branch(played)).entries) == 30
    with pytest.raises(UnreadableInput, match="turn 9 does not begin in played.jsonl"):
        branch(played, turn=9)
    with pytest.raises(UnreadableInput, match="has no entry 31") as refused:
        branch(played, seq=31)
    assert refused.value.hint == "branch from an entry between 0 and 30"
    with pytest.raises(StorageFailed, match="there is such a file"):
        branch(played, to=played)


def test_salvage_keeps_what_is_sound(tmp_path: Path, played: Path) -> None:
    """The sound head goes to a new log that plays; the damaged one stays as it is."""
    lines = played.read_bytes().splitlines(keepends=True)
    lines[20] = lines[20].replace(b'"kind"', b'"kimd"', 1)
    played.write_bytes(b"".join(lines))
    saved = salvage(played, tmp_path / "saved.jsonl")
    assert (saved.entries, saved.lost) == (19, 11)
    assert saved.damage is not None
    assert saved.damage.line == 21
    assert played.read_bytes() == b"".join(lines)
    assert saved.path.read_bytes() == b"".join(lines[:20])
    with Session.resume(saved.path, accept_loss=True, clock=HandClock()) as session:
        session.submit("facilitator", a.TakeNote(text="saved"))
    assert verify(saved.path).is_sound
    with pytest.raises(StorageFailed, match="there is such a file"):
        salvage(played, saved.path)


def test_salvage_ends_the_last_line(tmp_path: Path, played: Path) -> None:
    """A whole last line without its newline, or half a line, gives a log that ends as a log does."""
    data = played.read_bytes()
    for name, cut, entries, lost, told in [("a", 1, 30, 0, []), ("b", 9, 29, 1, ["log/end-lost"])]:
        played.write_bytes(data[:-cut])
        saved = salvage(played, tmp_path / f"{name}.jsonl")
        assert (saved.entries, saved.lost, saved.damage) == (entries, lost, None)
        assert [notice.code for notice in notices_of(read_log(saved.path))] == told
