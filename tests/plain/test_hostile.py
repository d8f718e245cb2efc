"""On a real terminal, no byte of a scenario or of a player is obeyed."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from tests.small import SMALL
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view
from tests.tui.hostile_app import poisoned

from crisis_sim.plain.console import Console, Quit
from crisis_sim.plain.seat_lines import SeatLines

INJECT = "text: {en: A ferry with 300 people is adrift., zh: 一艘载有三百人的渡轮在漂流。}"
MARKUP = 'text: "A ferry [/] [RED-1] [@click=app.quit]x is adrift."'
EVIL = r'text: "A ferry \e]52;c;aGk=\a \e[2J\e[999;999H \u202Eevil\u202C \u009b31m\u200b is adrift."'
TYPED = "a\x1b]52;c;aGk=\x07b\x1b[31m[/] [RED-1]\u202ec\u009b2Jd\x00\u2066e"
OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LIMIT = 30.0
"""Seconds that a prompt may take."""


def on_a_terminal(arguments: list[str], answers: list[tuple[str, str]]) -> str:
    """What the command writes to a terminal without echo when each answer is typed after its prompt."""
    terminal, end = pty.openpty()
    quiet(terminal)
    command = [sys.executable, "-m", "crisis_sim", *arguments]
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    process = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=environment, start_new_session=True)
    os.close(end)
    said, at = b"", 0
    try:
        for prompt, answer in answers:
            wanted = prompt.encode()
            until = time.monotonic() + LIMIT
            while said.find(wanted, at) < 0 or not said.endswith(b"> "):
                assert time.monotonic() < until, f"no {prompt!r} in {said[at:].decode()!r}"
                said += taken(terminal)
            at = len(said)
            os.write(terminal, answer.encode() + b"\n")
        while piece := taken(terminal):
            said += piece
    finally:
        os.close(terminal)
        process.wait()
    return said.decode("utf-8")


def quiet(terminal: int) -> None:
    """Raw bytes to the program, and none of them back."""
    import termios

    modes = termios.tcgetattr(terminal)
    modes[3] &= ~(termios.ECHO | termios.ECHOCTL | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(terminal, termios.TCSANOW, modes)


def taken(terminal: int) -> bytes:
    """What has been written by now, or soon."""
    if not select.select([terminal], [], [], 5)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def scenario_with(inject: str, folder: Path) -> Path:
    """The small scenario with other words in its first inject."""
    shutil.copytree(SMALL, folder / "evil")
    file = folder / "evil" / "scenarios" / "small-test" / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert INJECT in text
    file.write_text(text.replace(INJECT, inject), encoding="utf-8")
    return file


def test_a_scenario_with_bytes_to_obey_is_refused_without_them(tmp_path: Path) -> None:
    """The mistake is shown with its line, and nothing of the line is obeyed."""
    said = on_a_terminal(["play", str(scenario_with(EVIL, tmp_path)), "--china", "mirror", "--plain"], [])
    assert "this text holds U+001B escape" in said
    assert OBEYED.findall(said) == []


def test_every_text_of_a_view_is_shown_inert() -> None:
    """Even a view full of hostile text, as from a log that somebody forged, reaches the page without a foul byte."""
    view = team_view(phase="readings", to_read=CARDS, asked_now=FORECASTS)
    evil = msgspec.convert(poisoned(msgspec.to_builtins(view)), type(view))
    said: list[str] = []
    looks = ["time", "again", "more", "now", "assets", "facts", "telling", "stop"]
    typed = iter(
        ["", "", *looks, "?", "brief", "lines", "channels", "requests", "promises", "standing", "catalogue", "news"]
    )
    console = Console(lambda: next(typed, "quit") + "\n", said.append, wipe="", echo=True)
    with pytest.raises(Quit):
        asyncio.run(SeatLines(FakeSeat(evil), console, ("us",)).sit())
    assert "[@click=app.quit]" in "".join(said)
    assert OBEYED.findall("".join(said)) == []


def test_no_byte_that_a_player_types_is_obeyed(tmp_path: Path) -> None:
    """Hostile words are shown as plain text and change nothing, and markup in an inject is only text."""
    log = str(tmp_path / "game.jsonl")
    scenario = str(scenario_with(MARKUP, tmp_path))
    said = on_a_terminal(
        ["play", scenario, "--china", "mirror", "--seed", "1", "--log", log, "--plain"],
        [
            ("Enter or next goes on", "seal yes"),
            ("1 of 2.", "again"),
            ("1 of 2.", "stop"),
            ("Moves.", "move criticise"),
            ("In what words?", TYPED),
            ("How do we mean it", "4 4"),
            ("Whom is it mainly for?", "third"),
            ("Moves.", f"note {TYPED}"),
            ("Noted.", f"x{TYPED}"),
            ("is nothing to type here", "news"),
            ("Moves.", "commit yes"),
            ("How do we take it?", "quit"),
        ],
    )
    assert "A ferry" in said
    assert "[@click=app.quit]x" in said
    assert OBEYED.findall(said) == []


def test_a_line_of_a_megabyte_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """Too much text is said to be too much, and the session goes on."""
    scenario = str(SMALL / "scenarios" / "small-test")
    lines = ["seal yes", "stop", "move criticise", "x" * 1_000_000, "back", "back", "list"]
    run = subprocess.run(
        [sys.executable, "-m", "crisis_sim", "play", scenario, "--china", "silent", "--log", str(tmp_path), "--plain"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0
    assert "These are 20,000 characters, and 4,000 are the most." in run.stdout.replace("\n", " ")
    assert "Our list is empty." in run.stdout
