"""Killed, or without power, at any call to the system: what was acknowledged is there, and play goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.session.play import HandClock, legal_play
from tests.small import small_material
from tests.thinning import examples

from crisis_sim.engine.actions import ShortenLog, TakeNote
from crisis_sim.errors import AcknowledgedLost
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

ROOT = Path(__file__).parents[2]
LOG = Path("logs") / "play.jsonl"
STEP = examples(3, 1)


def killed_at_every_call(base: Path, job: str) -> list[Path]:
    """A folder for each death, at every third call, by night at every one; the job has been seen to end at last."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.session.crash_child", str(base), job, str(STEP)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (base / "end").is_dir()
    return sorted(folder for folder in base.iterdir() if folder.is_dir())


def acknowledged(folder: Path) -> list[str]:
    return (folder / "acks").read_text().splitlines() if (folder / "acks").exists() else []


def unlike(folders: list[Path]) -> list[Path]:
    """One of each kind: many deaths leave the same bytes behind."""
    found: dict[object, Path] = {}
    for folder in folders:
        left = sorted((folder / "logs").glob("*.json*")) if (folder / "logs").exists() else []
        found[tuple(acknowledged(folder)), tuple((place.name, place.read_bytes()) for place in left)] = folder
    return list(found.values())


def goes_on(path: Path, acks: list[str]) -> int:
    """Resume; every acknowledged entry is there; another act is taken; the log verifies. Returns entries found."""
    with Session.resume(path, clock=HandClock()) as session:
        entries = read_log(path).entries
        acts = [f"{entry.seq} {entry.hash}" for entry in entries if not isinstance(entry.action, ShortenLog)]
        assert acts[: len(acks)] == acks
        session.submit("facilitator", TakeNote(text="we are back"))
    findings = verify(path)
    assert findings.is_whole
    assert {finding.code for finding in findings.findings} <= {"log/cut"}
    assert findings.entries == len(entries) + 1
    return len(entries)


def test_killed_at_any_call_while_playing(tmp_path: Path) -> None:
    """Start, acts and a roll-back: no acknowledged act is lost, at most one more is kept, resuming succeeds."""
    folders = killed_at_every_call(tmp_path, "play")
    assert len(folders) > 100 // STEP
    for folder in unlike(folders):
        acks = acknowledged(folder)
        if not (folder / LOG).exists():
            assert acks == [], folder.name
            continue
        kept = goes_on(folder / LOG, acks[1:])
        assert kept - len(acks[1:]) <= 1, folder.name
        for other in (folder / LOG).parent.glob("play-turn-1*.jsonl"):
            goes_on(other, [])
    assert len(acknowledged(tmp_path / "end")) == 6


def test_killed_at_any_call_while_resuming(tmp_path: Path) -> None:
    """A log that a kill left behind, with an entry that was not synced and half of one: what had been acknowledged

    stays wherever resuming dies, and once it has come back, the other entry does too, for it has been shown.
    """
    template = tmp_path / "template.jsonl"
    with Session.start(template, small_material(), seed="crash", length=45) as session:
        entries = list(legal_play(session, 1, 3))
        (tmp_path / "kept").write_text(str(template.stat().st_size))
        entries += legal_play(session, 1, 1)
    for place in tmp_path.glob("template.jsonl.*"):
        place.unlink()
    with template.open("ab") as file:
        file.write(b'{"seq":5,"time":17955')
    lines = [f"{entry.seq} {entry.hash}" for entry in entries]
    for folder in unlike(killed_at_every_call(tmp_path, "resume")):
        started = "started" in acknowledged(folder)
        goes_on(folder / LOG, [*lines[: 4 if started else 3], *acknowledged(folder)[1:]])


def test_killed_at_any_call_while_accepting_a_loss(tmp_path: Path) -> None:
    """Two acknowledged entries and a half are gone: until that is on record, whoever comes next is asked again."""
    template = tmp_path / "template.jsonl"
    with Session.start(template, small_material(), seed="crash", length=45, clock=HandClock()) as session:
        entries = list(legal_play(session, 1, 5))
    template.write_bytes(b"".join(template.read_bytes().splitlines(keepends=True)[:-2]) + b'{"seq":4,"time":17955')
    folders = killed_at_every_call(tmp_path, "accept")
    kept = {True: 0, False: 0}
    for folder in unlike(folders):
        log = read_log(folder / LOG)
        on_record = any(isinstance(entry.action, ShortenLog) for entry in log.entries)
        kept[on_record] += 1
        assert [entry.hash for entry in log.entries[:3]] == [entry.hash for entry in entries[:3]]
        assert on_record or "started" not in acknowledged(folder), folder.name
        if on_record:
            Session.resume(folder / LOG, clock=HandClock()).close()
            findings = verify(folder / LOG)
            assert findings.is_sound
            assert [finding.code for finding in findings.findings].count("log/shortened") == 1
        else:
            with pytest.raises(AcknowledgedLost):
                Session.resume(folder / LOG)
    assert min(kept.values()) > 0


def test_killed_at_any_call_while_branching_and_salvaging(tmp_path: Path) -> None:
    """The log copied from never changes, and a copy is whole or not there."""
    with Session.start(tmp_path / "template.jsonl", small_material(), seed="crash", length=45) as session:
        list(legal_play(session, 1, 4))
    template = (tmp_path / "template.jsonl").read_bytes()
    for folder in killed_at_every_call(tmp_path, "copy"):
        assert (folder / LOG).read_bytes() == template
        for name, entries in [("branch.jsonl", 2), ("salvaged.jsonl", 4)]:
            place = (folder / LOG).with_name(name)
            assert place.exists() or name not in acknowledged(folder), folder.name
            if place.exists():
                assert goes_on(place, []) == entries


@pytest.mark.usefixtures("no_sync")
def test_a_played_log_cut_anywhere_resumes(tmp_path: Path) -> None:
    """A real session cut at bytes all over its last entries: whole entries stay, and the state is theirs."""
    with Session.start(tmp_path / "a.jsonl", small_material(), seed="cut", length=45, clock=HandClock()) as session:
        ends = [session.path.stat().st_size]
        states = [session.state]
        for _ in legal_play(session, 2, 12):
            ends.append(session.path.stat().st_size)
            states.append(session.state)
    data = session.path.read_bytes()
    for size in [*range(ends[-4], ends[-1], 29), *(end + shift for end in ends for shift in (-1, 0, 1))]:
        if size < ends[0] - 1 or size > ends[-1]:
            continue
        session.path.write_bytes(data[:size])
        with Session.resume(session.path, accept_loss=True, clock=HandClock()) as again:
            was = states[sum(end <= size + 1 for end in ends) - 1]
            assert replace(again.state, turn_events=was.turn_events) == was
