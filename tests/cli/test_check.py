"""`crisis-sim check`: three ways to say what is wrong, and a screen that stays."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.small import SMALL, SMALL_SCENARIO, edited

from crisis_sim.authoring.check import Checked, CheckedChange
from crisis_sim.cli import main
from crisis_sim.cli.check import as_commands, as_json, as_text
from crisis_sim.problems import Problems, Spot

Captured = pytest.CaptureFixture[str]
SCENARIO = SMALL_SCENARIO.relative_to(SMALL)
PATIENCE = 30.0
"""Seconds after which what a process should print is not coming."""


def edit(old: str, new: str, path: Path = SCENARIO) -> None:
    edited(path, old, new)


def found(*problems: tuple[str, Spot, str, str]) -> Checked:
    """A check that found these: severity, place, sentence and hint."""
    gathered = Problems()
    for severity, spot, said, hint in problems:
        (gathered.error if severity == "error" else gathered.warning)(spot, said, code="test/code", hint=hint)
    return Checked(("a.yaml",), gathered, {})


def test_a_mistake_is_said_in_the_language_of_who_asks(here: Path, capsys: Captured) -> None:
    """Place, sentence, hint and count in Chinese; annotations too, and what is for programs in English."""
    edit("about: silence", "about: silences")
    assert main(["check", "scenarios", "--lang", "zh"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith(": 错误：“silences”不是“about”可取的值")
    assert said[3:] == ["    提示：是否指“silence”？", "1处错误"]
    assert main(["check", "scenarios", "--lang", "zh", "--format", "github"]) == 1
    assert "::“silences”不是“about”可取的值%0A提示：是否指“silence”？" in capsys.readouterr().out
    assert main(["check", "scenarios", "--lang", "zh", "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["message"] == "'silences' is not a value of 'about'"


def test_json_says_everything_about_a_problem(here: Path, capsys: Captured) -> None:
    """One object with a format number; places from 1 in characters; nothing on standard error."""
    edit("about: silence", "about: silences")
    assert main(["check", "scenarios", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "format": 1,
        "files": ["scenarios/small-test/scenario.yaml"],
        "errors": 1,
        "warnings": 0,
        "left_out": 0,
        "problems": [
            {
                "path": "scenarios/small-test/scenario.yaml",
                "line": 175,
                "col": 43,
                "width": 8,
                "severity": "error",
                "code": "content/value",
                "message": "'silences' is not a value of 'about'",
                "hint": "did you mean 'silence'?",
                "source": '  - {ask: "What did silence say?", about: silences}',
            }
        ],
    }


def test_json_is_plain_ascii_and_says_when_there_is_no_place() -> None:
    """No byte of a file gets out as it is; a place that is not known is null; a huge line is not quoted."""
    huge = "x" * 5000
    text = as_json(
        found(
            ("error", Spot("海底\x1b.yaml"), "沉默\u202e", ""),
            ("warning", Spot("b.yaml", 2, 3, 1, huge), "long", "shorten it"),
        )
    )
    assert text.isascii()
    assert "\x1b" not in text
    long, unplaced = json.loads(text)["problems"]
    assert (long["source"], long["line"], long["col"], long["width"]) == ("", 2, 3, 1)
    assert (unplaced["line"], unplaced["col"], unplaced["width"], unplaced["message"]) == (None, None, None, "沉默")


def test_json_keeps_a_thousand_problems_and_counts_the_rest() -> None:
    """A program that reads it knows that there are more."""
    many = [("error", Spot("a.yaml", line, 1), "wrong", "") for line in range(1, 1500)]
    whole = json.loads(as_json(found(*many)))
    assert (whole["errors"], len(whole["problems"]), whole["left_out"]) == (1499, 1000, 499)


def test_a_workflow_command_is_one_line_whatever_it_says() -> None:
    """Properties and message are escaped by GitHub's rules, so that no text begins a command of its own."""
    checked = found(
        ("error", Spot("odd, name: 100%.yaml", 3, 5, 4, "abc"), "a: b, 100%\n::set-output name=x::y", "write 50%"),
        ("warning", Spot("b.yaml"), "odd", ""),
    )
    assert as_commands(checked.problems) == (
        "::warning file=b.yaml,title=test/code::odd\n"
        "::error file=odd%2C name%3A 100%25.yaml,line=3,col=5,endColumn=9,title=test/code"
        "::a: b, 100%25 ::set-output name=x::y%0Ahint: write 50%25\n"
        "1 error, 1 warning\n"
    )


def test_twenty_problems_are_shown_errors_first(capsys: Captured) -> None:
    """Errors are not hidden behind warnings; `--all` lists them all; the count is always whole."""
    checked = found(
        *(("warning", Spot("a.yaml", line, 1), "odd", "") for line in range(1, 30)),
        ("error", Spot("z.yaml", 1, 1), "wrong", ""),
    )
    lines = as_text(checked.problems).split("\n")
    assert lines[0] == "a.yaml:1:1: warning: odd"
    assert lines[19:] == ["z.yaml:1:1: error: wrong", "and 10 more problems (--all lists them all)", *lines[21:]]
    assert lines[21:] == ["1 error, 29 warnings", ""]
    assert as_text(checked.problems, every=True).count("\n") == 31


