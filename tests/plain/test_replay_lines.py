"""Replaying by lines of text: one moment after the other, or by questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plain.test_hostile import OBEYED, on_a_terminal
from tests.replaying.recorded import forged, opened, played, recorded

from crisis_sim.plain.console import Console
from crisis_sim.plain.replay_lines import ask, print_all
from crisis_sim.replaying.lens import LENSES, Lens
from crisis_sim.replaying.replayed import Replayed


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return opened(tmp_path_factory.mktemp("replay"))


def asked(replayed: Replayed, *typed: str, lens: Lens = "whole", first: int = 0) -> str:
    """What is said when these lines are typed."""
    said: list[str] = []
    lines = iter(typed)
    ask(replayed, Console(lambda: next(lines, "quit") + "\n", said.append, wipe="", echo=True), lens, first)
    return "".join(said)


@pytest.mark.parametrize("lens", LENSES)
def test_every_moment_is_told_in_its_order(lens: Lens, replayed: Replayed) -> None:
    """From where one asked to begin, to the end; only the whole numbers the entries of the log."""
    said: list[str] = []
    print_all(replayed, Console(lambda: "", said.append, wipe=""), lens, replayed.last // 2)
    text = "".join(said)
    first, last = replayed.place(lens, replayed.last // 2), len(replayed.moments(lens)) - 1
    for number in range(first, last + 1):
        entry = f"entry {number}, " if lens == "whole" else ""
        assert f"Moment {number} of {last}, {entry}" in text
    assert f"Moment {first - 1} of" not in text
    assert (", entry " in text) == (lens == "whole")
    assert ("  - " in text) == (lens == "whole")


def test_one_moves_by_words(replayed: Replayed) -> None:
    """Enter, back, turns, numbers, percent, ends."""
    said = asked(replayed, "", "", "back", "turn", "turn-before", "go 7", "go 100%", "start", "go x")
    told = [line.split(",")[0] for line in said.splitlines() if line.startswith("Moment")]
    last = f"Moment {replayed.last} of {replayed.last}"
    turn = replayed.turn("whole", 1, 1)
    wanted = [0, 1, 2, 1, turn, 0, 7]
    assert told == [*(f"Moment {seq} of {replayed.last}" for seq in wanted), last, f"Moment 0 of {replayed.last}"]
    assert "Type go and a number, or percent as in go 50%." in said


def test_gaps_reasons_and_searches_are_told(replayed: Replayed) -> None:
    """The largest gap with both meanings, a number's steps, and where a word comes up."""
    said = asked(replayed, "gap 1", "gaps", "end", "numbers", "why 1", "find commit-moves", "found", "find zzz")
    assert "hostile" in said and "read" in said and "more hostile than its sender expected." in " ".join(said.split())
    assert "Why tension stands at" in said and ".yaml:" in said
    assert f"Found in {len(replayed.find('whole', 'commit-moves'))} moments." in said
    assert "That is nowhere here." in said


def test_a_teams_lens_refuses_what_the_team_did_not_know(replayed: Replayed) -> None:
    """With the way to see it."""
    said = " ".join(asked(replayed, "gap 1", "why 1", "turning", "lens whole", "gap 1", lens="us", first=9).split())
    assert said.count("before the hotwash no team knows that.") == 3
    assert ", entry " in said and "meant" in said


def test_a_slip_is_said_and_help_is_there(replayed: Replayed) -> None:
    """The nearest word is offered."""
    said = " ".join(asked(replayed, "?", "gop 7", "lens moon", "why", "note").split())
    assert "Enter goes to the next moment." in said
    assert "'gop' is nothing to type here; help says what is. Did you mean go" in said
    assert "Type lens and one of us, china, whole, dual, story." in said
    assert "Type note and some words." in said


def test_a_replay_is_moved_by_chinese_words(replayed: Replayed) -> None:
    """Those that its help names; how to go on is said once, and once more to who asks for help."""
    said: list[str] = []
    lines = iter(["？", "前往 5", "视角 全局", "最大落差 1", "末尾", "下一轮", "开头", "记录", "退出"])
    ask(replayed, Console(lambda: next(lines) + "\n", said.append, wipe="", echo=True, language="zh"), "whole", 0)
    text = "".join(said)
    told = [line.split("（")[0] for line in text.splitlines() if line.startswith("时刻")]
    gap = replayed.gaps("whole", 0)[0].seq
    assert told == [f"时刻{seq}" for seq in (0, 5, 5, gap, replayed.last, replayed.last, 0)]
    assert text.count("直接回车到下一时刻；") == 2 and "请输入“记录”加文字。" in text and "此处不能输入" not in text


def test_notes_are_kept_beside_the_log(tmp_path: Path) -> None:
    """And listed with the moment that they are about."""
    log = opened(tmp_path)
    said = asked(log, "go 5", "note ask them", "bookmark worst", "notes")
    assert "Kept in log.notes.jsonl." in said
    assert "    5. note: ask them\n    5. bookmark: worst\n" in said


def test_no_byte_of_a_forged_log_is_obeyed(tmp_path: Path) -> None:
    """On a real terminal, whatever its texts say."""
    evil = forged(tmp_path / "evil.jsonl", recorded(tmp_path / "log.jsonl", played().actions))
    prompt = "Replay."
    typed = [
        "go 14",
        "",
        "",
        "lens us",
        "turn",
        "turn",
        "lens whole",
        "end",
        "gaps",
        "numbers",
        "why 1",
        "find x",
        "quit",
    ]
    said = on_a_terminal(["replay", str(evil), "--plain"], [(prompt, each) for each in typed])
    assert "[@click=app.quit]" in said
    assert OBEYED.findall(said) == []
