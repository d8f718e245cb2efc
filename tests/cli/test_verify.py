"""`verify`: the last hash, as people note it, and folders of logs."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.engine.asking import BLAME
from tests.session.play import HandClock, legal_play
from tests.small import SMALL_SCENARIO, small_material

from crisis_sim.cli import main
from crisis_sim.cli.seating import begin_session, seat_players
from crisis_sim.engine import actions as a
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.playtest.bots import AutoFacilitator, play_out
from crisis_sim.session.log import read_log
from crisis_sim.session.session import Session
from crisis_sim.session.writer import create_log

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("played") / "played.jsonl"
    with Session.start(place, small_material(), seed="head", length=45, clock=HandClock()) as session:
        session.submit("facilitator", a.Advance())
        list(legal_play(session, 4, 9))
        session.submit("us", a.TakeNote(text="They wait."))
    return session.path


@pytest.fixture
def log(tmp_path: Path, played: Path) -> Path:
    return Path(shutil.copy(played, tmp_path / "a.jsonl"))


def rewritten(path: Path) -> Path:
    """A log in which somebody noted something else: every hash is right, and the rules agree with all of it."""
    log = read_log(path)
    *entries, note = log.entries
    said = tuple(replace(event, text="They answer.") for event in note.events)
    entries.append(replace(note, action=a.TakeNote(text="They answer."), events=said))
    made, writer = create_log(path.with_name("rewritten.jsonl"), replace(log.header, hash=""), entries)
    writer.close()
    return made.path


def test_a_rewritten_log_is_found_by_the_hash_that_was_noted(log: Path, capsys: Captured) -> None:
    """It passes alone; against the hash of the log that was played it fails, in each form in which people note one."""
    other, whole = rewritten(log), read_log(log).last_hash
    assert main(["verify", str(other)]) == 0
    short = "-".join(whole[place : place + 4] for place in (0, 4, 8, 12))
    for noted in (short, short.replace("-", " "), short.replace("-", "").upper(), whole[:20], whole):
        assert main(["verify", str(log), "--head", noted]) == 0, noted
        assert main(["verify", "--head", noted, str(log)]) == 0, noted
        capsys.readouterr()
        assert main(["verify", str(other), "--head", noted]) == 1, noted
        out = capsys.readouterr().out
        assert "NOT SOUND" in out
        assert f"its last hash is {read_log(other).short_hash}, not the one noted" in out


def refused(path: Path, kind: type[a.AnyAction] | None = None, instead: a.AnyAction | None = None) -> Path:
    """A log whose first act, or first of a kind, is one that the rules refuse; every hash is right."""
    log = read_log(path)
    entries = list(log.entries)
    place = next(place for place, entry in enumerate(entries) if kind is None or isinstance(entry.action, kind))
    entries[place] = replace(entries[place], action=instead or a.Unpause())
    made, writer = create_log(path.with_name("refused.jsonl"), replace(log.header, hash=""), entries)
    writer.close()
    return made.path


def test_an_act_that_is_refused_now_is_told_with_why(log: Path, capsys: Captured) -> None:
    """In a sentence, to people and to programs."""
    bad = str(refused(log))
    why = "entry 1 (line 2) holds an act that is refused when it is judged again: play is not paused"
    assert main(["verify", bad]) == 1
    assert f"  error: {why}\n" in capsys.readouterr().out
    assert main(["verify", bad, "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert found == {"code": "log/refused", "sentence": why, "grave": True, "line": 2, "seq": 1, "hint": ""}


def test_a_refusal_names_channels_as_people_do(tmp_path: Path, capsys: Captured) -> None:
    """By the names that the log's scenario has, in the reader's language; programs get their ids."""
    log = tmp_path / "bots.jsonl"
    main(["play", str(SMALL_SCENARIO), "--us", "rota", "--china", "firm", "--log", str(log)])
    bad = str(refused(log, a.SealMove, a.SealMove(draft=replace(BLAME, channel="embassy"))))
    name = small_material().scenario.channels["embassy"].name
    for language, said in (("en", f"{name.en} does not carry"), ("zh", f"{name.zh}")):
        assert main(["verify", bad, "--lang", language]) == 1
        assert said in capsys.readouterr().out
    assert main(["verify", bad, "--format", "json"]) == 1
    assert "embassy does not carry" in capsys.readouterr().out


def test_play_ends_with_the_hash_to_be_noted(tmp_path: Path, capsys: Captured) -> None:
    """Bots at once, and people by lines of text once the session is closed."""
    log = tmp_path / "bots.jsonl"
    main(["play", str(SMALL_SCENARIO), "--us", "rota", "--china", "firm", "--log", str(log)])
    assert f"The last hash of the log, to be noted: {read_log(log).short_hash}\n" in capsys.readouterr().err
    led = tmp_path / "led.jsonl"
    choice = MenuChoice(do="start", scenario=str(SMALL_SCENARIO), us="rota", china="firm", facilitator="person")
    with begin_session(choice, place=led).session as session:
        bots = [*seat_players(session).bots, AutoFacilitator(close=True)]
        play_out(bots, lambda seat: session.seat(seat).view(), session.submit)
    assert main(["resume", str(led), "--plain"]) == 0
    out = capsys.readouterr().out
    assert "The last hash of the log, to be read aloud and noted:" in out
    assert read_log(led).short_hash in out


def test_the_last_hash_is_printed_short_and_whole(log: Path, capsys: Captured) -> None:
    """Four groups of four, to be read aloud, and all of it."""
    whole = read_log(log).last_hash
    assert main(["verify", str(log), "--head"]) == 0
    _, short, all_of_it = capsys.readouterr().out.splitlines()
    assert short == f"  last hash: {whole[:4]}-{whole[4:8]}-{whole[8:12]}-{whole[12:16]}"
    assert all_of_it == f"  the whole: {whole}"


@pytest.mark.parametrize("more", [["3f2a-91bc-44d0-e17b"], ["LOG", "LOG2", "3f2a-91bc-44d0-e17b"], ["LOG", "3f2a"]])
def test_a_hash_without_its_one_log_is_a_slip(more: list[str], log: Path, capsys: Captured) -> None:
    """A hash belongs to one log, and four digits are none."""
    names = {"LOG": str(log), "LOG2": str(shutil.copy(log, log.with_name("b.jsonl")))}
    assert main(["verify", "--head", *(names.get(word, word) for word in more)]) == 2
    assert "hint: " in capsys.readouterr().err


def test_all_logs_of_a_folder_are_verified(log: Path, capsys: Captured) -> None:
    """Each has its line, those in folders within too; the last line counts, and one damaged log makes the code 1."""
    deep = log.parent / "deep"
    deep.mkdir()
    shutil.copy(log, deep / "b.jsonl")
    assert main(["verify", str(log.parent)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2 logs: 2 sound, 0 not"
    log.write_bytes(log.read_bytes().replace(b'"app"', b'"apq"', 1))
    (deep / "c.jsonl").write_bytes(b"[1,2]\n")
    assert main(["verify", str(log.parent)]) == 1
    out = capsys.readouterr().out
    assert "a.jsonl: NOT SOUND" in out and "line 1 of a.jsonl is not what was written" in out
    assert "b.jsonl: sound" in out
    assert "c.jsonl is no log of a session" in out
    assert out.splitlines()[-1] == "3 logs: 1 sound, 2 not"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_log_named_over_two_lines_has_one(log: Path, capsys: Captured) -> None:
    """So that no name of a file says of another log that it is sound."""
    forged = log.with_name("bad.jsonl: NOT SOUND\ngood.jsonl: sound.jsonl")
    forged.write_bytes(log.read_bytes().replace(b"They wait.", b"They went.", 1))
    assert main(["verify", str(log.parent)]) == 1
    assert not [line for line in capsys.readouterr().out.splitlines() if line.startswith("good")]
    assert main(["verify", "no\nsuch.jsonl"]) == 2
    assert "no such.jsonl" in capsys.readouterr().err


def test_a_folder_without_logs_is_said(tmp_path: Path, capsys: Captured) -> None:
    """Nothing was verified, so nothing is sound."""
    assert main(["verify", str(tmp_path)]) == 2
    assert "there is no log to verify" in capsys.readouterr().err


def test_a_log_of_a_shipped_scenario_is_made_whole_without_a_word_of_where(tmp_path: Path, capsys: Captured) -> None:
    """One letter of its first line lost it all; the scenario that comes with crisis-sim has what is missing."""
    log = tmp_path / "game.jsonl"
    main(["play", "new-virus", "--us", "mirror", "--china", "salami", "--log", str(log)])
    data = log.read_bytes()
    log.write_bytes(data[:30_000] + b"\x01" + data[30_001:])
    capsys.readouterr()
    for verb in (["verify"], ["debrief"], ["branch", "--at", "3"]):
        assert main([verb[0], str(log), *verb[1:]]) == 1
        assert "hint: `crisis-sim verify game.jsonl --save-sound FILE` finds it again" in capsys.readouterr().err
    saved = tmp_path / "saved.jsonl"
    assert main(["verify", str(log), "--save-sound", str(saved)]) == 0
    assert "line 1, which was damaged, is as it was written again" in capsys.readouterr().out
    assert saved.read_bytes() == data