def test_a_workflow_is_told_of_warnings_and_errors(here: Path, capsys: Captured) -> None:
    """The exit code is that of any check."""
    edit("    kind: hotline", "    kind: hotlin")
    assert main(["check", "scenarios", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(
        "::error file=scenarios/small-test/scenario.yaml,line=74,col=11,endColumn=17,title=link/unknown-channel-kind::"
    )


class Running:
    """A watch as a process: on a terminal of 24 lines of 80 characters, or into a pipe."""

    def __init__(self, folder: Path, *options: str, terminal: bool) -> None:
        self._out, side = pty.openpty() if terminal else os.pipe()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        command = [sys.executable, "-m", "crisis_sim", "check", ".", "--watch", *options]
        keys = side if terminal else subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=keys, stdout=side, stderr=side, start_new_session=True
        )
        os.close(side)
        self.seen = ""

    def until(self, words: str, then: str = "") -> str:
        """What was written since the last call, up to these words, and those after them."""
        drawn, end = "", time.monotonic() + PATIENCE
        while then not in drawn.partition(words)[2] or words not in drawn:
            ready, _, _ = select.select([self._out], [], [], 0.2)
            assert time.monotonic() < end, drawn
            try:
                drawn += os.read(self._out, 65536).decode() if ready else ""
            except OSError:
                assert words in drawn
        self.seen += drawn
        return drawn

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._out)


@pytest.fixture
def terminal(here: Path) -> Iterator[Running]:
    with closing(Running(here, terminal=True)) as found:
        found.until("ctrl+c ends the watch")
        yield found


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_watch_shows_one_result_at_a_time(terminal: Running, number: int, code: int) -> None:
    """In the place of the one before; the last stays when it ends."""
    edit("    kind: hotline", "    kind: hotlin")
    drawn = terminal.until("ctrl+c ends the watch", "\n")
    assert drawn.count("\x1b[2J\x1b[H") == 1 and "1 error" in drawn
    assert "unknown channel kind 'hotlin'" in drawn
    terminal.process.send_signal(number)
    assert terminal.process.wait(PATIENCE) == code


def test_a_file_writes_nothing_on_the_terminal_that_it_obeys(terminal: Running) -> None:
    """Escape sequences in a file, in its name and in its folder's are shown as harmless characters."""
    evil = Path("scenarios") / "evil\x1b]0;x\x07\u202e"
    evil.mkdir()
    (evil / "scenario.yaml").write_bytes(b"format: \x1b[2J\x1b]52;c;aGk=\x07\nid: \xe2\x80\xae")
    drawn = terminal.until("3 files", "ctrl+c ends the watch")
    ours = drawn.replace("\x1b[2J\x1b[H", "")
    assert not set(ours) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("format", ["text", "json"])
def test_without_a_terminal_each_result_is_printed(here: Path, format: str) -> None:
    """Lines below each other, and one JSON object a line for programs."""
    with closing(Running(here, "--format", format, terminal=False)) as running:
        running.until("no problems\n" if format == "text" else '"errors": 0')
        edit("    kind: hotline", "    kind: hotlin")
        running.until("hotlin'")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0
    assert "\x1b" not in running.seen
    if format == "json":
        assert all(json.loads(line)["format"] == 1 for line in running.seen.split("\n")[:-1])


def test_schemas_follow_each_result_of_a_watch(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """They are brought up to date once the result is on the screen."""
    done = list[tuple[tuple[str, ...], str]]()
    monkeypatch.setattr("crisis_sim.authoring.check.watch", lambda checker: iter([CheckedChange(checker.check())]))
    monkeypatch.setattr(
        "crisis_sim.cli.check.bring_schemas_up_to_date",
        lambda checked: done.append((checked.files, capsys.readouterr().out)),
    )
    assert main(["check", ".", "--watch"]) == 0
    [(files, shown)] = done
    assert files == ("rules/small.yaml", "scenarios/small-test/scenario.yaml")
    assert shown.endswith("no problems\n\n")


def test_a_name_is_explained_where_nothing_is_wrong(here: Path, capsys: Captured) -> None:
    """Below what was found, and as an object in JSON, in English; where there is an error, nothing is explained."""
    assert main(["check", "scenarios", "--explain", "host-consent"]) == 0
    assert "host-consent is a fact: " in capsys.readouterr().out
    assert main(["check", "scenarios", "--explain", "host-consent", "--format", "json", "--lang", "zh"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["explained"]
    assert (told["scenario"], told["kind"], told["name"]) == ("small-test", "fact", "host-consent")
    assert told["sets"] and told["reads"][0]["at"]
    assert main(["check", "scenarios", "--explain", "host-consents"]) == 2
    assert "did you mean 'host-consent'?" in capsys.readouterr().err
    edit("about: silence", "about: silences")
    assert main(["check", "scenarios", "--explain", "host-consent"]) == 1
    assert "host-consent is" not in capsys.readouterr().out
