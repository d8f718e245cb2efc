"""Logs of every format that was closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from tests.bots import bots_at
from tests.engine.play import as_expected, as_heard
from tests.report.golden import frozen
from tests.session.freeze import CLOSED, FROZEN, unpacked
from tests.session.play import HandClock
from tests.small import small_material

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import JUDGING, SEATS, Pause, RenewJudging, TakeNote
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.traces import reason_of
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import Side
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.notices import OTHERWISE_JUDGED
from crisis_sim.session.record import FORMAT
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify
from crisis_sim.session.writer import create_log

NUMBERS = range(1, CLOSED + 1)


def test_every_format_has_its_log() -> None:
    """None is missing; of what is open there is none to be kept."""
    assert sorted(log.name.partition(".")[0] for log in FROZEN.glob("format-*.jsonl*")) == [
        f"format-{number}" for number in NUMBERS
    ]
    assert CLOSED <= FORMAT


@pytest.mark.parametrize("number", NUMBERS)
def test_an_old_log_replays_and_plays_on(tmp_path: Path, number: int) -> None:
    """It is sound, folds to the end of its session, takes a note, and a branch of it is played from its second turn.

    What this generation of the rules has judged it judges so for ever: where it is to judge otherwise, that is another.
    """
    path = unpacked(number, tmp_path)
    assert verify(path).is_whole
    assert read_log(path).header.format == number
    played = replay(path)
    assert played.state.phase == "closed"
    assert played.state.acts
    with Session.resume(path, clock=HandClock()) as session:
        session.submit("us", TakeNote(text="We remember."))
    with Session.resume(branch(path, turn=2), clock=HandClock()) as session:
        assert (session.state.turn, session.state.phase) == (2, "situation")


def not_judged_again(path: Path) -> int:
    """How many entries of a sound log another generation of the rules judged, as `verify` says."""
    found = verify(path)
    assert found.is_whole
    said = [finding for finding in found.findings if finding.code == OTHERWISE_JUDGED]
    assert len(said) <= 1
    return sum(judging != JUDGING for _, judging in read_log(path).generations()) if said else 0


def test_what_older_rules_judged_is_not_judged_again_and_what_follows_is(tmp_path: Path) -> None:
    """A log of before says nothing of who judged it: that was the first generation. What is played on says it once."""
    path = unpacked(1, tmp_path)
    before = len(read_log(path).entries)
    assert not_judged_again(path) == before
    half = branch(path, turn=2)
    shared = len(read_log(half).entries)
    assert not_judged_again(half) == shared
    with Session.resume(half, clock=HandClock()) as session:
        assert [notice.code for notice in session.notices] == [OTHERWISE_JUDGED]
        players = bots_at(session.table, ("random", "1"), ("mirror", "2"))
        play_out(players, lambda seat: session.seat(seat).view(), session.submit)
    played = read_log(half)
    assert not_judged_again(half) == shared
    assert [entry.seq for entry in played.entries if isinstance(entry.action, RenewJudging)] == [shared + 1]
    assert verify(half, parent=path).is_whole
    with Session.resume(half, clock=HandClock(played.entries[-1].time)) as session:
        session.submit("us", TakeNote(text="We remember."))
    assert len(read_log(half).entries) == len(played.entries) + 1
    assert len(read_log(path).entries) == before


def test_looking_into_an_old_log_adds_nothing_to_it(tmp_path: Path) -> None:
    """Opened and closed it is the same to the byte, and so it is where what was asked for was refused."""
    path = unpacked(1, tmp_path)
    before = path.read_bytes()
    with Session.resume(path, clock=HandClock()) as session, pytest.raises(ActionRefused):
        session.submit("us", Pause())
    assert path.read_bytes() == before


@pytest.mark.parametrize("generation", [JUDGING, UNSET, JUDGING + 1])
def test_a_number_that_the_rules_do_not_give_is_found_where_they_judged(
    tmp_path: Path, generation: int | UnsetType
) -> None:
    """Under the present generation it is a difference; under another it is what that one made of the act."""
    with Session.start(
        tmp_path / "log.jsonl", small_material(), seed="s", length=45, session="0123456789ab", clock=HandClock()
    ) as session:
        play_out(
            bots_at(session.table, ("random", "1"), ("mirror", "2")),
            lambda seat: session.seat(seat).view(),
            session.submit,
        )
    log = read_log(session.path)
    entries = [
        replace(
            entry,
            prev="",
            hash="",
            events=tuple(
                replace(event, felt=event.felt + 1) if isinstance(event, e.ActWeighed) else event
                for event in entry.events
            ),
        )
        for entry in log.entries
    ]
    made, writer = create_log(tmp_path / "made.jsonl", replace(log.header, hash="", judging=generation), entries)
    writer.close()
    assert verify(made.path).is_sound is (generation != JUDGING)


def test_no_seat_changes_the_generation_of_the_rules(tmp_path: Path) -> None:
    """It is asked for by what opens logs; of a seat it is refused, the facilitator's too."""
    path = unpacked(1, tmp_path)
    with Session.resume(path, clock=HandClock()) as session:
        for seat in SEATS:
            with pytest.raises(ActionRefused, match="action/own"):
                session.submit(seat, RenewJudging(judging=JUDGING))


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
def test_the_sentences_of_an_old_log_stand_in_its_rules_too(tmp_path: Path, log: str) -> None:
    """Format 1 kept why a number moved; by the name of what moved it the very same sentence is found."""
    played = frozen(log, tmp_path)
    table, found = played.table, set[str]()
    white = dossier_for(table, "facilitator").white
    assert white is not None
    for entry in played.log.entries:
        for trace, owner in traced(entry.events):
            if trace.rule in table.rules or trace.rule.startswith("inject "):
                says = reason_of(trace, white, owner)
                assert says is not None
                assert says["en"] == trace.why
                found.add(trace.rule.partition(" ")[0])
    assert len(found) > 8
    assert "inject" in found


def test_a_log_of_format_1_is_played_on_in_its_form(tmp_path: Path) -> None:
    """Each trace has a sentence, left empty, and none has a part: what a program for that format reads."""
    frozen("new-virus", tmp_path)
    log = read_log(tmp_path / "new-virus.jsonl")
    made, writer = create_log(tmp_path / "half.jsonl", replace(log.header, hash=""), log.entries[:90])
    writer.close()
    with Session.resume(made.path, clock=HandClock(log.entries[90].time)) as session:
        for entry in log.entries[90:]:
            session.submit(entry.seat, as_heard(session.state, entry.seat, as_expected(entry.action)))
    again = read_log(made.path)
    assert again.header.format == 1
    assert isinstance(again.entries[90].action, RenewJudging)
    traces = [trace for entry in again.entries[91:] for trace, _ in traced(entry.events)]
    assert traces
    assert {(trace.why, trace.part) for trace in traces} == {("", UNSET)}
    assert verify(made.path).is_sound
