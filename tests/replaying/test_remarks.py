"""Bookmarks and notes: beside the log, durable, and harmless whatever somebody wrote into the file."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from tests.replaying.recorded import opened
from tests.tui.fake import HOSTILE

from crisis_sim.errors import StorageFailed
from crisis_sim.replaying.remarks import LONGEST
from crisis_sim.replaying.replayed import Replayed


def again(folder: Path) -> Replayed:
    return Replayed.opened(folder / "log.jsonl")


def test_a_remark_is_kept_beside_the_log_and_never_in_it(tmp_path: Path) -> None:
    """It is there when the log is opened again, and not a byte of the log is another one."""
    replayed = opened(tmp_path)
    before = (tmp_path / "log.jsonl").read_bytes()
    replayed.remark("whole", 12, "bookmark", "the worst gap")
    replayed.remark("whole", 5, "note", "ask about this")
    found = again(tmp_path).remarks_in("whole")
    assert [(each.seq, each.kind, each.text) for each in found] == [
        (5, "note", "ask about this"),
        (12, "bookmark", "the worst gap"),
    ]
    assert (tmp_path / "log.jsonl").read_bytes() == before
    assert again(tmp_path).notices == ()


def test_a_remark_is_synced_before_it_counts(tmp_path: Path) -> None:
    """Where the disk does not confirm it, there is no remark, and the ones before are safe."""
    replayed = opened(tmp_path)
    replayed.remark("whole", 1, "note", "first")
    with (
        mock.patch("crisis_sim.session.disk.sync", side_effect=[None, OSError(5, "Input/output error")]),
        pytest.raises(StorageFailed),
    ):
        replayed.remark("whole", 2, "note", "second")
    assert [each.text for each in replayed.remarks] == ["first"]
    assert [each.text for each in again(tmp_path).remarks] == ["first"]


def test_a_team_does_not_see_what_was_noted_through_another_lens(tmp_path: Path) -> None:
    """The whole shows all of them; each other lens its own."""
    replayed = opened(tmp_path)
    for lens in ("us", "china", "whole"):
        replayed.remark(lens, 9, "note", lens)
    assert [sorted(each.text for each in replayed.remarks_in(lens)) for lens in ("us", "china", "dual", "whole")] == [
        ["us"],
        ["china"],
        [],
        ["china", "us", "whole"],
    ]


def test_a_torn_remark_costs_no_other(tmp_path: Path) -> None:
    """What was never completely written is passed over and said; the next remark begins on its own line."""
    replayed = opened(tmp_path)
    replayed.remark("whole", 1, "note", "first")
    replayed.remark("whole", 2, "note", "second")
    file = tmp_path / replayed.notes_name
    file.write_bytes(file.read_bytes()[:-20])
    torn = again(tmp_path)
    assert torn.notices == ("1 line in log.notes.jsonl passed over: broken, or not about this log",)
    torn.remark("whole", 3, "note", "third")
    assert [each.text for each in again(tmp_path).remarks] == ["first", "third"]


def test_remarks_of_another_log_are_not_taken_for_this_ones(tmp_path: Path) -> None:
    """A remark names its session and the hash of its entry; an entry that there is not is no place."""
    replayed = opened(tmp_path)
    replayed.remark("whole", 1, "note", "mine")
    file = tmp_path / replayed.notes_name
    line = file.read_bytes()
    others = (
        line.replace(b'"session":"test"', b'"session":"else"'),
        line.replace(b'"seq":1', b'"seq":2'),
        line.replace(b'"seq":1', b'"seq":99999'),
        line.replace(b'"format":1', b'"format":2'),
        b"no remark at all\n",
        b"\xff\x00\n",
        b"[" * 100_000 + b"\n",
    )
    file.write_bytes(line + b"".join(others))
    found = again(tmp_path)
    assert [each.text for each in found.remarks] == ["mine"]
    assert found.notices == ("7 lines in log.notes.jsonl passed over: broken, or not about this log",)


def test_hostile_words_are_cleaned_when_they_are_read_and_when_they_are_written(tmp_path: Path) -> None:
    """Nothing that a terminal would obey is kept or shown, and a remark has an end."""
    replayed = opened(tmp_path)
    made = replayed.remark("whole", 1, "note", HOSTILE + "x" * 10_000)
    assert "\x1b" not in made.text and "\u202e" not in made.text and len(made.text) == LONGEST
    file = tmp_path / replayed.notes_name
    file.write_bytes(file.read_bytes().replace(b"[/]", b"\\u001b[2J\\u202e", 1))
    assert not {"\x1b", "\u202e"} & set(again(tmp_path).remarks[0].text)


def test_notes_are_not_written_through_a_link(tmp_path: Path) -> None:
    """Somebody put a link to another file where the notes would lie: it is said, and that file stays as it is."""
    replayed = opened(tmp_path)
    (tmp_path / "victim").write_bytes(b"precious")
    (tmp_path / replayed.notes_name).symlink_to("victim")
    assert "it is a link, not a file" in again(tmp_path).notices[0]
    with pytest.raises(StorageFailed, match="it is a link, not a file") as refused:
        replayed.remark("whole", 1, "note", "first")
    assert refused.value.hint == "move it away, then do it again"
    assert (tmp_path / "victim").read_bytes() == b"precious"


def test_a_remark_of_a_lens_stands_at_what_the_lens_showed(tmp_path: Path) -> None:
    """A team's remark names the entry of its own moment, not one that only the other team knows of."""
    replayed = opened(tmp_path)
    hidden = next(seq for seq in range(replayed.last) if seq not in replayed.moments("us"))
    assert replayed.remark("us", hidden, "note", "here").seq == max(s for s in replayed.moments("us") if s < hidden)


def test_a_log_can_be_replayed_whatever_lies_beside_it(tmp_path: Path) -> None:
    """Where notes cannot be read, that is said, and a new one is refused in a sentence."""
    replayed = opened(tmp_path)
    (tmp_path / replayed.notes_name).mkdir()
    blocked = again(tmp_path)
    assert blocked.moment("whole", 3).number == 3
    assert "it is a folder, not a file" in blocked.notices[0]
    with pytest.raises(StorageFailed, match="it is a folder, not a file"):
        blocked.remark("whole", 1, "note", "first")
