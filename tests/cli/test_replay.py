"""`replay` on the command line: what it prints without a terminal, and what it says to logs that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.replaying.recorded import opened, played, recorded, with_other_secrets

from crisis_sim.cli import main

Captured = pytest.CaptureFixture[str]


def before_the_hotwash(printed: str) -> str:
    return printed.partition(", hotwash.")[0].rpartition("\n")[0]


def test_what_a_team_saw_does_not_hang_on_the_others_secrets(tmp_path: Path, capsys: Captured) -> None:
    """What is printed through the US lens is the same to the byte up to the hotwash, whatever China sealed."""
    acts = played("random", "rota").actions
    printed = []
    for folder, kept in (("a", acts), ("b", with_other_secrets(acts, "china"))):
        (tmp_path / folder).mkdir()
        log = recorded(tmp_path / folder / "log.jsonl", kept)
        assert main(["replay", str(log), "--lens", "us", "--plain"]) == 0
        printed.append(before_the_hotwash(capsys.readouterr().out))
        assert main(["replay", str(log), "--plain"]) == 0
        printed.append(before_the_hotwash(capsys.readouterr().out))
    ours, whole, theirs, other_whole = printed
    assert len(ours) > 2_000 and whole != other_whole
    assert ours == theirs


def test_one_begins_where_one_likes(tmp_path: Path, capsys: Captured) -> None:
    """--from an entry; one that there is not is said."""
    replayed = opened(tmp_path)
    log = str(tmp_path / "log.jsonl")
    assert main(["replay", log, "--from", str(replayed.last)]) == 0
    assert capsys.readouterr().out.count("Moment ") == 1
    for wrong in (replayed.last + 1, -1):
        assert main(["replay", log, "--from", str(wrong)]) == 2
        error = capsys.readouterr().err
        assert f"log.jsonl has no entry {wrong}; its last is {replayed.last}" in error


def damaged(log: Path) -> dict[str, bytes]:
    """Bytes of logs that are not what was written."""
    data = log.read_bytes()
    lines = data.split(b"\n")
    tampered = data.replace(b'"seq":9,', b'"seq":8,', 1)
    return {
        "tampered": tampered,
        "swapped": b"\n".join([*lines[:3], lines[4], lines[3], *lines[5:]]),
        "headless": b"\n".join(lines[1:]),
        "foreign": b"a,b\n1,2\n",
        "empty": b"",
        "later": data.replace(b'{"format":1,', b'{"format":9,', 1),
    }


@pytest.mark.parametrize("how", ["tampered", "swapped", "headless", "foreign", "empty", "later"])
def test_a_bad_log_is_told_as_show_tells_it(how: str, tmp_path: Path, capsys: Captured) -> None:
    """The same sentence and the same exit code, and nothing on standard output."""
    log = tmp_path / "bad.jsonl"
    log.write_bytes(damaged(recorded(tmp_path / "log.jsonl", played().actions))[how])
    shown = main(["show", str(log)]), capsys.readouterr().err
    assert (main(["replay", str(log)]), (replayed := capsys.readouterr()).err) == shown
    assert shown[0] in (1, 2) and replayed.out == ""


def test_a_torn_end_is_said_and_the_rest_is_replayed(tmp_path: Path, capsys: Captured) -> None:
    """As `show` says it."""
    log = recorded(tmp_path / "log.jsonl", played().actions)
    log.write_bytes(log.read_bytes()[:-40])
    assert main(["replay", str(log)]) == 0
    captured = capsys.readouterr()
    assert "are an act that was never completely written; they are left out" in captured.err
    assert f"of {len(played().actions) - 1}, " in captured.out


def test_a_log_that_is_not_there_is_said(capsys: Captured) -> None:
    """With a way out."""
    assert main(["replay", "no-such-session"]) == 2
    assert "there is no log 'no-such-session'" in capsys.readouterr().err


def test_what_is_sealed_opens_only_after_the_hotwash_or_on_purpose(tmp_path: Path, capsys: Captured) -> None:
    """A session in play is refused through every lens; --open says that it is wanted."""
    acts = played().actions
    log = str(recorded(tmp_path / "half.jsonl", acts[: len(acts) // 2]))
    for lens in ("whole", "dual", "us", "china"):
        assert main(["replay", log, "--lens", lens]) == 2
        captured = capsys.readouterr()
        assert "half.jsonl has not come to its hotwash" in captured.err and captured.out == ""
        assert main(["replay", log, "--lens", lens, "--open"]) == 0
        assert capsys.readouterr().out
