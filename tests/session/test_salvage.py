"""A log whose first line is damaged, wherever in it, is as it was written again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.session.play import HandClock, legal_play
from tests.small import SMALL, SMALL_SCENARIO, small_material

from crisis_sim.engine import actions as a
from crisis_sim.errors import AcknowledgedLost, LogDamaged, UnreadableInput
from crisis_sim.session.branch import branch
from crisis_sim.session.log import read_log
from crisis_sim.session.salvage import salvage
from crisis_sim.session.session import Session
from crisis_sim.session.tip_file import tip_path
from crisis_sim.session.verify import verify
from crisis_sim.text import clean

pytestmark = pytest.mark.usefixtures("no_sync")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of a session of twelve acts, alone in its folder."""
    place = tmp_path_factory.mktemp("played") / "played.jsonl"
    with Session.start(place, small_material(), seed="salvage", length=45, clock=HandClock()) as session:
        session.submit("facilitator", a.Advance())
        list(legal_play(session, 4, 11))
    return session.path


@pytest.fixture
def log(tmp_path: Path, played: Path) -> Path:
    return Path(shutil.copy(played, tmp_path / "a.jsonl"))


def flipped(path: Path, place: int) -> bytes:
    """Flip a letter of the log, and return what it was."""
    was = path.read_bytes()
    letter = b"x" if was[place : place + 1] != b"x" else b"y"
    path.write_bytes(was[:place] + letter + was[place + 1 :])
    return was


def places(data: bytes) -> Iterator[tuple[str, int]]:
    """A letter of each part of line 1, by what it stands in."""
    for mark in (b'"format":1', b'"app"', b'"seed":"sal', b'"started"', b',"parts":', b'"bytes":', b'"sha256":"'):
        yield f"{mark.decode()}, its first letter", data.index(mark)
        yield f"{mark.decode()}, its last letter", data.index(mark) + len(mark) - 1
    for mark in (b'"material"', b"A ferry with 300", b"small.yaml", b'"places"', b'"parent":null', b'"hash":"'):
        at = data.rindex(mark, 0, data.index(b"\n"))
        yield f"{mark.decode()}, its first letter", at
        yield f"{mark.decode()}, its last letter", at + len(mark) - 1
    yield "the hash", data.index(b"\n") - 10
    yield "the first letter", 0
    yield "the end of the line", data.index(b"\n")


@pytest.fixture(scope="module")
def scenario() -> str:
    return str(SMALL_SCENARIO)


def test_a_letter_flipped_in_any_part_of_line_1_is_set_right(
    log: Path, tmp_path: Path, scenario: str, played: Path
) -> None:
    """With the scenario at hand, the salvaged log is the one that was written, to the byte."""
    for number, (what, place) in enumerate(places(played.read_bytes())):
        was = flipped(log, place)
        with pytest.raises(LogDamaged):
            read_log(log)
        saved = salvage(log, tmp_path / f"{number}.jsonl", [scenario])
        assert saved.path.read_bytes() == was, what
        assert (saved.entries, saved.lost, saved.damage) == (12, 0, None), what
        log.write_bytes(was)
    assert number > 25


def test_letters_flipped_anywhere_in_line_1_are_set_right(
    log: Path, tmp_path: Path, scenario: str, played: Path
) -> None:
    """Sixty places drawn at random."""
    chance, data = Random(5), played.read_bytes()
    for number in range(60):
        was = flipped(log, chance.randrange(data.index(b"\n") + 1))
        assert salvage(log, tmp_path / f"{number}.jsonl", [scenario]).path.read_bytes() == was
        log.write_bytes(was)


def test_the_damaged_part_is_named(log: Path) -> None:
    """Whoever opens the log is told which part of it to look for, and how."""
    for mark, name in [
        (b"A ferry is adrift", "scenarios/small-test/scenario.yaml"),
        (b"A ferry with 300", "brief.md"),
        (b'"kind":"pink"', "rules/small.yaml"),
        (b'"seed":"sal', "start"),
        (b'"places"', "places"),
    ]:
        was = flipped(log, log.read_bytes().rindex(mark, 0, log.read_bytes().index(b"\n")) + 9)
        with pytest.raises(LogDamaged, match=r"line 1 of a\.jsonl is not what was written") as damage:
            verify(log)
        assert f"(damaged: {name})" in damage.value.message
        assert damage.value.hint.startswith("`crisis-sim verify a.jsonl --save-sound FILE`")
        log.write_bytes(was)


