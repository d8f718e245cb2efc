"""Logs of every format that was closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace
from tests.report.golden import frozen
from tests.session.freeze import CLOSED, FROZEN
from tests.session.play import HandClock

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import TakeNote
from crisis_sim.engine.acts.decide import decided
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.state import opening_state
from crisis_sim.pages.traces import reason_of
from crisis_sim.rules.names import Side
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.record import FORMAT
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify
from crisis_sim.session.writer import create_log

LOOKED_UP = ("inject ", "line ", "track ", "crossing ")
LOGS = sorted(FROZEN.glob("format-*.jsonl"))


def test_every_format_has_its_log() -> None:
    """None is missing; of what is open there is none to be kept."""
    assert [log.name for log in LOGS] == [f"format-{number}.jsonl" for number in range(1, CLOSED + 1)]
    assert CLOSED <= FORMAT


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_an_old_log_replays_and_plays_on(tmp_path: Path, log: Path) -> None:
    """It is sound, folds to the end of its session, takes a note, and a branch of it is played from its second turn."""
    path = Path(shutil.copy(log, tmp_path))
    assert verify(path).findings == ()
    played = replay(path)
    assert played.state.phase == "closed"
    assert played.state.acts
    with Session.resume(path, clock=HandClock()) as session:
        session.submit("us", TakeNote(text="We remember."))
    with Session.resume(branch(path, turn=2), clock=HandClock()) as session:
        assert (session.state.turn, session.state.phase) == (2, "situation")


def traced(events: tuple[e.AnyEvent, ...]) -> Iterator[tuple[e.Trace, Side | None]]:
    """Every trace of these events, with the side whose line it is of."""
    for event in events:
        match event:
            case e.ActWeighed(steps=steps):
                yield from ((step, None) for step in steps)
            case e.NumberMoved(trace=trace):
                yield trace, None
            case e.LinePressed(trace=trace, side=side):
                yield trace, side
            case _:
                pass


@pytest.mark.parametrize("log", ["bottomed-submarine", "new-virus"])
def test_the_sentences_that_a_log_no_longer_holds_are_found_again(tmp_path: Path, log: str) -> None:
    """Format 1 kept why a number moved; what is judged now holds no sentence, and leads to the very same one."""
    played = frozen(log, tmp_path)
    state, table, found = opening_state(played.table), played.table, set[str]()
    white = dossier_for(table, "facilitator").white
    assert white is not None
    for entry in played.log.entries:
        events, state = decided(state, entry.seat, entry.action, table)
        for (ours, owner), (theirs, _) in zip(traced(events), traced(entry.events), strict=True):
            says = reason_of(ours, white, owner)
            assert ours.why is UNSET
            assert (says is not None) == (ours.rule in table.rules or ours.rule.startswith(LOOKED_UP))
            if says is not None:
                assert says["en"] == theirs.why
                found.add(ours.rule.partition(" ")[0])
    assert found >= {"line", "track", "crossing", "inject"}


def test_of_an_old_log_its_sentences_alone_prove_nothing(tmp_path: Path) -> None:
    """Sealed again with another sentence it is sound; with another number, rule or place it is not."""
    frozen("new-virus", tmp_path)
    log = read_log(tmp_path / "new-virus.jsonl")
    place, moved = next(
        (place, event)
        for place, entry in enumerate(log.entries)
        for event in entry.events
        if isinstance(event, e.NumberMoved)
    )
    for change, is_sound in (({"why": "."}, True), ({"part": 3}, False), ({"rule": "."}, False), ({"after": 1}, False)):
        entries = list(log.entries)
        events = [
            replace(event, trace=replace(moved.trace, **change)) if event is moved else event
            for event in entries[place].events
        ]
        entries[place] = replace(entries[place], events=tuple(events))
        made, writer = create_log(tmp_path / "forged.jsonl", replace(log.header, hash=""), entries)
        writer.close()
        assert verify(made.path).is_sound is is_sound, change
        made.path.unlink()
        made.path.with_name("forged.jsonl.tip").unlink()


def test_a_log_of_format_1_is_played_on_in_its_form(tmp_path: Path) -> None:
    """Each trace has a sentence, left empty, and none has a part: what a program for that format reads."""
    frozen("new-virus", tmp_path)
    log = read_log(tmp_path / "new-virus.jsonl")
    made, writer = create_log(tmp_path / "half.jsonl", replace(log.header, hash=""), log.entries[:90])
    writer.close()
    with Session.resume(made.path, clock=HandClock(log.entries[90].time)) as session:
        for entry in log.entries[90:]:
            session.submit(entry.seat, entry.action)
    again = read_log(made.path)
    assert again.header.format == 1
    traces = [trace for entry in again.entries[90:] for trace, _ in traced(entry.events)]
    assert traces
    assert {(trace.why, trace.part) for trace in traces} == {("", UNSET)}
    assert verify(made.path).is_sound
