"""What people wrote down is quoted where it belongs: beneath acts and questions, before the plan, with its entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.asking import exchanged, go_on
from tests.engine.play import bots
from tests.report.test_secrets import like, logged
from tests.small import small_material

from crisis_sim.cli.debrief import _find_remarks
from crisis_sim.engine import actions as a
from crisis_sim.pages.blocks import Heading, Quote
from crisis_sim.replaying.remarks import FoundRemarks, add_remark, read_remarks, remarks_path
from crisis_sim.report.markdown import markdown
from crisis_sim.report.report_blocks import Report
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.session.replay import Replay

SAID: tuple[tuple[a.SeatName, a.TakeNote], ...] = (
    ("us", a.TakeNote(text="XQ-US we ask first", about="change", of="us")),
    ("china", a.TakeNote(text="XQ-CHINA we announce first", about="change", of="china")),
    ("facilitator", a.TakeNote(text="XQ-ACT nobody heard it so", about="act", of="us/1/1")),
    ("facilitator", a.TakeNote(text="XQ-QUESTION it was the channel", about="question", of="1")),
    ("facilitator", a.TakeNote(text="XQ-SESSION a long evening", about="session")),
    ("facilitator", a.TakeNote(text="XQ-STRUCK", about="session")),
    ("facilitator", a.TakeNote(text="", replaces=4)),
)


@pytest.fixture(scope="module")
def talked() -> Replay:
    """A session whose hotwash was talked through."""
    game = bots(small_material(), "rota", "firm", seed="1", length=90)
    actions = list(game.actions)
    if game.state.phase == "closed":
        actions.pop()
    return logged(like(game), [*actions, *SAID])


def under(report: Report, word: str) -> str:
    """The head of the section in which a quote with `word` stands."""
    head = ""
    for block in report.blocks:
        if isinstance(block, Heading):
            head = block.text
        if isinstance(block, Quote) and word in block.text:
            return head
    raise AssertionError(word)


def test_what_the_room_said_stands_where_it_belongs(talked: Replay) -> None:
    """Each change before the plan, a word about an act and a question beneath it; what was struck out is out."""
    report = whole_report(talked)
    heads = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert under(report, "XQ-US") == under(report, "XQ-CHINA") == "What each would change"
    assert heads.index("What each would change") < heads.index("Improvement plan")
    assert under(report, "XQ-ACT").startswith(("US 1.1:", "What the room said of other acts"))
    assert under(report, "XQ-QUESTION") == "Questions for the room"
    assert under(report, "XQ-SESSION") == "What the room said of the session"
    assert "XQ-STRUCK" not in markdown(report)
    assert "things that the room would change: 2" in markdown(report)


def test_a_team_takes_home_what_it_would_change_itself(talked: Replay) -> None:
    """And nothing that others said."""
    twin = markdown(team_report(talked, "us"))
    assert "XQ-US" in twin and twin.count("XQ-") == 1
    assert under(team_report(talked, "us"), "XQ-US") == "What we would change"


def test_what_was_written_in_a_replay_is_quoted_with_its_entry(talked: Replay, tmp_path: Path) -> None:
    """From the file beside the log, which may hold lines of others; those are counted and left out."""
    log = talked.log._replace(path=tmp_path / "game.jsonl")
    add_remark(log, seq=0, kind="note", lens="whole", text="XQ-SEEN <b>later</b>")
    with remarks_path(log.path).open("ab") as file:
        file.write(b'{"kind": "note"\n\xff\xfe\n' + b"[" * 5_000 + b"\n")
    report = whole_report(talked, "en", read_remarks(log))
    assert under(report, "XQ-SEEN") == "Written in a replay, beside the log"
    twin = markdown(report)
    assert "no notes about it: 3 lines" in twin and r"\<b\>later" in twin
    assert "XQ-SEEN" not in markdown(team_report(talked, "us"))


def test_a_file_of_notes_that_cannot_be_read_is_told_and_stops_nothing(
    talked: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error and in the report."""
    log = talked.log._replace(path=tmp_path / "game.jsonl")
    remarks_path(log.path).mkdir()
    assert _find_remarks(log) is None
    assert "without these notes" in capsys.readouterr().err
    assert "could not be read" in markdown(whole_report(talked, "en", None))
    assert "beside the log" not in markdown(whole_report(talked, "en", FoundRemarks((), 0)))


def test_both_sides_notes_of_a_talk_stand_side_by_side_and_each_in_its_own_version() -> None:
    """What differs is left to the reader."""
    play = exchanged()
    play.submit("us", a.TakeNote(text="XQ-OURS at noon", about="talk", of="1"))
    play.submit("china", a.TakeNote(text="XQ-THEIRS perhaps", about="talk", of="1"))
    go_on(play, "hotwash")
    replay = logged(like(play), play.actions)
    said = markdown(whole_report(replay))
    assert "Talks, as each side noted them" in said
    assert next(line for line in said.splitlines() if "XQ-OURS" in line).count("XQ-") == 2, "one row holds both"
    assert "of the talk: XQ-OURS" in markdown(team_report(replay, "us"))