def test_a_part_is_taken_from_a_scenario_whose_other_parts_have_changed(
    log: Path, tmp_path: Path, played: Path
) -> None:
    """What is sound stays, and what is damaged comes from wherever it is still the same."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "later"))
    rules = next(folder.rglob("small.yaml"))
    rules.write_text(rules.read_text("utf-8").replace("title:", "# a word more\ntitle:", 1), "utf-8")
    flipped(log, played.read_bytes().index(b"A ferry with 300"))
    saved = salvage(log, tmp_path / "saved.jsonl", [next(folder.rglob("scenario.yaml"))])
    assert saved.path.read_bytes() == played.read_bytes()


def test_a_copy_or_a_branch_beside_it_is_found(tmp_path: Path, played: Path) -> None:
    """Without a word about where to look; a branch has the same material, and a copy the whole line."""
    log = Path(shutil.copy(played, tmp_path / "a.jsonl"))
    data = log.read_bytes()
    copy = Path(shutil.copy(played, tmp_path / "copy.jsonl"))
    for number, kept in enumerate((copy, branch(log, seq=2, to=tmp_path / "branch.jsonl"))):
        flipped(log, data.index(b'"title"') + 3)
        assert salvage(log, tmp_path / f"saved-{number}.jsonl").path.read_bytes() == data
        log.write_bytes(data)
        kept.unlink()


def test_damage_behind_line_1_is_left_out_as_ever(log: Path, tmp_path: Path, scenario: str) -> None:
    """A log may be damaged in more than one place."""
    flipped(log, log.read_bytes().index(b"A ferry with 300"))
    lines = log.read_bytes().splitlines(keepends=True)
    lines[5] = lines[5].replace(b'"kind"', b'"kimd"', 1)
    log.write_bytes(b"".join(lines))
    saved = salvage(log, tmp_path / "saved.jsonl", [scenario])
    assert (saved.entries, saved.lost) == (4, 8)
    assert saved.damage is not None and saved.damage.line == 6
    assert saved.mended is not None and saved.mended.line == 1
    assert verify(saved.path).is_sound


def test_what_is_not_found_is_not_made_up(log: Path, tmp_path: Path) -> None:
    """A scenario that says something else is no copy: nothing is written, and the way out is said."""
    flipped(log, log.read_bytes().index(b"A ferry with 300"))
    with pytest.raises(LogDamaged) as damage:
        salvage(log, tmp_path / "saved.jsonl", ["new-virus"])
    assert damage.value.hint == (
        "what --from names did not have it; name a copy of the log, or the scenario as it was, after --from"
    )
    with pytest.raises(UnreadableInput):
        salvage(log, tmp_path / "saved.jsonl", ["no-such-scenario"])
    assert not (tmp_path / "saved.jsonl").exists()


def test_hostile_names_of_parts_are_shown_as_plain_text(log: Path) -> None:
    """A first line that somebody wrote obeys nobody's terminal."""
    data = log.read_bytes().replace(b'{"name":"start"', b'{"name":"st\\u001b[2Jart"', 1)
    log.write_bytes(data)
    with pytest.raises(LogDamaged) as damage:
        read_log(log)
    assert clean(damage.value.message, lines=False) == damage.value.message


def test_a_start_of_any_length_is_given_up_in_time(tmp_path: Path) -> None:
    """Trying every letter costs the square of a length that whoever wrote the log has chosen."""
    place = tmp_path / "a.jsonl"
    with Session.start(place, small_material(), seed="x" * 200_000, length=45, clock=HandClock()) as session:
        session.submit("facilitator", a.Advance())
    flipped(place, place.read_bytes().index(b"xxx") + 50)
    with pytest.raises(LogDamaged):
        salvage(place, tmp_path / "saved.jsonl", [SMALL_SCENARIO])


def test_an_end_that_is_lost_stays_known_in_what_is_salvaged(log: Path, tmp_path: Path, played: Path) -> None:
    """The new log has the old one's tip: it does not pass for whole, and play goes on only with somebody's consent."""
    shutil.copy(tip_path(played), tip_path(log))
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-4]))
    saved = salvage(log, tmp_path / "saved.jsonl")
    assert saved.misses_acts
    assert [finding.code for finding in verify(saved.path).findings] == ["log/end-lost"]
    with pytest.raises(AcknowledgedLost, match="entries 9–12 were acknowledged"):
        Session.resume(saved.path)


def test_a_salvaged_log_has_a_tip(log: Path, tmp_path: Path) -> None:
    """Also where the old one has none: what is cut off the new one later is seen."""
    assert not tip_path(log).exists()
    saved = salvage(log, tmp_path / "saved.jsonl")
    assert not saved.misses_acts
    assert verify(saved.path).findings == ()
    saved.path.write_bytes(b"".join(saved.path.read_bytes().splitlines(keepends=True)[:-1]))
    assert [finding.code for finding in verify(saved.path).findings] == ["log/end-lost"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_tip_that_is_no_file_keeps_nothing_from_being_salvaged(log: Path, tmp_path: Path) -> None:
    """A pipe in its place is not waited for."""
    os.mkfifo(tip_path(log))
    assert salvage(log, tmp_path / "saved.jsonl").entries == 12
