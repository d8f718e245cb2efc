"""What is no log, or no sound one, gets a sentence from every verb that reads logs: no traceback, and no fault."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.forged import all_texts, everywhere, forged
from tests.thinning import spread

from crisis_sim.cli import main
from crisis_sim.session import disk

pytestmark = pytest.mark.usefixtures("drawn_here")

Captured = pytest.CaptureFixture[str]
Make = Callable[[Path, bytes], object]

VERBS: dict[str, list[str]] = {
    "replay": ["replay", "LOG", "--open"],
    "branch": ["branch", "LOG", "--at", "3"],
    "compare": ["compare", "GOOD", "LOG", "--open"],
    "compare, the other way": ["compare", "LOG", "GOOD", "--open", "--format", "json"],
    "compare --under": ["compare", "LOG", "--under", "core", "--open"],
    "verify": ["verify", "LOG", "--findings", "--open"],
    "verify --save-sound": ["verify", "LOG", "--save-sound", "saved.jsonl"],
    "debrief": ["debrief", "LOG", "--open", "--out", "debrief.html", "--force"],
    "export": ["export", "LOG", "--bots", "--open", "--out", "tables", "--force"],
}


def _fifo(path: Path, _: bytes) -> None:
    os.mkfifo(path)


def _line(number: int, change: Callable[[bytes], bytes]) -> Make:
    def make(path: Path, good: bytes) -> None:
        lines = good.splitlines(keepends=True)
        lines[number] = change(lines[number])
        path.write_bytes(b"".join(lines))

    return make


NO_LOGS: dict[str, Make] = {
    "nothing": lambda path, _: path.write_bytes(b""),
    "a picture": lambda path, _: path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20),
    "zeroes": lambda path, _: path.write_bytes(bytes(100_000)),
    "other JSON": lambda path, _: path.write_bytes(b"[1,2,3]\n"),
    "a header of nothing": lambda path, _: path.write_bytes(b'{"format":1}\n'),
    "a header without end": lambda path, good: path.write_bytes(good[:500]),
    "deep JSON": lambda path, _: path.write_bytes(b'{"format":1,"app":' + b"[" * 200_000 + b"\n"),
    "a later format": lambda path, _: path.write_bytes(b'{"format":99}\n'),
    "a folder": lambda path, _: path.mkdir(),
    "a pipe": _fifo,
}
"""What no session can be played from; every verb ends with 1 or 2."""

DAMAGED: dict[str, Make] = {
    "a flipped bit": _line(14, lambda line: line.replace(b"seq", b"sEq", 1)),
    "a doubled line": _line(5, lambda line: line + line),
    "a lost line": _line(5, lambda line: b""),
    "a line of nothing": _line(5, lambda line: b"\n" + line),
    "a line that is no UTF-8": _line(5, lambda line: b"\xff\xfe\n"),
}
"""Damage within; branch and all that tell the session end with 1, and salvage saves what is sound."""

FORGED = {
    "a move that nobody knows": everywhere("move", "nonsense"),
    "a channel that nobody knows": everywhere("channel", "nonsense"),
    "an inject that nobody knows": everywhere("inject", "nonsense"),
    "a forecast that nobody knows": everywhere("forecast", "nonsense"),
    "a reading off the scale": everywhere("hostility", 99),
    "an intent off the scale": everywhere("intent", -7),
    "a confidence off the scale": everywhere("confidence", 9),
    "a turn far off": everywhere("turn", 1_000_000_000),
    "a chance below nought": everywhere("chance", -5),
}
"""Sealed again, so that every hash is right."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound log of a session of bots."""
    path = tmp_path_factory.mktemp("logs") / "good.jsonl"
    play = ["play", "new-virus", "--us", "mirror", "--china", "salami", "--seed", "4", "--log", str(path)]
    assert main(play) == 0
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to stand in."""
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / "sessions"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(verb: str, log: Path, good: Path, capsys: Captured) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([{"LOG": str(log), "GOOD": str(good)}.get(word, word) for word in VERBS[verb]])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("what", "verb"), spread(4, NO_LOGS, VERBS))
def test_what_is_no_log_is_refused_in_a_sentence(
    what: str, verb: str, good: Path, here: Path, capsys: Captured
) -> None:
    """With a way out, and with nothing on standard output that looks like an answer."""
    log = here / "bad.jsonl"
    NO_LOGS[what](log, good.read_bytes())
    code, _, err = ran(verb, log, good, capsys)
    assert code in (1, 2)
    assert "hint: " in err and "Traceback" not in err and "fault of ours" not in err
    assert not (here / "debrief.html").exists() and not (here / "saved.jsonl").exists()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", DAMAGED)
def test_damage_is_named_by_its_line(what: str, verb: str, good: Path, here: Path, capsys: Captured) -> None:
    """By whoever would tell the session; `--save-sound` takes the sound part out."""
    log = here / "bad.jsonl"
    DAMAGED[what](log, good.read_bytes())
    code, out, err = ran(verb, log, good, capsys)
    assert "line " in out + err and "Traceback" not in err
    assert code == {"verify --save-sound": 0, "export": 2}.get(verb, 1)
    assert (here / "saved.jsonl").exists() is (verb == "verify --save-sound")


@pytest.mark.parametrize("verb", VERBS)
def test_a_torn_end_is_left_out_and_said(verb: str, good: Path, here: Path, capsys: Captured) -> None:
    """And everything before it is told; branch and export go on without a word, since nothing that counted is lost."""
    log = here / "torn.jsonl"
    log.write_bytes(good.read_bytes()[:-40])
    code, out, err = ran(verb, log, good, capsys)
    assert code == 0
    if verb not in ("branch", "export"):
        assert "never completely written" in out + err or "1 line lost" in out


@pytest.mark.parametrize(("what", "verb"), spread(3, FORGED, VERBS))
def test_a_log_that_no_session_wrote_is_no_fault_of_ours(
    what: str, verb: str, good: Path, here: Path, capsys: Captured
) -> None:
    """It is told as far as that goes, or refused with what is wrong in it; `verify` finds it in any case."""
    log = forged(here / "forged.jsonl", good, FORGED[what])
    code, out, err = ran(verb, log, good, capsys)
    assert code in (0, 1, 2) and "fault of ours" not in err and "Traceback" not in err
    if verb == "verify":
        assert code == 1 and '"sound": false' in out


@pytest.mark.parametrize("verb", VERBS)
def test_no_text_of_a_log_commands_a_terminal(verb: str, good: Path, here: Path, capsys: Captured) -> None:
    """Nor begins a line of its own that would look like ours."""
    log = forged(here / "forged.jsonl", good, all_texts)
    _, out, err = ran(verb, log, good, capsys)
    told = out + err
    assert not set(told) & set("\x1b\x07\x00\r\x9b\u202e")
    if verb.startswith("compare"):
        assert not any(line.lstrip().startswith("A only: forged") for line in told.splitlines())
    for page in (*here.glob("debrief.*"), *here.glob("tables/*")):
        text = page.read_text(encoding="utf-8")
        assert not set(text) & set("\x1b\x07\x00\x9b\u202e")
        ways = {".html": r'<script|href=(?!"#section-\d+")', ".md": r"(?<!\\)<script|(?<!\\)\]\((?!#[\w-]+\))"}
        obeyed = ways.get(page.suffix)
        assert obeyed is None or not re.search(obeyed, text)


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_that_is_too_large_is_not_read(
    verb: str, good: Path, here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size is asked first."""
    monkeypatch.setattr(disk, "LARGEST", 1_000)
    code, out, err = ran(verb, good, good, capsys)
    assert code == 2 and "more than 1,000" in out + err


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_a_line_of_two_hundred_megabytes_is_refused(verb: str, good: Path, here: Path, capsys: Captured) -> None:
    """For its length, and nothing is made of it."""
    log = here / "long.jsonl"
    log.write_bytes(b'{"format":1,"app":"' + b"x" * 200_000_000 + b'"}\n')
    code, _, err = ran(verb, log, good, capsys)
    assert code in (1, 2) and "line 1" in err
