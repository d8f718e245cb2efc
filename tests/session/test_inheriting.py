"""A session that begins with what an earlier one left."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace as with_changes
from tests.bots import bots_at
from tests.engine.play import varied
from tests.session.play import HandClock
from tests.small import small_material

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.inheritance import Inheritance, inherited_readiness
from crisis_sim.engine.views.act_views import is_public
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.errors import CrisisSimError, UnreadableInput
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import SIDES
from crisis_sim.session.branch import branch
from crisis_sim.session.inheriting import inherited_from
from crisis_sim.session.log import read_log
from crisis_sim.session.rejudge import rejudge, table_for
from crisis_sim.session.replay import replay
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify

SEALED = "XQZ"
AGREED = "Say it early."


def small() -> Material:
    """The small scenario with its keys written, so that a header holds them."""

    def change(tree: dict[str, object]) -> None:
        tree["closing"] = {"principles": [90], "sentences": [AGREED]}

    return varied(small_material(), change)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session of two bots played to its end, with secrets of every kind in it."""
    path = tmp_path_factory.mktemp("earlier") / "earlier.jsonl"
    with Session.start(path, small(), seed="s", length=90, session="0123456789ab", clock=HandClock()) as session:
        for side in SIDES:
            session.submit(side, a.TakeNote(text=f"{SEALED} note"))
            session.submit(side, a.GuessLine(line="pink", concern="face", says=f"{SEALED} guess", weight=3))
            session.submit(side, a.WriteLine(line="red", concern="face", says=f"{SEALED} line", weight=3))
        session.submit("facilitator", a.Bookmark(label=f"{SEALED} mark"))
        players = bots_at(session.table, ("random", "1"), ("mirror", "2"))
        play_out(players, lambda seat: session.seat(seat).view(), session.submit)
    return path


def begun(path: Path, of: Inheritance | None) -> Session:
    """A session that begins with it, or afresh."""
    return Session.start(path, small(), seed="t", length=90, inherits=of, clock=HandClock())


def test_what_an_earlier_session_left_is_the_beginning_of_this_one(earlier: Path, tmp_path: Path) -> None:
    """Trust as it ended, promises as they stood, and what both accepted; each team is told of the record alone."""
    ended, left = replay(earlier), inherited_from(earlier, small().scenario)
    with begun(tmp_path / "next.jsonl", left) as session:
        assert session.state.trust == ended.state.trust
        given = [(each.commitment, each.side, each.broken) for each in ended.state.promises]
        assert [(each.commitment, each.side, each.broken) for each in session.state.promises] == given
        record = session.seat("us").dossier.record
        assert record is not None and record.principles == left.principles == (AGREED,)
        assert "trust" not in type(record).__struct_fields__, "what the other team credits us with is its own"
    assert (left.session, left.hash) == ("0123456789ab", read_log(earlier).last_hash)


def test_nothing_that_was_sealed_is_inherited(earlier: Path) -> None:
    """Not a byte of notes, guesses, lines or marks, and of private acts nothing at all."""
    left = inherited_from(earlier, small().scenario)
    told = msgspec.json.encode(left).decode()
    assert SEALED not in told
    ended = replay(earlier).state
    private = [sent for sent in ended.acts.values() if sent.act.visibility == "private"]
    public = [sent for sent in ended.acts.values() if is_public(sent) and sent.arrived]
    assert private and len(left.acts) == len(public)
    assert set(type(left.acts[0]).__struct_fields__) == {"hour", "side", "move", "text"}
    names = {"session", "hash", "title", "trust", "readiness", "promises", "principles", "acts"}
    assert set(Inheritance.__struct_fields__) == names, "a new field is a decision about what may be handed on"


def test_such_a_session_needs_the_earlier_log_no_more(earlier: Path, tmp_path: Path) -> None:
    """It is verified, judged again, branched and gone on with from its own log alone."""
    copy, path = Path(shutil.copy(earlier, tmp_path)), tmp_path / "next.jsonl"
    with begun(path, inherited_from(copy, small().scenario)) as session:
        players = bots_at(session.table, ("random", "3"), ("mirror", "4"))
        play_out(players, lambda seat: session.seat(seat).view(), session.submit)
        trust = session.state.trust
    copy.unlink()
    assert verify(path).is_whole
    assert replay(path).state.trust == trust
    log = read_log(path)
    assert not rejudge(log, table_for(log, ())).refused
    child = branch(path, turn=2)
    assert verify(child, parent=path).is_whole
    assert read_log(child).header.inherits == log.header.inherits


def test_a_session_that_begins_afresh_says_nothing_of_it(tmp_path: Path) -> None:
    """Its first line is what it was before anything could be inherited."""
    with begun(tmp_path / "fresh.jsonl", None) as session:
        assert dossier_for(session.table, "us").record is None
    assert b'"inherits"' not in (tmp_path / "fresh.jsonl").read_bytes()


@pytest.mark.parametrize(("keeps", "left"), [(0, 70), (42, 82), (100, 100)])
def test_practice_wears_off_as_the_pack_has_it(keeps: int, left: int) -> None:
    """Of thirty points that a channel had gained, so many percent are left; none where the pack says nothing."""
    of = Inheritance(
        session="", hash="", title={}, trust={}, readiness={"hotline": 100}, promises=(), principles=(), acts=()
    )
    assert inherited_readiness(of, "hotline", 70, keeps) == left
    assert inherited_readiness(of, "elsewhere", 70, keeps) == 70


def test_numbers_that_no_session_could_have_left_end_at_the_scale(tmp_path: Path, earlier: Path) -> None:
    """A first line written by hand starts no session with a trust of a million."""
    left = inherited_from(earlier, small().scenario)
    with begun(tmp_path / "wild.jsonl", with_changes(left, trust={"us": 10**9, "china": -5})) as session:
        assert session.state.trust == {"us": 1000, "china": 0}


def refused(path: Path, of: Material) -> str:
    """The code with which a log is refused; there is a way out."""
    with pytest.raises(CrisisSimError) as caught:
        inherited_from(path, of.scenario)
    if isinstance(caught.value, UnreadableInput):
        assert caught.value.hint
    return caught.value.code


def test_a_log_that_cannot_be_inherited_is_refused_with_a_way_out(earlier: Path, tmp_path: Path) -> None:
    """One that has not come to its hotwash, one of others, one that is damaged, and what is no log."""
    with begun(tmp_path / "open.jsonl", None):
        pass
    assert refused(tmp_path / "open.jsonl", small()) == "inherits/unfinished"

    def renamed(tree: dict[str, dict[str, dict[str, object]]]) -> None:
        tree["teams"]["us"]["name"] = "Atlantis"

    assert refused(earlier, varied(small_material(), renamed)) == "inherits/dyad"
    data = bytearray(earlier.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad.jsonl").write_bytes(data)
    assert refused(tmp_path / "bad.jsonl", small()).startswith("log/")
    (tmp_path / "none.jsonl").write_text("no log")
    assert refused(tmp_path / "none.jsonl", small()) == "log/no-log"
